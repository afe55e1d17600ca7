package org_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/text"
	"giaoban/internal/part/org"
)

// row makes a row of texts; a text that begins with # is a number.
func row(texts ...string) []sheet.Cell {
	cells := make([]sheet.Cell, len(texts))
	for i, s := range texts {
		if len(s) > 1 && s[0] == '#' {
			cells[i] = sheet.Number(s[1:])
			continue
		}
		cells[i] = sheet.Text(s)
	}
	return cells
}

var heading = row("STT", "Mã đơn vị", "Tên đơn vị", "Loại", "Mã cấp trên")

// tells gives a group of a plan as lines: code, name, what changes.
func tells(units []org.PlannedUnit) []string {
	var lines []string
	for _, u := range units {
		lines = append(lines, fmt.Sprintf("%s %s (%s -> %s)", u.Code, u.Name, u.Before, u.After))
	}
	return lines
}

// complaints are the errors of a plan as lines: cell and text key.
func complaints(p org.Plan) []string {
	var lines []string
	for _, wrong := range p.Errors {
		lines = append(lines, wrong.Cell+" "+wrong.Fault.Key)
	}
	return lines
}

func expect[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestALaterListAppliesAsDatedChanges(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.apply(o.plan(xlsxList(t, heading,
			row("1", "01", "Tỉnh Một", "tỉnh", ""),
			row("2", "02", "Tỉnh Hai", "tỉnh", ""),
			row("3", "011", "Huyện A", "huyện", "01"),
			row("4", "012", "Huyện B", "huyện", "01"),
			row("5", "021", "Huyện C", "huyện", "02"),
		), org.PlanOptions{AsOf: "2020-01-01"}))
		plan := o.plan(xlsxList(t, heading,
			row("1", "01", "Tỉnh Một", "tỉnh", ""),
			row("2", "02", "Tỉnh Hai mới", "tỉnh", ""),
			row("3", "011", "Thị xã A", "thị xã", "02"), // moved, renamed and of another kind
			row("4", "021", "Huyện C", "huyện", "02"),
			row("5", "022", "Huyện D", "huyện", "02"),
		), org.PlanOptions{AsOf: "2020-07-01"})
		expect(t, "errors", nil, complaints(plan))
		expect(t, "added", []string{"022 Huyện D ( -> Tỉnh Hai mới)"}, tells(plan.Added))
		expect(t, "renamed", []string{"02 Tỉnh Hai mới (Tỉnh Hai -> Tỉnh Hai mới)", "011 Thị xã A (Huyện A -> Thị xã A)"}, tells(plan.Renamed))
		expect(t, "moved", []string{"011 Thị xã A (Tỉnh Một -> Tỉnh Hai mới)"}, tells(plan.Moved))
		expect(t, "changed", []string{"011 Thị xã A (district -> town)"}, tells(plan.Changed))
		expect(t, "dissolved", []string{"012 Huyện B (Tỉnh Một -> )"}, tells(plan.Dissolved))
		expect(t, "unchanged", 2, len(plan.Unchanged))
		expect(t, "levels", []org.LevelCount{{Level: "provincial", Units: 2}, {Level: "above-grassroots", Units: 3}}, plan.Levels)
		o.apply(plan)
		unit, err := org.ByCode(o.ctx(), o.q(), today, "011")
		if err != nil {
			t.Fatal(err)
		}
		expect(t, "history of 011", []string{
			"2020-01-01 2020-07-01 Huyện A above-grassroots 01",
			"2020-07-01  Thị xã A above-grassroots 02",
		}, o.history(unit.ID))
		if _, err := org.ByCode(o.ctx(), o.q(), today, "012"); !fault.Is(err, fault.NotFound) {
			t.Errorf("the dissolved unit: %v, want it not to be found", err)
		}
		if _, err := org.ByCode(o.ctx(), o.q(), "2020-06-30", "012"); err != nil {
			t.Errorf("the unit on the day before it was dissolved: %v", err)
		}
	})
}

