package sheet_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/sheet"
)

func TestCellsOfAWorkbookKeepWhatCounts(t *testing.T) {
	for _, test := range []struct {
		what, cell string
		kind       sheet.Kind
		text       string
		shown      string // "" = as text
	}{
		{"shared text", `<c r="A1" t="s"><v>0</v></c>`, sheet.KindText, "Đảng bộ tỉnh Bắc Ninh", ""},
		{"text in runs, without readings", `<c r="A1" t="s"><v>1</v></c>`, sheet.KindText, "Hai đoạn", ""},
		{"escaped characters", `<c r="A1" t="s"><v>2</v></c>`, sheet.KindText, "một\rdòng _x0041_ 😀", ""},
		{"inline text", `<c r="A1" t="inlineStr"><is><t>01</t></is></c>`, sheet.KindText, "01", ""},
		{"inline text in runs", `<c r="A1" t="inlineStr"><is><r><t>0</t></r><r><t>1</t></r></is></c>`, sheet.KindText, "01", ""},
		{"text of a formula keeps its spaces", `<c r="A1" t="str"><f>B1</f><v> a </v></c>`, sheet.KindText, " a ", ""},
		{"whole number", `<c r="A1"><v>1</v></c>`, sheet.KindNumber, "1", ""},
		{"idle decimals", `<c r="A1" t="n"><v>1.00</v></c>`, sheet.KindNumber, "1", ""},
		{"power of ten", `<c r="A1"><v>1.5E-5</v></c>`, sheet.KindNumber, "0.000015", ""},
		{"large power of ten", `<c r="A1"><v>1.2345678901E+15</v></c>`, sheet.KindNumber, "1234567890100000", ""},
		{"17 digits for 15", `<c r="A1"><v>0.30000000000000004</v></c>`, sheet.KindNumber, "0.3", ""},
		{"long code", `<c r="A1"><v>001099012345678901</v></c>`, sheet.KindNumber, "1099012345678901", ""},
		{"negative zero", `<c r="A1"><v>-0</v></c>`, sheet.KindNumber, "0", ""},
		{"code shown with zeros", `<c r="A1" s="1"><v>123</v></c>`, sheet.KindNumber, "123", "00123"},
		{"code shown with letters", `<c r="A1" s="3"><v>7</v></c>`, sheet.KindNumber, "7", "DB-007"},
		{"known format", `<c r="A1" s="7"><v>51985</v></c>`, sheet.KindNumber, "51985", "51,985.00"},
		{"duration is no date", `<c r="A1" s="6"><v>1.5</v></c>`, sheet.KindNumber, "1.5", "36:00:00"},
		{"date in own format", `<c r="A1" s="2"><v>44022</v></c>`, sheet.KindDate, "2020-07-10", "10/07/2020"},
		{"date in known format", `<c r="A1" s="4"><v>44022</v></c>`, sheet.KindDate, "2020-07-10", "07-10-20"},
		{"date in Vietnamese words", `<c r="A1" s="5"><v>44022</v></c>`, sheet.KindDate, "2020-07-10", "10 Tháng 7 2020"},
		{"date with time", `<c r="A1" s="2"><v>44022.354166666664</v></c>`, sheet.KindDate, "2020-07-10T08:30:00", "10/07/2020"},
		{"first day", `<c r="A1" s="2"><v>1</v></c>`, sheet.KindDate, "1900-01-01", "01/01/1900"},
		{"day before the day that never was", `<c r="A1" s="2"><v>59</v></c>`, sheet.KindDate, "1900-02-28", "28/02/1900"},
		{"day after it", `<c r="A1" s="2"><v>61</v></c>`, sheet.KindDate, "1900-03-01", "01/03/1900"},
		{"last day", `<c r="A1" s="2"><v>2958465</v></c>`, sheet.KindDate, "9999-12-31", "31/12/9999"},
		{"date as text of the strict edition", `<c r="A1" t="d"><v>2020-07-10T00:00:00Z</v></c>`, sheet.KindDate, "2020-07-10", ""},
		{"yes", `<c r="A1" t="b"><v>1</v></c>`, sheet.KindBool, "TRUE", ""},
		{"no", `<c r="A1" t="b"><v>0</v></c>`, sheet.KindBool, "FALSE", ""},
		{"element with a prefix", `<x:c xmlns:x="urn:x" r="A1"><x:v>5</x:v></x:c>`, sheet.KindNumber, "5", ""},
		{"no address", `<c><v>5</v></c>`, sheet.KindNumber, "5", ""},
	} {
		t.Run(test.what, func(t *testing.T) {
			s := readOne(t, "danh sach.xlsx", data(`<row r="1">`+test.cell+`</row>`).zipped(t))
			cell := s.Cell(0, 0)
			if test.shown == "" {
				test.shown = test.text
			}
			if cell.Kind != test.kind || cell.Text != test.text || cell.Shown() != test.shown || cell.Problem != nil {
				t.Errorf("got kind %d, text %q, shown %q, problem %v; want kind %d, text %q, shown %q",
					cell.Kind, cell.Text, cell.Shown(), cell.Problem, test.kind, test.text, test.shown)
			}
		})
	}
}

