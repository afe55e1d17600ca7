package texttest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/base/text"
)

// Check fails the test for every key of dir/texts.yaml that no source file at
// or below dir uses, and for every key used there that neither that file nor
// one of the sources has. The sources are the texts of the packages that dir's
// code speaks with; its own may be among them.
//
// Used are keys standing anywhere in .go, .html, .ts and .yaml files (tests
// left out). Looked for in the catalogue are those asked for outright:
// T(lang, "key"), fault.New(kind, "key"), text.Key("key") in Go, {{t "key"}}
// and {{.T "key"}} in templates, t("key") in TypeScript. A key that is put
// together at run time is declared by a line in texts.yaml:
//
//	# used: state.*
func Check(t *testing.T, dir string, sources ...fs.FS) {
	t.Helper()
	problems, err := Problems(dir, sources...)
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		t.Error(problem)
	}
}

// Problems are the findings of Check, one a line, in alphabetical order.
func Problems(dir string, sources ...fs.FS) ([]string, error) {
	own, err := keys(os.DirFS(dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("texts of %s: %w", dir, err)
	}
	known := map[string]bool{}
	for _, key := range own {
		known[key] = true
	}
	for i, source := range sources {
		others, err := keys(source)
		if err != nil {
			return nil, fmt.Errorf("texts of source %d: %w", i+1, err)
		}
		for _, key := range others {
			known[key] = true
		}
	}
	found, err := search(dir)
	if err != nil {
		return nil, fmt.Errorf("searching %s for keys: %w", dir, err)
	}
	return compare(own, known, found), nil
}

// compare lists the keys without use and the uses without text.
func compare(own []string, known map[string]bool, found uses) []string {
	var problems []string
	for _, key := range own {
		if !found.mentions(key) {
			problems = append(problems, fmt.Sprintf("texts.yaml: %q is used nowhere", key))
		}
	}
	for key, file := range found.asked {
		if !known[key] {
			problems = append(problems, fmt.Sprintf("%s: %q has no text", file, key))
		}
	}
	slices.Sort(problems)
	return problems
}

func keys(source fs.FS) ([]string, error) {
	catalog, err := text.Load(source)
	if err != nil {
		return nil, err
	}
	return catalog.Keys(), nil
}

// uses is what the files of a folder say of keys.
type uses struct {
	mentioned map[string]bool
	declared  []string          // beginnings of keys put together at run time
	asked     map[string]string // key to the file that asks for its text
}

func (u uses) mentions(key string) bool {
	if u.mentioned[key] || u.mentioned[strings.TrimSuffix(key, ".one")] {
		return true
	}
	return slices.ContainsFunc(u.declared, func(beginning string) bool { return strings.HasPrefix(key, beginning) })
}

var (
	mention  = regexp.MustCompile(`[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+`)
	declared = regexp.MustCompile(`(?m)^\s*# used: (\S+)\*\s*$`)
	asking   = map[string]*regexp.Regexp{
		".go":   regexp.MustCompile(`(?:\bT|\bfault\.New)\(\s*[^",]+,\s*"([^"]+)"\s*[,)]|\btext\.Key\("([^"]+)"\)`),
		".html": regexp.MustCompile(`(?:\bt|\.T)\s+"([^"]+)"`),
		".ts":   regexp.MustCompile(`\bt\(\s*["'` + "`" + `]([a-z][\w-]*(?:\.[\w-]+)+)["'` + "`" + `]`),
		".yaml": nil,
	}
)

func search(dir string) (uses, error) {
	u := uses{mentioned: map[string]bool{}, asked: map[string]string{}}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		form, isSource := asking[filepath.Ext(path)]
		if !isSource || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if entry.Name() == "texts.yaml" {
			u.declare(string(content))
			return nil
		}
		u.read(path, string(content), form)
		return nil
	})
	return u, err
}

func (u *uses) declare(texts string) {
	for _, m := range declared.FindAllStringSubmatch(texts, -1) {
		u.declared = append(u.declared, m[1])
	}
}

func (u *uses) read(path, content string, form *regexp.Regexp) {
	for _, key := range mention.FindAllString(content, -1) {
		u.mentioned[key] = true
	}
	if form == nil {
		return
	}
	for _, m := range form.FindAllStringSubmatch(content, -1) {
		u.asked[strings.Join(m[1:], "")] = path
	}
}