func TestAListSpeaksOnlyForItsOwnSubtree(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.apply(o.plan(xlsxList(t, heading,
			row("1", "01", "Tỉnh Một", "tỉnh", ""),
			row("2", "02", "Tỉnh Hai", "tỉnh", ""),
			row("3", "011", "Huyện A", "huyện", "01"),
			row("4", "021", "Huyện C", "huyện", "02"),
		), org.PlanOptions{AsOf: "2020-01-01"}))
		one, err := org.ByCode(o.ctx(), o.q(), today, "01")
		if err != nil {
			t.Fatal(err)
		}
		plan := o.plan(xlsxList(t, heading,
			row("1", "01", "Tỉnh Một", "tỉnh", "TW"),
			row("2", "013", "Huyện mới", "huyện", "01"),
			row("3", "014", "Huyện mới nữa", "huyện", ""),
		), org.PlanOptions{Under: one.ID})
		expect(t, "figures", "added 2, renamed 0, moved 0, changed 0, dissolved 1, unchanged 0, errors 0", figures(plan))

		plan = o.plan(xlsxList(t, heading,
			row("1", "021", "Huyện C", "huyện", ""),
			row("2", "013", "Huyện mới", "huyện", "02"),
			row("3", "014", "Huyện mới nữa", "huyện", "011"),
			row("4", "01", "Tên khác", "tỉnh", ""),
		), org.PlanOptions{Under: one.ID})
		expect(t, "errors", []string{
			"B2 org.import.elsewhere", "E3 org.import.parent-elsewhere", "E4 org.import.parent-unlisted", "C5 org.import.own-name",
		}, complaints(plan))
	})
}

func TestCodesThatBecameNumbersGetTheirZerosBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		rows := [][]sheet.Cell{
			heading,
			row("1", "#1", "Tỉnh Một", "tỉnh", ""),
			row("2", "#12", "Tỉnh Hai", "tỉnh", ""),
			row("3", "#3", "Huyện A", "huyện", "#1"),
			row("4", "#104", "Huyện B", "huyện", "#12"),
		}
		plan := o.plan(xlsxList(t, rows...), org.PlanOptions{AsOf: "2020-01-01"})
		expect(t, "errors", nil, complaints(plan))
		expect(t, "added", []string{
			"01 Tỉnh Một ( -> Trung ương)", "12 Tỉnh Hai ( -> Trung ương)", "003 Huyện A ( -> Tỉnh Một)", "104 Huyện B ( -> Tỉnh Hai)",
		}, tells(plan.Added))
		o.apply(plan)
		again := o.plan(xlsxList(t, rows...), org.PlanOptions{})
		expect(t, "the same again", "added 0, renamed 0, moved 0, changed 0, dissolved 0, unchanged 4, errors 0", figures(again))

		csv := "Mã;Tên;Loại;Cấp trên\r\n1;Tỉnh Một;tỉnh;\r\n12;Tỉnh Hai;tỉnh;\r\n3;Huyện A;huyện;1\r\n104;Huyện B;huyện;12\r\n2;Tỉnh Ba;tỉnh;\r\n"
		stripped := o.plan(csvList(t, csv), org.PlanOptions{})
		expect(t, "without types", "added 1, renamed 0, moved 0, changed 0, dissolved 0, unchanged 4, errors 0", figures(stripped))
		expect(t, "added without types", []string{"02 Tỉnh Ba ( -> Trung ương)"}, tells(stripped.Added))
	})
}

func TestANumberThatFitsTwoUnitsIsRefusedAtItsCell(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.create(o.root.ID, "1", "Tỉnh ngắn", "2020-01-01")
		o.create(o.root.ID, "01", "Tỉnh dài", "2020-01-01")
		plan := o.plan(xlsxList(t, heading,
			row("1", "1", "Tỉnh ngắn", "", ""),
			row("2", "01", "Tỉnh dài", "", ""),
			row("3", "011", "Huyện", "", "#1"),
		), org.PlanOptions{})
		expect(t, "a parent's number", []string{"E4 org.import.parent-ambiguous"}, complaints(plan))
		plan = o.plan(xlsxList(t, heading, row("1", "#1", "Tỉnh", "", "")), org.PlanOptions{})
		expect(t, "a unit's number", []string{"B2 org.import.code-ambiguous"}, complaints(plan))
	})
}

