package profile_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/profile"
)

// small is a profile that is right; each line is changed in turn by the tests.
const small = `name: club
version: 1
validFrom: 2020-01-01
title: {vi: "Hội", en: "Club"}
zone: Asia/Ho_Chi_Minh
root: {code: HQ, name: {vi: "Hội", en: "Club"}, level: top, kind: office}
levels:
  - {key: top, name: {vi: "trên", en: "top"}, plural: {vi: "trên", en: "tops"}, short: {vi: "trên", en: "top"}}
  - {key: low, name: {vi: "dưới", en: "low"}, plural: {vi: "dưới", en: "lows"}, short: {vi: "dưới", en: "low"}}
kinds:
  - {key: office, name: {vi: "trụ sở", en: "office"}}
  - {key: branch, name: {vi: "chi hội", en: "branch"}, words: ["nhánh"]}
levelMap:
  - {parent: top, kind: branch, level: low}
bodies:
  - {key: board, name: {vi: "ban", en: "board"}, levels: [top], posts: [{key: chair, name: {vi: "chủ tịch", en: "chair"}}]}
directiveKinds:
  - {key: plan, name: {vi: "kế hoạch", en: "plan"}}
templates:
  - key: year
    title: {vi: "Năm", en: "Year"}
    kind: plan
    milestones:
      - key: done
        name: {vi: "Xong", en: "Done"}
        deadlines: [{level: low, date: 2020-06-30}]
        indicators:
          - {key: a, name: {vi: "A", en: "A"}, kind: number, min: 0, max: 10.5, decimals: 1}
          - {key: b, name: {vi: "B", en: "B"}, kind: number, notOver: a}
          - {key: c, name: {vi: "C", en: "C"}, kind: choice, options: [{key: x, name: {vi: "X", en: "X"}}, {key: z, name: {vi: "Z", en: "Z"}}]}
          - {key: d, name: {vi: "D", en: "D"}, kind: date, from: 2020-01-01}
`

