package briefingui

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"giaoban/internal/part/briefing"
)

// tending is which briefings' rooms have to be looked after.
type tending struct {
	mu    sync.Mutex
	ids   map[int64]bool
	asked chan struct{}
}

func newTending() *tending { return &tending{ids: map[int64]bool{}, asked: make(chan struct{}, 1)} }

// want asks for a briefing's room to be looked after.
func (t *tending) want(id int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ids[id] = true
	select {
	case t.asked <- struct{}{}:
	default: // it was asked already
	}
}

func (t *tending) take() map[int64]bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	ids := t.ids
	t.ids = map[int64]bool{}
	return ids
}

// pace is how often rooms are looked after when nothing happens in their
// briefings: LiveKit may have started again meanwhile, and remembers nothing.
const pace = 2 * time.Second

// TendRooms keeps the rooms of briefings as the briefings say, until ctx ends.
func (s *Screens) TendRooms(ctx context.Context) {
	if s.Media == nil {
		return
	}
	around := time.NewTicker(pace)
	defer around.Stop()
	defer s.takes.all.Wait() // what is being recorded is on disk when the program ends
	for {
		select {
		case <-s.tends.asked:
		case <-around.C:
			s.lookAround(ctx)
		case <-ctx.Done():
			return
		}
		for id := range s.tends.take() {
			if err := s.tend(ctx, id); err != nil && ctx.Err() == nil {
				s.Log.DebugContext(ctx, "a room is not as its briefing says", "briefing", id, "error", err)
			}
		}
	}
}

// lookAround asks for the rooms of all briefings under way, and sees how crowded they are.
func (s *Screens) lookAround(ctx context.Context) {
	ids, err := s.underWay(ctx)
	if err != nil && ctx.Err() == nil {
		s.Log.ErrorContext(ctx, "finding the briefings under way", "error", err)
	}
	for _, id := range ids {
		s.tends.want(id)
	}
	if len(ids) == 0 {
		return
	}
	if err := s.lookAtCrowd(ctx); err != nil && ctx.Err() == nil {
		s.Log.DebugContext(ctx, "how crowded rooms are is not known", "error", err)
	}
}

// underWay are the briefings under way that have picture and sound.
func (s *Screens) underWay(ctx context.Context) (ids []int64, err error) {
	return ids, s.DB.View(ctx, func(tx *sql.Tx) error {
		list, err := briefing.UnderWay(ctx, tx)
		for _, b := range list {
			if b.Media {
				ids = append(ids, b.ID)
			}
		}
		return err
	})
}
