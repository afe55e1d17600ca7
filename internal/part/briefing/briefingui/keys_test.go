package briefingui

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

var keyInPage = regexp.MustCompile(`data-keys="([^"{]+)"`)

// The help sheet cannot lie: what a page's buttons name is told, and what is told is
// named by a button, unless the key moves the focus.
func TestTheHelpSheetTellsExactlyTheKeysOfThePages(t *testing.T) {
	pages, err := filepath.Glob("page/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages (%v)", len(pages), err)
	}
	inPages := map[string]string{}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range keyInPage.FindAllStringSubmatch(string(text), -1) {
			inPages[found[1]] = page
		}
	}
	inPages["?"] = "the frame of the room"
	told := map[string]bool{}
	for _, group := range keyboard {
		for _, k := range group.Keys {
			told[k.Key] = true
			if _, ok := inPages[k.Key]; !ok && k.Goes == "" && k.Near == "" {
				t.Errorf("the help sheet tells of %q (%s), which no button names", k.Key, k.Says)
			}
		}
	}
	for key, page := range inPages {
		if !told[key] {
			t.Errorf("%s names the key %q, of which the help sheet tells nothing", page, key)
		}
	}
}

// No key does two things for one person.
func TestEachKeyDoesOneThing(t *testing.T) {
	for _, as := range []role{presiding, sitting} {
		has := map[string]string{}
		for _, group := range keysOf(as, true) {
			for _, k := range group.Keys {
				if before, twice := has[k.Key]; twice {
					t.Errorf("for %s the key %q does %s and %s", as, k.Key, before, k.Says)
				}
				has[k.Key] = k.Says
			}
		}
	}
}
