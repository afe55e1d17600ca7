package briefingui

import (
	"context"
	"os"
	"slices"
	"sync"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/media"
	"giaoban/internal/edge/media/recording"
	"giaoban/internal/part/briefing"
)

// A node that records says so for holds, and again once less than renews is left: one
// that is gone is taken over from after that.
const (
	holds  = 10 * time.Second
	renews = 6 * time.Second
)

// stopping is how long the end of a recording may take.
const stopping = 10 * time.Second

// takes are the recordings that this process makes.
type takes struct {
	node    string // how this node is named among others: the same when it starts again
	mu      sync.Mutex
	running map[int64]*take
	all     sync.WaitGroup
}

// take is one recording while it is being made.
type take struct {
	scenes chan recording.Scene // the newest that has not been directed yet
	last   recording.Scene
	stop   context.CancelFunc
	until  time.Time // by the machine's clock: this node holds it
}

func newTakes(folder string) *takes {
	host, err := os.Hostname()
	if err != nil {
		host = "localhost" // then nodes are told apart by their folders alone
	}
	return &takes{node: host + ":" + folder, running: map[int64]*take{}}
}

// direct has the meeting recorded, or no longer, as the briefing says: the floor and
// the chair as they are now.
func (s *Screens) direct(ctx context.Context, h briefing.Hall, people []media.Person) error {
	id := h.Briefing.ID
	if !h.Recording.Runs(h.Briefing) {
		return s.cut(ctx, id)
	}
	scene := sceneOf(h, people)
	s.takes.mu.Lock()
	running := s.takes.running[id]
	s.takes.mu.Unlock()
	if held, err := s.hold(ctx, id, running); err != nil || !held {
		if running != nil && err == nil {
			running.stop() // another node does
		}
		return err
	}
	if running == nil {
		s.roll(ctx, id, scene)
		return nil
	}
	if running.last != scene {
		running.last = scene
		select {
		case <-running.scenes: // nobody needs it any more
		default:
		}
		running.scenes <- scene
	}
	return nil
}

// sceneOf is who is to be recorded large and who as the chair: the chair, a secretary
// in that place, or the host's own room.
func sceneOf(h briefing.Hall, people []media.Person) (scene recording.Scene) {
	if speaker := h.Speaker(); speaker != 0 {
		scene.Floor = media.SiteIdentity(speaker)
	}
	scene.Host = media.SiteIdentity(h.Briefing.Unit)
	leading := []string{media.PersonIdentity(h.Briefing.Chair.ID)}
	for _, secretary := range h.Briefing.Secretaries {
		leading = append(leading, media.PersonIdentity(secretary.ID))
	}
	scene.Chair = leading[0]
	for _, identity := range append(leading, media.SiteIdentity(h.Briefing.Unit)) {
		if slices.ContainsFunc(people, func(p media.Person) bool { return p.Identity == identity }) {
			scene.Chair = identity
			break
		}
	}
	return scene
}

// hold keeps the recording for this node.
func (s *Screens) hold(ctx context.Context, id int64, running *take) (held bool, err error) {
	now := s.Machine.Now()
	if running != nil && now.Before(running.until.Add(-renews)) {
		return true, nil
	}
	_, err = s.Ledger.Update(ctx, "program", func(tx *ledger.Tx) (err error) {
		held, err = briefing.HoldRecording(ctx, tx, id, s.takes.node, now, now.Add(holds))
		return err
	})
	if running != nil && held {
		running.until = now.Add(holds)
	}
	return held, err
}

// roll begins a recording, or goes on with the one that lies there.
func (s *Screens) roll(ctx context.Context, id int64, scene recording.Scene) {
	ctx, stop := context.WithCancel(ctx)
	t := &take{scenes: make(chan recording.Scene, 1), last: scene, stop: stop, until: s.Machine.Now().Add(holds)}
	s.takes.mu.Lock()
	s.takes.running[id] = t
	s.takes.mu.Unlock()
	s.takes.all.Go(func() {
		defer stop()
		if err := s.make(ctx, id, scene, t.scenes); err != nil {
			s.Log.ErrorContext(ctx, "recording a briefing", "briefing", id, "error", err)
		}
		s.takes.mu.Lock()
		delete(s.takes.running, id) // whoever tends the room begins anew where it should go on
		s.takes.mu.Unlock()
		s.tends.want(id)
	})
}

// make makes a recording until it is told to stop, or cannot go on.
func (s *Screens) make(ctx context.Context, id int64, first recording.Scene, scenes <-chan recording.Scene) error {
	recorder, err := recording.Start(ctx, s.Media, id, s.folder(id), first, s.Log)
	if err != nil {
		return err
	}
	for {
		select {
		case scene := <-scenes:
			recorder.Direct(scene)
		case <-recorder.Done():
			return recorder.Err()
		case <-ctx.Done():
			ending, done := context.WithTimeout(context.WithoutCancel(ctx), stopping)
			defer done()
			return recorder.Stop(ending)
		}
	}
}

// cut ends a recording that this process makes, and lets another node have it.
func (s *Screens) cut(ctx context.Context, id int64) error {
	s.takes.mu.Lock()
	running := s.takes.running[id]
	s.takes.mu.Unlock()
	if running == nil {
		return nil
	}
	running.stop()
	_, err := s.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error { return briefing.LetRecordingGo(ctx, tx, id, s.takes.node) })
	return err
}
