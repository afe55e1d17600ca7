package prose_test

import (
	"encoding/json"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
	"giaoban/internal/part/news/prose"
)

// collection is a public collection of what people tried on other programs that take
// markup. Its licence stands beside it.
type collection struct {
	Name                            string `json:"-"`
	Source, Version, Files, Licence string
	Cases                           []string
}

// fewest is how many cases there are at least in all collections together.
const fewest = 500

func collections(t testing.TB) (all []collection) {
	t.Helper()
	files, err := filepath.Glob("testdata/injections/*.json")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := collection{Name: strings.TrimSuffix(filepath.Base(file), ".json")}
		if err := json.Unmarshal(content, &c); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if _, err := os.Stat(filepath.Join("testdata/injections/licence", c.Name)); err != nil || c.Source == "" || c.Version == "" || c.Licence == "" {
			t.Errorf("%s does not say where it is from and under which licence (%v)", file, err)
		}
		count += len(c.Cases)
		all = append(all, c)
	}
	if count < fewest {
		t.Fatalf("there are %d cases, want at least %d", count, fewest)
	}
	return all
}

// written are the pages that may come of one case: of an article that an editor wrote,
// as readers and as the editor get it, and of a comment.
func written(t testing.TB, untrusted string) (pages []template.HTML) {
	t.Helper()
	document, err := prose.FromHTML(untrusted)
	if err != nil && !fault.Is(err, fault.Invalid) {
		t.Errorf("FromHTML(%q): %v", untrusted, err)
	}
	pages = append(pages, document.HTML(prose.Options{}), document.HTML(bound))
	remark, err := prose.Comment(untrusted, 20_000)
	if err != nil && !fault.Is(err, fault.Invalid) {
		t.Errorf("Comment(%q): %v", untrusted, err)
	}
	return append(pages, remark.HTML(), prose.Remark(untrusted).HTML())
}

// bound writes a document as an editor gets it.
var bound = prose.Options{Bound: true, Picture: func(file string) (prose.Image, bool) {
	return prose.Image{URL: "/news/file/" + file}, true
}}

func TestInjectionsComeOutHarmless(t *testing.T) {
	total := 0
	for _, c := range collections(t) {
		t.Run(c.Name, func(t *testing.T) {
			for _, untrusted := range c.Cases {
				for i, page := range written(t, untrusted) {
					if found := harmful(string(page)); found != "" {
						t.Errorf("%q as page %d has %s:\n%s", untrusted, i, found, page)
					}
				}
				comesBack(t, untrusted)
			}
			t.Logf("%d cases of %s %s (%s), harmless", len(c.Cases), c.Source, c.Version, c.Licence)
		})
		total += len(c.Cases)
	}
	t.Logf("%d cases in all", total)
}

// comesBack checks that what was read of a text is read the same again: from its page
// and from its stored form.
func comesBack(t testing.TB, untrusted string) {
	t.Helper()
	first, err := prose.FromHTML(untrusted)
	if err != nil {
		return
	}
	if err := sameAgain(first); err != nil {
		t.Errorf("%q: %v", untrusted, err)
	}
}

// sameAgain says in what a document differs that is read from its own page or its own
// stored form.
func sameAgain(first prose.Document) error {
	page := string(first.HTML(bound))
	again, err := prose.FromHTML(page)
	if diff := cmp.Diff(first, again); diff != "" || err != nil {
		return fmt.Errorf("read from its page %s: %w (-first +again):\n%s", page, err, diff)
	}
	stored, err := first.Encode()
	if err != nil {
		return fmt.Errorf("storing it: %w", err)
	}
	again, err = prose.Decode(stored)
	if diff := cmp.Diff(first, again); diff != "" || err != nil {
		return fmt.Errorf("read from %s: %w (-first +again):\n%s", stored, err, diff)
	}
	return nil
}