func TestAnAppliedPlanIsWhatWasShown(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		list := xlsxList(t, heading, row("1", "01", "Tỉnh Một", "tỉnh", ""), row("2", "02", "Tỉnh Hai", "tỉnh", ""))
		plan := o.plan(list, org.PlanOptions{})
		unit := o.create(o.root.ID, "03", "Tỉnh Ba", "")
		o.refused("org.import.stale", "", func(tx *ledger.Tx) error { return org.Apply(o.ctx(), tx, commandLine, plan, nil) })

		plan = o.plan(list, org.PlanOptions{})
		o.rename(unit.ID, "Tỉnh Ba mới", "") // it goes all the same
		o.apply(o.plan(list, org.PlanOptions{}))
		expect(t, "afterwards", "added 0, renamed 0, moved 0, changed 0, dissolved 0, unchanged 2, errors 0", figures(o.plan(list, org.PlanOptions{})))
		if err := o.update(func(tx *ledger.Tx) error { return org.Apply(o.ctx(), tx, commandLine, plan, nil) }); !fault.Is(err, fault.Conflict) {
			t.Errorf("applying an old plan: %v, want a conflict", err)
		}
	})
}

func TestAListOfALaterDayIsRefused(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		party, err := org.Profile(o.ctx(), o.q())
		if err != nil {
			t.Fatal(err)
		}
		list := xlsxList(t, heading, row("1", "01", "Tỉnh Một", "tỉnh", ""))
		_, err = org.MakePlan(o.ctx(), o.q(), party, list, org.PlanOptions{AsOf: "2020-07-11", Today: today})
		if all := fault.All(err); len(all) != 1 || all[0].Key != "org.future" || all[0].Field != "as-of" {
			t.Errorf("a list of tomorrow: %v, want org.future at as-of", err)
		}
	})
}

func TestAListOfAnEarlierDayKeepsWhatIsRecordedLater(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.apply(o.plan(xlsxList(t, heading, row("1", "01", "Tỉnh Mới", "tỉnh", "")), org.PlanOptions{AsOf: "2020-06-01"}))
		o.apply(o.plan(xlsxList(t, heading, row("1", "01", "Tỉnh Cũ", "tỉnh", "")), org.PlanOptions{AsOf: "2020-01-01"}))
		unit, err := org.ByCode(o.ctx(), o.q(), today, "01")
		if err != nil {
			t.Fatal(err)
		}
		expect(t, "history", []string{"2020-01-01 2020-06-01 Tỉnh Cũ provincial TW", "2020-06-01  Tỉnh Mới provincial TW"}, o.history(unit.ID))
	})
}

func TestColumnsAreFoundByHeadingOrByHand(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		english := "Unit code,Unit name,Type,Parent\n01,North,province,\n011,A,district,01\n"
		expect(t, "in English", "added 2, renamed 0, moved 0, changed 0, dissolved 0, unchanged 0, errors 0",
			figures(o.plan(csvList(t, english), org.PlanOptions{})))

		strange := csvList(t, "Số,Gọi là,Trên\n01,North,\n011,A,01\n")
		expect(t, "unknown headings", []string{"A1 sheet.header.missing"}, complaintsOrSheet(o.plan(strange, org.PlanOptions{})))
		byHeading := org.Mapping{Headings: map[org.Column]string{org.ColumnCode: "số", org.ColumnName: "GỌI LÀ", org.ColumnParent: "Trên"}}
		expect(t, "by heading", "added 2, renamed 0, moved 0, changed 0, dissolved 0, unchanged 0, errors 0",
			figures(o.plan(strange, org.PlanOptions{Mapping: byHeading})))

		bare := csvList(t, "01,North,\n011,A,01\n")
		byPlace := org.Mapping{Positions: map[org.Column]int{org.ColumnCode: 0, org.ColumnName: 1, org.ColumnParent: 2}}
		expect(t, "without headings", "added 2, renamed 0, moved 0, changed 0, dissolved 0, unchanged 0, errors 0",
			figures(o.plan(bare, org.PlanOptions{Mapping: byPlace})))
	})
}

func complaintsOrSheet(p org.Plan) []string {
	lines := complaints(p)
	for i, line := range lines {
		if line[0] == ' ' {
			lines[i] = "A1" + line
		}
	}
	return lines
}

