package org_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// plan makes a plan of a list, as of a day ("" for today).
func (o *office) plan(list org.List, options org.PlanOptions) org.Plan {
	o.t.Helper()
	options.Today = today
	party, err := org.Profile(o.ctx(), o.q())
	if err != nil {
		o.t.Fatal(err)
	}
	plan, err := org.MakePlan(o.ctx(), o.q(), party, list, options)
	if err != nil {
		o.t.Fatal(err)
	}
	return plan
}

// apply applies a plan.
func (o *office) apply(plan org.Plan) {
	o.t.Helper()
	o.must(func(tx *ledger.Tx) error { return org.Apply(o.ctx(), tx, commandLine, plan, nil) })
}

// csvList reads a list as a .csv file.
func csvList(t testing.TB, content string) org.List {
	t.Helper()
	list, err := org.ReadList("danh sach.csv", []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// xlsxList reads a list that was written as a workbook of one sheet.
func xlsxList(t testing.TB, rows ...[]sheet.Cell) org.List {
	t.Helper()
	var file bytes.Buffer
	if err := sheet.WriteXLSX(&file, []sheet.Sheet{{Name: "Danh sách", Rows: rows}}); err != nil {
		t.Fatal(err)
	}
	list, err := org.ReadList("danh sach.xlsx", file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// figures are how many units a plan has in each group.
func figures(p org.Plan) string {
	return fmt.Sprintf("added %d, renamed %d, moved %d, changed %d, dissolved %d, unchanged %d, errors %d",
		len(p.Added), len(p.Renamed), len(p.Moved), len(p.Changed), len(p.Dissolved), len(p.Unchanged), len(p.Errors))
}

// placesLike makes a list of the shape in which a statistics office gives the
// places of a country: 63 provinces with codes of two digits, 705 districts of
// three, 10,599 communes of five, with a byte-order mark and CRLF.
func placesLike() string {
	var b strings.Builder
	b.WriteString("\uFEFFcode,name,kind,parent_code\r\n")
	for i := range 63 {
		fmt.Fprintf(&b, "%02d,Tỉnh thứ %d,tinh,\r\n", i+1, i+1)
	}
	for i := range 705 {
		fmt.Fprintf(&b, "%03d,Huyện thứ %d,huyen,%02d\r\n", i+1, i+1, i%63+1)
	}
	for i := range 10_599 {
		fmt.Fprintf(&b, "%05d,Xã thứ %d,xa,%03d\r\n", i*3+1, i+1, i%705+1)
	}
	return b.String()
}

func TestPlaces(t *testing.T) {
	content := placesLike()
	if file := os.Getenv("GIAOBAN_PLACES"); file != "" {
		read, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		content = string(read)
	}
	rows, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	units := len(rows) - 1
	each(t, func(t *testing.T, o *office) {
		plan := o.plan(csvList(t, content), org.PlanOptions{AsOf: "2020-01-01"})
		for _, wrong := range plan.Errors[:min(5, len(plan.Errors))] {
			t.Errorf("%s!%s: %v", wrong.Sheet, wrong.Cell, wrong.Fault)
		}
		want := fmt.Sprintf("added %d, renamed 0, moved 0, changed 0, dissolved 0, unchanged 0, errors 0", units)
		if got := figures(plan); got != want {
			t.Fatalf("the plan is: %s\nwant: %s", got, want)
		}
		o.apply(plan)
		counts, err := org.CountByLevel(o.ctx(), o.q(), today, o.root.ID)
		if err != nil {
			t.Fatal(err)
		}
		if counts["provincial"] != 63 || counts["above-grassroots"] != 705 || counts["grassroots"] != units-63-705 {
			t.Errorf("units by level: %v, want 63, 705 and %d", counts, units-63-705)
		}
		again := o.plan(csvList(t, content), org.PlanOptions{})
		want = fmt.Sprintf("added 0, renamed 0, moved 0, changed 0, dissolved 0, unchanged %d, errors 0", units)
		if got := figures(again); got != want {
			t.Errorf("the same list again: %s\nwant: %s", got, want)
		}
		o.exportsToNothingNew(today, o.root.ID, units)
	})
}

// exportsToNothingNew says that an export of the units below one, in both
// languages and both formats, imports without changing anything.
func (o *office) exportsToNothingNew(day clock.Date, under tree.UnitID, units int) {
	o.t.Helper()
	want := fmt.Sprintf("added 0, renamed 0, moved 0, changed 0, dissolved 0, unchanged %d, errors 0", units)
	for _, lang := range text.Langs {
		exported, err := org.Export(o.ctx(), o.q(), lang, under, day)
		if err != nil {
			o.t.Fatal(err)
		}
		var csv, xlsx bytes.Buffer
		if err := sheet.WriteCSV(&csv, exported); err != nil {
			o.t.Fatal(err)
		}
		if err := sheet.WriteXLSX(&xlsx, []sheet.Sheet{exported}); err != nil {
			o.t.Fatal(err)
		}
		for name, content := range map[string][]byte{"units.csv": csv.Bytes(), "units.xlsx": xlsx.Bytes()} {
			list, err := org.ReadList(name, content)
			if err != nil {
				o.t.Fatal(err)
			}
			plan := o.plan(list, org.PlanOptions{Under: under, AsOf: day})
			if got := figures(plan); got != want {
				o.t.Errorf("%s in %s: %s\nwant: %s", name, lang, got, want)
			}
			for _, wrong := range plan.Errors[:min(5, len(plan.Errors))] {
				o.t.Errorf("%s!%s: %v", wrong.Sheet, wrong.Cell, wrong.Fault)
			}
		}
	}
}
