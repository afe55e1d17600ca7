package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"giaoban/internal/app"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/looptest"
	"giaoban/internal/part/org"
)

// formula is a formula that Excel never calculated.
type formula string

// planted are an office's mistakes, by sheet and cell. Where one mistake is
// about two rows, both are named.
var planted = map[string]any{
	"Huyện!B8":   "",                            // a code forgotten
	"Huyện!C9":   "   ",                         // a name forgotten
	"Huyện!D10":  "vùng",                        // a kind that there is not
	"Huyện!F11":  "cấp vũ trụ",                  // a level that there is not
	"Huyện!B12":  2.5,                           // a number that is no code
	"Huyện!G13":  "30/02/2020",                  // a day that there is not
	"Huyện!C14":  formula("CONCATENATE(C8,C9)"), // a formula without a value
	"Huyện!E15":  "02",                          // a unit outside the list's
	"Huyện!B16":  "0205",                        // a unit of another province
	"Huyện!B17":  "0112",                        // a code that stands in B18 already
	"Huyện!B18":  "0112",
	"Xã!E8":      "0199",                                     // a unit that there is not
	"Xã!G9":      "01/01/2999",                               // a day after the list's
	"Xã!C10":     strings.Repeat("Đảng bộ xã rất dài ", 30),  // a name too long
	"Xã!B11":     strings.Repeat("9", org.MaxCode+1) + "A",   // a code too long
	"Xã!C12":     "Đảng bộ xã\u0007 Sáu",                     // a character of no text
	"Xã!E13":     "011308",                                   // two units, each counted
	"Xã!E14":     "011307",                                   // by the other
	"Xã!D15":     true,                                       // no kind at all
	"Xã!F16":     "trực thuộc Trung ương",                    // a level above its parent's
	"Ghi chú!A1": "Người lập biểu: Nguyễn Văn A, Văn phòng.", // no mistake: a sheet of remarks
}

// officeList is a workbook as an office makes it: merged titles, a row that
// numbers the columns, two sheets of units and one of remarks; with wrong cells
// written over.
func officeList(t *testing.T, path string, wrong map[string]any) {
	t.Helper()
	book := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(book.SetSheetName("Sheet1", "Huyện"))
	for _, sheet := range []string{"Xã", "Ghi chú"} {
		_, err := book.NewSheet(sheet)
		must(err)
	}
	put := func(sheet string, rows [][]any) {
		must(book.MergeCell(sheet, "A1", "G1"))
		must(book.SetCellStr(sheet, "A1", "TỈNH ỦY MỘT"))
		must(book.MergeCell(sheet, "A2", "G2"))
		must(book.SetCellStr(sheet, "A2", "Danh sách các đảng bộ trực thuộc"))
		head := []any{"TT", "Mã tổ chức đảng", "Tên tổ chức đảng", "Loại hình", "Mã cấp trên", "Cấp", "Hiệu lực từ ngày"}
		for i, row := range append([][]any{nil, head, {"(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"}}, rows...) {
			at, err := excelize.CoordinatesToCellName(1, 3+i)
			must(err)
			must(book.SetSheetRow(sheet, at, &row))
		}
	}
	put("Huyện", [][]any{
		{1, "0101", "Đảng bộ huyện Một", "huyện"},
		{2, "0102", "Đảng bộ huyện Hai", "huyện", nil, nil, "01/02/2020"},
		{3, "0103", "Đảng bộ huyện Ba", "huyện"},
		{4, "0104", "Đảng bộ thị xã Bốn", "thị xã"},
		{5, "0105", "Đảng bộ thành phố Năm", "thành phố"},
		{6, "0106", "Đảng bộ huyện Sáu", "huyện", nil, "cấp huyện"},
		{7, "0107", "Đảng bộ huyện Bảy", "huyện"},
		{8, "0108", "Đảng bộ huyện Tám", "huyện", nil, nil, "15/3/2020"},
		{9, "0109", "Đảng bộ huyện Chín", "huyện"},
		{10, "0110", "Đảng bộ huyện Mười", "huyện"},
		{11, "0111", "Đảng bộ Khối các cơ quan tỉnh", "khối"},
		{12, "0112", "Đảng bộ Quân sự tỉnh", "quân đội"},
		{13, "0113", "Đảng bộ Công an tỉnh", "công an"},
	})
	put("Xã", [][]any{
		{1, "011301", "Đảng bộ xã Một", "xã", "0101"},
		{2, "011302", "Đảng bộ xã Hai", "xã", "0101"},
		{3, "011303", "Đảng bộ phường Ba", "phường", "0102"},
		{4, "011304", "Đảng bộ thị trấn Bốn", "thị trấn", "0102", nil, "10/07/2020"},
		{5, "011305", "Đảng bộ xã Năm", "xã", "0102"},
		{6, "011306A", "Đảng bộ xã Sáu", "xã", "0102"},
		{7, "011306", "Đảng bộ xã Sáu B", "xã", "0102"},
		{8, "011307", "Đảng bộ xã Bảy", "xã", "0101"},
		{9, "011308", "Đảng bộ xã Tám", "xã", "0101"},
		{10, "011309", "Chi bộ cơ sở Kiểm lâm", "chi bộ cơ sở", "0102"},
		{11, "011310", "Đảng bộ xã Mười", "xã", "0101"},
	})
	for at, value := range wrong {
		sheet, cell, _ := strings.Cut(at, "!")
		if unworked, ok := value.(formula); ok {
			must(book.SetCellValue(sheet, cell, nil))
			must(book.SetCellFormula(sheet, cell, string(unworked)))
			continue
		}
		must(book.SetCellValue(sheet, cell, value))
	}
	must(book.SaveAs(path))
}

