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

const (
	insertEvents   = `INSERT INTO event (position, time, actor, unit, kind, subject, leaf) VALUES `
	insertPayloads = `INSERT INTO event_payload (position, salt, payload) VALUES `
)

// insert inserts events with their payloads, all but what the last statement
// inserts, which it gives.
func insert(ctx context.Context, tx *sql.Tx, engine store.Engine, rows []row) (last store.Statement, err error) {
	for len(rows) > 0 {
		n := min(store.Batch, len(rows))
		statements := inserting(engine, rows[:n])
		rows = rows[n:]
		if len(rows) == 0 {
			last = statements[len(statements)-1]
			statements = statements[:len(statements)-1]
		}
		for _, s := range statements {
			if _, err := tx.ExecContext(ctx, s.Query, s.Args...); err != nil {
				return store.Statement{}, fmt.Errorf("inserting events: %w", err)
			}
		}
	}
	return last, nil
}

// inserting are the statements that insert events with their payloads. On
// PostgreSQL it is one, for the sake of the round trips; SQLite, which has no
// such statement, has none.
func inserting(engine store.Engine, rows []row) []store.Statement {
	n := len(rows)
	events, payloads := make([]any, 0, 10*n), make([]any, 0, 3*n)
	for _, r := range rows {
		e := r.event
		events = append(events, e.Position, e.Time.UnixMicro(), e.Actor, e.Unit, string(e.Kind), e.Subject, r.leaf[:])
		payloads = append(payloads, e.Position, r.salt, string(e.Payload))
	}
	if engine == store.Postgres {
		both := `WITH inserted AS (` + insertEvents + store.Places(n, 7) + `) ` + insertPayloads + store.PlacesAfter(7*n, n, 3)
		return []store.Statement{{Query: both, Args: append(events, payloads...)}}
	}
	return []store.Statement{
		{Query: insertEvents + store.Places(n, 7), Args: events},
		{Query: insertPayloads + store.Places(n, 3), Args: payloads},
	}
}

const selectRows = `SELECT e.position, e.time, e.actor, e.unit, e.kind, e.subject, e.leaf, p.salt, p.payload
	FROM event e LEFT JOIN event_payload p ON p.position = e.position `

const (
	whereAfter   = `WHERE e.position > $1 ORDER BY e.position LIMIT $2`
	whereBetween = `WHERE e.position > $1 AND e.position <= $2 ORDER BY e.position LIMIT $3`
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

func events(rows []row) []Event {
	list := make([]Event, len(rows))
	for i, r := range rows {
		list[i] = r.event
	}
	return list
}
