package sheet_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"giaoban/internal/base/sheet"
)

// wide is a name as old Office containers write it, in UTF-16.
func wide(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }

// one is a table of one cell.
const one = `<row r="1"><c r="A1"><v>1</v></c></row>`

func TestAFileThatIsNoTableIsRefusedInOneSentence(t *testing.T) {
	whole := data(one).zipped(t)
	const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	encryptedZip := bytes.Clone(whole)
	for at := range encryptedZip { // the flag "encrypted" of every entry of the directory
		if bytes.HasPrefix(encryptedZip[at:], []byte("PK\x01\x02")) {
			encryptedZip[at+8] |= 1
		}
	}
	flipped := bytes.Clone(whole)
	flipped[bytes.Index(flipped, []byte(sheetPart))+len(sheetPart)+3] ^= 0xFF
	for _, test := range []struct {
		what, name string
		content    []byte
		key        string
	}{
		{"nothing", "a.csv", nil, "sheet.empty"},
		{"only a mark", "a.csv", []byte("\xEF\xBB\xBF"), "sheet.empty"},
		{"old Excel", "a.xls", []byte(ole + wide("Workbook")), "sheet.oldExcel"},
		{"old Excel named .xlsx", "a.xlsx", []byte(ole + wide("Book")), "sheet.oldExcel"},
		{"workbook with a password", "a.xlsx", []byte(ole + wide("EncryptedPackage")), "sheet.encrypted"},
		{"zip with a password", "a.xlsx", encryptedZip, "sheet.encrypted"},
		{"OpenDocument spreadsheet", "a.ods", parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}.zipped(t), "sheet.openDocument"},
		{"OpenDocument text", "a.odt", parts{"mimetype": "application/vnd.oasis.opendocument.text"}.zipped(t), "sheet.notSpreadsheet"},
		{"binary workbook", "a.xlsb", data("").with("_rels/.rels", `<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>`).zipped(t), "sheet.binaryWorkbook"},
		{"Word document", "a.xlsx", parts{
			"_rels/.rels":       `<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>`,
			"word/document.xml": `<w:document xmlns:w="urn:w"/>`,
		}.zipped(t), "sheet.notSpreadsheet"},
		{"some zip", "a.xlsx", parts{"readme.txt": "x"}.zipped(t), "sheet.notSpreadsheet"},
		{"empty zip", "a.xlsx", parts{}.zipped(t), "sheet.notSpreadsheet"},
		{"truncated zip", "a.xlsx", whole[:len(whole)/2], "sheet.damaged"},
		{"only the beginning of a zip", "a.xlsx", []byte("PK\x03\x04"), "sheet.damaged"},
		{"altered zip", "a.xlsx", flipped, "sheet.damaged"},
		{"text named .xlsx", "a.xlsx", []byte("a,b\r\n1,2\r\n"), "sheet.damaged"},
		{"PDF", "a.csv", []byte("%PDF-1.7\n"), "sheet.notSpreadsheet"},
		{"picture", "a.csv", []byte("\x89PNG\r\n\x1a\n\x00"), "sheet.notSpreadsheet"},
		{"web page named .xls", "a.xls", []byte("\xEF\xBB\xBF \n<html><table><tr><td>1"), "sheet.webPage"},
		{"XML named .xls", "a.xls", []byte("<?xml version=\"1.0\"?><Workbook/>"), "sheet.webPage"},
		{"zero byte in a text", "a.csv", []byte("a,b\x00\n"), "sheet.notSpreadsheet"},
		{"old Vietnamese encoding", "a.csv", []byte("T\xCCnh B\xEA\xECc Ninh,1\n"), "sheet.encoding"},
		{"half a character of UTF-16", "a.csv", []byte("\xFF\xFEa\x00b"), "sheet.encoding"},
		{"half a pair of UTF-16", "a.csv", []byte("\xFF\xFE\x3D\xD8a\x00"), "sheet.encoding"},
		{"quotation mark never closed", "a.csv", []byte("a,b\n1,\"2\n3,4\n"), "sheet.quote"},
	} {
		t.Run(test.what, func(t *testing.T) {
			_, err := sheet.Read(test.name, test.content, sheet.Limits{})
			wantRefusal(t, err, test.key)
		})
	}
}

