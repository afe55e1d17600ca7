package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/profile"
	"giaoban/internal/part/org"
)

// importing is what can be imported.
type importing struct {
	Units   importUnits   `cmd:"" help:"A list of units (.xlsx or .csv): dry run first, then all or nothing."`
	Reports importReports `cmd:"" help:"A list of what units told by phone, chat or on paper (.xlsx or .csv): dry run first, then all or nothing."`

	News     importNews     `cmd:"" help:"On the public side: a bundle of what the public reads."`
	Opinions importOpinions `cmd:"" help:"On the inside: a bundle of what readers sent."`
}

// exporting is what can be exported.
type exporting struct {
	Units   exportUnits   `cmd:"" help:"The units as a list (.xlsx or .csv)."`
	Reports exportReports `cmd:"" help:"The units that have not reported, as a form to be filled in (.xlsx)."`
	Proof   exportProof   `cmd:"" help:"The log with its proofs, for the independent verifier."`

	News     exportNews     `cmd:"" help:"On the inside: a signed bundle of what the public reads, for a public side without a connection."`
	Opinions exportOpinions `cmd:"" help:"On the public side: a signed bundle of what readers sent, for the inside."`
	Key      exportKey      `cmd:"" help:"Print the key by which others prove what this installation signs."`
}

// importUnits takes up a list of units.
type importUnits struct {
	where
	File     string                `arg:"" help:"The list, .xlsx or .csv." type:"existingfile"`
	AsOf     string                `help:"The day from which the list holds, as 2020-07-10; today when left out." placeholder:"DATE"`
	DryRun   bool                  `help:"Only say what would change."`
	JSON     bool                  `help:"Print the result as JSON." name:"json"`
	Profile  string                `help:"In an empty directory: the profile to begin with (${profiles}); the first when left out." placeholder:"NAME"`
	Under    string                `help:"The unit whose subtree the list describes, by its code; the root when left out." placeholder:"CODE"`
	Merge    bool                  `help:"Take the likely mergers as ones: units that are missing go into the heirs that are named first, if more speaks for them than against."`
	Decision string                `help:"With --merge: number of the decision, as 60-NQ/TW." placeholder:"NUMBER"`
	Decided  string                `help:"With --merge: day of the decision, as 2025-06-16." placeholder:"DATE"`
	Column   map[org.Column]string `help:"Name a column by hand: --column code='Mã số'. Columns: code, name, kind, parent, level, lines, from." placeholder:"COLUMN=HEADING"`
}

// Help teaches more than a line can.
func (importUnits) Help() string {
	return `The list has a row of headings; a column of codes and one of names are needed. Known headings, in Vietnamese or English:

    Mã đơn vị, Tên đơn vị, Loại, Mã cấp trên, Cấp, Hệ ngành dọc, Từ ngày
    Code, Name, Kind, Parent code, Level, Lines of reporting, From date

Rows above the headings, merged titles, semicolons, a byte-order mark and codes that Excel made numbers of are understood; other headings are named by --column.

    giaoban import units LIST.xlsx --dry-run
    giaoban import units LIST.csv --under 27 --as-of 2020-07-01
    giaoban import units LIST.xlsx --column code='Số hiệu' --column name='Tên gọi'

A cell of lines is as "quân sự: 27.QS; công an: 27.CA": the line and the code of the unit that heads it. An empty one takes the unit out of its lines; a list without the column leaves them.

The list tells of all units below the root, or below the unit of --under: one that is missing in it is dissolved. Units that likely went into others are told beside them; with --merge those mergers are recorded, under one decision:

    giaoban import units LIST.xlsx --as-of 2025-07-01 --merge --decision 60-NQ/TW --decided 2025-04-12

Everything is taken up or nothing; what is wrong is named by sheet and cell. A list of a day after today is planned: it takes effect by itself on its day, as it was shown, or not at all.

With --json the result is one object of arrays: added, renamed, moved, changed (level or kind), dissolved, unchanged, each of {code, name}; merged, those of the dissolved that likely went into others, with heirs of {code, name, confidence}, the likeliest first; levels of {level, name, units}; errors of {sheet, cell, message}; lined, where units report in other lines.`
}

