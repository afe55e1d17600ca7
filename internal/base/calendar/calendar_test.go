package calendar_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/base/calendar"
	"giaoban/internal/base/clock"
)

var hanoi = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)

func vietnam(t testing.TB) calendar.Calendar {
	t.Helper()
	country, ok := calendar.Of("vn")
	if !ok {
		t.Fatal("there are no holidays of Viet Nam")
	}
	return calendar.Calendar{
		Rests: []string{"saturday", "sunday"}, Holidays: country.Holidays, Worked: country.Worked,
		Quiet: calendar.Quiet{From: "18:00", Until: "07:30"},
	}
}

func TestWorkingDaysLeaveOutWeekendsTetAndExchangedDays(t *testing.T) {
	c := vietnam(t)
	for _, test := range []struct {
		from clock.Date
		n    int
		want clock.Date
	}{
		{"2020-07-10", 1, "2020-07-13"}, // over a weekend
		{"2020-01-22", 1, "2020-01-30"}, // over Tet
		{"2024-04-26", 1, "2024-05-02"}, // 29 April is exchanged
		{"2024-05-03", 1, "2024-05-04"}, // for this Saturday
		{"2020-07-13", -1, "2020-07-10"},
		{"2020-01-30", -2, "2020-01-21"},
	} {
		got := c.After(test.from, test.n)
		if test.n < 0 {
			got = c.Before(test.from, -test.n)
		}
		if got != test.want {
			t.Errorf("%d working days from %s: %s, want %s", test.n, test.from, got, test.want)
		}
	}
	if got := c.Before("2020-07-12", 0); got != "2020-07-10" {
		t.Errorf("a deadline on a Sunday is on the last working day before: %s, want 2020-07-10", got)
	}
}

func TestNobodyIsDisturbedInQuietHoursAndOnDaysOfRest(t *testing.T) {
	c := vietnam(t)
	for at, want := range map[string]bool{
		"2020-07-10 07:29": true, "2020-07-10 07:30": false, "2020-07-10 17:59": false, "2020-07-10 18:00": true,
		"2020-07-11 09:00": true, "2020-09-02 09:00": true,
	} {
		moment, err := time.ParseInLocation("2006-01-02 15:04", at, hanoi)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Silent(moment, hanoi); got != want {
			t.Errorf("at %s people are left in peace: %v, want %v", at, got, want)
		}
	}
}

// As many working days back as forward lead to the day itself, from any working day.
func TestBackIsTheWayForward(t *testing.T) {
	c := vietnam(t)
	rapid.Check(t, func(t *rapid.T) {
		day := c.After(clock.Date("2018-12-31").AddDays(rapid.IntRange(0, 2800).Draw(t, "day")), 1)
		n := rapid.IntRange(1, 40).Draw(t, "n")
		if got := c.Before(c.After(day, n), n); got != day {
			t.Fatalf("%d working days after %s and back: %s", n, day, got)
		}
	})
}
