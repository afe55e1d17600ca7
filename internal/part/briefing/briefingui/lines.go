package briefingui

import (
	"slices"
	"sync"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

// siteLine is how a site's line is, as its page tells every few seconds.
type siteLine struct {
	Grade string // one of grades; "gone" for one that was in the room and is not
	Mode  string // what the site still sees and hears: one of modes
	Loss  int    // packets of a thousand that are lost
	Trip  int    // there and back, milliseconds

	told time.Time // by the machine's clock, when the page last said so
}

var (
	grades = []string{"good", "weak", "bad"}
	modes  = []string{"full", "low", "sound", "board"}
)

const gone = "gone"

// unheard is after how long a site that tells nothing is gone: its page tells every four
// seconds. LiveKit waits longer for one whose line broke off.
const unheard = 12 * time.Second

// Said is the key of the word for the line; "" for one that is well.
func (l siteLine) Said() string {
	switch {
	case l.Grade == "" || l.Grade == gone:
		return l.Grade
	case l.Mode == "sound" || l.Mode == "board":
		return l.Mode
	case l.Grade == "good":
		return ""
	}
	return l.Grade
}

// Percent is what is lost, of a hundred.
func (l siteLine) Percent() int { return (l.Loss + 5) / 10 }

// lines are the lines of all sites, in memory alone, for whoever presides.
type lines struct {
	mu    sync.Mutex
	of    map[int64]map[tree.UnitID]siteLine
	moved map[int64]bool // briefings in which something changed since it was asked
}

func newLines() *lines {
	return &lines{of: map[int64]map[tree.UnitID]siteLine{}, moved: map[int64]bool{}}
}

// set keeps what a site says of its line.
func (l *lines) set(briefing int64, unit tree.UnitID, line siteLine) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of[briefing] == nil {
		l.of[briefing] = map[tree.UnitID]siteLine{}
	}
	if l.of[briefing][unit].Said() != line.Said() {
		l.moved[briefing] = true
	}
	l.of[briefing][unit] = line
}

// at is how a site's line is; the zero siteLine where nobody knows.
func (l *lines) at(briefing int64, unit tree.UnitID) siteLine {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.of[briefing][unit]
}

// count is how many sites of all briefings tell of their lines, and on how many of those it
// is not good.
func (l *lines) count() (told, poor int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, sites := range l.of {
		for _, line := range sites {
			if line.Grade == gone || line.Grade == "" {
				continue
			}
			told++
			if line.Grade != "good" {
				poor++
			}
		}
	}
	return told, poor
}

// keep says which sites are in the room now: the lines of others that were are gone, and
// those of which nothing was heard for too long.
func (l *lines) keep(briefing int64, there []tree.UnitID, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of[briefing] == nil {
		l.of[briefing] = map[tree.UnitID]siteLine{}
	}
	for _, unit := range there {
		if _, known := l.of[briefing][unit]; !known {
			l.of[briefing][unit] = siteLine{told: now} // it will tell soon, or not
		}
	}
	for unit, line := range l.of[briefing] {
		if line.Grade != gone && (!slices.Contains(there, unit) || now.Sub(line.told) > unheard) {
			l.of[briefing][unit] = siteLine{Grade: gone}
			l.moved[briefing] = true
		}
	}
}

// forget forgets a briefing that is over.
func (l *lines) forget(briefing int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.of, briefing)
	delete(l.moved, briefing)
}

// take says whether a word changed since it was last asked.
func (l *lines) take(briefing int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	moved := l.moved[briefing]
	delete(l.moved, briefing)
	return moved
}

// takeLine takes what a site's page says of its line.
func (s *Screens) takeLine(r *web.Request) error {
	id, unit, err := s.atDevice(r)
	if fault.Is(err, fault.TooLate) { // the meeting is over, of which the page hears in its own way
		return r.JSON(map[string]bool{"done": false})
	}
	if err != nil {
		return err
	}
	form, err := r.Posted("line")
	if err != nil {
		return err
	}
	line := siteLine{Grade: form.Text("grade"), Mode: form.Text("mode"), Loss: int(min(number(form, "loss"), 1000)), Trip: int(min(number(form, "trip"), 60_000)), told: s.Machine.Now()}
	if !slices.Contains(grades, line.Grade) || !slices.Contains(modes, line.Mode) || line.Loss < 0 || line.Trip < 0 {
		return fault.New(fault.Invalid, "web.unreadable")
	}
	s.lines.set(id, unit, line)
	return r.JSON(map[string]bool{"done": true})
}
