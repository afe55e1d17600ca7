package sheet_test

import (
	"bytes"
	"fmt"
	"testing"

	"giaoban/internal/base/sheet"
)

// country is a list as long as that of all grassroots organisations: 52,000
// rows of 5 columns.
func country() sheet.Sheet {
	s := sheet.Sheet{Name: "Danh sách", Rows: [][]sheet.Cell{sheet.TextRow("Mã", "Tên đơn vị", "Loại", "Mã cấp trên", "Ngày thành lập")}}
	for i := range 52_000 {
		s.Rows = append(s.Rows, []sheet.Cell{
			sheet.Text(fmt.Sprintf("%05d", i)), sheet.Text(fmt.Sprintf("Đảng bộ cơ sở phường số %d", i)),
			sheet.Text("dang-bo"), sheet.Text(fmt.Sprintf("%03d", i%700)), sheet.Date("2020-07-10"),
		})
	}
	return s
}

func benchmarkRead(b *testing.B, name string, content []byte) {
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		sheets, err := sheet.Read(name, content, sheet.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		if len(sheets[0].Rows) != 52_001 {
			b.Fatalf("read %d rows, want 52,001", len(sheets[0].Rows))
		}
	}
}

func BenchmarkReadXLSX(b *testing.B) {
	var file bytes.Buffer
	if err := sheet.WriteXLSX(&file, []sheet.Sheet{country()}); err != nil {
		b.Fatal(err)
	}
	benchmarkRead(b, "a.xlsx", file.Bytes())
}

func BenchmarkReadCSV(b *testing.B) {
	var file bytes.Buffer
	if err := sheet.WriteCSV(&file, country()); err != nil {
		b.Fatal(err)
	}
	benchmarkRead(b, "a.csv", file.Bytes())
}

func BenchmarkWriteXLSX(b *testing.B) {
	s := country()
	b.ReportAllocs()
	for b.Loop() {
		if err := sheet.WriteXLSX(new(bytes.Buffer), []sheet.Sheet{s}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteCSV(b *testing.B) {
	s := country()
	b.ReportAllocs()
	for b.Loop() {
		if err := sheet.WriteCSV(new(bytes.Buffer), s); err != nil {
			b.Fatal(err)
		}
	}
}
