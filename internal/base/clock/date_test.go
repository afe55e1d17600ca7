package clock_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones, wherever the tests run

	"pgregory.net/rapid"

	"giaoban/internal/base/clock"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestADateIsReadAsISO(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  clock.Date
		wrong bool
	}{
		{typed: "2020-07-10", want: "2020-07-10"},
		{typed: "2020-02-29", want: "2020-02-29"},
		{typed: "", want: ""},
		{typed: "2019-02-29", wrong: true},
		{typed: "2020-7-10", wrong: true},
		{typed: "2020-13-01", wrong: true},
		{typed: "10/7/2020", wrong: true},
		{typed: "2020-07-10 ", wrong: true},
		{typed: "2020-07-10T00:00:00Z", wrong: true},
	} {
		got, err := clock.ParseDate(c.typed)
		if got != c.want || (err != nil) != c.wrong {
			t.Errorf("ParseDate(%q) = %q, %v; want %q, an error: %v", c.typed, got, err, c.want, c.wrong)
		}
		if err != nil && !strings.Contains(err.Error(), c.typed) {
			t.Errorf("the error for %q does not repeat it: %v", c.typed, err)
		}
	}
}

func TestDaysAreAddedAcrossMonthsAndYears(t *testing.T) {
	for _, c := range []struct {
		from clock.Date
		days int
		want clock.Date
	}{
		{"2020-06-30", 1, "2020-07-01"},
		{"2020-02-28", 1, "2020-02-29"},
		{"2019-02-28", 1, "2019-03-01"},
		{"2020-12-31", 1, "2021-01-01"},
		{"2020-07-10", 0, "2020-07-10"},
		{"2020-07-10", -10, "2020-06-30"},
		{"2019-05-30", 366, "2020-05-30"},
		{"", 5, ""},
	} {
		if got := c.from.AddDays(c.days); got != c.want {
			t.Errorf("%q.AddDays(%d) = %q, want %q", c.from, c.days, got, c.want)
		}
		if c.from != "" {
			if got := c.want.Sub(c.from); got != c.days {
				t.Errorf("%q.Sub(%q) = %d, want %d", c.want, c.from, got, c.days)
			}
		}
	}
}

func TestAddingDaysComparesAsTextDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := clock.Day(rapid.IntRange(1900, 2199).Draw(t, "year"), time.January, rapid.IntRange(1, 366).Draw(t, "day"))
		n := rapid.IntRange(-4000, 4000).Draw(t, "n")
		to := from.AddDays(n)
		if got := to.Sub(from); got != n {
			t.Fatalf("%s plus %d days is %s, %d days later", from, n, to, got)
		}
		if (to < from) != (n < 0) || (to > from) != (n > 0) {
			t.Fatalf("%s and %s, %d days later, do not compare as text", from, to, n)
		}
	})
}

func TestPartsOutOfRangeRollOver(t *testing.T) {
	for _, c := range []struct {
		year  int
		month time.Month
		day   int
		want  clock.Date
	}{
		{2020, time.July, 10, "2020-07-10"},
		{2020, time.June, 31, "2020-07-01"},
		{2020, time.March, 0, "2020-02-29"},
		{2020, 13, 1, "2021-01-01"},
	} {
		if got := clock.Day(c.year, c.month, c.day); got != c.want {
			t.Errorf("Day(%d, %d, %d) = %q, want %q", c.year, c.month, c.day, got, c.want)
		}
	}
}

func TestTheDayOfAMomentIsThatOfTheZone(t *testing.T) {
	hanoi := zone(t, "Asia/Ho_Chi_Minh")
	for _, c := range []struct {
		moment string
		loc    *time.Location
		want   clock.Date
	}{
		{"2020-07-10T16:59:59Z", hanoi, "2020-07-10"},
		{"2020-07-10T17:00:00Z", hanoi, "2020-07-11"},
		{"2020-07-10T17:00:00Z", time.UTC, "2020-07-10"},
	} {
		moment, err := time.Parse(time.RFC3339, c.moment)
		if err != nil {
			t.Fatal(err)
		}
		if got := clock.DateOf(moment, c.loc); got != c.want {
			t.Errorf("the day of %s in %s is %q, want %q", c.moment, c.loc, got, c.want)
		}
	}
}

