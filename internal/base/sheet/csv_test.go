package sheet_test

import (
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/sheet"
)

// inUTF16 encodes a text with its mark.
func inUTF16(text string, order binary.AppendByteOrder) []byte {
	var content []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		content = order.AppendUint16(content, unit)
	}
	return content
}

func TestTextsOfSeparatedValuesAreReadAsOfficesSendThem(t *testing.T) {
	table := [][]string{{"Mã", "Tên đơn vị"}, {"01", "Đảng bộ 😀"}}
	for _, test := range []struct {
		what    string
		content []byte
		want    [][]string
	}{
		{"plain", []byte("Mã,Tên đơn vị\n01,Đảng bộ 😀\n"), table},
		{"byte-order mark and CRLF", []byte("\xEF\xBB\xBFMã,Tên đơn vị\r\n01,Đảng bộ 😀\r\n"), table},
		{"CR only, no end of the last line", []byte("Mã,Tên đơn vị\r01,Đảng bộ 😀"), table},
		{"semicolons", []byte("Mã;Tên đơn vị\r\n01;Đảng bộ 😀\r\n"), table},
		{"tabs", []byte("Mã\tTên đơn vị\r\n01\tĐảng bộ 😀\r\n"), table},
		{"Unicode text of Excel", inUTF16("Mã\tTên đơn vị\r\n01\tĐảng bộ 😀\r\n", binary.LittleEndian), table},
		{"the larger byte first", inUTF16("Mã,Tên đơn vị\n01,Đảng bộ 😀", binary.BigEndian), table},
		{"separator declared", []byte("sep=|\r\nMã|Tên đơn vị\r\n01|Đảng bộ 😀\r\n"), table},
		{"separator declared against the looks", []byte("sep=;\nMã,Tên;đơn vị\n"), [][]string{{"Mã,Tên", "đơn vị"}}},
		{"everything in quotes", []byte("\"Mã\",\"Tên đơn vị\"\n\"01\",\"Đảng bộ 😀\"\n"), table},
		{"quotes, separators and line ends in quotes", []byte("a,\"b \"\"c\"\", d;e\r\nf\"\n"), [][]string{{"a", "b \"c\", d;e\r\nf"}}},
		{"quotes inside a field", []byte("a,5\" b\"\n"), [][]string{{"a", `5" b"`}}},
		{"text after a closing quote", []byte("\"a\"b,c\n"), [][]string{{"ab", "c"}}},
		{"decimal commas in a file of semicolons", []byte("Mã;Tỷ lệ\n1;12,5\n2;13,5\n3;14,5\n"), [][]string{{"Mã", "Tỷ lệ"}, {"1", "12,5"}, {"2", "13,5"}, {"3", "14,5"}}},
		{"semicolons in a file of commas", []byte("Mã,Tên,Cấp\n1,a;b,x\n2,c;d,y\n"), [][]string{{"Mã", "Tên", "Cấp"}, {"1", "a;b", "x"}, {"2", "c;d", "y"}}},
		{"title rows of another shape", []byte("Danh sách, năm 2020\n\nMã;Tên\n1;a\n2;b\n"), [][]string{{"Danh sách, năm 2020"}, {}, {"Mã", "Tên"}, {"1", "a"}, {"2", "b"}}},
		{"title row filled with separators", []byte("Danh sách;;\nMã;Tên;\n1;a;\n"), [][]string{{"Danh sách"}, {"Mã", "Tên"}, {"1", "a"}}},
		{"one column", []byte("Tên\nHà Nội\n"), [][]string{{"Tên"}, {"Hà Nội"}}},
		{"blank lines keep their place", []byte("a,b\n\n\n1,2\n\n,\n"), [][]string{{"a", "b"}, {}, {}, {"1", "2"}}},
		{"numbers stay texts", []byte("a,b\n007,1e5\n"), [][]string{{"a", "b"}, {"007", "1e5"}}},
		{"apostrophe against formulas", []byte("a,'=1+1,'+84\n'tis,''=x,-5\n"), [][]string{{"a", "=1+1", "+84"}, {"'tis", "'=x", "-5"}}},
	} {
		t.Run(test.what, func(t *testing.T) {
			s := readOne(t, `C:\Danh muc\don vi.2020.csv`, test.content)
			if diff := cmp.Diff(test.want, textsOf(s)); diff != "" {
				t.Errorf("table differs (-want +got):\n%s", diff)
			}
			for _, cells := range s.Rows {
				for _, cell := range cells {
					if want := sheet.Text(cell.Text); !cell.Equal(want) {
						t.Errorf("cell %v is %+v, want %+v", cell.At, cell, want)
					}
				}
			}
			if s.Name != "don vi.2020" {
				t.Errorf("sheet is called %q, want don vi.2020", s.Name)
			}
		})
	}
}

func TestATextNamedAsAnOldWorkbookIsRead(t *testing.T) {
	s := readOne(t, "DONVI.XLS", []byte("Mã\tTên\r\n01\tHà Nội\r\n"))
	if diff := cmp.Diff([][]string{{"Mã", "Tên"}, {"01", "Hà Nội"}}, textsOf(s)); diff != "" {
		t.Errorf("table differs (-want +got):\n%s", diff)
	}
}

func TestAWrittenTextHasNoFormulas(t *testing.T) {
	var out bytes.Buffer
	err := sheet.WriteCSV(&out, sheet.Sheet{Rows: [][]sheet.Cell{
		sheet.TextRow("=1+1", "+84 24", "-5", "@a", "'=b", "'tis", "\tc", " =d", "＝e", "sep=;"),
		{sheet.Integer(-5), sheet.Number("1.5"), sheet.Date("2020-07-10"), sheet.Bool(true), {}, sheet.Text("x")},
		sheet.TextRow(`a "b"`, "c;d", " e", "Đảng\r\nbộ", "a\x00\xFF"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := "\xEF\xBB\xBF" + `'=1+1,'+84 24,'-5,'@a,''=b,'tis,"'` + "\tc" + `"," =d",'＝e,"sep=;"` + "\r\n" +
		"-5,1.5,2020-07-10,TRUE,,x\r\n" +
		`"a ""b""","c;d"," e","Đảng` + "\r\n" + `bộ",a` + "\uFFFD\uFFFD\r\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("text differs (-want +got):\n%s", diff)
	}
}
