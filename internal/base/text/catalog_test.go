package text_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/text"
)

// source is a package's texts with these lines.
func source(lines ...string) fs.FS {
	return fstest.MapFS{"texts.yaml": {Data: []byte(strings.Join(lines, "\n"))}}
}

func load(t *testing.T, sources ...fs.FS) *text.Catalog {
	t.Helper()
	c, err := text.Load(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTextsAreFilled(t *testing.T) {
	c := load(t,
		source(
			`board.done: {vi: "{done} trên {total} đã xong", en: "{done} of {total} done"}`,
			`board.as-of: {vi: "tính đến {day}", en: "as of {day}"}`,
			`board.mean: {vi: "trung bình {mean}", en: "{mean} on average"}`,
			`board.level: {vi: "Cấp: {level}", en: "Level: {level}"}`,
		),
		source(
			`level.cell: {vi: "chi bộ", en: "cell"}`,
			`report.sent: {vi: "đã gửi {n} báo cáo", en: "{n} reports sent"}`,
			`report.sent.one: {vi: "đã gửi {n} báo cáo", en: "{n} report sent"}`,
		))
	for _, c2 := range []struct {
		key    string
		args   []any
		vi, en string
	}{
		{"level.cell", nil, "chi bộ", "cell"},
		{"board.done", []any{"done", 51985, "total", int64(52089)}, "51.985 trên 52.089 đã xong", "51,985 of 52,089 done"},
		{"board.done", []any{"total", "năm", "done", int32(1)}, "1 trên năm đã xong", "1 of năm done"},
		{"board.as-of", []any{"day", clock.Date("2020-07-10")}, "tính đến 10/7/2020", "as of 10 July 2020"},
		{"board.mean", []any{"mean", 1234.5}, "trung bình 1.234,5", "1,234.5 on average"},
		{"board.mean", []any{"mean", text.Decimal(5000)}, "trung bình 0,5", "0.5 on average"},
		{"board.level", []any{"level", text.Key("level.cell")}, "Cấp: chi bộ", "Level: cell"},
		{"board.level", []any{"level", text.Words{VI: "cơ sở", EN: "grassroots"}}, "Cấp: cơ sở", "Level: grassroots"},
		{"report.sent", []any{"n", 1}, "đã gửi 1 báo cáo", "1 report sent"},
		{"report.sent", []any{"n", int64(1)}, "đã gửi 1 báo cáo", "1 report sent"},
		{"report.sent", []any{"n", 0}, "đã gửi 0 báo cáo", "0 reports sent"},
		{"report.sent", []any{"n", 12}, "đã gửi 12 báo cáo", "12 reports sent"},
	} {
		if got := c.T(text.VI, c2.key, c2.args...); got != c2.vi {
			t.Errorf("T(vi, %q, %v) = %q, want %q", c2.key, c2.args, got, c2.vi)
		}
		if got := c.T(text.EN, c2.key, c2.args...); got != c2.en {
			t.Errorf("T(en, %q, %v) = %q, want %q", c2.key, c2.args, got, c2.en)
		}
	}
	if missing := c.Missing(); len(missing) > 0 {
		t.Errorf("missing are %v, want none", missing)
	}
}

func TestWhatIsMissingShowsAndIsNoted(t *testing.T) {
	c := load(t, source(`a.b: {vi: "số {n}", en: "number {n}"}`))
	if got, want := c.T(text.VI, "a.c"), "⟨a.c⟩"; got != want {
		t.Errorf("unknown key gives %q, want %q", got, want)
	}
	if got, want := c.T(text.VI, "a.b", "m", 1), "số {n}"; got != want {
		t.Errorf("unfilled place gives %q, want %q", got, want)
	}
	if diff := cmp.Diff([]string{"a.b", "a.c"}, c.Missing()); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	if !c.Has("a.b") || c.Has("a.c") {
		t.Errorf("Has(a.b) = %v, Has(a.c) = %v", c.Has("a.b"), c.Has("a.c"))
	}
}

func TestWrongTextsAreRefusedByFileAndKey(t *testing.T) {
	good := source(`a.good: {vi: "tốt", en: "good"}`)
	for _, c := range []struct {
		name  string
		wrong fs.FS
		want  []string
	}{
		{"twice in one file", source(`a.b: {vi: "x", en: "x"}`, `a.b: {vi: "y", en: "y"}`), []string{"source 2", "a.b"}},
		{"twice in two files", source(`a.good: {vi: "x", en: "x"}`), []string{"source 2", "source 1", `"a.good"`}},
		{"no English", source(`a.b: {vi: "x"}`), []string{"source 2", `"a.b"`, "English"}},
		{"no Vietnamese", source(`a.b: {vi: " ", en: "x"}`), []string{"source 2", `"a.b"`, "Vietnamese"}},
		{"places differ", source(`a.b: {vi: "{n} cái", en: "{m} things"}`), []string{"source 2", `"a.b"`, "[n]", "[m]"}},
		{"stray brace", source(`a.b: {vi: "{n cái", en: "{n things"}`), []string{"source 2", `"a.b"`, "brace"}},
		{"another language", source(`a.b: {vi: "x", en: "x", fr: "x"}`), []string{"source 2", "fr"}},
		{"key of one word", source(`ab: {vi: "x", en: "x"}`), []string{"source 2", `"ab"`, "part.name"}},
		{"not a map", source(`- a`), []string{"source 2"}},
		{"no file", fstest.MapFS{}, []string{"source 2", "texts.yaml"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := text.Load(good, c.wrong)
			if err == nil {
				t.Fatal("loaded without an error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not name %q", err, want)
				}
			}
		})
	}
}

func TestLanguagesAreKnownByTheirCode(t *testing.T) {
	for _, c := range []struct {
		code string
		want text.Lang
		ok   bool
	}{
		{"vi", text.VI, true},
		{"EN", text.EN, true},
		{"en-GB", text.EN, true},
		{"vi_VN", text.VI, true},
		{"fr", text.VI, false},
		{"", text.VI, false},
		{"english", text.VI, false},
	} {
		if got, ok := text.ParseLang(c.code); got != c.want || ok != c.ok {
			t.Errorf("ParseLang(%q) = %q, %v, want %q, %v", c.code, got, ok, c.want, c.ok)
		}
	}
}

func TestWordsFallBackToTheOtherLanguage(t *testing.T) {
	for _, c := range []struct {
		words  text.Words
		vi, en string
	}{
		{text.Words{VI: "xã", EN: "commune"}, "xã", "commune"},
		{text.Words{VI: "xã"}, "xã", "xã"},
		{text.Words{EN: "commune"}, "commune", "commune"},
		{text.Words{}, "", ""},
	} {
		if vi, en := c.words.In(text.VI), c.words.In(text.EN); vi != c.vi || en != c.en {
			t.Errorf("%#v is %q and %q, want %q and %q", c.words, vi, en, c.vi, c.en)
		}
	}
}

func BenchmarkT(b *testing.B) {
	c, err := text.Load(source(`board.done: {vi: "{done} trên {total} đã xong", en: "{done} of {total} done"}`))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		c.T(text.VI, "board.done", "done", 51985, "total", 52089)
	}
}
