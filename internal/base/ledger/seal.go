package ledger

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"giaoban/internal/base/store"
)

// seal gives the transaction's events their positions and writes them; last is
// the position of the last. It must be the last thing before the commit: from
// here on all others who write wait. SQLite has one writer anyway; what
// PostgreSQL does goes with the commit, and last is known once that is done.
func (tx *Tx) seal(ctx context.Context, last *int64) (ending store.Statement, err error) {
	if len(tx.events) == 0 {
		return store.Statement{}, nil
	}
	random := make([]byte, saltSize*len(tx.events))
	if _, err := rand.Read(random); err != nil {
		return store.Statement{}, fmt.Errorf("making salt: %w", err)
	}
	salts := make([][]byte, len(tx.events))
	for i := range salts {
		salts[i] = random[i*saltSize : (i+1)*saltSize]
	}
	if tx.engine == store.Postgres {
		return sealing(tx.events, salts, last), nil
	}
	return store.Statement{}, tx.sealHere(ctx, salts, last)
}

// sealHere moves the head and inserts the events.
func (tx *Tx) sealHere(ctx context.Context, salts [][]byte, last *int64) error {
	var newest int64
	for _, e := range tx.events {
		newest = max(newest, e.Time.UnixMicro())
	}
	var at int64 // the time of the event before
	err := tx.QueryRowContext(ctx, `UPDATE ledger_head SET position = position + $1, before = time,
		time = CASE WHEN time < $2 THEN $2 ELSE time END WHERE id = 1 RETURNING position, before`,
		len(tx.events), newest).Scan(last, &at)
	if err != nil {
		return fmt.Errorf("taking the head: %w", err)
	}
	rows := make([]row, len(tx.events))
	first := *last - int64(len(tx.events)) + 1
	for i, e := range tx.events {
		at = max(at, e.Time.UnixMicro())
		e.Position, e.Time = first+int64(i), time.UnixMicro(at).UTC()
		rows[i] = row{event: e, salt: salts[i], leaf: e.leaf(salts[i])}
	}
	return tx.insert(ctx, rows)
}

// insert inserts events with their payloads.
func (tx *Tx) insert(ctx context.Context, rows []row) error {
	for at := 0; at < len(rows); at += store.Batch {
		part := rows[at:min(at+store.Batch, len(rows))]
		events, payloads := make([]any, 0, 7*len(part)), make([]any, 0, 3*len(part))
		for _, r := range part {
			e := r.event
			events = append(events, e.Position, e.Time.UnixMicro(), e.Actor, e.Unit, string(e.Kind), e.Subject, r.leaf[:])
			payloads = append(payloads, e.Position, r.salt, string(e.Payload))
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO event (position, time, actor, unit, kind, subject, leaf) VALUES `+
			store.Places(len(part), 7), events...); err != nil {
			return fmt.Errorf("inserting events: %w", err)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO event_payload (position, salt, payload) VALUES `+
			store.Places(len(part), 3), payloads...); err != nil {
			return fmt.Errorf("inserting payloads: %w", err)
		}
	}
	return nil
}

// sealAtOnce moves the head and inserts the events in one statement, so that the
// head is held for no round trip at all. Only the database knows position and
// time then, and so it makes the leaf: tail is the rest of the record that
// Event.record writes, and a leaf's hash begins with a zero (RFC 6962).
const sealAtOnce = `WITH head AS (
	UPDATE ledger_head SET position = position + cardinality($1::bigint[]), before = time, time = GREATEST(time, $2)
	WHERE id = 1 RETURNING position, position - cardinality($1::bigint[]) AS begin, before
), sealed AS (
	SELECT head.begin + new.number AS position, GREATEST(head.before, new.time) AS time,
		new.actor, new.unit, new.kind, new.subject, new.salt, new.payload, new.tail
	FROM head, unnest($1::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::bytea[], $8::text[], $9::text[])
		WITH ORDINALITY AS new (time, actor, unit, kind, subject, salt, payload, tail, number)
), inserted AS (
	INSERT INTO event (position, time, actor, unit, kind, subject, leaf)
	SELECT position, time, actor, unit, kind, subject,
		sha256('\x00'::bytea || convert_to('` + recordVersion + `' || E'\n' || position || E'\n' || time || tail, 'UTF8'))
	FROM sealed
), kept AS (
	INSERT INTO event_payload (position, salt, payload) SELECT position, salt, payload FROM sealed
)
SELECT position FROM head`

// sealing is sealAtOnce for these events.
func sealing(events []Event, salts [][]byte, last *int64) store.Statement {
	n := len(events)
	times, units := make([]int64, n), make([]int64, n)
	actors, kinds, subjects, payloads, tails := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	var newest int64
	for i, e := range events {
		newest = max(newest, e.Time.UnixMicro())
		times[i], units[i] = newest, e.Unit
		actors[i], kinds[i], subjects[i], payloads[i] = e.Actor, string(e.Kind), e.Subject, string(e.Payload)
		tails[i] = e.tail(hashPayload(salts[i], e.Payload))
	}
	return store.Statement{
		Query: sealAtOnce,
		Args:  []any{times, newest, actors, units, kinds, subjects, salts, payloads, tails},
		Into:  []any{last},
	}
}
