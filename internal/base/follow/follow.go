package follow

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Schema is the followers' cursors.
//
//go:embed schema
var Schema embed.FS

const (
	batch = 1000
	// look is how often a follower looks for events that another process wrote.
	look = time.Second
	// rest is how long a durable follower waits before it writes again: each time
	// costs a commit, which on SQLite keeps everybody else from writing.
	rest = 100 * time.Millisecond
)

// Reader follows the ledger in memory.
type Reader struct {
	ledger *ledger.Ledger
	apply  func([]ledger.Event) error

	applying sync.Mutex // one goroutine at a time catches up

	mu       sync.Mutex // of what follows
	position int64
	moved    chan struct{} // closed, and made anew, when position changes
}

// NewReader returns a reader that has seen the ledger up to position; apply
// gets the events after it, in order, each once. Events that it gives an error
// for are given to it again.
func NewReader(l *ledger.Ledger, position int64, apply func([]ledger.Event) error) *Reader {
	return &Reader{ledger: l, apply: apply, position: position, moved: make(chan struct{})}
}

// Position is that of the last event that was applied.
func (r *Reader) Position() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.position
}

// Wait returns when the event at position has been applied, or with ctx's error.
func (r *Reader) Wait(ctx context.Context, position int64) error {
	for {
		r.mu.Lock()
		reached, moved := r.position >= position, r.moved
		r.mu.Unlock()
		if reached {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// CatchUp applies what is in the ledger now and returns. It may be called while
// Run is at work.
func (r *Reader) CatchUp(ctx context.Context) error {
	for {
		if n, err := r.step(ctx); err != nil || n == 0 {
			return err
		}
	}
}

// Run keeps up with the ledger until ctx ends. What fails is tried again.
func (r *Reader) Run(ctx context.Context) { keepUp(ctx, r.ledger, 0, r.keepUp) }

// keepUp is CatchUp for who is woken when there is more: it does not look once more
// whether there is.
func (r *Reader) keepUp(ctx context.Context) error {
	for {
		n, err := r.step(ctx)
		if err != nil || n == 0 || n < batch && r.Position() >= r.ledger.Known() {
			return err
		}
	}
}

// step applies the next n events.
func (r *Reader) step(ctx context.Context) (n int, err error) {
	r.applying.Lock()
	defer r.applying.Unlock()
	events, err := r.ledger.Tail(ctx, r.Position(), batch)
	if err != nil || len(events) == 0 {
		return 0, err
	}
	if err := r.apply(events); err != nil {
		return 0, fmt.Errorf("applying events from %d: %w", events[0].Position, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.position = events[len(events)-1].Position
	close(r.moved)
	r.moved = make(chan struct{})
	return len(events), nil
}

// Durable is a follower whose effect is in the database.
type Durable struct {
	Name   string
	Ledger *ledger.Ledger
	// Begin gives the position that a follower which is new has seen; nil for the
	// beginning of the log.
	Begin func(context.Context, *sql.Tx) (int64, error)
	// Apply does what must happen because of the events, in the transaction in
	// which the cursor moves past them.
	Apply func(context.Context, *sql.Tx, []ledger.Event) error
}

// Run keeps up with the ledger until ctx ends. What fails is tried again.
func (d Durable) Run(ctx context.Context) {
	keepUp(ctx, d.Ledger, rest, d.CatchUp)
}

// CatchUp applies what is in the ledger now and returns. The cursor's row is
// locked while it does, so that of several processes one works at a time.
func (d Durable) CatchUp(ctx context.Context) error {
	for {
		behind, err := d.behind(ctx)
		if err != nil || !behind {
			return err
		}
		if err := d.Ledger.DB().Update(ctx, func(tx *sql.Tx) error { return d.step(ctx, tx) }); err != nil {
			return fmt.Errorf("follower %s: %w", d.Name, err)
		}
	}
}

// behind looks without writing whether there is anything to do.
func (d Durable) behind(ctx context.Context) (bool, error) {
	q := d.Ledger.DB().Reader()
	var cursor int64
	err := q.QueryRowContext(ctx, `SELECT position FROM follower WHERE name = $1`, d.Name).Scan(&cursor)
	if err != nil && !store.Missing(err) {
		return false, fmt.Errorf("reading the cursor of %s: %w", d.Name, err)
	}
	head, _, err := ledger.Head(ctx, q)
	return cursor < head, err
}

func (d Durable) step(ctx context.Context, tx *sql.Tx) error {
	var cursor int64
	err := tx.QueryRowContext(ctx,
		`INSERT INTO follower (name, position) VALUES ($1, 0)
		 ON CONFLICT (name) DO UPDATE SET position = follower.position RETURNING position`, d.Name).Scan(&cursor)
	if err != nil {
		return fmt.Errorf("taking the cursor: %w", err)
	}
	if cursor == 0 && d.Begin != nil {
		if cursor, err = d.Begin(ctx, tx); err != nil {
			return err
		}
	}
	events, err := ledger.After(ctx, tx, cursor, batch)
	if err != nil {
		return err
	}
	if len(events) == 0 {
		return d.move(ctx, tx, cursor)
	}
	if err := d.Apply(ctx, tx, events); err != nil {
		return err
	}
	return d.move(ctx, tx, events[len(events)-1].Position)
}

func (d Durable) move(ctx context.Context, tx *sql.Tx, position int64) error {
	if _, err := tx.ExecContext(ctx, `UPDATE follower SET position = $1 WHERE name = $2`, position, d.Name); err != nil {
		return fmt.Errorf("moving the cursor: %w", err)
	}
	return nil
}

// keepUp catches up whenever events were committed, with a rest in between.
func keepUp(ctx context.Context, l *ledger.Ledger, rest time.Duration, catchUp func(context.Context) error) {
	for ctx.Err() == nil {
		awake := l.Awake()
		if err := catchUp(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "a follower of the ledger stumbles and will try again", "error", err)
			awake = nil // new events do not mend it: try at the next look
		}
		if rest > 0 {
			select {
			case <-time.After(rest):
			case <-ctx.Done():
			}
		}
		select {
		case <-awake:
		case <-time.After(look):
		case <-ctx.Done():
		}
	}
}

// Cursors are how far the durable followers are, by name.
func Cursors(ctx context.Context, q store.Querier) (map[string]int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT name, position FROM follower`)
	if err != nil {
		return nil, fmt.Errorf("reading the followers' cursors: %w", err)
	}
	defer rows.Close()
	cursors := map[string]int64{}
	for rows.Next() {
		var name string
		var position int64
		if err := rows.Scan(&name, &position); err != nil {
			return nil, fmt.Errorf("reading a follower's cursor: %w", err)
		}
		cursors[name] = position
	}
	return cursors, rows.Err()
}
