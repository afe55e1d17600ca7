package calendar_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/calendar"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
)

func TestEveryTextIsUsedAndEveryKeyHasOne(t *testing.T) {
	texttest.Check(t, ".", calendar.Texts, text.Texts)
}

func TestAFileOfHolidaysSaysInWhichLineItIsWrong(t *testing.T) {
	for _, test := range []struct{ what, content, want string }{
		{"no day", "holidays:\n  - 2026-09-02 # Quốc khánh\n  - 2026-02-30\n", "calendar.no-day 3"},
		{"a day in another order", "worked:\n  - 22/8/2026\n", "calendar.no-day 2"},
		{"a day twice", "holidays:\n  - 2026-09-02\nworked:\n  - 2026-09-02\n", "calendar.twice 4"},
		{"two things wrong", "holidays:\n  - một\n  - hai\n", "calendar.no-day 2, calendar.no-day 3"},
		{"another list", "holidays:\n  - 2026-09-02\nclosed:\n  - 2026-09-03\n", "calendar.form 3"},
		{"days alone", "2026-09-02\n2026-09-03\n", "calendar.form 1"},
		{"lists in lists", "holidays:\n  - - - 2026-09-02\n", "calendar.form 2"},
		{"an alias", "holidays: &a\n  - 2026-09-02\nworked: *a\n", "calendar.form 1"},
		{"nothing", "# không có gì\n", "calendar.form 1"},
		{"no text", "\xff\xfe", "calendar.form 1"},
		{"too much", strings.Repeat("#\n", 40<<10), "calendar.too-large <nil>"},
		{"a good one", "# Lịch nghỉ\nholidays:\n  - 2026-09-02 # Quốc khánh & nghỉ bù [thứ Tư]\nworked:\n  - 2026-08-22\n", ""},
	} {
		_, err := calendar.Parse([]byte(test.content))
		var got []string
		for _, f := range fault.All(err) {
			got = append(got, fmt.Sprint(f.Key, " ", value(f, "line")))
		}
		if list := strings.Join(got, ", "); list != test.want {
			t.Errorf("%s: %q, want %q", test.what, list, test.want)
		}
	}
}

func value(f *fault.Error, name string) any {
	for i := 0; i+1 < len(f.Args); i += 2 {
		if f.Args[i] == name {
			return f.Args[i+1]
		}
	}
	return nil
}

// What is written is read as it was.
func TestADocumentOfHolidaysIsReadAsItWas(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) clock.Date {
		return clock.Date("2020-01-01").AddDays(rapid.IntRange(0, 4000).Draw(t, "day"))
	})
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfNDistinct(day, 1, 40, rapid.ID[clock.Date]).Draw(t, "days")
		cut := rapid.IntRange(0, len(days)).Draw(t, "worked")
		c := calendar.Calendar{Holidays: days[cut:], Worked: days[:cut]}
		read, err := calendar.Parse([]byte(c.Document()))
		if err != nil {
			t.Fatal(err)
		}
		again := calendar.Calendar{Holidays: read.Holidays, Worked: read.Worked}
		if diff := cmp.Diff(c.Document(), again.Document()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("holidays:\n  - 2026-09-02\nworked:\n  - 2026-08-22\n"))
	f.Add([]byte("holidays:\n  - - a: [\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		c, err := calendar.Parse(content)
		if err != nil {
			if len(fault.All(err)) == 0 {
				t.Fatalf("not said in words: %v", err)
			}
			return
		}
		for _, day := range append(c.Holidays, c.Worked...) {
			if day.AddDays(1) <= day {
				t.Fatalf("%q is no day", day)
			}
		}
	})
}
