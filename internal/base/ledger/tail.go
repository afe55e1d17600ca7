package ledger

import (
	"context"
	"slices"
	"sync"
)

// mostTail is how many events a tail keeps: those of a moment or two. Who is further
// behind reads for himself.
const mostTail = 256

// tail is the newest of the log as this process read it last. All who follow the log
// want the same of it at the same moment: one reads it for all.
type tail struct {
	mu     sync.Mutex // held while it is read, so that the others find it read
	after  int64      // position before the first
	events []Event
}

// Tail gives up to limit events after a position, in order, as [After] does outside a
// transaction. They are shared with others who follow the log: nobody changes them.
func (l *Ledger) Tail(ctx context.Context, position int64, limit int) ([]Event, error) {
	t := &l.tail
	t.mu.Lock()
	defer t.mu.Unlock()
	if known := t.past(position); len(known) > 0 {
		return known[:min(limit, len(known))], nil
	}
	events, err := After(ctx, l.db.Reader(), position, limit)
	if err != nil {
		return nil, err
	}
	t.take(position, events)
	return events, nil
}

func isErasure(e Event) bool { return e.Kind == Erased }

// past is what it has after a position, as far as nothing is missing in between.
func (t *tail) past(position int64) []Event {
	if at := position - t.after; at >= 0 && at < int64(len(t.events)) {
		return t.events[at:]
	}
	return nil
}

// forget drops what is kept: payloads of it were erased.
func (t *tail) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.after, t.events = 0, nil
}

// take adds what was read after a position. What is older than an erasure by another
// process is dropped.
func (t *tail) take(position int64, read []Event) {
	end := t.after + int64(len(t.events))
	if len(read) == 0 || position < end {
		return // one who is behind reads what is no tail
	}
	erased := slices.ContainsFunc(read, isErasure)
	if position > end || erased {
		t.after, t.events = position, nil
	}
	// Made anew each time: others hold what it was.
	kept := slices.Concat(t.events, read)
	over := max(0, len(kept)-mostTail)
	t.after, t.events = t.after+int64(over), kept[over:]
}
