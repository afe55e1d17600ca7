package letter

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// mostAtOnce is how many letters one job carries: over one connection, one after
// another.
const mostAtOnce = 50

// Unentrusted gives letters that wait and that no job carries yet, the oldest first,
// as many as one job takes.
func Unentrusted(ctx context.Context, q store.Querier) ([]int64, error) {
	return numbers(ctx, q, `SELECT id FROM letter WHERE state = 'waiting' AND job_id = 0 ORDER BY id LIMIT $1`, mostAtOnce)
}

// Entrust gives letters to a job to be carried, as far as no other has them.
func Entrust(ctx context.Context, tx store.Querier, letters []int64, job int64) error {
	args := []any{job}
	for _, id := range letters {
		args = append(args, id)
	}
	_, err := tx.ExecContext(ctx, `UPDATE letter SET job_id = $1 WHERE job_id = 0 AND id IN (`+store.PlacesAfter(1, len(letters), 1)+`)`, args...)
	if err != nil {
		return fmt.Errorf("entrusting letters to job %d: %w", job, err)
	}
	return nil
}

// Entrusted gives the letters that a job still has to carry, the oldest first.
func Entrusted(ctx context.Context, q store.Querier, job int64) ([]Letter, error) {
	return read(ctx, q, `WHERE job_id = $1 AND state = 'waiting' ORDER BY id`, job)
}

// Carriers gives the jobs that have letters to carry.
func Carriers(ctx context.Context, q store.Querier) ([]int64, error) {
	return numbers(ctx, q, `SELECT DISTINCT job_id FROM letter WHERE state = 'waiting' AND job_id <> 0`)
}

// TakeFrom takes the letters that still wait from a job that will not carry them.
func TakeFrom(ctx context.Context, tx store.Querier, job int64) error {
	if _, err := tx.ExecContext(ctx, `UPDATE letter SET job_id = 0 WHERE job_id = $1 AND state = 'waiting'`, job); err != nil {
		return fmt.Errorf("taking letters from job %d: %w", job, err)
	}
	return nil
}

// Waits says whether a letter is still to be carried by a job.
func (l Letter) Waits(ctx context.Context, q store.Querier) (bool, error) {
	found, err := numbers(ctx, q, `SELECT id FROM letter WHERE id = $1 AND job_id = $2 AND state = 'waiting'`, l.ID, l.Job)
	return len(found) > 0, err
}

func numbers(ctx context.Context, q store.Querier, query string, args ...any) (list []int64, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("looking for letters: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, fmt.Errorf("looking for letters: %w", err)
		}
		list = append(list, n)
	}
	return list, rows.Err()
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

// Miss is why a letter was not sent.
type Miss struct {
	Address string // that was tried; "" for none
	Why     Trouble
	Said    string    // by the server
	Again   time.Time // when, by the machine's clock, it is tried again; zero for never
}

// WasNotSent notes why a letter was not sent. An address that is refused for good is
// noted with its person, who is not written to until it is another.
func WasNotSent(ctx context.Context, tx *ledger.Tx, l Letter, m Miss) error {
	state := Waiting
	if m.Again.IsZero() {
		state = Failed
	}
	_, err := tx.ExecContext(ctx, `UPDATE letter SET state = $1, attempts = attempts + 1, due_at = $2, trouble = $3, said = $4 WHERE id = $5 AND state = 'waiting'`,
		state, store.Micro(m.Again), m.Why, short(m.Said), l.ID)
	if err != nil {
		return fmt.Errorf("noting that letter %d was not sent: %w", l.ID, err)
	}
	if m.Why != Address || m.Address == "" || l.Kind.forReader() {
		return nil
	}
	return account.AddressRefused(ctx, tx, l.Person, m.Address, short(m.Said))
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
