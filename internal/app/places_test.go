package app_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/looptest"
	"giaoban/internal/base/text"
	"giaoban/internal/part/org"
)

// TestPlaces takes up a list of all provinces, districts and communes of a
// country: a made-up one, or the real one that GIAOBAN_PLACES names. Taken up
// again it changes nothing, exported and taken up neither; then a directive is
// issued to its units, one of the last reports, and the board shows it.
func TestPlaces(t *testing.T) {
	name, list := "places.csv", madeUpPlaces()
	if path := os.Getenv("GIAOBAN_PLACES"); path != "" {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name, list = filepath.Base(path), content
	}
	enginetest.Each(t, func(t *testing.T, database string) {
		config := app.Config{Data: filepath.Dir(database), Log: quiet()}
		if strings.HasPrefix(database, "postgres") {
			config.Data, config.Database = t.TempDir(), database
		}
		a, err := app.Open(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		first := takeUp(t, a, name, list)
		rows := bytes.Count(list, []byte("\n")) - 1
		if got := fmt.Sprint(len(first.Added), len(first.Errors)); got != fmt.Sprint(rows, 0) {
			t.Fatalf("added and errors: %s, want %d and none", got, rows)
		}
		for _, level := range first.Levels {
			t.Logf("%6d %s", level.Units, level.Name)
		}
		if os.Getenv("GIAOBAN_PLACES") == "" {
			want := []org.ResultLevel{
				{Level: "provincial", Name: "trực thuộc Trung ương", Units: 63},
				{Level: "above-grassroots", Name: "cấp trên trực tiếp cơ sở", Units: 705},
				{Level: "grassroots", Name: "cấp cơ sở", Units: 10_599},
			}
			if fmt.Sprint(first.Levels) != fmt.Sprint(want) {
				t.Errorf("units by level: %v, want %v", first.Levels, want)
			}
		}
		unchanged(t, takeUp(t, a, name, list), rows)
		exported, err := a.ExportUnits(t.Context(), app.ExportRequest{Kind: ".csv", Lang: text.VI})
		if err != nil {
			t.Fatal(err)
		}
		unchanged(t, takeUp(t, a, "exported.csv", exported), rows)
		looptest.Run(t, a, first.Added[rows-1].Code)
	})
}

func takeUp(t *testing.T, a *app.App, name string, list []byte) org.Result {
	t.Helper()
	result, err := a.ImportUnits(t.Context(), app.ImportRequest{Name: name, Content: list, Lang: text.VI}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, wrong := range result.Errors {
		if i < 20 {
			t.Errorf("%s %s: %s", wrong.Sheet, wrong.Cell, wrong.Message)
		}
	}
	return result
}

// unchanged fails the test unless a list changed nothing.
func unchanged(t *testing.T, r org.Result, units int) {
	t.Helper()
	got := [...]int{len(r.Added), len(r.Renamed), len(r.Moved), len(r.Changed), len(r.Dissolved), len(r.Errors), len(r.Unchanged)}
	if want := [...]int{6: units}; got != want {
		t.Errorf("added, renamed, moved, changed, dissolved, errors, unchanged: %v, want %v", got, want)
	}
}

// madeUpPlaces is a list as a statistics office publishes it: 63 provinces, 705
// districts and 10,599 communes, codes of two, three and five digits with zeros
// before them that are not numbered from one, kinds without marks, a byte-order
// mark, and lines that end as on Windows.
func madeUpPlaces() []byte {
	var b bytes.Buffer
	line := func(cells ...any) { fmt.Fprintf(&b, "%s,%s,%s,%s\r\n", cells...) }
	b.WriteString("\ufeff")
	line("code", "name", "kind", "parent_code")
	pick := func(i int, of ...string) string { return of[i%len(of)] }
	province := func(i int) string { return fmt.Sprintf("%02d", 1+i*95/63) }
	district := func(i int) string { return fmt.Sprintf("%03d", 1+i*972/705) }
	for i := range 63 {
		kind := pick(i, "tinh", "tinh", "thanh-pho")
		line(province(i), fmt.Sprintf("Nơi thứ %d", i+1), kind, "")
	}
	for i := range 705 {
		line(district(i), fmt.Sprintf("Vùng Đông Hòa %d", i+1), pick(i, "huyen", "quan", "thi-xa", "thanh-pho"), province(i*63/705))
	}
	for i := range 10_599 {
		line(fmt.Sprintf("%05d", 1+3*i), fmt.Sprintf("Làng Yên Mỹ %d", i+1), pick(i, "xa", "phuong", "thi-tran"), district(i*705/10_599))
	}
	return b.Bytes()
}