func TestTwentyPlantedErrorsAreNamedByCellAndTheMendedListIsTakenUp(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		in := installation{t: t, dir: filepath.Dir(database)}
		if strings.HasPrefix(database, "postgres") {
			in.dir, in.database = t.TempDir(), database
		}
		folder := t.TempDir()
		file := func(name string) string { return filepath.Join(folder, name) }
		if err := os.WriteFile(file("country.csv"), []byte("Mã,Tên,Loại,Trực thuộc\n01,Tỉnh Một,tỉnh,\n02,Tỉnh Hai,tỉnh,\n0205,Huyện khác,huyện,02\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		in.run(0, "import", "units", file("country.csv"), "--as-of", "2020-01-01")
		in.run(0, "export", "units", file("before.csv"))

		officeList(t, file("planted.xlsx"), planted)
		wrong := in.imports(1, file("planted.xlsx"), "--under", "01", "--as-of", "2020-07-10")
		named := map[string]bool{}
		for _, e := range wrong.Errors {
			named[e.Sheet+"!"+e.Cell] = e.Message != ""
		}
		want := map[string]bool{}
		for cell := range planted {
			want[cell] = cell != "Ghi chú!A1"
		}
		delete(want, "Ghi chú!A1")
		if len(want) != 20 {
			t.Fatalf("%d cells are planted, want 20", len(want))
		}
		if diff := cmp.Diff(want, named); diff != "" {
			t.Errorf("cells that are named (-want +got):\n%s\nall that is said: %+v", diff, wrong.Errors)
		}
		in.run(0, "export", "units", file("after.csv"))
		if diff := cmp.Diff(read(t, file("before.csv")), read(t, file("after.csv"))); diff != "" {
			t.Errorf("a list with errors changed something (-before +after):\n%s", diff)
		}

		officeList(t, file("mended.xlsx"), nil)
		mended := in.imports(0, file("mended.xlsx"), "--under", "01", "--as-of", "2020-07-10")
		if len(mended.Added) != 24 || len(mended.Errors)+len(mended.Dissolved) != 0 {
			t.Errorf("the mended list: %+v, want 24 added", mended)
		}
		for _, name := range []string{"exported.xlsx", "exported.csv"} {
			in.run(0, "export", "units", file(name))
			again := in.imports(0, file(name))
			again.Levels = nil
			if want := (org.Result{
				Added: none, Renamed: none, Moved: none, Changed: none, Dissolved: none, Merged: []org.Merged{}, Errors: []org.ResultError{}, Unchanged: again.Unchanged,
			}); cmp.Diff(want, again) != "" || len(again.Unchanged) != 27 {
				t.Errorf("%s imported again: %+v, want 27 units unchanged", name, again)
			}
		}
		in.run(0, "verify")
		in.loop("011310")
		in.run(0, "verify")
	})
}

var none = []org.PlannedUnit{}

// imports runs an import that must end with a status, and reads its JSON.
func (in installation) imports(status int, arguments ...string) (r org.Result) {
	in.t.Helper()
	said := in.run(status, append([]string{"import", "units", "--json"}, arguments...)...)
	if err := json.Unmarshal([]byte(said), &r); err != nil {
		in.t.Fatalf("reading the result: %v\n%s", err, said)
	}
	return r
}

// loop runs the main loop once, for a unit.
func (in installation) loop(code string) {
	in.t.Helper()
	a, err := app.Open(in.t.Context(), app.Config{Data: in.dir, Database: in.database})
	if err != nil {
		in.t.Fatal(err)
	}
	defer a.Close()
	looptest.Run(in.t, a, code)
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
