package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"giaoban/internal/base/sheet"
)

// anyText makes texts as people and attackers write them: pieces that have a
// meaning in one of the formats beside any characters that both can hold.
func anyText() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{
			"Đảng bộ tỉnh Bắc Ninh", "đ", "Ế", "e\u0302\u0301", "01", "000", "=", "+", "-", "@", "'", "\"", "\"\"", ",", ";", "\t", "|",
			"\r", "\n", "\r\n", " ", "sep=", "_x", "_x000D_", "x0041_", "_x0041", "0041_", "_x005F_", "_", "&", "<", "]]>", "&amp;", "😀", "\uFEFF", "＝", "TRUE", "#REF!", "1E5",
		}),
		rapid.StringOf(rapid.Rune().Filter(func(r rune) bool {
			return r >= ' ' && r != '\uFFFE' && r != '\uFFFF' // XML 1.0 holds no others
		})),
	)
	return rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 5).Draw(t, "pieces"), "") })
}

// anyTable makes tables of texts.
func anyTable() *rapid.Generator[[][]string] {
	return rapid.SliceOfN(rapid.SliceOfN(anyText(), 0, 5), 0, 6)
}

// trimmed drops the blank cells and rows at the ends, which no file keeps.
func trimmed(table [][]string) [][]string {
	rows := [][]string{}
	for _, texts := range table {
		for len(texts) > 0 && texts[len(texts)-1] == "" {
			texts = texts[:len(texts)-1]
		}
		rows = append(rows, append([]string{}, texts...))
	}
	for len(rows) > 0 && len(rows[len(rows)-1]) == 0 {
		rows = rows[:len(rows)-1]
	}
	return rows
}

func sheetOf(table [][]string) sheet.Sheet {
	s := sheet.Sheet{Name: "Danh sách"}
	for _, texts := range table {
		s.Rows = append(s.Rows, sheet.TextRow(texts...))
	}
	return s
}

func TestAnyTableOfTextsComesBackFromXLSX(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := anyTable().Draw(t, "table")
		var out bytes.Buffer
		if err := sheet.WriteXLSX(&out, []sheet.Sheet{sheetOf(table)}); err != nil {
			t.Fatal(err)
		}
		sheets, err := sheet.Read("a.xlsx", out.Bytes(), sheet.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(trimmed(table), textsOf(sheets[0])); diff != "" {
			t.Fatalf("table differs (-written +read):\n%s", diff)
		}
		for _, cells := range sheets[0].Rows {
			for _, cell := range cells {
				if !cell.Equal(sheet.Text(cell.Text)) {
					t.Fatalf("cell %v is %+v, want only text", cell.At, cell)
				}
			}
		}
	})
}

func TestAnyTableOfTextsComesBackFromCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := anyTable().Draw(t, "table")
		var out bytes.Buffer
		if err := sheet.WriteCSV(&out, sheetOf(table)); err != nil {
			t.Fatal(err)
		}
		if len(table) == 0 {
			return // a file without content is refused when it is read
		}
		sheets, err := sheet.Read("a.csv", out.Bytes(), sheet.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(trimmed(table), textsOf(sheets[0])); diff != "" {
			t.Fatalf("table differs (-written +read):\n%s\nfile %q", diff, out.String())
		}
	})
}

