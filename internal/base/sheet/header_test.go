package sheet_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/sheet"
)

var synonyms = map[string][]string{
	"code":   {"Mã đơn vị", "Mã", "Code"},
	"name":   {"Tên đơn vị", "Đơn vị", "Name"},
	"parent": {"Mã cấp trên", "Trực thuộc", "Parent code"},
}

func TestTheRowOfHeadingsIsFoundBelowTitles(t *testing.T) {
	for _, test := range []struct {
		what, content string
		want          sheet.Header
	}{
		{"first row", "Mã;Tên đơn vị;Trực thuộc\n01;Hà Nội;\n", sheet.Header{Row: 0, Columns: map[string]int{"code": 0, "name": 1, "parent": 2}}},
		{"English, any order and capitals", "parent_code,NAME,Code\n", sheet.Header{Row: 0, Columns: map[string]int{"parent": 0, "name": 1, "code": 2}}},
		{"without marks, with punctuation and line ends", "STT;\"MA\nDON  VI:\";ten don vi *;truc-thuoc\n", sheet.Header{Row: 0, Columns: map[string]int{"code": 1, "name": 2, "parent": 3}}},
		{"decomposed letters", "Mã,Đơn vị\n", sheet.Header{Row: 0, Columns: map[string]int{"code": 0, "name": 1}}},
		{"remarks in brackets", "Mã đơn vị (bắt buộc);Tên đơn vị [đầy đủ]\n", sheet.Header{Row: 0, Columns: map[string]int{"code": 0, "name": 1}}},
		{"titles above, one of them a heading too", "Đơn vị;;\nDANH SÁCH;;\n;;\nSTT;Mã;Đơn vị\n1;01;Hà Nội\n", sheet.Header{Row: 3, Columns: map[string]int{"code": 1, "name": 2}}},
		{"the first of equal rows", "Mã;Tên đơn vị\nMã;Tên đơn vị\n", sheet.Header{Row: 0, Columns: map[string]int{"code": 0, "name": 1}}},
	} {
		t.Run(test.what, func(t *testing.T) {
			s := readOne(t, "a.csv", []byte(test.content))
			got, err := sheet.FindHeader(&s, synonyms)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("header differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHeadingsThatAreMissingOrTwiceAreRefused(t *testing.T) {
	s := readOne(t, "donvi.csv", []byte(strings.Repeat("x,y\n", 30)+"Mã,Tên đơn vị\n"))
	_, err := sheet.FindHeader(&s, synonyms)
	wantRefusal(t, err, "sheet.header.missing")
	if said := err.Error(); !strings.Contains(said, "Mã đơn vị, Tên đơn vị, Mã cấp trên") {
		t.Errorf("the error %q does not name the wanted columns", said)
	}

	s = readOne(t, "donvi.csv", []byte("Danh sách\nMã,Tên đơn vị,Đơn vị,Code,Ghi chú,Ghi chú\n"))
	header, err := sheet.FindHeader(&s, synonyms)
	var at []string
	for _, problem := range fault.All(err) {
		at = append(at, problem.Key+" "+problem.Field)
		wantSaid(t, problem)
	}
	if diff := cmp.Diff([]string{"sheet.header.twice donvi!C2", "sheet.header.twice donvi!D2"}, at); diff != "" {
		t.Errorf("errors differ (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(sheet.Header{Row: 1, Columns: map[string]int{"code": 0, "name": 1}}, header); diff != "" {
		t.Errorf("header differs (-want +got):\n%s", diff)
	}
}
