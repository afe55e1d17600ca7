package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
)

// importing is what can be imported.
type importing struct {
	Units importUnits `cmd:"" help:"A list of units (.xlsx or .csv): dry run first, then all or nothing."`
}

// exporting is what can be exported.
type exporting struct {
	Units exportUnits `cmd:"" help:"The units as a list (.xlsx or .csv)."`
}

// importUnits takes up a list of units.
type importUnits struct {
	where
	File    string            `arg:"" help:"The list, .xlsx or .csv." type:"existingfile"`
	AsOf    string            `help:"The day from which the list holds, as 2020-07-10; today when left out." placeholder:"DATE"`
	DryRun  bool              `help:"Only say what would change."`
	JSON    bool              `help:"Print the result as JSON." name:"json"`
	Profile string            `help:"In an empty directory: the profile to begin with (${profiles})." default:"${profile}"`
	Under   string            `help:"The unit whose subtree the list describes, by its code; the root when left out." placeholder:"CODE"`
	Column  map[string]string `help:"Name a column by hand: --column code='Mã số'. Columns: code, name, kind, parent, level, from."`
}

// Run plans the list, prints the plan, and applies it unless it is a dry run.
func (i importUnits) Run(ctx context.Context, c console) error {
	day, err := clock.ParseDate(i.AsOf)
	if err != nil {
		return errUsage("--as-of: " + err.Error())
	}
	content, err := os.ReadFile(i.File)
	if err != nil {
		return err
	}
	at, err := app.Reach(ctx, i.config())
	if err != nil {
		return err
	}
	defer at.Close()
	result, err := at.ImportUnits(ctx, app.ImportRequest{
		Name: filepath.Base(i.File), Content: content, AsOf: day, DryRun: i.DryRun, Profile: i.Profile, Under: i.Under,
		Headings: i.Column, Lang: c.lang,
	}, i.progress(c))
	if err != nil {
		return err
	}
	if err := i.print(c, result); err != nil {
		return err
	}
	if len(result.Errors) > 0 {
		return errRefused
	}
	return nil
}

// progress shows how far a long import is, on a terminal's one line.
func (i importUnits) progress(c console) func(done, total int) {
	if i.JSON {
		return func(int, int) {}
	}
	return func(done, total int) {
		end := "\r"
		if done == total {
			end = "\n"
		}
		fmt.Fprint(c.err, c.t("cli.progress", "done", done, "total", total)+end)
	}
}

func (i importUnits) print(c console, r app.ImportResult) error {
	if i.JSON {
		encoder := json.NewEncoder(c.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(r)
	}
	for _, e := range r.Errors {
		fmt.Fprintln(c.out, strings.TrimSpace(e.Sheet+" "+e.Cell)+": "+e.Message)
	}
	if len(r.Errors) > 0 {
		fmt.Fprintln(c.out, c.t("cli.import.refused", "n", len(r.Errors)))
		return nil
	}
	fmt.Fprintln(c.out, c.t("cli.import.counts", "added", len(r.Added), "renamed", len(r.Renamed), "moved", len(r.Moved),
		"dissolved", len(r.Dissolved), "unchanged", len(r.Unchanged)))
	for _, level := range r.Levels {
		fmt.Fprintln(c.out, "  "+c.t("cli.import.level", "level", level.Name, "n", level.Units))
	}
	if i.DryRun {
		fmt.Fprintln(c.out, c.t("cli.import.dry"))
	}
	return nil
}

// exportUnits writes the units as a list.
type exportUnits struct {
	where
	File  string `arg:"" help:"Where to write, .xlsx or .csv." type:"path"`
	AsOf  string `help:"The day as of which the units are written; today when left out." placeholder:"DATE"`
	Under string `help:"Write only the units below this one, by its code." placeholder:"CODE"`
}

// Run writes the file whole or not at all.
func (e exportUnits) Run(ctx context.Context, c console) error {
	kind := strings.ToLower(filepath.Ext(e.File))
	if kind != ".xlsx" && kind != ".csv" {
		return errUsage("the file's name ends in .xlsx or .csv")
	}
	day, err := clock.ParseDate(e.AsOf)
	if err != nil {
		return errUsage("--as-of: " + err.Error())
	}
	at, err := app.Reach(ctx, e.config())
	if err != nil {
		return err
	}
	defer at.Close()
	content, err := at.ExportUnits(ctx, app.ExportRequest{Kind: kind, AsOf: day, Under: e.Under, Lang: c.lang})
	if err != nil {
		return err
	}
	if err := os.WriteFile(e.File, content, 0o600); err != nil {
		return err
	}
	fmt.Fprintln(c.err, c.t("cli.export.done", "file", e.File))
	return nil
}

// profileNames lists the profiles that come with the program.
func profileNames() string { return strings.Join(profile.Shipped(), ", ") }
