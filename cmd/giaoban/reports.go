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
	"giaoban/internal/part/report"
)

// milestoneFlags say which figures of which units are meant.
type milestoneFlags struct {
	Directive int64  `help:"The directive, by the number in its address." required:"" placeholder:"N"`
	Milestone string `help:"The milestone, by its key." required:"" placeholder:"KEY"`
	Under     string `help:"The unit whose office enters it, by its code; the directive's issuer when left out." placeholder:"CODE"`
}

// importReports takes up a list of what units told.
type importReports struct {
	where
	milestoneFlags
	File   string `arg:"" help:"The list, .xlsx or .csv." type:"existingfile"`
	Source string `help:"How the units told it, where a row does not say: phone, chat or paper." placeholder:"SOURCE"`
	Said   string `help:"Who said it, where a row does not say." placeholder:"NAME"`
	Told   string `help:"The day on which it was told, where a row does not say, as 2020-07-10; today when left out." placeholder:"DATE"`
	DryRun bool   `help:"Only say what would be entered."`
	JSON   bool   `help:"Print the result as JSON." name:"json"`
}

// Help teaches more than a line can.
func (importReports) Help() string {
	return `What units told by phone, chat or on paper is entered on their behalf: provisional until each unit's leader confirms it. The list has a row of headings; known ones, in Vietnamese or English:

    Mã đơn vị, Tên đơn vị, Đã xong, Báo bằng, Người báo, Ngày báo, and the names of the milestone's figures
    Unit code, Unit name, Done, Told by, Who said it, Told on

A unit is known by its code or its name; "done" says yes, no or the day.

    giaoban export reports FORM.xlsx --directive 1 --milestone congress-held --under 27
    giaoban import reports FORM.xlsx --directive 1 --milestone congress-held --under 27 --source phone --said "Văn phòng" --dry-run

Everything is entered or nothing; what is wrong is named by sheet and cell. Units that reported themselves, or are exempt, are left out and named.

With --json the result is one object: told and unchanged, each of {code, name, values, source, said}; skipped, the number of rows that tell of nothing done; refused and errors, each of {sheet, cell, message}.`
}

// Run plans the list, prints the plan, and enters it unless it is a dry run.
func (i importReports) Run(ctx context.Context, c console) error {
	request, err := i.request(c)
	if err != nil {
		return err
	}
	progress := func(int, int) {}
	if !i.JSON {
		progress = c.progress("cli.reports.progress")
	}
	var result report.ListResult
	err = i.do(ctx, c, app.ToRead, func(at app.Commands) (err error) {
		result, err = at.ImportReports(ctx, request, progress)
		return err
	})
	if faults := fault.All(err); len(faults) > 0 && i.JSON {
		result = report.ListPlan{}.Result(c.texts, c.lang)
		for _, f := range faults {
			result.Errors = append(result.Errors, report.ListError{Message: c.t(f.Key, f.Args...)})
		}
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

func (i importReports) request(c console) (app.ToldRequest, error) {
	day, err := clock.ParseDate(i.Told)
	if err != nil {
		return app.ToldRequest{}, errUsage("--told: " + err.Error())
	}
	source := report.Source(i.Source)
	if source != "" && !slices.Contains(report.Sources, source) {
		return app.ToldRequest{}, errUsage("--source: one of phone, chat, paper")
	}
	content, err := os.ReadFile(i.File)
	if err != nil {
		return app.ToldRequest{}, err
	}
	return app.ToldRequest{
		Name: filepath.Base(i.File), Content: content, Directive: i.Directive, Milestone: i.Milestone, Under: i.Under,
		Source: source, Said: i.Said, Told: day, DryRun: i.DryRun, Lang: c.lang,
	}, nil
}

func (i importReports) print(c console, r report.ListResult) error {
	if i.JSON {
		return c.json(r)
	}
	for _, list := range [][]report.ListError{r.Refused, r.Errors} {
		for _, e := range list {
			c.wrong(e.Sheet, e.Cell, e.Message)
		}
	}
	if len(r.Errors) > 0 {
		c.refusedList(len(r.Errors))
		return nil
	}
	fmt.Fprintln(c.out, c.t("cli.reports.counts", "told", len(r.Told), "unchanged", len(r.Unchanged), "refused", len(r.Refused), "skipped", r.Skipped))
	if i.DryRun {
		fmt.Fprintln(c.out, c.t("cli.import.dry"))
	}
	return nil
}

// exportReports writes a form to be filled in.
type exportReports struct {
	where
	milestoneFlags
	File string `arg:"" help:"Where to write, .xlsx." type:"path"`
}

// Help teaches more than a line can.
func (exportReports) Help() string {
	return `The form lists the units that have sent nothing, with a column for each figure, to be filled in by telephone. It imports again as it is.

    giaoban export reports FORM.xlsx --directive 1 --milestone congress-held --under 27`
}

// Run writes the file whole or not at all.
func (e exportReports) Run(ctx context.Context, c console) error {
	if !strings.EqualFold(filepath.Ext(e.File), ".xlsx") {
		return errUsage("the file's name ends in .xlsx")
	}
	return e.do(ctx, c, app.ToRead, func(at app.Commands) error {
		content, err := at.ReportForm(ctx, app.ToldRequest{Directive: e.Directive, Milestone: e.Milestone, Under: e.Under, Lang: c.lang})
		if err != nil {
			return err
		}
		return c.exportContent(e.File, content)
	})
}
