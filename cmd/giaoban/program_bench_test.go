package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/base/sheet"
	"giaoban/internal/base/testing/pgtest"
)

// country is a list of 52,000 units: 67 committees, 1,300 above-grassroots and
// 50,633 grassroots ones.
func country() sheet.Sheet {
	rows := [][]sheet.Cell{sheet.TextRow("Mã đơn vị", "Tên đơn vị", "Loại", "Mã cấp trên")}
	for i := range 67 {
		rows = append(rows, sheet.TextRow(fmt.Sprintf("%02d", i+1), fmt.Sprintf("Đảng bộ tỉnh thứ %d", i+1), "tỉnh", ""))
	}
	for i := range 1300 {
		rows = append(rows, sheet.TextRow(fmt.Sprintf("%04d", i+1), fmt.Sprintf("Đảng bộ huyện thứ %d", i+1), "huyện", fmt.Sprintf("%02d", i%67+1)))
	}
	for i := range 52_000 - 67 - 1300 {
		rows = append(rows, sheet.TextRow(fmt.Sprintf("%06d", i+1), fmt.Sprintf("Đảng bộ xã thứ %d", i+1), "xã", fmt.Sprintf("%04d", i%1300+1)))
	}
	return sheet.Sheet{Name: "Đơn vị", Rows: rows}
}

// BenchmarkImportCommand is `giaoban import units` of 52,000 units in an empty
// directory, from its start to its end.
func BenchmarkImportCommand(b *testing.B) {
	list := filepath.Join(b.TempDir(), "country.xlsx")
	file, err := os.Create(list)
	if err != nil {
		b.Fatal(err)
	}
	if err := sheet.WriteXLSX(file, []sheet.Sheet{country()}); err != nil {
		b.Fatal(err)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	for engine, database := range map[string]func() string{
		"sqlite": func() string { return "" }, "postgres": func() string { return pgtest.New(b) },
	} {
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				in := installation{t: b, dir: b.TempDir(), database: database()}
				b.StartTimer()
				in.run(0, "import", "units", list)
			}
		})
	}
}

// BenchmarkDemoCommand is `giaoban demo` from its start until /readyz answers.
func BenchmarkDemoCommand(b *testing.B) {
	for b.Loop() {
		in := installation{t: b, dir: b.TempDir()}
		s := in.start("demo", "--listen", "127.0.0.1:0")
		for s.url == "" {
			time.Sleep(time.Millisecond)
			s.look()
		}
		response, err := http.Get(s.url + "/readyz")
		if err != nil {
			b.Fatal(err)
		}
		if err := response.Body.Close(); err != nil || response.StatusCode != http.StatusOK {
			b.Fatalf("/readyz answers %s (%v)", response.Status, err)
		}
		b.StopTimer()
		s.kill()
		b.StartTimer()
	}
}
