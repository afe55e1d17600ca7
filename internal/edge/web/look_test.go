package web_test

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"giaoban/internal/base/access"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/edge/web/webtest"
)

func TestEveryTextIsUsedAndEveryKeyHasAText(t *testing.T) {
	texttest.Check(t, ".", web.Texts, text.Texts, access.Texts)
}

// The fonts are cached for a year, but the first visit pays for them.
func TestAllFontsTogetherStayUnder105KB(t *testing.T) {
	names, err := filepath.Glob("asset/font/*.woff2")
	if err != nil {
		t.Fatal(err)
	}
	var sum int64
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		sum += info.Size()
	}
	if len(names) != 4 || sum > 105<<10 {
		t.Errorf("%d fonts of %d bytes together, want 4 of at most %d", len(names), sum, 105<<10)
	}
}

// The public reads in the serif face: alone it is at most 70 KB.
func TestTheReadingFaceStaysUnder70KB(t *testing.T) {
	names, err := filepath.Glob("asset/font/source-serif-*.woff2")
	if err != nil {
		t.Fatal(err)
	}
	var sum int64
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		sum += info.Size()
	}
	if len(names) != 2 || sum > 70_000 {
		t.Errorf("%d fonts of %d bytes together, want 2 of at most 70,000", len(names), sum)
	}
}

// "First load under 100 KB sent, compressed, without pictures and fonts": the
// frame must leave most of it to the pages.
func TestTheFrameIsASmallPartOfTheFirstLoad(t *testing.T) {
	r := newRig(t)
	p := r.lan(t)
	for path, most := range map[string]int64{"/": 26 << 10, "/components": 44 << 10} {
		load := webtest.FirstLoad(t, p.client, r.URL+path)
		if len(load.Files) < 3 || load.Sum() > most {
			t.Errorf("%s sends %d bytes, want at most %d: page %d, files %v", path, load.Sum(), most, load.Page, load.Files)
		}
	}
}

func TestAssetsAreKeptForAYearUnderTheHashOfTheirContent(t *testing.T) {
	p := newRig(t).lan(t)
	links := find(t, p.get("/").body, "link", func(a map[string]string) bool { return strings.HasPrefix(a["href"], "/assets/") })
	if len(links) < 3 {
		t.Fatalf("the page links %v", links)
	}
	hashed := regexp.MustCompile(`-[A-Za-z0-9]{8,10}\.(css|js|svg|woff2)$`)
	for _, link := range links {
		got := p.get(link["href"])
		if got.StatusCode != 200 || got.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || !hashed.MatchString(link["href"]) {
			t.Errorf("%s: status %d, Cache-Control %q", link["href"], got.StatusCode, got.Header.Get("Cache-Control"))
		}
	}
	if got := p.get("/").Header.Get("Cache-Control"); got != "private, no-store" {
		t.Errorf("a person's page may be kept: %q", got)
	}
}

func TestAScriptThatDoesNotParseEndsTheStartWithItsLine(t *testing.T) {
	broken := web.Bundle{Part: "board", Folder: ".", Entries: []string{"board.ts"}, Files: fstest.MapFS{
		"board.ts": {Data: []byte("import {fold} from \"web/fold\";\nconst = fold;\n")},
	}}
	_, err := web.New(web.Config{
		Texts: new(text.Catalog), Ledger: newLedger(t), Who: who, Bundles: []web.Bundle{broken},
		SignIn: func(*web.Request) error { return nil },
	})
	if err == nil || !strings.Contains(err.Error(), "board/board.ts:2:6") {
		t.Errorf("got %v, want an error at board.ts line 2", err)
	}
}

// Every icon that a page of the program asks for is here: one that is not would
// be found only by whoever opens that page.
func TestEveryIconInUseIsHere(t *testing.T) {
	used := regexp.MustCompile(`(?:\bicon\s+|Icon:\s*|"icon"\s+)"([a-z0-9-]+)"`)
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".html") && !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range used.FindAllSubmatch(content, -1) {
			if _, err := web.Icon(string(m[1])); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// WCAG 2.1, 1.4.3: words at 4.5 to 1 or better on what they stand on; 1.4.11:
// edges and the focus at 3 to 1.
func TestColoursOfWordsStandOutFromTheirGround(t *testing.T) {
	for _, sheet := range []string{"token.css", "public.css"} { // by day, and what the public has in the dark
		t.Run(sheet, func(t *testing.T) { standOut(t, colours(t, sheet)) })
	}
}

func standOut(t *testing.T, tokens map[string]string) {
	t.Helper()
	for word, grounds := range map[string][]string{
		"ink": {"paper", "sheet", "wash", "red-wash", "hover"}, "ink-2": {"paper", "sheet", "wash", "hover"},
		"ink-3": {"paper", "sheet", "wash", "hover"}, "red": {"paper", "sheet", "red-wash", "hover"},
		"red-dark": {"sheet", "red-wash"}, "sheet": {"red", "red-dark", "late", "ink-2"}, "gold-dark": {"gold-wash"},
		"done": {"paper", "sheet", "done-wash", "hover"}, "waiting": {"paper", "sheet", "waiting-wash", "hover"},
		"told": {"paper", "sheet", "told-wash", "hover"}, "soon": {"paper", "sheet", "soon-wash", "hover"},
		"late": {"paper", "sheet", "late-wash", "hover"},
	} {
		for _, ground := range grounds {
			if got := contrast(t, tokens[word], tokens[ground]); got < 4.5 {
				t.Errorf("--%s on --%s: %.2f, want 4.5", word, ground, got)
			}
		}
	}
	for edge, grounds := range map[string][]string{
		"edge": {"sheet", "paper"}, "focus": {"sheet", "paper", "red-wash"}, "done": {"none"}, "waiting": {"none"},
	} {
		for _, ground := range grounds {
			if got := contrast(t, tokens[edge], tokens[ground]); got < 3 {
				t.Errorf("--%s beside --%s: %.2f, want 3", edge, ground, got)
			}
		}
	}
}

func colours(t *testing.T, sheet string) map[string]string {
	t.Helper()
	css, err := os.ReadFile("asset/look/" + sheet)
	if err != nil {
		t.Fatal(err)
	}
	tokens := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z0-9-]+):(#[0-9a-f]{6})`).FindAllSubmatch(css, -1) {
		tokens[string(m[1])] = string(m[2])
	}
	return tokens
}

// contrast is that of WCAG 2.1: from 1 to 21.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + .05) / (min(la, lb) + .05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	if len(colour) != 7 {
		t.Fatalf("no colour: %q", colour)
	}
	var sum float64
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(fmt.Errorf("colour %s: %w", colour, err))
		}
		c := float64(n) / 255
		if c <= .03928 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+.055)/1.055, 2.4)
		}
	}
	return sum
}
