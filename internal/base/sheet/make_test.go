package sheet_test

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"testing"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/text"
)

const (
	xmlHead       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	namespace     = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relations     = ` xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	relationKinds = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	sheetPart     = "xl/worksheets/sheet1.xml"
)

// parts are the files inside an .xlsx file, by name.
type parts map[string]string

// officeParts are those of a workbook with one sheet "Danh sách" that holds the
// given XML between <worksheet> and </worksheet>.
func officeParts(inside string) parts {
	return parts{
		"_rels/.rels":     xmlHead + `<Relationships` + relations + `><Relationship Id="rId1" Type="` + relationKinds + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": xmlHead + `<workbook` + namespace + `><workbookPr/><sheets><sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": xmlHead + `<Relationships` + relations + `>` +
			`<Relationship Id="rId1" Type="` + relationKinds + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + relationKinds + `styles" Target="/xl/styles.xml"/>` +
			`<Relationship Id="rId3" Type="` + relationKinds + `sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml": xmlHead + `<styleSheet` + namespace + `><numFmts count="5">` +
			`<numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/>` +
			`<numFmt numFmtId="166" formatCode="&quot;DB-&quot;000"/><numFmt numFmtId="167" formatCode="[$-42A]d mmmm yyyy;@"/>` +
			`<numFmt numFmtId="168" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="8">` +
			`<xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="14"/><xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="4"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml": xmlHead + `<sst` + namespace + `><si><t>Đảng bộ tỉnh Bắc Ninh</t></si>` +
			`<si><r><t xml:space="preserve">Hai </t></r><r><rPr><b/></rPr><t>đoạn</t></r><rPh sb="0" eb="1"><t>không đọc</t></rPh></si>` +
			`<si><t>một_x000D_dòng _x005F_x0041_ _xD83D__xDE00_</t></si></sst>`,
		sheetPart: xmlHead + `<worksheet` + namespace + `>` + inside + `</worksheet>`,
	}
}

// data is a sheet with rows.
func data(rows string) parts { return officeParts(`<sheetData>` + rows + `</sheetData>`) }

// zipped packs the parts.
func (p parts) zipped(t testing.TB) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(p[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// with replaces one part.
func (p parts) with(name, content string) parts {
	p[name] = content
	return p
}

// readOne reads a file of one sheet.
func readOne(t testing.TB, name string, content []byte) sheet.Sheet {
	t.Helper()
	sheets, err := sheet.Read(name, content, sheet.Limits{})
	if err != nil {
		t.Fatalf("Read(%q) = %v", name, err)
	}
	if len(sheets) != 1 {
		t.Fatalf("Read(%q) gives %d sheets, want 1", name, len(sheets))
	}
	return sheets[0]
}

// wantRefusal checks that err is one fault with the key, and that it can be
// said in both languages.
func wantRefusal(t testing.TB, err error, key string) {
	t.Helper()
	all := fault.All(err)
	if len(all) != 1 || all[0].Kind != fault.Invalid || all[0].Key != key {
		t.Fatalf("got error %v, want one invalid %s", err, key)
	}
	wantSaid(t, all[0])
}

// wantSaid checks that the error has a text in both languages and fills it.
func wantSaid(t testing.TB, problem *fault.Error) {
	t.Helper()
	catalog, err := text.Load(sheet.Texts)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []text.Lang{text.VI, text.EN} {
		catalog.T(lang, problem.Key, problem.Args...)
	}
	if missing := catalog.Missing(); len(missing) > 0 {
		t.Errorf("texts missing or not filled: %v (arguments %v)", missing, problem.Args)
	}
}

// textsOf are the texts of all cells.
func textsOf(s sheet.Sheet) [][]string {
	rows := make([][]string, len(s.Rows))
	for i, cells := range s.Rows {
		rows[i] = []string{}
		for _, cell := range cells {
			rows[i] = append(rows[i], cell.Text)
		}
	}
	return rows
}
