package text_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones, wherever the tests run

	"giaoban/internal/base/fault"
	"giaoban/internal/base/text"
)

func hanoi(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// readMoment is a typed moment in ISO form, of a whole day with its end, or the
// key of the fault.
func readMoment(lang text.Lang, typed string, zone *time.Location) string {
	const form = "2006-01-02T15:04:05"
	from, to, err := text.ParseMoment(lang, typed, zone)
	switch faults := fault.All(err); {
	case len(faults) > 0:
		return faults[0].Key
	case from.IsZero() && to.IsZero():
		return ""
	case to.Sub(from) == time.Second:
		return from.In(zone).Format(form)
	}
	return from.In(zone).Format(form) + "/" + to.In(zone).Format(form)
}

func TestAMomentIsReadAsPeopleTypeIt(t *testing.T) {
	const day, five, half = "2020-06-30T00:00:00/2020-07-01T00:00:00", "2020-06-30T17:00:00", "2020-06-30T17:30:00"
	zone := hanoi(t)
	for _, c := range []struct{ typed, want string }{
		{"", ""},
		{"  ", ""},
		{"30/6/2020", day},
		{"2020-06-30", day},
		{"ngày 30 tháng 6 năm 2020", day},
		{"30/06/2020 17:00", five},
		{"30/6/2020  17:00:00", five},
		{"30-6-2020, 17:00", five},
		{"30062020 17:00", five},
		{"17:00 · 30/6/2020", five},
		{"17:00 30/6/2020", five},
		{"17:00, 30/6/2020", five},
		{"2020-06-30T17:00", five},
		{"2020-06-30T17:00:00", five},
		{"2020-06-30 17:00:05", "2020-06-30T17:00:05"},
		{"30/6/2020 17:00:05", "2020-06-30T17:00:05"},
		{"17h 30/6/2020", five},
		{"17h30 30/6/2020", half},
		{"17h30 ngày 30/6/2020", half},
		{"lúc 17 giờ 30 phút ngày 30 tháng 6 năm 2020", half},
		{"17 giờ, ngày 30/6/2020", five},
		{"30/6/2020 17h30", half},
		{"30 June 2020 17:30", half},
		{"30 June 2020 at 17:30", half},
		{"June 30, 2020, 17:30", half},
		{"30/6/2020 8:05", "2020-06-30T08:05:00"},
		{"30/6/2020 0:00", "2020-06-30T00:00:00"},
		{"30/6/2020 24:00", "2020-06-30T23:59:59"},
		{"30/6/2020 24:01", "moment.no-such-time"},
		{"30/6/2020 25:00", "moment.no-such-time"},
		{"30/6/2020 17:60", "moment.no-such-time"},
		{"30/6/2020 17:00:60", "moment.no-such-time"},
		{"31/6/2020 17:00", "date.no-such-day"},
		{"6/30/2020 17:00", "date.no-such-day"},
		{"30/6/20 17:00", "date.short-year"},
		{"1/1/1899 17:00", "date.far-year"},
		{"17:00", "moment.not-a-moment"},
		{"30/6 17:00", "moment.not-a-moment"},
		{"30/6/2020 17", "moment.not-a-moment"},
		{"30/6/2020 17:0", "moment.not-a-moment"},
		{"hôm qua", "moment.not-a-moment"},
	} {
		for _, lang := range text.Langs {
			if got := readMoment(lang, c.typed, zone); got != c.want {
				t.Errorf("ParseMoment(%s, %q) = %s, want %s", lang, c.typed, got, c.want)
			}
		}
	}
}

func TestAMomentInAFieldIsWrittenWithTheDayFirst(t *testing.T) {
	zone := hanoi(t)
	at := time.Date(2020, time.July, 10, 8, 0, 0, 0, zone)
	for _, c := range []struct {
		lang text.Lang
		at   time.Time
		want string
	}{
		{text.VI, at, "10/7/2020 08:00"},
		{text.EN, at, "10 July 2020 08:00"},
		{text.VI, at.Add(5 * time.Second), "10/7/2020 08:00:05"},
		{text.VI, at.Add(999 * time.Millisecond), "10/7/2020 08:00"},
		{text.VI, at.UTC(), "10/7/2020 08:00"},
	} {
		if got := text.TypedMoment(c.lang, c.at, zone); got != c.want {
			t.Errorf("TypedMoment(%s, %s) = %q, want %q", c.lang, c.at, got, c.want)
		}
	}
}

func FuzzParseMoment(f *testing.F) {
	for _, s := range []string{"30/6/2020 17:00", "17h30 ngày 30/6/2020", "2020-06-30T17:00:05", "17:00 · 30/6/2020", "30/6/2020 24:00", "30 June 2020", "17:00"} {
		f.Add(s)
	}
	zone := hanoi(f)
	f.Fuzz(func(t *testing.T, typed string) {
		from, to, err := text.ParseMoment(text.VI, typed, zone)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("ParseMoment(%q): %v is no fault", typed, err)
			}
			return
		}
		if from.IsZero() != to.IsZero() || !from.IsZero() && !from.Before(to) {
			t.Fatalf("%q was read as %s to %s", typed, from, to)
		}
		if from.IsZero() {
			return
		}
		for _, lang := range text.Langs {
			written := text.TypedMoment(lang, from, zone)
			if back, _, err := text.ParseMoment(lang, written, zone); err != nil || !back.Equal(from) {
				t.Fatalf("%q was read as %s, written %q, read again as %s, %v", typed, from, written, back, err)
			}
		}
	})
}
