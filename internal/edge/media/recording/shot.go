package recording

import (
	"slices"
	"time"
)

// Frames are written a window at a time, and late enough that what is on its way has arrived.
const (
	windowLength = time.Second
	grace        = 800 * time.Millisecond
	early        = time.Second // how far ahead of now a frame may claim to be
)

// shot is one stretch of a lane: the same identity, something of it live all along.
type shot struct {
	identity string
	from     time.Duration
	until    time.Duration // 0 while it goes on
	written  time.Duration // all before is in windows
	frames   []frame       // not yet in a window, as they came
	eye      any           // the track whose pictures are taken
	dark     bool          // nobody shows a picture
}

// lane is what becomes of one lane while it is recorded.
type lane struct {
	name  string
	shots []*shot // the last may go on; those before end
	tape  *tape
}

// now is the shot that goes on; nil when there is none.
func (l *lane) now() *shot {
	if len(l.shots) == 0 || l.shots[len(l.shots)-1].until != 0 {
		return nil
	}
	return l.shots[len(l.shots)-1]
}

// turn has the lane show an identity from a moment on; "" is nobody.
func (l *lane) turn(identity string, at time.Duration) {
	current := l.now()
	if current != nil && current.identity == identity {
		return
	}
	if current != nil {
		current.until = max(at, current.written, current.from+time.Millisecond)
		at = current.until
	}
	if n := len(l.shots); n > 0 {
		at = max(at, l.shots[n-1].until)
	}
	if identity != "" {
		l.shots = append(l.shots, &shot{identity: identity, from: at, written: at, dark: true})
	}
}

// add takes up a frame, unless it comes too late or claims to come from afar.
func (l *lane) add(f frame, now time.Duration) {
	current := l.now()
	if current != nil && f.at >= current.written && f.at <= now+early {
		current.frames = append(current.frames, f)
	}
}

// window is a piece of a shot that is ready to be written.
type window struct {
	identity    string
	from, until time.Duration
	frames      []frame // in order; a picture before the sound of its moment
	first, last bool    // of its shot
	dark        bool
}

// due takes out all windows that end before a moment, or all that there is.
func (l *lane) due(now time.Duration) (ready []window) {
	for len(l.shots) > 0 {
		s := l.shots[0]
		end := now - grace
		if s.until != 0 {
			end = min(end, s.until)
		}
		for s.written < end && (end-s.written >= windowLength || end == s.until) {
			ready = append(ready, s.cut(min(s.written+windowLength, end)))
		}
		if s.until == 0 || s.written < s.until {
			return ready
		}
		l.shots = l.shots[1:]
	}
	return ready
}

func (s *shot) cut(until time.Duration) window {
	w := window{identity: s.identity, from: s.written, until: until, first: s.written == s.from, last: until == s.until, dark: s.dark}
	var later []frame
	for _, f := range s.frames {
		switch {
		case f.at >= until:
			later = append(later, f)
		case f.at >= s.written:
			w.frames = append(w.frames, f)
		}
	}
	slices.SortStableFunc(w.frames, before)
	s.frames, s.written = later, until
	return w
}

// before orders frames: by their moment, a picture before the sound.
func before(a, b frame) int {
	switch {
	case milliseconds(a.at) != milliseconds(b.at):
		return int(milliseconds(a.at) - milliseconds(b.at))
	case a.picture == b.picture:
		return 0
	case a.picture:
		return -1
	}
	return 1
}
