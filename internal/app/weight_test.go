package app_test

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"giaoban/internal/edge/media"
)

// What a browser that was never here before may be sent for a page, in bytes as
// they are sent: without pictures and fonts, and all fonts together. An office
// at the end of a thin line opens the board within seconds.
const (
	mostWeight = 100_000
	mostFonts  = 105_000
	mostFace   = 70_000  // the face that articles are read in
	mostRoom   = 400_000 // a briefing's room, with what picture and sound need
	mostPublic = 60_000  // what readers see, often by phone
)

func TestAFirstLoadIsLight(t *testing.T) {
	// Whether LiveKit answers is nothing to a page's weight.
	find, err := media.Outside("http://127.0.0.1:9", media.Keys{Key: "key", Secret: strings.Repeat("secret", 8)})
	if err != nil {
		t.Fatal(err)
	}
	m := measureAs(t, find)
	guest := &http.Client{Transport: &http.Transport{}}
	chair := m.visit(t, "trunguong")
	for _, page := range []struct {
		path   string
		client *http.Client
		most   int
	}{
		{"/sign-in", guest, mostWeight},
		{fmt.Sprintf("/board/1/%d", m.root()), chair, mostWeight},
		{fmt.Sprintf("/board/1/%d?screen=1", m.root()), chair, mostWeight},
		{"/briefings/1/room", chair, mostRoom},
		{"/news/", guest, mostPublic},
		{"/news/1/giao-ban-truc-tuyen-ve-dai-hoi-dang-bo-cac-cap", guest, mostPublic},
	} {
		path := page.path
		l := load{t: t, client: page.client, url: m.url, seen: map[string]bool{}}
		l.take(path)
		t.Logf("%s: %d bytes in %d files, %d bytes of fonts", path, l.weight, len(l.seen), l.fonts)
		if l.weight > page.most {
			t.Errorf("the first load of %s is %d bytes, want at most %d", path, l.weight, page.most)
		}
		if l.fonts > mostFonts {
			t.Errorf("the fonts of %s are %d bytes, want at most %d", path, l.fonts, mostFonts)
		}
		if l.face == 0 || l.face > mostFace {
			t.Errorf("the reading face of %s is %d bytes, want at most %d", path, l.face, mostFace)
		}
		if l.fonts == 0 || len(l.seen) < 4 {
			t.Errorf("%s: only %d files were found, and %d bytes of fonts", path, len(l.seen), l.fonts)
		}
	}
}

// load follows a page to everything that it, its styles and its scripts name:
// at least what a browser would fetch.
type load struct {
	t             *testing.T
	client        *http.Client
	url           string
	seen          map[string]bool
	weight, fonts int
	face          int // of the fonts, the serif
}

// named is an asset in a page, a style sheet or a script, where a piece of
// script stands beside the one that imports it.
var named = regexp.MustCompile(`["'(](?:/assets/|\./)([\w.-]+\.(?:css|js|woff2))`)

func (l *load) take(path string) {
	l.t.Helper()
	l.seen[path] = true
	content, sent := l.fetch(path)
	if strings.HasSuffix(path, ".woff2") {
		l.fonts += sent
		if strings.Contains(path, "serif") {
			l.face += sent
		}
		return
	}
	l.weight += sent
	for _, name := range named.FindAllStringSubmatch(content, -1) {
		if asset := "/assets/" + name[1]; !l.seen[asset] {
			l.take(asset)
		}
	}
}

// fetch gives an answer's text, and how many bytes it is as a browser is sent it.
func (l *load) fetch(path string) (content string, sent int) {
	l.t.Helper()
	plain, packed := l.get(path, "identity"), l.get(path, "gzip")
	return string(plain), len(packed)
}

func (l *load) get(path, encoding string) []byte {
	l.t.Helper()
	request, err := http.NewRequestWithContext(l.t.Context(), http.MethodGet, l.url+path, http.NoBody)
	if err != nil {
		l.t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", encoding)
	response, err := l.client.Do(request)
	if err != nil {
		l.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		l.t.Fatalf("%s answers %s", path, response.Status)
	}
	return body
}