func TestCellsThatCannotBeUsedAreNamed(t *testing.T) {
	for _, test := range []struct{ what, cell, key, text string }{
		{"formula never calculated", `<c r="B7"><f>A1+1</f></c>`, "sheet.cell.formula", ""},
		{"formula with an empty place for its value", `<c r="B7"><f>A1+1</f><v/></c>`, "sheet.cell.formula", ""},
		{"formula for a text never calculated", `<c r="B7" t="str"><f>A1</f></c>`, "sheet.cell.formula", ""},
		{"broken reference", `<c r="B7" t="e"><v>#REF!</v></c>`, "sheet.cell.error", "#REF!"},
		{"error of a formula", `<c r="B7" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, "sheet.cell.error", "#DIV/0!"},
		{"text that does not exist", `<c r="B7" t="s"><v>99</v></c>`, "sheet.cell.damaged", "99"},
		{"number that is none", `<c r="B7"><v>0x1p4</v></c>`, "sheet.cell.damaged", "0x1p4"},
		{"infinite number", `<c r="B7"><v>Inf</v></c>`, "sheet.cell.damaged", "Inf"},
		{"unknown kind", `<c r="B7" t="zz"><v>1</v></c>`, "sheet.cell.damaged", "1"},
		{"day zero", `<c r="B7" s="2"><v>0</v></c>`, "sheet.cell.date", "0"},
		{"day that never was", `<c r="B7" s="2"><v>60</v></c>`, "sheet.cell.date", "60"},
		{"day after all days", `<c r="B7" s="2"><v>2958466</v></c>`, "sheet.cell.date", "2958466"},
		{"negative day", `<c r="B7" s="2"><v>-5</v></c>`, "sheet.cell.date", "-5"},
	} {
		t.Run(test.what, func(t *testing.T) {
			s := readOne(t, "a.xlsx", data(`<row r="7">`+test.cell+`<c r="C7"><v>1</v></c></row>`).zipped(t))
			cell := s.Cell(6, 1)
			if cell.Problem == nil || cell.Problem.Key != test.key || cell.Problem.Field != "Danh sách!B7" || cell.Text != test.text {
				t.Fatalf("got text %q, problem %v; want %q and %s at Danh sách!B7", cell.Text, cell.Problem, test.text, test.key)
			}
			wantSaid(t, cell.Problem)
			if next := s.Cell(6, 2); next.Text != "1" || next.Problem != nil {
				t.Errorf("the next cell is %q with problem %v, want 1 and none", next.Text, next.Problem)
			}
		})
	}
}

func TestAFormulaCountsByItsStoredValue(t *testing.T) {
	s := readOne(t, "a.xlsx", data(`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c>`+
		`<c r="B1"><f t="shared" si="0"/><v>3</v></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><v>4</v></c></row>`).zipped(t))
	want := []sheet.Cell{
		{At: sheet.Address{Sheet: "Danh sách", Row: 0, Column: 0}, Kind: sheet.KindNumber, Text: "2", Formula: true},
		{At: sheet.Address{Sheet: "Danh sách", Row: 0, Column: 1}, Kind: sheet.KindNumber, Text: "3", Formula: true},
		{},
		{At: sheet.Address{Sheet: "Danh sách", Row: 0, Column: 3}, Kind: sheet.KindNumber, Text: "4"},
	}
	if diff := cmp.Diff(want, s.Rows[0]); diff != "" {
		t.Errorf("cells differ (-want +got):\n%s", diff)
	}
}

func TestEveryCellKnowsItsAddress(t *testing.T) {
	s := readOne(t, "a.xlsx", data(`<row r="3"><c r="C3"><v>1</v></c></row><row><c><v>2</v></c><c r="AB4"><v>3</v></c></row>`).zipped(t))
	if got, want := textsOf(s)[2], []string{"", "", "1"}; !cmp.Equal(got, want) {
		t.Errorf("row 3 is %q, want %q", got, want)
	}
	for row, cells := range s.Rows {
		for column, cell := range cells {
			if want := (sheet.Address{Sheet: "Danh sách", Row: row, Column: column}); cell.At != want {
				t.Errorf("cell has address %v, want %v", cell.At, want)
			}
		}
	}
	if got := s.Cell(3, 27); got.Text != "3" || got.At.String() != "Danh sách!AB4" {
		t.Errorf("cell is %q at %v, want 3 at Danh sách!AB4", got.Text, got.At)
	}
	if got := s.Cell(99, 5).At.Ref(); got != "F100" {
		t.Errorf("address outside the table is %s, want F100", got)
	}
	if got, ok := sheet.ParseAddress("Danh sách!AB4"); !ok || got != (sheet.Address{Sheet: "Danh sách", Row: 3, Column: 27}) {
		t.Errorf("ParseAddress gives %+v, %v", got, ok)
	}
}

func TestAnAddressIsReadAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := sheet.Address{
			Sheet:  rapid.String().Draw(t, "sheet"),
			Row:    rapid.IntRange(0, 1_048_575).Draw(t, "row"),
			Column: rapid.IntRange(0, 16_383).Draw(t, "column"),
		}
		if got, ok := sheet.ParseAddress(want.String()); !ok || got != want {
			t.Fatalf("%s is read as %+v, %v; want %+v", want, got, ok, want)
		}
	})
	for _, wrong := range []string{"", "B7", "a!", "a!B", "a!7", "a!B0", "a!B07", "a!XFE1", "a!A1048577", "a!B7x", "a!ZZZZZZZZZZZZZZ1"} {
		if got, ok := sheet.ParseAddress(wrong); ok {
			t.Errorf("%q is read as %+v, want nothing", wrong, got)
		}
	}
}

func TestMergedCellsHaveTheValueOfTheTopLeftOne(t *testing.T) {
	s := readOne(t, "a.xlsx", officeParts(`<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>9</v></c></row>`+
		`<row r="2"><c r="A2"><v>2</v></c><c r="B2"><v>3</v></c></row><row r="3"><c r="A3"><v>8</v></c></row></sheetData>`+
		`<mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="A2:A4"/></mergeCells>`).zipped(t))
	if diff := cmp.Diff([][]string{{"1"}, {"2", "3"}}, textsOf(s)); diff != "" {
		t.Errorf("table differs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]sheet.Range{{0, 0, 0, 3}, {1, 0, 3, 0}}, s.Merged); diff != "" {
		t.Errorf("merged ranges differ (-want +got):\n%s", diff)
	}
	if r, ok := s.MergedAt(3, 0); !ok || r.String() != "A2:A4" {
		t.Errorf("A4 belongs to %v, %v; want A2:A4", r, ok)
	}
	if r, ok := s.MergedAt(1, 1); ok {
		t.Errorf("B2 belongs to %v, want none", r)
	}
}

func TestOnlyTheTableOfASheetIsRead(t *testing.T) {
	s := readOne(t, "a.xlsx", officeParts(`<sheetData><row r="1"><c r="A1" s="1"/><c r="XFD1" s="1"/></row>`+
		`<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576"><c r="A1048576" s="2"/></row></sheetData>`+
		`<controls><control><row>5</row><c r="A9"><v>7</v></c></control></controls>`).zipped(t))
	if diff := cmp.Diff([][]string{{}, {"1"}}, textsOf(s)); diff != "" {
		t.Errorf("table differs (-want +got):\n%s", diff)
	}
}

