package briefingui

import (
	"context"
	"math"
	"sync"

	"giaoban/internal/edge/media"
)

// crowd is how crowded the rooms of all briefings are, which one LiveKit carries; in memory alone, and
// nobody's fault.
type crowd struct {
	meter media.Meter // for whoever tends the rooms alone

	mu  sync.Mutex
	now media.Crowd
}

// at is the crowd now.
func (c *crowd) at() media.Crowd {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// look looks once more, and says whether everybody is to take another layer now.
func (c *crowd) look(process, told, poor int) (moved bool) {
	l := media.Look{Told: told, Poor: poor}
	l.Busy, l.Media = c.meter.Look(process)
	c.mu.Lock()
	defer c.mu.Unlock()
	before := c.now
	c.now = before.After(l)
	return c.now.Step != before.Step
}

// lookAtCrowd looks at how crowded the rooms are; what changes is pushed to all of them.
func (s *Screens) lookAtCrowd(ctx context.Context) error {
	there, err := s.Media()
	if err != nil {
		return err // nothing is carried; it is looked at when it is back
	}
	told, poor := s.lines.count()
	if !s.crowd.look(there.Process, told, poor) {
		return nil
	}
	now := s.crowd.at()
	s.Log.InfoContext(ctx, "pictures are so many layers smaller for all", "layers", int(now.Step), "because", now.Because,
		"busy", now.Seen.Busy, "media", now.Seen.Media, "sites", now.Seen.Told, "poor", now.Seen.Poor)
	ids, err := s.underWay(ctx)
	for _, id := range ids {
		if err := s.push(id); err != nil {
			return err
		}
	}
	return err
}

// Busy is of a hundred what was in use of the processors when pictures grew smaller, and
// Carrying what picture and sound had of that.
func (p stagePage) Busy() int { return int(math.Round(100 * p.Crowd.Seen.Busy)) }

// Carrying is told at Busy.
func (p stagePage) Carrying() int { return int(math.Round(100 * p.Crowd.Seen.Media)) }
