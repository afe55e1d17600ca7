package briefingui

import (
	"testing"
	"time"

	"giaoban/internal/base/tree"
)

func TestASiteOfWhichNothingIsHeardIsGone(t *testing.T) {
	now := time.Date(2020, time.July, 10, 1, 0, 0, 0, time.UTC)
	l := newLines()
	l.set(1, 27, siteLine{Grade: "good", Mode: "full", told: now})
	l.set(1, 4, siteLine{Grade: "good", Mode: "full", told: now})
	l.take(1)
	here := []tree.UnitID{27, 4}

	l.keep(1, here, now.Add(unheard))
	if l.take(1) || l.at(1, 27).Said() != "" {
		t.Errorf("just in time: %q, want nothing said", l.at(1, 27).Said())
	}
	l.set(1, 4, siteLine{Grade: "good", Mode: "full", told: now.Add(unheard)})
	l.keep(1, here, now.Add(unheard+time.Second))
	if !l.take(1) || l.at(1, 27).Said() != gone || l.at(1, 4).Said() != "" {
		t.Errorf("too late: %q and %q, want the silent one gone alone", l.at(1, 27).Said(), l.at(1, 4).Said())
	}
	l.set(1, 27, siteLine{Grade: "good", Mode: "full", told: now.Add(time.Minute)})
	if !l.take(1) || l.at(1, 27).Said() != "" {
		t.Errorf("heard again: %q, want nothing said", l.at(1, 27).Said())
	}
}
