package task

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// RenewCalendar gives the actor a new secret for the address of the own calendar; the
// one before leads nowhere from then on. The secret itself is kept nowhere, and shown
// once. Forbidden: nobody is behind the actor.
func RenewCalendar(ctx context.Context, tx *ledger.Tx, actor access.Actor) (secret string, err error) {
	if actor.Person == 0 {
		return "", fault.New(fault.Forbidden, "access.refused")
	}
	secret = rand.Text()
	_, err = tx.ExecContext(ctx, `INSERT INTO task_calendar (person_id, code, made_at) VALUES ($1, $2, $3)
		ON CONFLICT (person_id) DO UPDATE SET code = excluded.code, made_at = excluded.made_at`, actor.Person, hashOf(secret), store.Micro(tx.Now()))
	if err != nil {
		return "", fmt.Errorf("renewing the calendar's address of person %d: %w", actor.Person, err)
	}
	return secret, nil
}

func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// CalendarOf gives the person to whom a secret belongs. NotFound: to nobody.
func CalendarOf(ctx context.Context, q store.Querier, secret string) (person int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT person_id FROM task_calendar WHERE code = $1`, hashOf(secret)).Scan(&person)
	if store.Missing(err) {
		return 0, notFound()
	}
	if err != nil {
		return 0, fmt.Errorf("finding whose calendar is asked for: %w", err)
	}
	return person, nil
}

// CalendarMade says since when a person has an address for the calendar; zero for none.
func CalendarMade(ctx context.Context, q store.Querier, person int64) (time.Time, error) {
	var made int64
	err := q.QueryRowContext(ctx, `SELECT made_at FROM task_calendar WHERE person_id = $1`, person).Scan(&made)
	if err != nil && !store.Missing(err) {
		return time.Time{}, fmt.Errorf("reading the calendar's address of person %d: %w", person, err)
	}
	return store.Moment(made), nil
}
