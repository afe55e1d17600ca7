package orgui

import (
	"math"
	"net/url"
	"slices"
	"strconv"

	"giaoban/internal/base/text"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/sheet"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// How much of a plan is written out.
const (
	mostListed = 200 // units of a group
	mostErrors = 500
	mostRows   = 8 // of a sheet, where columns are chosen
)

// checkPage shows what a list would change.
type checkPage struct {
	waitingList
	Plan    org.Plan
	Changes int64
	Steps   int
	Groups  []group
	Levels  []levelLine
	Errors  []org.CellError
	More    int // errors that are not written out
	Columns columnsPage
	Choose  bool // the columns were not found
	Stale   bool // the organisation was changed since the list was shown before
	Ahead   bool // the list is planned for its day
	Apply   *web.Form
	Merged  []mergedLine
}

// mergedLine is a unit that likely went into another, with the fields that accept
// it.
type mergedLine struct {
	org.Merged
	Field   string // of the choice of the heir
	Options []web.Option
	Ticked  bool
}

// group is a group of the plan.
type group struct {
	Key    string // of its texts
	Count  int
	Units  []org.PlannedUnit
	More   int
	Before bool // what was before is told
	After  bool
}

// columnsPage is the form by which columns are chosen by hand.
type columnsPage struct {
	Form    *web.Form
	Sheet   string
	Letters []string
	Rows    [][]string
	Fields  []input
}

// showCheck shows what a waiting list would change: nothing has been changed.
func (s *screens) showCheck(r *web.Request) error {
	made, err := s.planned(r, r.Query("list"), nil)
	if err != nil {
		return err
	}
	return s.renderCheck(r, made, nil, nil)
}

// renderCheck shows it with the forms as they were sent; nil for fresh ones.
func (s *screens) renderCheck(r *web.Request, made planned, columns, apply *web.Form) error {
	p := made.plan
	page := checkPage{
		waitingList: made.waitingList, Plan: p, Changes: p.Changes(), Groups: groups(r, made),
		Errors: p.Errors[:min(len(p.Errors), mostErrors)], More: max(0, len(p.Errors)-mostErrors),
		Choose: len(p.Tables) == 0, Stale: r.Query("stale") != "",
	}
	page.AsOf, page.Ahead = p.AsOf, made.ahead()
	if page.Apply = apply; apply == nil {
		page.Apply = r.NewForm("apply")
	}
	page.Merged = mergedLines(r, p.Merged, page.Apply)
	for _, group := range page.Groups {
		if group.Key != "unchanged" {
			page.Steps += group.Count
		}
	}
	for _, level := range p.Levels {
		known, _ := made.profile.Level(level.Level)
		page.Levels = append(page.Levels, levelLine{text.Capital(known.Plural.In(r.Lang)), level.Units})
	}
	page.Columns = columnsOf(r, made, columns)
	crumbsOfImport(r)
	r.Layout().Script("org/apply.ts")
	return r.RenderStatus(max(page.Columns.Form.Status(), page.Apply.Status()), s.check, page)
}

// mergedLines are the likely mergers to be ticked. None is ticked before somebody
// does.
func mergedLines(r *web.Request, merged []org.Merged, form *web.Form) []mergedLine {
	lines := make([]mergedLine, len(merged))
	for i, one := range merged {
		line := mergedLine{Merged: one, Field: "heir." + one.Code, Ticked: slices.Contains(form.All("merged"), one.Code)}
		for _, heir := range one.Heirs {
			line.Options = append(line.Options, web.Option{Value: heir.Code, Chosen: form.Text(line.Field) == heir.Code, Label: r.T("orgui.merged.heir",
				"heir", heir.Name, "code", heir.Code, "percent", int(math.Round(100*heir.Confidence)))})
		}
		lines[i] = line
	}
	return lines
}

// groups are the groups of a plan with the first of their units.
func groups(r *web.Request, made planned) []group {
	p := made.plan
	word := func(key string) string {
		if level, ok := made.profile.Level(key); ok {
			return text.Capital(level.Name.In(r.Lang))
		}
		kind, _ := made.profile.KindOf(key)
		return text.Capital(kind.Name.In(r.Lang))
	}
	var changed []org.PlannedUnit
	for _, unit := range p.Changed[:min(len(p.Changed), mostListed)] {
		unit.Before, unit.After = word(unit.Before), word(unit.After)
		changed = append(changed, unit)
	}
	list := []group{
		{Key: "added", Count: len(p.Added), Units: p.Added, After: true},
		{Key: "renamed", Count: len(p.Renamed), Units: p.Renamed, Before: true, After: true},
		{Key: "moved", Count: len(p.Moved), Units: p.Moved, Before: true, After: true},
		{Key: "changed", Count: len(p.Changed), Units: changed, Before: true, After: true},
		{Key: "lined", Count: len(p.Lined), Units: p.Lined, Before: true, After: true},
		{Key: "dissolved", Count: len(p.Dissolved), Units: p.Dissolved, Before: true},
		{Key: "unchanged", Count: len(p.Unchanged), Units: p.Unchanged},
	}
	for i, group := range list {
		list[i].Units = group.Units[:min(len(group.Units), mostListed)]
		list[i].More = max(0, group.Count-mostListed)
	}
	return list
}

// columnsOf makes the form in which columns are chosen, with the first rows of
// the list's first sheet as the office sees them.
func columnsOf(r *web.Request, made planned, form *web.Form) columnsPage {
	shown := shownSheet(made.list)
	page := columnsPage{Form: form, Sheet: shown.Name}
	width := 0
	for _, row := range shown.Rows[:min(len(shown.Rows), mostRows)] {
		var cells []string
		for _, cell := range row {
			cells = append(cells, cell.Shown())
		}
		page.Rows, width = append(page.Rows, cells), max(width, len(cells))
	}
	options := []web.Option{{Value: "", Label: r.T("orgui.columns.none")}}
	for at := range width {
		page.Letters = append(page.Letters, sheet.ColumnName(at))
		options = append(options, web.Option{Value: strconv.Itoa(at), Label: r.T("orgui.columns.letter", "letter", sheet.ColumnName(at))})
	}
	for i, row := range page.Rows {
		page.Rows[i] = append(row, make([]string, width-len(row))...)
	}
	if page.Form == nil {
		page.Form = r.NewForm("columns")
		page.Form.Set("below", strconv.Itoa(made.Mapping.Below))
		for column, at := range made.Mapping.Positions {
			page.Form.Values.Set(string(column), strconv.Itoa(at))
		}
	}
	for _, column := range org.Columns {
		page.Fields = append(page.Fields, input{
			Kind: "select", Name: string(column), Label: r.T("orgui.column." + string(column)), Options: options,
			Optional: column != org.ColumnCode && column != org.ColumnName,
		})
	}
	return page
}

// shownSheet is the first sheet of a list that the office can see and that holds
// something.
func shownSheet(list org.List) sheet.Sheet {
	for _, s := range list.Sheets {
		if !s.Hidden && len(s.Rows) > 0 {
			return s
		}
	}
	return list.Sheets[0]
}

// chooseColumns takes what somebody says of the columns and checks the list
// anew.
func (s *screens) chooseColumns(r *web.Request) error {
	form, err := r.Posted("columns")
	if err != nil {
		return err
	}
	made, err := s.planned(r, form.Text("list"), nil)
	if err != nil {
		return err
	}
	mapping := org.Mapping{Positions: map[org.Column]int{}}
	for _, column := range org.Columns {
		if at, err := strconv.Atoi(form.Text(string(column))); err == nil && at >= 0 {
			mapping.Positions[column] = at
		}
	}
	for _, column := range []org.Column{org.ColumnCode, org.ColumnName} {
		if _, chosen := mapping.Positions[column]; !chosen {
			form.Wrong(fault.New(fault.Invalid, "orgui.columns.needed").At(string(column)))
		}
	}
	if below, ok := form.Whole("below"); ok && below >= 0 && below < 1000 {
		mapping.Below = int(below)
	}
	if !form.OK() {
		return s.renderCheck(r, made, form, nil)
	}
	made.Mapping = mapping
	if err := s.waiting.note(made.waitingList); err != nil {
		return err
	}
	return r.See("/org/import?" + url.Values{"list": {made.Token}}.Encode())
}
