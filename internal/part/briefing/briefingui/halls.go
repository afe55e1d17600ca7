package briefingui

import (
	"context"
	"fmt"
	"sync"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/briefing"
)

// halls are those of briefings as they were read last. Every change of who may be where is an event
// about its briefing: a hall holds until the next. So what each of hundreds of sites asks every few
// seconds does not read all sites each time.
type halls struct {
	mu sync.Mutex
	of map[int64]heldHall
}

type heldHall struct {
	position int64 // of the newest event about the briefing
	hall     briefing.Hall
}

func newHalls() *halls { return &halls{of: map[int64]heldHall{}} }

// at is the hall of a briefing as it is now.
func (h *halls) at(ctx context.Context, q store.Querier, id int64) (briefing.Hall, error) {
	position, err := ledger.LastAbout(ctx, q, fmt.Sprintf("briefing:%d", id))
	if err != nil {
		return briefing.Hall{}, err
	}
	h.mu.Lock()
	held := h.of[id]
	h.mu.Unlock()
	if position > 0 && held.position == position {
		return held.hall, nil
	}
	hall, err := briefing.HallOf(ctx, q, id)
	if err != nil {
		return hall, err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.of[id].position < position { // another may have read a newer one
		h.of[id] = heldHall{position, hall}
	}
	return hall, nil
}

// forget forgets a briefing that is over.
func (h *halls) forget(id int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.of, id)
}