func TestAWorkbookThatLiesIsRefused(t *testing.T) {
	far := strings.Repeat(`<mergeCell ref="A1:A3"/>`, 900)
	for _, test := range []struct {
		what  string
		parts parts
		key   string
	}{
		{"table breaks off", data("").with(sheetPart, `<worksheet><sheetData>`+one), "sheet.damaged"},
		{"tags cross", data(`<row><c></row></c>`), "sheet.damaged"},
		{"sheet is something else", data("").with(sheetPart, `<chartsheet/>`), "sheet.damaged"},
		{"no such sheet", data("").with("xl/workbook.xml", `<workbook `+namespace+`><sheets><sheet name="a" r:id="rId77"/></sheets></workbook>`), "sheet.notSpreadsheet"},
		{"main part is something else", data("").with("xl/workbook.xml", `<document/>`), "sheet.notSpreadsheet"},
		{"part is missing", data("").with("xl/workbook.xml", `<workbook `+namespace+`><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>`).without(sheetPart), "sheet.damaged"},
		{"rows go back", data(`<row r="2"/><row r="1"/>`), "sheet.damaged"},
		{"row number is no number", data(`<row r="x"/>`), "sheet.damaged"},
		{"row past the last", data(`<row r="1048577"/>`), "sheet.damaged"},
		{"cells go back", data(`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`), "sheet.damaged"},
		{"cell of another row", data(`<row r="1"><c r="B2"><v>1</v></c></row>`), "sheet.damaged"},
		{"cell past the last column", data(`<row r="1"><c r="XFE1"><v>1</v></c></row>`), "sheet.damaged"},
		{"style is no number", data(`<row r="1"><c r="A1" s="x"><v>1</v></c></row>`), "sheet.damaged"},
		{"merged range is none", officeParts(`<mergeCells><mergeCell ref="A1:"/></mergeCells>`), "sheet.damaged"},
		{"entities", data("").with(sheetPart, `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`), "sheet.definitions"},
		{"entity from a file", data("").with("xl/workbook.xml", `<!DOCTYPE x SYSTEM "file:///etc/passwd"><workbook/>`), "sheet.definitions"},
		{"entity without definition", data(`<row><c t="str"><v>&b;</v></c></row>`), "sheet.damaged"},
		{"endless depth", data("").with(sheetPart, strings.Repeat("<worksheet>", 100_000)), "sheet.damaged"},
		{"endless depth of styles", data("").with("xl/styles.xml", strings.Repeat("<a>", 100_000)), "sheet.damaged"},
		{"endless tag", data("").with(sheetPart, `<worksheet a="`+strings.Repeat("x", 2<<20)+`"/>`), "sheet.damaged"},
		{"endless text", data(`<row><c t="str"><v>` + strings.Repeat("x", 2<<20) + `</v></c></row>`), "sheet.damaged"},
		{"merged ranges one over the other", officeParts(`<sheetData>` + one + `<row r="3"><c r="A3"><v>1</v></c></row></sheetData><mergeCells>` + far + `</mergeCells>`), "sheet.damaged"},
		{"same name twice", data("").with("XL/WORKBOOK.XML", ""), "sheet.damaged"},
		{"thousands of sheets", data("").with("xl/workbook.xml", `<workbook `+namespace+`><sheets>`+strings.Repeat(`<sheet name="a" r:id="rId1"/>`, 1000)+`</sheets></workbook>`), "sheet.tooManySheets"},
	} {
		t.Run(test.what, func(t *testing.T) {
			_, err := sheet.Read("a.xlsx", test.parts.zipped(t), sheet.Limits{Cells: 1000})
			wantRefusal(t, err, test.key)
		})
	}
}

// without takes one part away.
func (p parts) without(name string) parts {
	delete(p, name)
	return p
}

