package text_test

import (
	"testing"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/text"
)

func TestDatesAreWritten(t *testing.T) {
	hanoi := time.FixedZone("+07", 7*3600)
	moment := time.Date(2020, 7, 9, 18, 42, 30, 0, time.UTC)
	for _, c := range []struct{ what, got, want string }{
		{"day in Vietnamese", text.Date(text.VI, "2020-07-10"), "10/7/2020"},
		{"day in English", text.Date(text.EN, "2020-07-10"), "10 July 2020"},
		{"month in Vietnamese", text.Month(text.VI, "2020-07-10"), "Tháng 7 năm 2020"},
		{"month in English", text.Month(text.EN, "2020-07-10"), "July 2020"},
		{"no day", text.Date(text.VI, ""), ""},
		{"short day in Vietnamese", text.ShortDate(text.VI, "2020-07-01"), "1/7"},
		{"day of this year", text.NearDate(text.VI, "2020-07-01", "2020-12-31"), "1/7"},
		{"day of another year", text.NearDate(text.VI, "2020-07-01", "2021-01-01"), "1/7/2020"},
		{"day without a today", text.NearDate(text.EN, "2020-07-01", ""), "1 July 2020"},
		{"short day in English", text.ShortDate(text.EN, "2020-07-01"), "1 Jul"},
		{"moment is of its zone's day", text.Moment(text.VI, moment, hanoi), "01:42 · 10/7/2020"},
		{"moment in English", text.Moment(text.EN, moment, hanoi), "01:42 · 10 July 2020"},
		{"time of day", text.TimeOfDay(moment, hanoi), "01:42"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
		}
	}
}

func TestRemainingDays(t *testing.T) {
	for _, c := range []struct {
		deadline clock.Date
		vi, en   string
	}{
		{"2020-07-14", "còn 4 ngày", "4 days left"},
		{"2020-07-11", "còn 1 ngày", "1 day left"},
		{"2020-07-10", "hạn hôm nay", "due today"},
		{"2020-07-09", "chậm 1 ngày", "1 day late"},
		{"2020-07-01", "chậm 9 ngày", "9 days late"},
		{"", "", ""},
	} {
		if got := text.Remaining(text.VI, c.deadline, "2020-07-10"); got != c.vi {
			t.Errorf("Remaining(vi, %q) = %q, want %q", c.deadline, got, c.vi)
		}
		if got := text.Remaining(text.EN, c.deadline, "2020-07-10"); got != c.en {
			t.Errorf("Remaining(en, %q) = %q, want %q", c.deadline, got, c.en)
		}
	}
}

func TestDatesAreReadAsTyped(t *testing.T) {
	const day = "2020-07-10"
	for _, c := range []struct{ typed, want string }{
		{"", ""},
		{"  ", ""},
		{"10/7/2020", day},
		{"10/07/2020", day},
		{"10 / 7 / 2020", day},
		{"10-7-2020", day},
		{"10.7.2020", day},
		{"10072020", day},
		{"2020-07-10", day},
		{"2020/7/10", day},
		{"ngày 10 tháng 7 năm 2020", day},
		{"Ngày 10/7/2020", day},
		{"10 July 2020", day},
		{"10 jul. 2020", day},
		{"10th July, 2020", day},
		{"July 10, 2020", day},
		{"29/2/2020", "2020-02-29"},
		{"29/2/2019", "date.no-such-day"},
		{"31/6/2020", "date.no-such-day"},
		{"7/13/2020", "date.no-such-day"},
		{"20200710", "date.far-year"},
		{"0/7/2020", "date.no-such-day"},
		{"10/7/20", "date.short-year"},
		{"100720", "date.short-year"},
		{"10 July 20", "date.short-year"},
		{"10/7/202", "date.far-year"},
		{"10/7/20200", "date.far-year"},
		{"1/1/1899", "date.far-year"},
		{"1/1/1900", "1900-01-01"},
		{"31/12/2199", "2199-12-31"},
		{"10 Jux 2020", "date.not-a-date"},
		{"7/2020", "date.not-a-date"},
		{"hôm nay", "date.not-a-date"},
		{"44022", "date.not-a-date"},
	} {
		for _, lang := range text.Langs {
			if got := readDate(lang, c.typed); got != c.want {
				t.Errorf("ParseDate(%s, %q) = %s, want %s", lang, c.typed, got, c.want)
			}
		}
	}
}

// readDate is a typed day in ISO form, or the key of the fault.
func readDate(lang text.Lang, typed string) string {
	d, err := text.ParseDate(lang, typed)
	if faults := fault.All(err); len(faults) > 0 {
		return faults[0].Key
	}
	return string(d)
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"10/7/2020", "10072020", "2020-07-10", "10 July 2020", "ngày 10 tháng 7 năm 2020", "July 10, 2020", "31/6/2020"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		d, err := text.ParseDate(text.VI, typed)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("ParseDate(%q): %v is no fault", typed, err)
			}
			return
		}
		for _, lang := range text.Langs {
			if back, err := text.ParseDate(lang, text.Date(lang, d)); err != nil || back != d {
				t.Fatalf("%q was read as %q, written %q, read again as %q, %v", typed, d, text.Date(lang, d), back, err)
			}
		}
	})
}
