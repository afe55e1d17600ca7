package clock_test

import (
	"sync"
	"testing"
	"time"

	"giaoban/internal/base/clock"
)

var morning = time.Date(2020, time.July, 10, 8, 0, 0, 0, time.FixedZone("+07", 7*60*60))

func TestMomentsAreWholeMicrosecondsInUTC(t *testing.T) {
	fine := morning.Add(1234567 * time.Nanosecond)
	want := time.Date(2020, time.July, 10, 1, 0, 0, 1234000, time.UTC)
	if got := clock.Trim(fine); got != want {
		t.Errorf("Trim(%s) = %s, want %s", fine, got, want)
	}
	for name, c := range map[string]clock.Clock{
		"the machine's clock": clock.Machine, "a clock from a moment": clock.From(fine), "a manual clock": clock.NewManual(fine),
	} {
		now := c.Now()
		if now.Location() != time.UTC || now != now.Truncate(time.Microsecond) {
			t.Errorf("%s says %v, want UTC and whole microseconds", name, now)
		}
	}
}

func TestTheMachinesClockIsTheMachines(t *testing.T) {
	before := time.Now().Truncate(time.Microsecond)
	now := clock.Machine.Now()
	if now.Before(before) || now.After(time.Now()) {
		t.Errorf("the machine's clock says %s, not between %s and now", now, before)
	}
}

func TestAClockFromAMomentTicksOn(t *testing.T) {
	began := time.Now()
	c := clock.From(morning)
	first := c.Now()
	if first.Before(clock.Trim(morning)) {
		t.Errorf("the clock begins at %s, before %s", first, morning)
	}
	var last time.Time
	for last = c.Now(); !last.After(first); last = c.Now() { // a microsecond passes soon
	}
	if passed := time.Since(began); last.Sub(morning) > passed {
		t.Errorf("the clock moved by %s while %s passed", last.Sub(morning), passed)
	}
}

func TestAManualClockMovesOnlyWhenTold(t *testing.T) {
	c := clock.NewManual(morning)
	if got := c.Now(); !got.Equal(morning) {
		t.Errorf("a new clock says %s, want %s", got, morning)
	}
	if got, want := c.Advance(90*time.Minute), morning.Add(90*time.Minute); !got.Equal(want) || !c.Now().Equal(want) {
		t.Errorf("after 90 minutes Advance gave %s and the clock says %s, want %s", got, c.Now(), want)
	}
	back := morning.AddDate(0, -1, 0)
	c.Set(back)
	if got := c.Now(); !got.Equal(back) {
		t.Errorf("set back, the clock says %s, want %s", got, back)
	}
}

func TestAManualClockIsMovedByMany(t *testing.T) {
	c := clock.NewManual(morning)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				c.Advance(time.Second)
			}
		})
	}
	all.Wait()
	if got, want := c.Now(), morning.Add(800*time.Second); !got.Equal(want) {
		t.Errorf("after 800 steps of a second the clock says %s, want %s", got, want)
	}
}
