package app_test

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/app"
)

// servePublic serves the demonstration with an address for the public, which it gives.
func servePublic(t *testing.T) (s served, public string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	public = "http://" + listener.Addr().String()
	return serveDemoAs(t, app.Config{Public: listener, PublicAddress: public}), public
}

// At the public's own address the pages of the inside are not there, whoever comes with
// whichever session, and the public ones are.
func TestNothingOfTheInsideIsAtThePublicAddress(t *testing.T) {
	s, public := servePublic(t)
	frame, err := s.Frame(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cookie := enter(t, s.App, "trunguong")
	outside := 0
	for _, route := range frame.Routes() {
		path := strings.NewReplacer("{$}", "").Replace(route.Path())
		if strings.Contains(path, "...") {
			path, _, _ = strings.Cut(path, "{")
		}
		path = strings.NewReplacer("{", "", "}", "").Replace(path)
		req, err := http.NewRequestWithContext(t.Context(), route.Method(), public+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Cookie", cookie)
		answer, err := browserLike.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if err := answer.Body.Close(); err != nil {
			t.Fatal(err)
		}
		ours := strings.HasPrefix(path, "/news/") || path == "/" || path == "/healthz" || path == "/favicon.ico" || path == "/robots.txt" || path == "/sitemap.xml"
		if !ours && answer.StatusCode != http.StatusNotFound && answer.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s answers %d at the public address", route.Pattern, answer.StatusCode)
		}
		if ours && answer.StatusCode == http.StatusOK {
			outside++
		}
	}
	if outside < 2 {
		t.Errorf("%d of the public pages are there", outside)
	}
}
