package texttest_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/testing/texttest"
)

// folder writes a package's files to a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTextsAndUsesAreCompared(t *testing.T) {
	others := fstest.MapFS{"texts.yaml": {Data: []byte(`frame.save: {vi: "Lưu", en: "Save"}`)}}
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"all in order", map[string]string{
			"texts.yaml": "a.one-thing: {vi: x, en: x}\na.form: {vi: x, en: x}\na.n: {vi: x, en: x}\na.n.one: {vi: x, en: x}\n" +
				"# used: a.state.*\na.state.done: {vi: x, en: x}\na.live: {vi: x, en: x}\na.bad: {vi: x, en: x}",
			"a.go":           `x := c.T(lang(r), "a.one-thing", "n", 1) + c.T(l, "a.state."+s) + c.T(l, "a.n", "n", n)` + "\n" + `fault.New(fault.Invalid, "a.bad")`,
			"aui/page.html":  `{{t "a.form"}} {{.T "frame.save"}}`,
			"aui/page.ts":    `show(t("a.live")); format("x.y")`,
			"a_test.go":      `c.T(lang, "a.only-in-a-test")`,
			"aui/notes.text": `{{t "a.elsewhere"}}`,
		}, nil},
		{"text without use", map[string]string{
			"texts.yaml": "a.idle: {vi: x, en: x}\na.idle-too: {vi: x, en: x}",
			"a.go":       `c.T(lang, "a.idle-too")`,
		}, []string{`texts.yaml: "a.idle" is used nowhere`}},
		{"a test is no use", map[string]string{
			"texts.yaml": "a.idle: {vi: x, en: x}",
			"a_test.go":  `c.T(lang, "a.idle")`,
		}, []string{`texts.yaml: "a.idle" is used nowhere`}},
		{"uses without text", map[string]string{
			"a.go":   `fault.New(fault.Invalid, "a.bad", "n", 1)` + "\n" + `text.Key("a.key")`,
			"a.html": `{{if .X}}{{t "a.page" "n" 1}}{{end}}`,
			"a.ts":   "t(`a.live`)",
		}, []string{`a.go: "a.bad" has no text`, `a.go: "a.key" has no text`, `a.html: "a.page" has no text`, `a.ts: "a.live" has no text`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(folder(t, c.files))
			got, err := texttest.Problems(".", others)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWrongTextsAreAnError(t *testing.T) {
	dir := folder(t, map[string]string{"texts.yaml": "a.b: {vi: x}"})
	if problems, err := texttest.Problems(dir); err == nil {
		t.Errorf("problems %v without an error", problems)
	}
	if problems, err := texttest.Problems(t.TempDir(), fs.FS(fstest.MapFS{})); err == nil {
		t.Errorf("a source without texts gives problems %v without an error", problems)
	}
}
