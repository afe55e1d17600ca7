package letter

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/store"
)

// Due gives at most so many letters that are to be sent at a moment of the machine's
// clock, the oldest first.
func Due(ctx context.Context, q store.Querier, now time.Time, most int) ([]Letter, error) {
	return read(ctx, q, `WHERE state = 'waiting' AND due_at <= $1 ORDER BY id LIMIT $2`, store.Micro(now), most)
}

// WasSent says that a server has taken a letter.
func WasSent(ctx context.Context, tx store.Querier, id int64, at time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE letter SET state = 'sent', attempts = attempts + 1, sent_at = $1, trouble = '', said = '' WHERE id = $2`, store.Micro(at), id)
	if err != nil {
		return fmt.Errorf("noting that letter %d was sent: %w", id, err)
	}
	return nil
}

// mostSaid is how much is kept of what a server said, in characters.
const mostSaid = 300

// WasNotSent says why a letter was not sent, and when, by the machine's clock, it is
// tried again: never where that is zero.
func WasNotSent(ctx context.Context, tx store.Querier, id int64, why Trouble, said string, again time.Time) error {
	state := Waiting
	if again.IsZero() {
		state = Failed
	}
	_, err := tx.ExecContext(ctx, `UPDATE letter SET state = $1, attempts = attempts + 1, due_at = $2, trouble = $3, said = $4 WHERE id = $5 AND state = 'waiting'`,
		state, store.Micro(again), why, short(said), id)
	if err != nil {
		return fmt.Errorf("noting that letter %d was not sent: %w", id, err)
	}
	return nil
}

// Waits says why a letter waits though it is due: it is no attempt on this letter.
func Waits(ctx context.Context, tx store.Querier, id int64, why Trouble, said string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE letter SET trouble = $1, said = $2 WHERE id = $3 AND state = 'waiting'`, why, short(said), id); err != nil {
		return fmt.Errorf("noting why letter %d waits: %w", id, err)
	}
	return nil
}

func short(said string) string {
	if letters := []rune(said); len(letters) > mostSaid {
		return string(letters[:mostSaid])
	}
	return said
}

// Tally is how the outbox stands.
type Tally struct {
	Waiting int // not sent yet
	Stuck   int // of those, how many were tried in vain
	Sent    int
	Failed  int       // for good
	Why     Trouble   // of one that was tried in vain
	Oldest  time.Time // when the one that waits longest was written, by the business clock; zero for none
}

// Count counts the outbox.
func Count(ctx context.Context, q store.Querier) (t Tally, err error) {
	var oldest int64
	err = q.QueryRowContext(ctx, `SELECT COALESCE(SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN state = 'waiting' AND trouble <> '' THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN state = 'sent' THEN 1 ELSE 0 END), 0),
		COALESCE(MIN(CASE WHEN state = 'waiting' THEN made_at END), 0),
		COALESCE(MAX(CASE WHEN state = 'waiting' THEN trouble ELSE '' END), '') FROM letter`).Scan(&t.Waiting, &t.Stuck, &t.Failed, &t.Sent, &oldest, &t.Why)
	if err != nil {
		return t, fmt.Errorf("counting letters: %w", err)
	}
	t.Oldest = store.Moment(oldest)
	return t, nil
}