func TestAFileBeyondTheLimitsIsRefused(t *testing.T) {
	limits := sheet.Limits{Bytes: 64 << 10, Unzipped: 256 << 10, Entries: 20, Rows: 100, Columns: 10, Cells: 300}
	entries := data(one)
	for i := range 30 {
		entries[fmt.Sprintf("media/%d.png", i)] = "x"
	}
	var cells, texts, widths strings.Builder
	for i := range 100 {
		fmt.Fprintf(&cells, `<row r="%d"><c r="E%d"><v>1</v></c></row>`, i+1, i+1)
		fmt.Fprintf(&widths, "%s\n", strings.Repeat("x,", i))
	}
	for range 400 {
		texts.WriteString("<si/>")
	}
	for _, test := range []struct {
		what, name string
		content    []byte
		key        string
	}{
		{"many bytes", "a.csv", bytes.Repeat([]byte("a"), 64<<10+1), "sheet.tooLarge"},
		{"unpacks to too much", "a.xlsx", data(one).with("media/a", strings.Repeat("0", 300<<10)).zipped(t), "sheet.bomb"},
		{"many files inside", "a.xlsx", entries.zipped(t), "sheet.bomb"},
		{"row far away", "a.xlsx", data(`<row r="101"><c r="A101"><v>1</v></c></row>`).zipped(t), "sheet.tooManyRows"},
		{"column far away", "a.xlsx", data(`<row r="1"><c r="K1"><v>1</v></c></row>`).zipped(t), "sheet.tooManyColumns"},
		{"cells with many blank ones before", "a.xlsx", data(cells.String()).zipped(t), "sheet.tooManyCells"},
		{"shared texts for more cells", "a.xlsx", data("").with("xl/sharedStrings.xml", "<sst>"+texts.String()+"</sst>").zipped(t), "sheet.tooManyCells"},
		{"merged ranges for more cells", "a.xlsx", officeParts(`<mergeCells>` + strings.Repeat(`<mergeCell ref="A1:A2"/>`, 301) + `</mergeCells>`).zipped(t), "sheet.tooManyCells"},
		{"rows of a text", "a.csv", []byte(strings.Repeat("a\n", 101)), "sheet.tooManyRows"},
		{"columns of a text", "a.csv", []byte(strings.Repeat("a,", 11) + "\n"), "sheet.tooManyColumns"},
		{"cells of a text", "a.csv", []byte(strings.Repeat("a,a,a,a\n", 80)), "sheet.tooManyCells"},
	} {
		t.Run(test.what, func(t *testing.T) {
			_, err := sheet.Read(test.name, test.content, limits)
			wantRefusal(t, err, test.key)
		})
	}
}

func TestATextTooLongForACellIsNamed(t *testing.T) {
	long := strings.Repeat("ơ", 32_768)
	for name, content := range map[string][]byte{
		"a.csv":  []byte("a," + long + "\nb,c\n"),
		"a.xlsx": data(`<row><c><v>1</v></c><c t="str"><v>` + long + `</v></c></row>`).zipped(t),
	} {
		s := readOne(t, name, content)
		problem := s.Cell(0, 1).Problem
		if problem == nil || problem.Key != "sheet.cell.long" {
			t.Fatalf("%s: B1 has problem %v, want sheet.cell.long", name, problem)
		}
		wantSaid(t, problem)
	}
}

// What unpacks to a gigabyte must be refused by its header, and by counting
// where the header says less.
func TestAZipBombIsRefusedHoweverItIsBuilt(t *testing.T) {
	const size = 80 << 20
	honest := data("").with(sheetPart, `<worksheet>`+strings.Repeat(" ", size)+`</worksheet>`).zipped(t)
	_, err := sheet.Read("a.xlsx", honest, sheet.Limits{})
	wantRefusal(t, err, "sheet.bomb")

	lying := bytes.Clone(honest)
	changed := 0
	for at := range len(lying) - 30 { // the unpacked size in the directory
		if bytes.HasPrefix(lying[at:], []byte("PK\x01\x02")) && binary.LittleEndian.Uint32(lying[at+24:]) > size {
			binary.LittleEndian.PutUint32(lying[at+24:], 1000)
			changed++
		}
	}
	if changed != 1 {
		t.Fatalf("changed %d entries of the directory, want 1", changed)
	}
	if _, err = sheet.Read("a.xlsx", lying, sheet.Limits{}); err == nil {
		t.Error("a part larger than its header says was read")
	}

	// The same part named by many sheets is paid for every time.
	part := data("").with(sheetPart, `<worksheet><!--`+strings.Repeat("0123456789abcdef", 20_000)+`--></worksheet>`).
		with("xl/workbook.xml", `<workbook `+namespace+`><sheets>`+strings.Repeat(`<sheet name="a" r:id="rId1"/>`, 400)+`</sheets></workbook>`)
	_, err = sheet.Read("a.xlsx", part.zipped(t), sheet.Limits{Unzipped: 16 << 20})
	wantRefusal(t, err, "sheet.bomb")
}

func TestAFormatThatExcelizeCannotFollowIsShownAsText(t *testing.T) {
	for _, code := range []string{"[h", `"`, "yyyy\\", "_", "*", "[$-", "[>", ";;;;;", "?/", "0/0/0", "E+", strings.Repeat("0", 300), "[<=99]0;\"", "#,#,#,,.0.0%e"} {
		styles := `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="` + strings.NewReplacer(`"`, "&quot;", "<", "&lt;", ">", "&gt;").Replace(code) + `"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`
		s := readOne(t, "a.xlsx", data(`<row><c s="0"><v>1234.5</v></c></row>`).with("xl/styles.xml", styles).zipped(t))
		cell := s.Cell(0, 0)
		shown := cell.Shown() // must return
		if cell.Problem != nil || cell.Text == "" || len(shown) > 1000 {
			t.Errorf("format %q: text %q, shown %q, problem %v", code, cell.Text, shown, cell.Problem)
		}
	}
}