func TestTheResultForScriptsHasNoNulls(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		catalog, err := text.Load(org.Texts, sheet.Texts, text.Texts)
		if err != nil {
			t.Fatal(err)
		}
		party, err := org.Profile(o.ctx(), o.q())
		if err != nil {
			t.Fatal(err)
		}
		plan := o.plan(xlsxList(t, heading, row("1", "01", "Tỉnh Một", "tỉnh", "99")), org.PlanOptions{})
		expect(t, "result", org.Result{
			Added: []org.PlannedUnit{}, Renamed: []org.PlannedUnit{}, Moved: []org.PlannedUnit{}, Changed: []org.PlannedUnit{},
			Dissolved: []org.PlannedUnit{}, Merged: []org.Merged{}, Unchanged: []org.PlannedUnit{}, Levels: []org.ResultLevel{},
			Errors: []org.ResultError{{Sheet: "Danh sách", Cell: "E2", Message: "Không có đơn vị cấp trên mang mã “99”."}},
		}, plan.Result(catalog, text.VI, party))
	})
}

func TestCodesThatDifferOnlyByZerosSurviveAnExport(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		long := o.create(o.root.ID, "01", "Tỉnh dài", "2020-01-01")
		short := o.create(o.root.ID, "1", "Tỉnh ngắn", "2020-01-01")
		o.create(o.root.ID, "100", "Tỉnh Trăm", "2020-01-01")
		for i, code := range []string{"2", "10", "010", "0010", "7"} {
			o.create([]org.Unit{long, short}[i%2].ID, code, "Huyện "+code, "2020-01-01")
		}
		o.exportsToNothingNew(today, o.root.ID, 8)
	})
}

func TestWhereZerosAreLostAndNothingTellsOnlyTheUnclearCellsAreNamed(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.apply(o.plan(csvList(t, "Mã,Tên,Loại,Cấp trên\n01,Tỉnh Một,tỉnh,\n12,Tỉnh Hai,tỉnh,\n001,Huyện A,huyện,01\n104,Huyện B,huyện,12\n00001,Xã X,xã,001\n10300,Xã Y,xã,104\n"),
			org.PlanOptions{AsOf: "2020-01-01"}))
		lost := csvList(t, "Mã,Tên,Loại,Cấp trên\n1,Tỉnh Một,tỉnh,\n12,Tỉnh Hai,tỉnh,\n1,Huyện A,huyện,1\n104,Huyện B,huyện,12\n1,Xã X,xã,1\n10300,Xã Y,xã,104\n")
		plan := o.plan(lost, org.PlanOptions{})
		expect(t, "errors", []string{"D4 org.import.parent-ambiguous", "D6 org.import.parent-ambiguous"}, complaints(plan))
		expect(t, "figures", "added 0, renamed 0, moved 0, changed 0, dissolved 0, unchanged 4, errors 2", figures(plan))

		told := csvList(t, "Mã,Tên,Loại,Cấp trên,Cấp\n1,Tỉnh Một,tỉnh,,cấp tỉnh\n12,Tỉnh Hai,tỉnh,,cấp tỉnh\n1,Huyện A,huyện,1,cấp huyện\n104,Huyện B,huyện,12,cấp huyện\n"+
			"1,Xã X,xã,1,cấp xã\n10300,Xã Y,xã,104,cấp xã\n")
		expect(t, "with levels", "added 0, renamed 0, moved 0, changed 0, dissolved 0, unchanged 6, errors 0", figures(o.plan(told, org.PlanOptions{})))
	})
}

func TestInAFileThatKeptItsZerosDigitsMeanThemselves(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		plan := o.plan(csvList(t, "Mã,Tên,Loại,Cấp trên\n01,Tỉnh Một,tỉnh,\n27,Tỉnh Hai,tỉnh,\n027,Huyện A,huyện,27\n27,Tỉnh Ba,tỉnh,99\n28,Tỉnh Bốn,tỉnh,28\n028,Huyện B,huyện,01\n"),
			org.PlanOptions{})
		expect(t, "errors", []string{
			"A3 org.import.duplicate", "A5 org.import.duplicate", "D5 org.import.parent-unknown", "D6 org.import.circle",
		}, complaints(plan))
	})
}
