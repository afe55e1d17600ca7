package report_test

import (
	"testing"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/part/report"
)

func TestMarksMeanWhatTheyMeanOnABoard(t *testing.T) {
	version := func(state report.State) report.Report { return report.Report{ID: 1, State: state} }
	nothing := report.Standing{}
	waiting := report.Standing{Newest: version(report.Waiting)}
	returned := report.Standing{Newest: version(report.SentBack)}
	corrected := report.Standing{Newest: version(report.Waiting), Accepted: version(report.Done)}
	cases := []struct {
		what     string
		standing report.Standing
		today    clock.Date
		want     report.Mark
	}{
		{"nothing, long before", nothing, "2020-06-22", report.MarkNone},
		{"nothing, seven days before", nothing, "2020-06-23", report.MarkSoon},
		{"nothing, on the day", nothing, "2020-06-30", report.MarkSoon},
		{"nothing, the day after", nothing, "2020-07-01", report.MarkLate},
		{"returned after the deadline is late again", returned, "2020-07-01", report.MarkLate},
		{"waiting is never late", waiting, "2020-07-01", report.MarkWaiting},
		{"done while a correction waits", corrected, "2020-07-01", report.MarkDone},
	}
	for _, c := range cases {
		if got := c.standing.Mark("2020-06-30", c.today, 7); got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, got, c.want)
		}
	}
	if got := nothing.Mark("", "2020-07-01", 7); got != report.MarkNone {
		t.Errorf("without a deadline: got %s, want %s", got, report.MarkNone)
	}
}

func TestSentLateBeginsAtMidnightOfTheZone(t *testing.T) {
	hanoi := time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)
	for _, c := range []struct {
		at   time.Time
		want bool
	}{
		{time.Date(2020, 6, 30, 16, 59, 59, 0, time.UTC), false},
		{time.Date(2020, 6, 30, 17, 0, 0, 0, time.UTC), true},
	} {
		if got := (report.Report{SubmittedAt: c.at}).SentLate("2020-06-30", hanoi); got != c.want {
			t.Errorf("sent at %s: late %v, want %v", c.at, got, c.want)
		}
	}
}
