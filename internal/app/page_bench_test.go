package app_test

import (
	"fmt"
	"io"
	"net/http"
	"testing"
)

// BenchmarkPages asks the served program for the pages that people open most,
// over HTTP and compressed, as a browser does.
func BenchmarkPages(b *testing.B) {
	m := measure(b)
	centre := m.visit(b, "trunguong")
	v, err := m.Boards.Read(1, m.root(), 0)
	if err != nil {
		b.Fatal(err)
	}
	province := v.Rows[0].Unit
	for _, page := range []struct{ name, path string }{
		{"board", fmt.Sprintf("/board/1/%d", m.root())},
		{"wall", fmt.Sprintf("/board/1/%d?screen=1", m.root())},
		{"province", fmt.Sprintf("/board/1/%d", province)},
		{"units", fmt.Sprintf("/board/1/%d/column/2", m.root())},
		{"work", "/work"},
		{"organisation", "/org"},
		{"evidence", "/report/1000"},
		{"changes", fmt.Sprintf("/board/1/%d/changes?since=%d", m.root(), v.Position)},
	} {
		b.Run(page.name, func(b *testing.B) {
			var sent int
			for b.Loop() {
				sent = m.get(b, centre, page.path)
			}
			b.ReportMetric(float64(sent), "bytes")
		})
	}
}

// get reads a page and gives its bytes as they were sent.
func (m measured) get(b *testing.B, client *http.Client, path string) int {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, m.url+path, http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "gzip")
	response, err := client.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		b.Fatalf("%s answers %s", path, response.Status)
	}
	return len(body)
}
