package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"giaoban/internal/base/store"
)

// row is an event with what proves it.
type row struct {
	event  Event
	salt   []byte // nil once erased
	leaf   tlog.Hash
	erased bool      // it has no payload any more
	hash   tlog.Hash // of salt and payload: kept when they were erased; zeros when it was not
}

// proven is the record that the event's own bytes make, and its leaf. ok is
// false where the payload is gone and nothing was kept of it: then the leaf is
// the stored one.
func (r row) proven() (record []byte, leaf tlog.Hash, ok bool) {
	hash := r.hash
	switch {
	case !r.erased:
		hash = hashPayload(r.salt, r.event.Payload)
	case hash == tlog.Hash{}:
		return nil, r.leaf, false
	}
	record = r.event.record(hash)
	return record, tlog.RecordHash(record), true
}

const selectRows = `SELECT e.position, e.time, e.actor, e.unit, e.kind, e.subject, e.leaf, p.salt, p.payload
	FROM event e LEFT JOIN event_payload p ON p.position = e.position `

const (
	// The payloads are bounded, too: PostgreSQL may merge both tables in the order of their
	// positions, and without a bound it begins at the first payload that there is.
	whereAfter   = `AND p.position > $1 WHERE e.position > $1 ORDER BY e.position LIMIT $2`
	whereBetween = `AND p.position > $1 WHERE e.position > $1 AND e.position <= $2 ORDER BY e.position LIMIT $3`
	whereAbout   = `WHERE e.subject = $1 ORDER BY e.position`
)

func queryRows(ctx context.Context, q store.Querier, where string, args ...any) ([]row, error) {
	found, err := q.QueryContext(ctx, selectRows+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading the log: %w", err)
	}
	defer found.Close()
	var rows []row
	for found.Next() {
		var r row
		var at int64
		var leaf []byte
		var payload sql.NullString
		e := &r.event
		if err := found.Scan(&e.Position, &at, &e.Actor, &e.Unit, &e.Kind, &e.Subject, &leaf, &r.salt, &payload); err != nil {
			return nil, fmt.Errorf("reading event %d: %w", e.Position, err)
		}
		e.Time = time.UnixMicro(at).UTC()
		r.leaf = hashOf(leaf)
		if r.erased = !payload.Valid; !r.erased {
			e.Payload = []byte(payload.String)
		}
		rows = append(rows, r)
	}
	if err := found.Err(); err != nil {
		return nil, fmt.Errorf("reading the log: %w", err)
	}
	return rows, nil
}

// hashOf is a stored hash. One that was shortened or lengthened gives zeros,
// which fit nothing.
func hashOf(stored []byte) tlog.Hash {
	if len(stored) != tlog.HashSize {
		return tlog.Hash{}
	}
	return tlog.Hash(stored)
}

// After gives up to limit events after a position, in order.
func After(ctx context.Context, q store.Querier, position int64, limit int) ([]Event, error) {
	rows, err := queryRows(ctx, q, whereAfter, position, limit)
	return events(rows), err
}

// About gives the events of a subject, as "report:123", in order.
func About(ctx context.Context, q store.Querier, subject string) ([]Event, error) {
	rows, err := queryRows(ctx, q, whereAbout, subject)
	return events(rows), err
}

// LastAbout is the position of the newest event of a subject; 0 when there is none.
func LastAbout(ctx context.Context, q store.Querier, subject string) (position int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT COALESCE(MAX(position), 0) FROM event WHERE subject = $1`, subject).Scan(&position)
	if err != nil {
		return 0, fmt.Errorf("reading the log about %s: %w", subject, err)
	}
	return position, nil
}

// At gives the event at a position; ok is false when there is none.
func At(ctx context.Context, q store.Querier, position int64) (e Event, ok bool, err error) {
	rows, err := queryRows(ctx, q, `WHERE e.position = $1`, position)
	if err != nil || len(rows) == 0 {
		return Event{}, false, err
	}
	return rows[0].event, true, nil
}

// LeafAt gives the leaf of the event at a position; ok is false when there is none.
func LeafAt(ctx context.Context, q store.Querier, position int64) (leaf tlog.Hash, ok bool, err error) {
	var stored []byte
	err = q.QueryRowContext(ctx, `SELECT leaf FROM event WHERE position = $1`, position).Scan(&stored)
	if store.Missing(err) {
		return tlog.Hash{}, false, nil
	}
	if err != nil {
		return tlog.Hash{}, false, fmt.Errorf("reading the leaf of event %d: %w", position, err)
	}
	return hashOf(stored), true, nil
}

// Head gives the last event's position and time; 0 and the zero time in an
// empty log.
func Head(ctx context.Context, q store.Querier) (int64, time.Time, error) {
	var position, at int64
	err := q.QueryRowContext(ctx, `SELECT position, time FROM ledger_head WHERE id = 1`).Scan(&position, &at)
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("reading the log's head: %w", err)
	}
	if position == 0 {
		return 0, time.Time{}, nil
	}
	return position, time.UnixMicro(at).UTC(), nil
}

// PositionAt is the position of the last event not later than t; 0 when all are
// later.
func PositionAt(ctx context.Context, q store.Querier, t time.Time) (int64, error) {
	var position int64
	err := q.QueryRowContext(ctx, selectPositionAt, t.UnixMicro()).Scan(&position)
	if err != nil && !store.Missing(err) {
		return 0, fmt.Errorf("finding the position at %s: %w", t, err)
	}
	return position, nil
}

// selectPositionAt goes down the index to one entry. Time never goes back, so
// the last event by time is the last by position.
const selectPositionAt = `SELECT position FROM event WHERE time <= $1 ORDER BY time DESC, position DESC LIMIT 1`

// Times gives when the events after a position and up to another happened, in order;
// fewer where the log ends before.
func Times(ctx context.Context, q store.Querier, after, to int64) ([]time.Time, error) {
	rows, err := q.QueryContext(ctx, `SELECT time FROM event WHERE position > $1 AND position <= $2 ORDER BY position`, after, to)
	if err != nil {
		return nil, fmt.Errorf("reading the times of events %d to %d: %w", after+1, to, err)
	}
	defer rows.Close()
	var list []time.Time
	for rows.Next() {
		var at int64
		if err := rows.Scan(&at); err != nil {
			return nil, fmt.Errorf("reading the time of an event: %w", err)
		}
		list = append(list, time.UnixMicro(at).UTC())
	}
	return list, rows.Err()
}

func events(rows []row) []Event {
	list := make([]Event, len(rows))
	for i, r := range rows {
		list[i] = r.event
	}
	return list
}
