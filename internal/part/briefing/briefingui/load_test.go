package briefingui

import (
	"testing"
	"time"

	"giaoban/internal/base/fault"
)

func TestNobodyMeasuresWithoutEnd(t *testing.T) {
	l, now := newLoads(), time.Date(2020, 7, 9, 8, 0, 0, 0, time.UTC)
	for range mostLoads {
		done, err := l.take(1, now)
		if err != nil {
			t.Fatal(err)
		}
		done()
	}
	if _, err := l.take(1, now); !fault.Is(err, fault.Unavailable) {
		t.Errorf("load %d in a minute: %v, want unavailable", mostLoads+1, err)
	}
	if done, err := l.take(2, now); err != nil {
		t.Errorf("somebody else is refused: %v", err)
	} else {
		done()
	}
	var open []func()
	for range atOnce {
		done, err := l.take(3, now.Add(loadsWindow))
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, done)
	}
	if _, err := l.take(1, now.Add(loadsWindow)); !fault.Is(err, fault.Unavailable) {
		t.Errorf("load %d at once: %v, want unavailable", atOnce+1, err)
	}
	open[0]()
	if _, err := l.take(1, now.Add(loadsWindow)); err != nil {
		t.Errorf("a place that was given back is not taken: %v", err)
	}
}
