package org_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/org"
)

// officeBook is a spreadsheet as an office makes it: merged title rows, a row
// that numbers the columns, empty rows, two sheets, and a sheet of remarks.
func officeBook(t *testing.T, wrong map[string]any) org.List {
	t.Helper()
	book := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(book.SetSheetName("Sheet1", "Cơ sở"))
	for _, name := range []string{"Chi bộ", "Ghi chú"} {
		_, err := book.NewSheet(name)
		must(err)
	}
	titles := func(sheet string) {
		must(book.MergeCell(sheet, "A1", "G1"))
		must(book.SetCellStr(sheet, "A1", "ĐẢNG BỘ TỈNH MỘT"))
		must(book.MergeCell(sheet, "A2", "G2"))
		must(book.SetCellStr(sheet, "A2", "DANH SÁCH TỔ CHỨC ĐẢNG TRỰC THUỘC"))
		must(book.SetSheetRow(sheet, "A4", &[]any{"STT", "Mã đơn vị", "Tên đơn vị", "Loại", "Mã cấp trên", "Cấp", "Hiệu lực từ"}))
		must(book.SetSheetRow(sheet, "A5", &[]any{"(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"}))
	}
	put := func(sheet string, first int, rows [][]any) {
		for i, row := range rows {
			at, err := excelize.CoordinatesToCellName(1, first+i)
			must(err)
			must(book.SetSheetRow(sheet, at, &row))
		}
	}
	titles("Cơ sở")
	put("Cơ sở", 6, [][]any{
		{1, "011", "Đảng bộ huyện A", "huyện"},
		{2, "012", "Đảng bộ huyện B", "huyện"},
		{3, "013", "Đảng bộ thị xã C", "thị xã", nil, nil, "1/2/2020"},
		{4, "014", "Đảng bộ huyện D", "huyện"},
		{},
		{5, "01101", "Đảng bộ xã Một", "xã", "011"},
		{6, "01102", "Đảng bộ xã Hai", "xã", "011"},
		{7, "01103", "Đảng bộ xã Ba", "xã", "011"},
		{8, "01201", "Đảng bộ xã Bốn", "xã", "012"},
		{9, "01202", "Đảng bộ phường Năm", "phường", "012"},
		{10, "01301", "Đảng bộ phường Sáu", "phường", "013", "cấp cơ sở"},
		{11, "01302", "Đảng bộ phường Bảy", "phường", "013", "Cấp cơ sở", "01/03/2020"},
		{12, "01401", "Đảng bộ thị trấn Tám", "thị trấn", "014"},
		{13, "01402", "Đảng bộ xã Chín", "xã", "014"},
		{14, "01403", "Đảng bộ xã Mười", "xã", "014"},
	})
	titles("Chi bộ")
	put("Chi bộ", 6, [][]any{
		{1, "0110101", "Chi bộ thôn Đông", "chi bộ", "01101"},
		{2, "0110102", "Chi bộ thôn Đoài", "chi bộ", "01101"},
		{3, "0110103", "Chi bộ thôn Nam", "chi bộ", "01101"},
		{4, "0110104", "Chi bộ thôn Bắc", "chi bộ", "01101"},
	})
	must(book.SetCellStr("Ghi chú", "A1", "Người lập biểu: Văn phòng"))
	for at, value := range wrong {
		sheet, cell, _ := strings.Cut(at, "!")
		if formula, ok := value.(formula); ok {
			must(book.SetCellValue(sheet, cell, nil))
			must(book.SetCellFormula(sheet, cell, string(formula)))
			continue
		}
		must(book.SetCellValue(sheet, cell, value))
	}
	var file bytes.Buffer
	must(book.Write(&file))
	list, err := org.ReadList("danh sach 2020.xlsx", file.Bytes())
	must(err)
	return list
}

// formula is a formula that was never calculated.
type formula string

