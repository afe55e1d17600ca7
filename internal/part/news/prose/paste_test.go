package prose_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/base/testing/golden"
	"giaoban/internal/part/news/prose"
)

func TestAPasteComesOutClean(t *testing.T) {
	files, err := filepath.Glob("testdata/paste/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d pastes were found: %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".html")
		t.Run(name, func(t *testing.T) {
			pasted, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			document, err := prose.FromHTML(string(pasted))
			if err != nil {
				t.Fatal(err)
			}
			golden.File(t, "paste/"+name+".clean", string(document.HTML(prose.Options{})))
			if err := sameAgain(document); err != nil {
				t.Error(err)
			}
		})
	}
}