func TestNumbersDatesAndAnswersComeBackFromXLSX(t *testing.T) {
	rows := [][]sheet.Cell{
		sheet.TextRow("Số", "Ngày"),
		{sheet.Integer(51985), sheet.Number("99.8"), sheet.Number("-0.000015"), sheet.Integer(999_999_999_999_999)},
		{sheet.Date("2020-07-10"), sheet.Date("1900-01-01"), sheet.Date("1900-03-01"), sheet.Date("9999-12-31")},
		{sheet.Bool(true), sheet.Bool(false), {Kind: sheet.KindDate, Text: "2020-07-10T08:30:00"}},
	}
	var out bytes.Buffer
	if err := sheet.WriteXLSX(&out, []sheet.Sheet{{Name: "Số liệu", Rows: rows, Merged: []sheet.Range{{Top: 4, Left: 0, Bottom: 4, Right: 2}}}, {Name: "Trống"}}); err != nil {
		t.Fatal(err)
	}
	sheets, err := sheet.Read("a.xlsx", out.Bytes(), sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	plain := cmp.Comparer(func(a, b sheet.Cell) bool { return a.Kind == b.Kind && a.Text == b.Text && a.Problem == b.Problem })
	if diff := cmp.Diff(rows, sheets[0].Rows, plain); diff != "" {
		t.Errorf("cells differ (-written +read):\n%s", diff)
	}
	if shown := sheets[0].Cell(2, 0).Shown(); shown != "10/7/2020" {
		t.Errorf("the date is shown as %s, want 10/7/2020", shown)
	}
	if diff := cmp.Diff([]sheet.Range{{Top: 4, Left: 0, Bottom: 4, Right: 2}}, sheets[0].Merged); diff != "" {
		t.Errorf("merged ranges differ (-written +read):\n%s", diff)
	}
	if len(sheets) != 2 || sheets[1].Name != "Trống" || len(sheets[1].Rows) != 0 {
		t.Errorf("the second sheet is %+v, want an empty one called Trống", sheets[1:])
	}
}

func TestWhatExcelCannotKeepIsWrittenAsText(t *testing.T) {
	rows := [][]sheet.Cell{{
		{Kind: sheet.KindNumber, Text: "1234567890123456789"},
		{Kind: sheet.KindNumber, Text: "01"},
		{Kind: sheet.KindDate, Text: "1890-05-19"},
		sheet.Date("1890-05-19"),
		sheet.Number("12,5"),
	}}
	var out bytes.Buffer
	if err := sheet.WriteXLSX(&out, []sheet.Sheet{{Rows: rows}}); err != nil {
		t.Fatal(err)
	}
	s := readOne(t, "a.xlsx", out.Bytes())
	want := sheet.TextRow("1234567890123456789", "01", "1890-05-19", "1890-05-19", "12,5")
	if diff := cmp.Diff([][]sheet.Cell{want}, s.Rows); diff != "" {
		t.Errorf("cells differ (-want +read):\n%s", diff)
	}
}

// The file is opened with excelize here, a reader that is not ours.
func TestAWrittenWorkbookLooksAsAnOfficeExpects(t *testing.T) {
	var out bytes.Buffer
	table := []sheet.Sheet{
		{Name: "Đơn vị: 'x/y'", Rows: [][]sheet.Cell{sheet.TextRow("Mã", "Tên đơn vị trực thuộc tỉnh"), {sheet.Text("01"), sheet.Date("2020-07-10")}}},
		{Name: "Một tên rất dài của một đơn vị ở rất xa"},
		{Name: "một tên rất dài của một đơn vị Ở đâu"},
		{Name: ""},
	}
	if err := sheet.WriteXLSX(&out, table); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	names := []string{"Đơn vị- 'x-y", "Một tên rất dài của một đơn vị ", "một tên rất dài của một đơn (2)", "Sheet4"}
	if diff := cmp.Diff(names, book.GetSheetList()); diff != "" {
		t.Fatalf("names of sheets differ (-want +got):\n%s", diff)
	}
	style := func(cell string) *excelize.Style {
		number, err := book.GetCellStyle(names[0], cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := book.GetStyle(number)
		if err != nil {
			t.Fatal(err)
		}
		return style
	}
	if heading := style("A1"); heading.Font == nil || !heading.Font.Bold {
		t.Errorf("the heading has style %+v, want bold", heading)
	}
	if text := style("A2"); text.NumFmt != 49 {
		t.Errorf("a text has number format %d, want 49 (text)", text.NumFmt)
	}
	if kind, err := book.GetCellType(names[0], "A2"); err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("01 is stored as %v (%v), want text", kind, err)
	}
	if shown, err := book.GetCellValue(names[0], "B2"); err != nil || shown != "10/7/2020" {
		t.Errorf("the date is shown as %q (%v), want 10/7/2020", shown, err)
	}
	if panes, err := book.GetPanes(names[0]); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes are %+v (%v), want one still row", panes, err)
	}
	if width, err := book.GetColWidth(names[0], "B"); err != nil || width != 28 {
		t.Errorf("column B is %v wide (%v), want 28", width, err)
	}
}

func TestATableThatNoSpreadsheetHoldsIsNotWritten(t *testing.T) {
	long := sheet.Sheet{Name: "a", Rows: [][]sheet.Cell{{}, sheet.TextRow("", strings.Repeat("x", 32_768))}}
	for _, test := range []struct {
		what string
		s    sheet.Sheet
		key  string
	}{
		{"long text", long, "sheet.write.long"},
		{"many rows", sheet.Sheet{Rows: make([][]sheet.Cell, 1_048_577)}, "sheet.tooManyRows"},
		{"many columns", sheet.Sheet{Rows: [][]sheet.Cell{make([]sheet.Cell, 16_385)}}, "sheet.tooManyColumns"},
	} {
		wantRefusal(t, sheet.WriteXLSX(new(bytes.Buffer), []sheet.Sheet{test.s}), test.key)
	}
	err := sheet.WriteCSV(new(bytes.Buffer), long)
	wantRefusal(t, err, "sheet.write.long")
	if !strings.Contains(err.Error(), "a!B2") {
		t.Errorf("the error %v does not name B2", err)
	}
}