func TestTwentyPlantedErrorsAreAllNamedByCell(t *testing.T) {
	planted := map[string]any{
		"Cơ sở!D8":   "hành tinh",                        // no such kind
		"Cơ sở!E9":   "02",                               // outside the list's unit
		"Cơ sở!B12":  "",                                 // no code
		"Cơ sở!C13":  formula("CONCATENATE(C11,C12)"),    // no stored value
		"Cơ sở!B14":  "01202",                            // the same code as B15
		"Cơ sở!C15":  strings.Repeat("Đảng bộ ", 60),     // too long
		"Cơ sở!F16":  "cấp trên trời",                    // no such level
		"Cơ sở!G17":  "31/02/2020",                       // no such day
		"Cơ sở!B18":  1.5,                                // no code that a number can be
		"Cơ sở!F14":  "trực thuộc Trung ương",            // not below its parent's
		"Cơ sở!C19":  "   ",                              // no name
		"Cơ sở!E19":  "999",                              // no such unit
		"Cơ sở!G20":  "01/12/2020",                       // after the list's day
		"Chi bộ!E6":  "0110102",                          // a circle of two
		"Chi bộ!E7":  "0110101",                          //
		"Chi bộ!B8":  "021",                              // a unit of somebody else's
		"Chi bộ!C9":  "Chi bộ\u0007 thôn Bắc",            // a control character
		"Chi bộ!B10": strings.Repeat("1", org.MaxCode+1), // too long
		"Chi bộ!C10": "Chi bộ thôn Trung",
		"Chi bộ!E10": "0110104", // nothing stands below a cell
	}
	want := []string{
		"Cơ sở!D8 org.kind-unknown", "Cơ sở!E9 org.import.parent-elsewhere", "Cơ sở!B12 org.code-empty", "Cơ sở!C13 sheet.cell.formula",
		"Cơ sở!B14 org.import.duplicate", "Cơ sở!F14 org.level-not-below", "Cơ sở!B15 org.import.duplicate", "Cơ sở!C15 org.name-long", "Cơ sở!F16 org.level-unknown",
		"Cơ sở!G17 date.no-such-day", "Cơ sở!B18 org.import.code-number", "Cơ sở!C19 org.name-empty",
		"Cơ sở!E19 org.import.parent-unknown", "Cơ sở!G20 org.import.from-late",
		"Chi bộ!E6 org.import.circle", "Chi bộ!E7 org.import.circle", "Chi bộ!B8 org.import.elsewhere", "Chi bộ!C9 org.import.control",
		"Chi bộ!B10 org.code-long", "Chi bộ!E10 org.level-lowest",
	}
	each(t, func(t *testing.T, o *office) {
		one := o.create(o.root.ID, "01", "Đảng bộ tỉnh Một", "2020-01-01")
		two := o.create(o.root.ID, "02", "Đảng bộ tỉnh Hai", "2020-01-01")
		o.create(two.ID, "021", "Đảng bộ huyện khác", "2020-01-01")
		before, _, err := ledger.Head(o.ctx(), o.q())
		if err != nil {
			t.Fatal(err)
		}
		options := org.PlanOptions{Under: one.ID, AsOf: "2020-07-01"}
		plan := o.plan(officeBook(t, planted), options)
		var got []string
		for _, wrong := range plan.Errors {
			got = append(got, wrong.Sheet+"!"+wrong.Cell+" "+wrong.Fault.Key)
		}
		expect(t, "errors", want, got)
		err = o.update(func(tx *ledger.Tx) error { return org.Apply(o.ctx(), tx, commandLine, plan, nil) })
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("applying it all the same: %v, want a refusal", err)
		}
		after, _, err := ledger.Head(o.ctx(), o.q())
		if after != before || err != nil {
			t.Errorf("the log went from %d to %d (%v), want nothing to have happened", before, after, err)
		}

		mended := o.plan(officeBook(t, nil), options)
		expect(t, "the mended list", "added 18, renamed 0, moved 0, changed 0, dissolved 0, unchanged 0, errors 0", figures(mended))
		o.apply(mended)
		o.exportsToNothingNew(today, one.ID, 18)
	})
}
