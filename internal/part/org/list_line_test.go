package org_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/text"
	"giaoban/internal/part/org"
)

// lined is a town in which a district's command reports to the province's, and
// a commune's police to another district.
func lined(o *office) (t town, command, district org.Unit) {
	o.t.Helper()
	t = newTown(o)
	command = o.create(t.province.ID, "27.QS", "Đảng bộ Quân sự tỉnh", "2020-01-01")
	district = o.create(t.first.ID, "258.QS", "Đảng bộ Quân sự huyện", "2020-01-01")
	o.do(commandLine, org.Change{SetLine: &org.SetLineCommand{Unit: district.ID, Line: "military", Head: command.ID, From: "2020-03-01"}},
		org.Change{SetLine: &org.SetLineCommand{Unit: t.east.ID, Line: "police", Head: t.second.ID, From: "2020-03-01"}})
	return t, command, district
}

func (o *office) exported(lang text.Lang, under org.Unit) sheet.Sheet {
	o.t.Helper()
	list, err := org.Export(o.ctx(), o.q(), lang, under.ID, today)
	if err != nil {
		o.t.Fatal(err)
	}
	return list
}

func TestAListHasTheLinesAndImportsAgain(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town, _, _ := lined(o)
		for _, lang := range []text.Lang{text.VI, text.EN} {
			for _, write := range map[string]func(*bytes.Buffer, sheet.Sheet) error{
				"units.xlsx": func(b *bytes.Buffer, s sheet.Sheet) error { return sheet.WriteXLSX(b, []sheet.Sheet{s}) },
				"units.csv":  func(b *bytes.Buffer, s sheet.Sheet) error { return sheet.WriteCSV(b, s) },
			} {
				var file bytes.Buffer
				if err := write(&file, o.exported(lang, town.province)); err != nil {
					t.Fatal(err)
				}
				list, err := org.ReadList("units", file.Bytes())
				if err != nil {
					t.Fatal(err)
				}
				plan := o.plan(list, org.PlanOptions{Under: town.province.ID, AsOf: today})
				if !plan.Empty() || len(plan.Lined) > 0 {
					t.Errorf("the export imported again: %s, lines %+v", figures(plan), plan.Lined)
				}
			}
		}
		rows := o.exported(text.VI, town.province).Rows
		var cells []string
		for _, row := range rows {
			if cell := row[5].Text; cell != "" {
				cells = append(cells, row[0].Text+" "+cell)
			}
		}
		want := []string{"Mã đơn vị Hệ ngành dọc", "09193 công an: 259", "258.QS quân sự: 27.QS"}
		if diff := cmp.Diff(want, cells); diff != "" {
			t.Errorf("column of lines (-want +got):\n%s", diff)
		}
		if width := len(o.exported(text.VI, town.second).Rows[0]); width != 5 {
			t.Errorf("a list without lines has %d columns, want 5", width)
		}
	})
}

// typed is a list of all units of the town with a column of lines.
func typed(o *office, of town, lines map[string]string) org.List {
	o.t.Helper()
	list := o.exported(text.VI, of.province)
	for i, row := range list.Rows[1:] {
		list.Rows[i+1] = append(row[:5:5], sheet.Text(lines[row[0].Text]))
	}
	var file bytes.Buffer
	if err := sheet.WriteXLSX(&file, []sheet.Sheet{list}); err != nil {
		o.t.Fatal(err)
	}
	read, err := org.ReadList("units.xlsx", file.Bytes())
	if err != nil {
		o.t.Fatal(err)
	}
	return read
}

