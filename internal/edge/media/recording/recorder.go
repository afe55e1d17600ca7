package recording

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"giaoban/internal/edge/media"
)

// Recorder records one briefing until it is stopped.
type Recorder struct {
	find     media.Finder
	briefing int64
	dir      string
	log      *slog.Logger
	timeline timeline

	changed chan struct{} // what is subscribed to may have to change
	end     context.CancelFunc
	done    chan struct{} // closed when all is on disk, or nothing more can be

	mu      sync.Mutex
	scene   Scene
	takes   map[*take]struct{}
	origins map[string]*origin
	lanes   map[string]*lane
	numbers map[string]int
	budget  budget
	err     error
}

// Start joins a briefing's room, seen by nobody, and records into a folder of its own. In
// the folder of an earlier recording it goes on: what was not recorded meanwhile is dark
// and silent. The context is for joining alone; its error is a fault that says so where
// there is no picture and sound now.
//
// A room that is lost is joined again. What cannot be written ends the recorder, and
// nothing else: see Done.
func Start(ctx context.Context, find media.Finder, briefing int64, dir string, scene Scene, log *slog.Logger) (*Recorder, error) {
	f, err := openFolder(dir)
	if err != nil {
		return nil, err
	}
	r := &Recorder{
		find: find, briefing: briefing, dir: dir, log: log.With("briefing", briefing), timeline: f.timeline, scene: scene,
		changed: make(chan struct{}, 1), done: make(chan struct{}),
		takes: map[*take]struct{}{}, origins: map[string]*origin{}, lanes: map[string]*lane{}, numbers: f.numbers,
		budget: budget{written: f.written},
	}
	room, err := r.join(ctx)
	if err != nil {
		return nil, err
	}
	running, end := context.WithCancel(context.WithoutCancel(ctx))
	r.end = end
	go r.run(running, room)
	return r, nil
}

// Direct changes the scene from now on.
func (r *Recorder) Direct(scene Scene) {
	r.mu.Lock()
	r.scene = scene
	r.recast()
	r.mu.Unlock()
	r.look()
}

// Stop ends the recording. When it returns without an error, all that was recorded is on disk
// and can be opened. The error is the one that had ended it before, if there was one.
func (r *Recorder) Stop(ctx context.Context) error {
	r.end()
	select {
	case <-r.done:
		return r.Err()
	case <-ctx.Done():
		return fmt.Errorf("waiting for the recorder: %w", ctx.Err())
	}
}

// Done is closed when the recorder has ended: it was stopped, its room was closed, or
// Err says why it cannot go on, as when the disk is full.
func (r *Recorder) Done() <-chan struct{} { return r.done }

// Err is why the recorder ended by itself; nil while it goes on, and when it was stopped.
func (r *Recorder) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

// Now is the media time of this moment.
func (r *Recorder) Now() time.Duration { return r.timeline.now() }

// fail ends the recorder for a reason; the first one is kept.
func (r *Recorder) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
		r.log.Error("the recording cannot go on", "error", err)
	}
	r.end()
}

// run keeps the recorder in the room and writes, until ctx ends; then the rest is written.
func (r *Recorder) run(ctx context.Context, first *presence) {
	defer close(r.done)
	var writing sync.WaitGroup
	writing.Go(func() { r.guard(func() { r.writeAll(ctx) }) })
	r.guard(func() { r.stay(ctx, first) })
	r.end()
	writing.Wait()
}

// guard has a panic of what lies below end the recorder and not the program.
func (r *Recorder) guard(do func()) {
	defer func() {
		if p := recover(); p != nil {
			r.fail(fmt.Errorf("the recorder broke: %v", p))
		}
	}()
	do()
}

// look has the subscriptions looked at again.
func (r *Recorder) look() {
	select {
	case r.changed <- struct{}{}:
	default: // it is asked for already
	}
}

// laneFor is the lane where a track goes now; nil is nowhere. The lock is held.
func (r *Recorder) laneFor(t *take) *lane {
	name := r.scene.lane(t.identity, t.kind)
	if name == soundLane {
		if r.numbers[t.identity] == 0 {
			r.numbers[t.identity] = len(r.numbers) + 1
		}
		name += strconv.Itoa(r.numbers[t.identity])
	}
	if name == "" {
		return nil
	}
	if r.lanes[name] == nil {
		r.lanes[name] = &lane{name: name, tape: &tape{dir: r.dir, lane: name}}
	}
	return r.lanes[name]
}

// recast has every lane show whoever is to be seen and heard there. The lock is held.
func (r *Recorder) recast() {
	now := r.timeline.now()
	who, lit := map[*lane]string{}, map[*lane]bool{}
	for t := range r.takes {
		l := r.laneFor(t)
		if l == nil {
			continue
		}
		lit[l] = lit[l] || t.picture() && !t.dark
		// Where two share a screen, it stays with whom it has.
		if s := l.now(); who[l] == "" || s != nil && s.identity == t.identity {
			who[l] = t.identity
		}
	}
	for _, l := range r.lanes {
		l.turn(who[l], now)
		if s := l.now(); s != nil {
			s.dark = !lit[l]
		}
	}
}

// record takes up the frames of a track.
func (r *Recorder) record(t *take, frames []frame, now time.Duration) {
	l := r.laneFor(t)
	if l == nil || l.now() == nil || l.now().identity != t.identity {
		return
	}
	s := l.now()
	for _, f := range frames {
		switch {
		case !f.picture:
			l.add(f, now)
		case r.budget.level == unseen:
			s.eye = nil
		case s.eye == t || f.key: // a picture begins with one that stands by itself
			s.eye = t
			l.add(f, now)
		default:
			t.wish(now, true)
		}
	}
	t.wish(now, false)
}
