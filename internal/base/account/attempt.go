package account

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
)

// Somebody who types a password or code wrongly too often waits: this many
// wrong attempts within AttemptWindow of the first.
const (
	AttemptWindow = 15 * time.Minute

	pairMost    = 5  // at one login from one address
	loginMost   = 20 // at one login from anywhere: fewer would let anybody lock a leader out
	addressMost = 50 // at any login from one address: a whole office may stand behind one
	personMost  = 5  // at one's own password, to sign or to change it
	codeMost    = 10 // at invitation or set-up codes from one address
)

// quota is how many attempts a target allows.
type quota struct {
	target string
	most   int64
}

// count counts an attempt against each quota, before the attempt is checked, so
// that a hundred at once are counted too. A quota that is used up is a fault of
// kind Unavailable that tells after how many minutes to come again.
func count(ctx context.Context, db *store.DB, now time.Time, quotas ...quota) error {
	var until time.Time
	err := db.Update(ctx, func(tx *sql.Tx) error {
		for _, q := range quotas {
			since, n, err := countOne(ctx, tx, now, q.target)
			if err != nil {
				return err
			}
			if end := since.Add(AttemptWindow); n > q.most && end.After(until) {
				until = end
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("counting an attempt: %w", err)
	}
	if until.IsZero() {
		return nil
	}
	minutes := int((until.Sub(now) + time.Minute - 1) / time.Minute)
	return fault.New(fault.Unavailable, "account.wait", "n", max(1, minutes))
}

func countOne(ctx context.Context, tx *sql.Tx, now time.Time, target string) (since time.Time, n int64, err error) {
	var stored int64
	err = tx.QueryRowContext(ctx, `INSERT INTO attempt (target, since, count) VALUES ($1, $2, 1)
		ON CONFLICT (target) DO UPDATE SET
			count = CASE WHEN attempt.since <= $3 THEN 1 ELSE attempt.count + 1 END,
			since = CASE WHEN attempt.since <= $3 THEN excluded.since ELSE attempt.since END
		RETURNING since, count`, target, store.Micro(now), store.Micro(now.Add(-AttemptWindow))).Scan(&stored, &n)
	return store.Moment(stored), n, err
}

// forgive takes back what a right attempt counted: all of its own targets, and
// one at the address, which others share.
func forgive(ctx context.Context, tx *sql.Tx, now time.Time, address string, own ...string) error {
	for _, target := range own {
		if _, err := tx.ExecContext(ctx, `DELETE FROM attempt WHERE target = $1`, target); err != nil {
			return fmt.Errorf("forgetting attempts: %w", err)
		}
	}
	if address != "" {
		if _, err := tx.ExecContext(ctx, `UPDATE attempt SET count = count - 1 WHERE target = $1 AND count > 0`, address); err != nil {
			return fmt.Errorf("taking back an attempt: %w", err)
		}
	}
	// Only what nobody counts against at this moment is cleared: two transactions
	// that take the same rows in different orders would wait for each other.
	if _, err := tx.ExecContext(ctx, `DELETE FROM attempt WHERE since <= $1`, store.Micro(now.Add(-24*time.Hour))); err != nil {
		return fmt.Errorf("clearing old attempts: %w", err)
	}
	return nil
}