func TestAListSetsAndEndsLines(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town, command, district := lined(o)
		list := typed(o, town, map[string]string{"258.QS": "quân sự: 259", "09196": "CÔNG AN: 27.QS; Quân sự:259"})
		options := org.PlanOptions{Under: town.province.ID, AsOf: today}
		plan := o.plan(list, options)
		if plan.Conflicts() || len(plan.Lined) != 3 {
			t.Fatalf("errors %+v, lines %+v", plan.Errors, plan.Lined)
		}
		o.must(func(tx *ledger.Tx) error { return org.Apply(o.ctx(), tx, o.keeper(town.province.ID), plan, nil) })
		want := map[org.Unit][]org.Lined{
			town.east: {{Unit: town.east.ID, Line: "police", Head: town.second.ID, From: "2020-03-01", To: today}},
			town.west: {
				{Unit: town.west.ID, Line: "military", Head: town.second.ID, From: today},
				{Unit: town.west.ID, Line: "police", Head: command.ID, From: today},
			},
			district: {
				{Unit: district.ID, Line: "military", Head: command.ID, From: "2020-03-01", To: today},
				{Unit: district.ID, Line: "military", Head: town.second.ID, From: today},
			},
		}
		for unit, lines := range want {
			if diff := cmp.Diff(lines, o.lines(unit.ID)); diff != "" {
				t.Errorf("lines of %s (-want +got):\n%s", unit.Name, diff)
			}
		}
		if again := o.plan(list, options); !again.Empty() {
			t.Errorf("applied twice: lines %+v", again.Lined)
		}
		without := o.exported(text.VI, town.province)
		for i, row := range without.Rows {
			without.Rows[i] = row[:5]
		}
		if silent := o.plan(org.List{Sheets: []sheet.Sheet{without}}, options); !silent.Empty() {
			t.Errorf("a list that tells no lines changes %+v", silent.Lined)
		}
	})
}

func TestLinesOfAListThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town, _, _ := lined(o)
		for cell, want := range map[string]string{
			"quân sự 27.QS": "org.import.line-form", "quân sự:": "org.import.line-form", "hải quân: 27.QS": "org.import.line-unknown",
			"quân sự: 27.QS; military: 259": "org.import.line-twice", "quân sự: 77.QS": "org.import.line-head",
			"quân sự: 09196": "org.line.itself", "quân sự: 258": "org.line.above",
		} {
			plan := o.plan(typed(o, town, map[string]string{"09196": cell}), org.PlanOptions{Under: town.province.ID, AsOf: today})
			if len(plan.Errors) != 1 || plan.Errors[0].Fault.Key != want || !strings.HasPrefix(plan.Errors[0].Cell, "F") {
				t.Errorf("%q: %+v, want %s in column F", cell, plan.Errors, want)
			}
		}
	})
}

func TestALineTakesARightAtBothEnds(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town, command, district := lined(o)
		set := func(keeps org.Unit) error {
			return o.update(func(tx *ledger.Tx) error {
				_, err := org.SetLine(o.ctx(), tx, o.keeper(keeps.ID), org.SetLineCommand{Unit: town.west.ID, Line: "military", Head: command.ID, From: "2020-06-01"})
				return err
			})
		}
		for _, keeps := range []org.Unit{town.first, command, town.second} {
			if err := set(keeps); !fault.Is(err, fault.Forbidden) {
				t.Errorf("who keeps %s sets a line between two others: %v", keeps.Name, err)
			}
		}
		if err := set(town.province); err != nil {
			t.Errorf("who keeps both ends: %v", err)
		}
		o.do(o.keeper(town.first.ID), org.Change{EndLine: &org.EndLineCommand{Unit: district.ID, Line: "military", From: "2020-06-01"}})
	})
}

func TestAnActHandsLinesOn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town, command, district := lined(o)
		set := func(unit, head org.Unit, line string) {
			o.do(commandLine, org.Change{SetLine: &org.SetLineCommand{Unit: unit.ID, Line: line, Head: head.ID, From: "2020-07-01"}})
		}
		set(town.west, command, "military")     // alone: goes on
		set(town.west, command, "police")       // the other one has another head: ends
		set(town.second, town.east, "military") // as a head: goes on
		town.reorganise(o.keeper(town.province.ID), town.merger())
		heir := town.now("09999")
		now := func(unit org.Unit) (list []org.Lined) {
			for _, l := range o.lines(unit.ID) {
				if l.To == "" {
					list = append(list, l)
				}
			}
			return list
		}
		if diff := cmp.Diff([]org.Lined{{Unit: heir.ID, Line: "military", Head: command.ID, From: "2020-07-01"}}, now(heir)); diff != "" {
			t.Errorf("lines of the heir (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]org.Lined{{Unit: town.second.ID, Line: "military", Head: heir.ID, From: "2020-07-01"}}, now(town.second)); diff != "" {
			t.Errorf("lines under the heir (-want +got):\n%s", diff)
		}
		if list := now(town.west); len(list) > 0 {
			t.Errorf("a unit that is gone reports to %+v", list)
		}
		if list := now(district); len(list) != 1 || list[0].Head != command.ID {
			t.Errorf("lines that have nothing to do with the act: %+v", list)
		}
	})
}
