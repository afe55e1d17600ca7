package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/sheet"
)

var fuzzLimits = sheet.Limits{Bytes: 1 << 20, Unzipped: 4 << 20, Entries: 50, Rows: 500, Columns: 40, Cells: 3000}

// readAnything reads a file and checks what must hold of every file: a table
// within the limits whose cells know where they stand and can be shown and
// written, or one error that can be said to a person.
func readAnything(t *testing.T, name string, content []byte) {
	sheets, err := sheet.Read(name, content, fuzzLimits)
	if err != nil {
		if all := fault.All(err); len(all) != 1 || all[0].Kind != fault.Invalid {
			t.Fatalf("error %v is not one invalid fault", err)
		}
		return
	}
	cells := 0
	for _, s := range sheets {
		if len(s.Rows) > fuzzLimits.Rows {
			t.Fatalf("%d rows, want at most %d", len(s.Rows), fuzzLimits.Rows)
		}
		for row, line := range s.Rows {
			if cells += len(line); len(line) > fuzzLimits.Columns || cells > fuzzLimits.Cells {
				t.Fatalf("%d columns in row %d, %d cells; want at most %d and %d", len(line), row, cells, fuzzLimits.Columns, fuzzLimits.Cells)
			}
			for column, cell := range line {
				if want := (sheet.Address{Sheet: s.Name, Row: row, Column: column}); cell.At != want {
					t.Fatalf("cell is at %v, want %v", cell.At, want)
				}
				if cell.Kind == sheet.KindBlank && (cell.Text != "" || cell.Shown() != "") {
					t.Fatalf("blank cell %v holds %q", cell.At, cell.Text)
				}
				cell.Shown()
			}
		}
		if err := sheet.WriteCSV(new(bytes.Buffer), s); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
	}
}

func FuzzReadAnyFile(f *testing.F) {
	f.Add("a.xlsx", data(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`).zipped(f))
	f.Add("a.csv", []byte("a;b\r\n1;2\r\n"))
	f.Add("a.xls", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
	f.Fuzz(readAnything)
}

func FuzzReadCSV(f *testing.F) {
	f.Add("\xEF\xBB\xBFMã,Tên\r\n01,\"a \"\"b\"\" c\"\r\n")
	f.Add("sep=;\na;'=b\n")
	f.Add("\xFF\xFEa\x00\t\x00b\x00")
	f.Add("a\tb\r\"c\n\"\td")
	f.Fuzz(func(t *testing.T, content string) { readAnything(t, "a.csv", []byte(content)) })
}

// The parts are what an attacker writes; the zip around them only hides them
// from the fuzzer.
func FuzzReadParts(f *testing.F) {
	p := data(`<row r="1"><c r="A1" s="1"><v>12</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" s="2"><v>44022</v></c></row>`)
	f.Add(p[sheetPart], p["xl/styles.xml"], p["xl/sharedStrings.xml"], p["xl/workbook.xml"], p["xl/_rels/workbook.xml.rels"])
	p = officeParts(`<sheetData><row><c t="e"><f>1/0</f><v>#REF!</v></c><c t="inlineStr"><is><r><t>_x0041_</t></r></is></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`)
	f.Add(p[sheetPart], p["xl/styles.xml"], p["xl/sharedStrings.xml"], p["xl/workbook.xml"], p["xl/_rels/workbook.xml.rels"])
	f.Fuzz(func(t *testing.T, rows, styles, texts, workbook, relations string) {
		p := data("").with(sheetPart, rows).with("xl/styles.xml", styles).with("xl/sharedStrings.xml", texts).
			with("xl/workbook.xml", workbook).with("xl/_rels/workbook.xml.rels", relations)
		readAnything(t, "a.xlsx", p.zipped(t))
	})
}

func FuzzFormat(f *testing.F) {
	for _, code := range []string{"00000", "dd/mm/yyyy", `_-* #,##0.00\ _₫_-;-* "x"`, "[$-42A]d mmmm yyyy;@", "[h]:mm", "# ?/?", "0.0E+00", "[<1]0;[Red]General"} {
		f.Add(code, "1234.5")
	}
	escape := strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;")
	f.Fuzz(func(t *testing.T, code, number string) {
		styles := `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="` + escape.Replace(code) + `"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`
		readAnything(t, "a.xlsx", data(`<row><c s="0"><v>`+escape.Replace(number)+`</v></c></row>`).with("xl/styles.xml", styles).zipped(t))
	})
}
