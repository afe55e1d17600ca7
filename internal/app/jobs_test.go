package app_test

import (
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
)

// However often it is asked for, a day's reminders are one job, which the program does
// while it serves.
func TestADaysRemindersAreOneJob(t *testing.T) {
	s := serveDemoAt(t, "", clock.NewManual(time.Date(2020, 7, 13, 2, 0, 0, 0, time.UTC)))
	count := func(query string) (n int) {
		t.Helper()
		if err := s.DB.Reader().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for range 3 {
		if err := app.AskForRound(s.App, t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for count(`SELECT COUNT(*) FROM reminder_round WHERE day = '2020-07-13'`) == 0 {
		if t.Context().Err() != nil {
			t.Fatal("no reminders were made")
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := app.AskForRound(s.App, t.Context()); err != nil {
		t.Fatal(err)
	}
	if jobs := count(`SELECT COUNT(*) FROM river_job WHERE kind = 'reminders'`); jobs != 1 {
		t.Errorf("%d jobs made the day's reminders, want one", jobs)
	}
	if reminders := count(`SELECT COUNT(*) FROM reminder`); reminders == 0 {
		t.Error("the day has no reminders")
	}
}
