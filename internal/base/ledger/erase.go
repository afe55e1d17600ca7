package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
)

// Erased is the kind of the event of an erasure; its payload is [Erasure].
const Erased Kind = "ledger.erased"

// Erasure is the payload of Erased: whose payloads are gone, and why.
type Erasure struct {
	Positions []int64 `json:"positions"`
	Reason    string  `json:"reason"`
}

// longestReason is the most letters that the reason of an erasure may have.
const longestReason = 500

// Erase erases payloads with their salts and appends the event that says so. Of
// each only the salted hash is kept: who did what and when is still proven. What
// is erased already is left out; when nothing is left nothing is appended.
//
// The part that owns the events calls it, with the kinds that it declares
// erasable, and erases in the same transaction what its own rows hold of the
// same. An event of another kind is an error: figures, signatures and decisions
// are never erased. A missing reason is a fault of kind Invalid at "reason".
func (tx *Tx) Erase(ctx context.Context, erasable []Kind, positions []int64, reason string) error {
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "":
		return fault.New(fault.Invalid, "ledger.erase.reason").At("reason")
	case len([]rune(reason)) > longestReason:
		return fault.New(fault.Invalid, "ledger.erase.reason-long", "limit", longestReason).At("reason")
	}
	var gone []int64
	for _, position := range positions {
		erased, err := tx.eraseOne(ctx, erasable, position)
		if err != nil {
			return fmt.Errorf("erasing the payload of event %d: %w", position, err)
		}
		if erased {
			gone = append(gone, position)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return tx.Append(New{Kind: Erased, Subject: "ledger", Payload: Erasure{gone, reason}})
}

func (tx *Tx) eraseOne(ctx context.Context, erasable []Kind, position int64) (bool, error) {
	rows, err := queryRows(ctx, tx, `WHERE e.position = $1`, position)
	if err != nil || len(rows) == 0 || rows[0].erased {
		return false, err
	}
	r := rows[0]
	if !slices.Contains(erasable, r.event.Kind) {
		return false, fmt.Errorf("an event of kind %s is never erased", r.event.Kind)
	}
	if _, leaf, _ := r.proven(); leaf != r.leaf {
		return false, fmt.Errorf("the event was altered: erasing it would hide that")
	}
	// Written over first: a row that is only deleted lies readable in SQLite's
	// file until its page is used again.
	_, err = tx.ExecContext(ctx, `UPDATE event_payload SET salt = $1, payload = $2 WHERE position = $3`,
		make([]byte, len(r.salt)), strings.Repeat(" ", len(r.event.Payload)), position)
	if err != nil {
		return false, err
	}
	result, err := tx.ExecContext(ctx, `DELETE FROM event_payload WHERE position = $1`, position)
	if err != nil {
		return false, err
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return false, err // somebody else erased it meanwhile
	}
	hash := hashPayload(r.salt, r.event.Payload)
	_, err = tx.ExecContext(ctx, `INSERT INTO ledger_erasure (position, hash) VALUES ($1, $2)`, position, hash[:])
	return err == nil, err
}

// keptHashes fills in what was kept of the payloads that are erased in rows.
func keptHashes(ctx context.Context, q store.Querier, rows []row) error {
	for i := range rows {
		if !rows[i].erased {
			continue
		}
		var hash []byte
		err := q.QueryRowContext(ctx, `SELECT hash FROM ledger_erasure WHERE position = $1`, rows[i].event.Position).Scan(&hash)
		if err != nil && !store.Missing(err) {
			return fmt.Errorf("reading what is left of event %d: %w", rows[i].event.Position, err)
		}
		rows[i].hash = hashOf(hash)
	}
	return nil
}

// erasures is what verification learns of erased payloads.
type erasures struct {
	gone map[int64]bool  // positions without a payload, of which a hash was kept
	by   map[int64]int64 // the event that says so, by position
}

// take takes an erasing event up.
func (s *erasures) take(e Event) error {
	var said Erasure
	if err := e.Decode(&said); err != nil {
		return err
	}
	if s.by == nil {
		s.by = map[int64]int64{}
	}
	for _, position := range said.Positions {
		if _, twice := s.by[position]; !twice && position < e.Position {
			s.by[position] = e.Position
		}
	}
	return nil
}

// ErasedEvent is an event whose payload was erased, and the event that says so.
type ErasedEvent struct {
	Position, By int64
}

// erased compares what is gone with what events say is gone.
func (v *verification) erased() {
	for position := range v.erasures.gone {
		if _, said := v.erasures.by[position]; !said {
			v.find(position, "verify.vanished")
		}
	}
	for position, by := range v.erasures.by {
		if !v.erasures.gone[position] {
			v.find(position, "verify.unerased")
			continue
		}
		v.result.Erased = append(v.result.Erased, ErasedEvent{position, by})
	}
	slices.SortFunc(v.result.Erased, func(a, b ErasedEvent) int { return int(a.Position - b.Position) })
}