func TestSheetsComeInOrderAndChartsAreLeftOut(t *testing.T) {
	p := data(`<row><c><v>1</v></c></row>`)
	p["XL\\Worksheets\\Sheet2.xml"] = p[sheetPart]
	p["xl/workbook.xml"] = `<workbook` + namespace + `><workbookPr date1904="1"/><sheets><sheet name="Hai" sheetId="2" state="hidden" r:id="rId9"/>` +
		`<sheet name="Biểu đồ" sheetId="3" r:id="rId8"/><sheet name="Một" sheetId="1" r:id="rId1"/></sheets></workbook>`
	p["xl/_rels/workbook.xml.rels"] = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId8" Type="x/chartsheet" Target="c.xml"/><Relationship Id="rId7" Type="x/worksheet" TargetMode="External" Target="https://example.org"/>` +
		`<Relationship Id="rId2" Type="x/styles" Target="styles.xml"/><Relationship Id="rId9" Type="x/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>`
	p[sheetPart] = `<worksheet><sheetData><row><c s="2"><v>42560</v></c></row></sheetData></worksheet>`
	sheets, err := sheet.Read("a.xlsx", p.zipped(t), sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if len(sheets) != 2 || sheets[0].Name != "Hai" || !sheets[0].Hidden || sheets[1].Name != "Một" || sheets[1].Hidden {
		t.Fatalf("got %+v, want hidden Hai and then Một", sheets)
	}
	if got := sheets[1].Cell(0, 0).Text; got != "2020-07-10" {
		t.Errorf("day 42560 counted from 1904 is %s, want 2020-07-10", got)
	}
}