// Run plans the list, prints the plan, and applies it unless it is a dry run.
func (i importUnits) Run(ctx context.Context, c console) error {
	request, err := i.request(c)
	if err != nil {
		return err
	}
	var result org.Result
	err = i.do(ctx, c, app.ToCreate, func(at app.Commands) (err error) {
		result, err = at.ImportUnits(ctx, request, i.progress(c))
		return err
	})
	if faults := fault.All(err); len(faults) > 0 && i.JSON {
		result = refusedList(c, faults)
	} else if err != nil {
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

func (i importUnits) request(c console) (app.ImportRequest, error) {
	day, err := clock.ParseDate(i.AsOf)
	if err != nil {
		return app.ImportRequest{}, errUsage("--as-of: " + err.Error())
	}
	decided, err := clock.ParseDate(i.Decided)
	switch {
	case err != nil:
		return app.ImportRequest{}, errUsage("--decided: " + err.Error())
	case i.Merge && (i.Decision == "" || i.Decided == "") && !i.DryRun:
		return app.ImportRequest{}, errUsage("--merge needs --decision and --decided")
	}
	var accept *org.Acceptance
	if i.Merge {
		accept = &org.Acceptance{Decision: i.Decision, Decided: decided, Likeliest: true}
	}
	if i.Profile != "" && !slices.Contains(profile.Shipped(), i.Profile) {
		return app.ImportRequest{}, errUsage("--profile: one of " + profileNames())
	}
	for column := range i.Column {
		if !slices.Contains(org.Columns[:], column) {
			return app.ImportRequest{}, errUsage(fmt.Sprintf("--column: %q is none of code, name, kind, parent, level, lines, from", column))
		}
	}
	content, err := os.ReadFile(i.File)
	if err != nil {
		return app.ImportRequest{}, err
	}
	return app.ImportRequest{
		Name: filepath.Base(i.File), Content: content, AsOf: day, DryRun: i.DryRun, Profile: i.Profile, Under: i.Under,
		Headings: i.Column, Accept: accept, Lang: c.lang,
	}, nil
}

// refusedList is the result of a list that could not be taken up at all: a script
// finds what is wrong where it looks for it.
func refusedList(c console, faults fault.List) org.Result {
	result := org.Plan{}.Result(c.texts, c.lang, nil)
	for _, f := range faults {
		result.Errors = append(result.Errors, org.ResultError{Message: c.t(f.Key, f.Args...)})
	}
	return result
}

// progress shows how far a long import is.
func (i importUnits) progress(c console) func(done, total int) {
	if i.JSON {
		return func(int, int) {}
	}
	return c.progress("cli.progress")
}

func (i importUnits) print(c console, r org.Result) error {
	if i.JSON {
		return c.json(r)
	}
	for _, e := range r.Errors {
		c.wrong(e.Sheet, e.Cell, e.Message)
	}
	if len(r.Errors) > 0 {
		c.refusedList(len(r.Errors))
		return nil
	}
	fmt.Fprintln(c.out, c.t("cli.import.counts", "added", len(r.Added), "renamed", len(r.Renamed), "moved", len(r.Moved),
		"dissolved", len(r.Dissolved), "unchanged", len(r.Unchanged)))
	if len(r.Changed) > 0 {
		fmt.Fprintln(c.out, c.t("cli.import.changed", "n", len(r.Changed)))
	}
	if len(r.Lined) > 0 {
		fmt.Fprintln(c.out, c.t("cli.import.lined", "n", len(r.Lined)))
	}
	for _, merged := range r.Merged {
		heir := merged.Heirs[0]
		key := "cli.import.merged.likely"
		if merged.Taken != "" {
			key = "cli.import.merged.taken"
			for _, one := range merged.Heirs {
				if one.Code == merged.Taken {
					heir = one
				}
			}
		}
		fmt.Fprintln(c.out, "  "+c.t(key, "unit", merged.Name, "code", merged.Code, "heir", heir.Name, "into", heir.Code, "percent", int(100*heir.Confidence)))
	}
	for _, level := range r.Levels {
		fmt.Fprintln(c.out, "  "+c.t("cli.import.level", "level", level.Name, "n", level.Units))
	}
	if i.DryRun {
		fmt.Fprintln(c.out, c.t("cli.import.dry"))
	} else if r.Planned != "" {
		fmt.Fprintln(c.out, c.t("cli.import.planned", "day", r.Planned))
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

// Help teaches more than a line can.
func (exportUnits) Help() string {
	return `The file imports again and changes nothing. It is how the units get into a spreadsheet to be changed there.

    giaoban export units LIST.xlsx
    giaoban export units LIST.csv --under 27 --as-of 2020-07-01`
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
	return e.do(ctx, c, app.ToRead, func(at app.Commands) error {
		content, err := at.ExportUnits(ctx, app.ExportRequest{Kind: kind, AsOf: day, Under: e.Under, Lang: c.lang})
		if err != nil {
			return err
		}
		return c.exportContent(e.File, content)
	})
}

// profileNames lists the profiles that come with the program.
func profileNames() string { return strings.Join(profile.Shipped(), ", ") }