func TestWrongDocumentsAreRefusedAtTheirPlace(t *testing.T) {
	if _, err := profile.Parse([]byte(small)); err != nil {
		t.Fatalf("the document that is changed below is itself refused: %v", err)
	}
	for _, c := range []struct{ name, old, with, want string }{
		{"name", "name: club", "name: Câu lạc bộ", "profile.bad-key at name, line 1"},
		{"version", "version: 1", "version: 0", "profile.bad-version at version, line 2"},
		{"day of validity", "validFrom: 2020-01-01", "validFrom: 1/1/2020", "profile.not-a-day at validFrom, line 3"},
		{"title in one language", `title: {vi: "Hội", en: "Club"}`, `title: {vi: "Hội"}`, "profile.no-name at title.en, line 4"},
		{"zone", "Asia/Ho_Chi_Minh", "Asia/Atlantis", "profile.unknown-zone at zone, line 5"},
		{"due soon", "version: 1", "version: 1\ndueSoonDays: 1000", "profile.bad-days at dueSoonDays, line 3"},
		{"recordings", "version: 1", "version: 1\nrecordingDays: 9999", "profile.bad-days at recordingDays, line 3"},
		{"a week without work", "version: 1", "version: 1\ndeputies: {workingDays: 1, restDays: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}", "profile.not-a-weekday at deputies.restDays[6], line 3"},
		{"a day that is none", "version: 1", "version: 1\ndeputies: {workingDays: 99, restDays: [caturday], holidays: [2020-02-30]}", "profile.bad-days at deputies.workingDays, line 3"},
		{"code of the root", "code: HQ", `code: " HQ"`, "profile.no-code at root.code, line 6"},
		{"level of the root", "level: top, kind: office", "level: middle, kind: office", "profile.unknown-level at root.level, line 6"},
		{"kind of the root", "level: top, kind: office", "level: top, kind: castle", "profile.unknown-kind at root.kind, line 6"},
		{"standing until", "levels:", "standings:\n  - {key: late, name: {vi: l, en: l}, until: soon}\nlevels:", "profile.bad-until at standings[0].until, line 8"},
		{"standing that is not counted until", "levels:", "standings:\n  - {key: out, name: {vi: o, en: o}, notCounted: true, until: required}\nlevels:", "profile.bad-until at standings[0].until, line 8"},
		{"level twice", "{key: low,", "{key: top,", "profile.twice at levels[1].key, line 9"},
		{"level without a short name", `short: {vi: "dưới", en: "low"}`, `short: {vi: "dưới", en: ""}`, "profile.no-name at levels[1].short.en, line 9"},
		{"width", "{key: low,", "{codeWidth: 30, key: low,", "profile.bad-width at levels[1].codeWidth, line 9"},
		{"highest level reported by its parent", "{key: top,", "{reportedByParent: true, key: top,", "profile.top-level at levels[0], line 8"},
		{"word of two kinds", `words: ["nhánh"]`, `words: ["Tru So"]`, "profile.word-of-two at kinds[1], line 12"},
		{"map to a level above", "kind: branch, level: low}", "kind: branch, level: top}", "profile.not-below at levelMap[0].level, line 14"},
		{"map of an unknown kind", "kind: branch, level: low}", "kind: castle, level: low}", "profile.unknown-kind at levelMap[0].kind, line 14"},
		{"body of an unknown level", "levels: [top]", "levels: [top, middle]", "profile.unknown-level at bodies[0].levels[1], line 16"},
		{"post without a name", `{key: chair, name: {vi: "chủ tịch", en: "chair"}}`, `{key: chair, name: {en: "chair"}}`, "profile.no-name at bodies[0].posts[0].name.vi, line 16"},
		{"kind of directive", "kind: plan\n", "kind: order\n", "profile.unknown-kind at templates[0].kind, line 22"},
		{"no deadline", "deadlines: [{level: low, date: 2020-06-30}]", "deadlines: []", "profile.no-deadlines at templates[0].milestones[0].deadlines, line 26"},
		{"deadline on no day", "date: 2020-06-30", "date: 2020-06-31", "profile.not-a-day at templates[0].milestones[0].deadlines[0].date, line 26"},
		{"deadline of an unknown level", "{level: low, date", "{level: middle, date", "profile.unknown-level at templates[0].milestones[0].deadlines[0].level, line 26"},
		{"indicator of an unknown kind", "kind: date, from: 2020-01-01", "kind: moon", "profile.unknown-indicator-kind at templates[0].milestones[0].indicators[3].kind, line 31"},
		{"empty range", "min: 0, max: 10.5", "min: 11, max: 10.5", "profile.empty-range at templates[0].milestones[0].indicators[0].max, line 28"},
		{"too many decimals", "decimals: 1}", "decimals: 5}", "profile.bad-decimals at templates[0].milestones[0].indicators[0].decimals, line 28"},
		{"not over itself", "notOver: a", "notOver: b", "profile.no-such-number at templates[0].milestones[0].indicators[1].notOver, line 29"},
		{"not over a date", "notOver: a", "notOver: d", "profile.no-such-number at templates[0].milestones[0].indicators[1].notOver, line 29"},
		{"one option", `, {key: z, name: {vi: "Z", en: "Z"}}`, "", "profile.few-options at templates[0].milestones[0].indicators[2].options, line 30"},
		{"setting of another kind", "from: 2020-01-01}", "decimals: 2}", "profile.foreign-setting at templates[0].milestones[0].indicators[3].decimals, line 31"},
		{"indicator twice", "{key: d,", "{key: c,", "profile.twice at templates[0].milestones[0].indicators[3].key, line 31"},
		{"unknown field", "version: 1", "version: 1\ncolour: red", "profile.unreadable at , line 3"},
		{"field twice", "version: 1", "version: 1\nversion: 2", "profile.unreadable at , line 3"},
		{"number that is text", "version: 1", "version: first", "profile.unreadable at , line 2"},
		{"bound that is no number", "max: 10.5", "max: many", "profile.not-a-number at templates[0].milestones[0].indicators[0].max, line 28"},
		{"broken YAML", "kinds:\n", "kinds: [\n", "profile.unreadable at , line 13"},
		{"two documents", "kinds:\n", "---\nkinds:\n", "profile.unreadable at , line 1"},
		{"alias", "title: {vi", "title: &t {vi", "profile.unreadable at , line 4"},
	} {
		t.Run(c.name, func(t *testing.T) {
			document := strings.Replace(small, c.old, c.with, 1)
			if document == small {
				t.Fatalf("%q is not in the document", c.old)
			}
			_, err := profile.Parse([]byte(document))
			if got := places(err); len(got) == 0 || got[0] != c.want {
				t.Errorf("faults are %q, want %q first", got, c.want)
			}
		})
	}
}

