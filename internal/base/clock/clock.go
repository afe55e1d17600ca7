package clock

import (
	"sync"
	"time"
)

// Clock tells the present moment.
type Clock interface {
	// Now is the present moment in UTC, whole microseconds, as the database
	// keeps it.
	Now() time.Time
}

// Machine is the clock of the machine.
var Machine Clock = machine{}

type machine struct{}

func (machine) Now() time.Time { return Trim(time.Now()) }

// Trim gives t in UTC with whole microseconds, the precision that is stored.
func Trim(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// From returns a clock that stands at start now and ticks on with the machine.
func From(start time.Time) Clock {
	return offset{by: time.Until(start)}
}

type offset struct{ by time.Duration }

func (o offset) Now() time.Time { return Trim(time.Now().Add(o.by)) }

// Manual is a clock that moves only when it is told to: for tests, and for
// recording a history that happened at known moments.
type Manual struct {
	mu  sync.Mutex
	now time.Time
}

// NewManual returns a clock that stands at t.
func NewManual(t time.Time) *Manual { return &Manual{now: Trim(t)} }

// Now is the moment that was last set.
func (m *Manual) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// Set moves the clock to t, forward or back.
func (m *Manual) Set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = Trim(t)
}

// Advance moves the clock by d and returns the new moment.
func (m *Manual) Advance(d time.Duration) time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = Trim(m.now.Add(d))
	return m.now
}