func TestADayBeginsWithItsFirstMoment(t *testing.T) {
	for _, c := range []struct {
		why  string
		zone string
		day  clock.Date
		want string // in UTC
	}{
		{"seven hours ahead all year", "Asia/Ho_Chi_Minh", "2020-07-10", "2020-07-09T17:00:00Z"},
		{"the clocks went forward at 23:00 the evening before", "Asia/Ho_Chi_Minh", "1960-01-01", "1959-12-31T16:00:00Z"},
		{"the clocks went back from 00:00 to 23:00", "Asia/Ho_Chi_Minh", "1975-06-13", "1975-06-12T17:00:00Z"},
		{"summer time", "Europe/Berlin", "2020-07-10", "2020-07-09T22:00:00Z"},
		{"the day on which summer time begins", "Europe/Berlin", "2020-03-29", "2020-03-28T23:00:00Z"},
		{"midnight was skipped", "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"},
		{"midnight came twice", "America/Havana", "2020-11-01", "2020-11-01T04:00:00Z"},
		{"the whole day was skipped", "Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"},
	} {
		t.Run(c.zone+" "+string(c.day), func(t *testing.T) {
			got := c.day.Start(zone(t, c.zone))
			if got.UTC().Format(time.RFC3339) != c.want {
				t.Errorf("the day begins at %s, want %s: %s", got.UTC().Format(time.RFC3339), c.want, c.why)
			}
		})
	}
}

func TestTheDayOfItsStartIsTheDay(t *testing.T) {
	zones := []*time.Location{time.UTC, time.FixedZone("east", 14*60*60), time.FixedZone("west", -12*60*60)}
	for _, name := range []string{"Asia/Ho_Chi_Minh", "Europe/Berlin", "America/Sao_Paulo", "America/Havana", "Africa/Cairo"} {
		zones = append(zones, zone(t, name))
	}
	rapid.Check(t, func(t *rapid.T) {
		loc := rapid.SampledFrom(zones).Draw(t, "zone")
		day := clock.Day(rapid.IntRange(1950, 2030).Draw(t, "year"), time.January, rapid.IntRange(1, 366).Draw(t, "day"))
		start, end := day.Start(loc), day.End(loc)
		if got := clock.DateOf(start, loc); got != day {
			t.Fatalf("%s begins at %s, which is on %s", day, start, got)
		}
		if got := clock.DateOf(start.Add(-time.Second), loc); got >= day {
			t.Fatalf("%s begins at %s, but the second before is on %s", day, start, got)
		}
		if got := clock.DateOf(end.Add(-time.Second), loc); got != day {
			t.Fatalf("%s ends at %s, but the second before is on %s", day, end, got)
		}
	})
}

func TestNoDateHasNoMoments(t *testing.T) {
	loc := zone(t, "Asia/Ho_Chi_Minh")
	var none clock.Date
	if !none.IsZero() || clock.Date("2020-07-10").IsZero() {
		t.Error("only the zero value is no date")
	}
	for name, got := range map[string]time.Time{"Time": none.Time(), "Start": none.Start(loc), "End": none.End(loc)} {
		if !got.IsZero() {
			t.Errorf("%s of no date is %s, want the zero time", name, got)
		}
	}
}

func TestTheEarlierOfTwoDates(t *testing.T) {
	for _, c := range []struct{ a, b, want clock.Date }{
		{"2020-06-30", "2020-07-10", "2020-06-30"},
		{"2020-07-10", "2020-06-30", "2020-06-30"},
		{"2020-07-10", "2020-07-10", "2020-07-10"},
		{"", "2020-07-10", "2020-07-10"},
		{"2020-07-10", "", "2020-07-10"},
		{"", "", ""},
	} {
		if got := clock.Earliest(c.a, c.b); got != c.want {
			t.Errorf("Earliest(%q, %q) = %q, want %q", c.a, c.b, got, c.want)
		}
	}
}