// places are the faults of an error as "key at field, line n".
func places(err error) []string {
	var all []string
	for _, f := range fault.All(err) {
		var line any
		for i := 0; i+1 < len(f.Args); i += 2 {
			if f.Args[i] == "line" {
				line = f.Args[i+1]
			}
		}
		all = append(all, fmt.Sprintf("%s at %s, line %v", f.Key, f.Field, line))
	}
	return all
}

func TestHostileDocumentsAreRefused(t *testing.T) {
	for name, document := range map[string]string{
		"empty":             "",
		"only a comment":    "# nothing",
		"a list":            "- a",
		"not UTF-8":         "name: \xff",
		"deep brackets":     strings.Repeat("[", 100_000),
		"deep braces":       strings.Repeat("{a: ", 50_000),
		"deep dashes":       strings.Repeat("- ", 100_000),
		"deep questions":    strings.Repeat("? ", 100_000),
		"bound is a map":    strings.Replace(small, "min: 0", "min: {a: b}", 1),
		"bound is an alias": strings.Replace(small, "min: 0", "min: *a", 1),
		"too large":         "name: " + strings.Repeat("a", profile.LargestDocument),
		"a bomb of aliases": "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := profile.Parse([]byte(document)); !fault.Is(err, fault.Invalid) {
				t.Errorf("Parse gives %v, want a fault of kind invalid", err)
			}
		})
	}
}

func TestADocumentIsKeptByteForByte(t *testing.T) {
	document := []byte("# with a comment\n" + small)
	p, err := profile.Parse(document)
	if err != nil {
		t.Fatal(err)
	}
	want := string(document)
	document[0] = 'X'
	if got := string(p.Bytes()); got != want {
		t.Errorf("bytes (-want +got):\n%s", cmp.Diff(want, got))
	}
}

func TestAProfileComesBackFromItsOtherForms(t *testing.T) {
	for _, name := range profile.Shipped() {
		p, err := profile.Get(name)
		if err != nil {
			t.Fatal(err)
		}
		for form, write := range map[string]func(any) ([]byte, error){"JSON": json.Marshal, "YAML": yaml.Marshal} {
			first, err := write(p)
			if err != nil {
				t.Fatal(err)
			}
			back, err := profile.Parse(first)
			if err != nil {
				t.Fatalf("%s as %s is refused: %v", name, form, err)
			}
			if diff := cmp.Diff(p, back, cmpopts.IgnoreUnexported(profile.Profile{})); diff != "" {
				t.Errorf("%s as %s (-want +got):\n%s", name, form, diff)
			}
			second, err := write(back)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, second) {
				t.Errorf("%s is written as %s in two ways", name, form)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range profile.Shipped() {
		document, err := os.ReadFile(name + ".yaml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(document)
	}
	f.Add([]byte(small))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, document []byte) {
		p, err := profile.Parse(document)
		if err != nil {
			if len(fault.All(err)) == 0 {
				t.Fatalf("%v is no fault", err)
			}
			return
		}
		if again, err := profile.Parse(p.Bytes()); err != nil {
			t.Fatalf("parsed once, then refused: %v", err)
		} else if again.Name != p.Name {
			t.Fatalf("the name is %q, then %q", p.Name, again.Name)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	document, err := os.ReadFile("vn-party-2020.yaml")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := profile.Parse(document); err != nil {
			b.Fatal(err)
		}
	}
}
