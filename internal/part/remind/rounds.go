package remind

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/org"
	"giaoban/internal/part/task"
)

// atOnce is how many reminders one transaction makes: whoever writes waits for it.
const atOnce = 2000

// Rounds makes the reminders that are due.
type Rounds struct {
	Ledger *ledger.Ledger
	Boards *board.Boards // up to date: who owes a report is read there
	Tasks  *task.Index   // up to date too
	Tree   *tree.Tree
}

// round is what a day's reminders are made by.
type round struct {
	rules *profile.Profile
	day   clock.Date
	after int64 // the newest reminder of the round before
}

// Due gives the day whose reminders are to be made by the business clock: once a
// working day, after the quiet hours; "" while none are.
func (r Rounds) Due(ctx context.Context) (clock.Date, error) {
	due, err := r.due(ctx)
	return due.day, err
}

func (r Rounds) due(ctx context.Context) (round, error) {
	q := r.Ledger.DB().Reader()
	rules, err := org.Profile(ctx, q)
	if fault.Is(err, fault.NotFound) {
		return round{}, nil
	}
	if err != nil {
		return round{}, err
	}
	now := r.Ledger.Now()
	today := clock.DateOf(now, rules.Location())
	last, after, err := lastRound(ctx, q)
	if err != nil || last >= today || rules.Calendar().Silent(now, rules.Location()) {
		return round{}, err
	}
	return round{rules, today, after}, nil
}

// Make makes the reminders that are due and says how many those were; while none are it
// does nothing. What a process that died has left out is made by the next, and nothing
// is made twice.
func (r Rounds) Make(ctx context.Context) (made int, err error) {
	due, err := r.due(ctx)
	if err != nil || due.day == "" {
		return 0, err
	}
	list, err := r.gather(ctx, r.Ledger.DB().Reader(), newPlan(due.rules, due.day))
	if err != nil {
		return 0, err
	}
	if made, err = r.writeAll(ctx, list); err != nil {
		return made, err
	}
	return made, r.done(ctx, due.day, due.after)
}

// writeAll makes reminders, some in each transaction.
func (r Rounds) writeAll(ctx context.Context, list []Reminder) (made int, err error) {
	for part := range slices.Chunk(list, atOnce) {
		n, err := r.write(ctx, part)
		if err != nil {
			return made, err
		}
		made += n
	}
	return made, nil
}

// write makes some reminders in one transaction.
func (r Rounds) write(ctx context.Context, part []Reminder) (n int, err error) {
	_, err = r.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		for i := range part {
			part[i].MadeAt = tx.Now()
		}
		made, err := add(ctx, tx, part)
		if err != nil {
			return err
		}
		n = len(made)
		return tell(tx, WereMade, made)
	})
	return n, err
}

var errMade = errors.New("the day's reminders are made")

// done notes that the day's reminders are made, unless another process has.
func (r Rounds) done(ctx context.Context, today clock.Date, after int64) error {
	_, err := r.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		var to int64
		if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(id), 0) FROM reminder`).Scan(&to); err != nil {
			return fmt.Errorf("finding the newest reminder: %w", err)
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO reminder_round (day, made_at, last_id) VALUES ($1, $2, $3) ON CONFLICT (day) DO NOTHING`,
			today, store.Micro(tx.Now()), to)
		if err != nil {
			return fmt.Errorf("noting the day's reminders: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(errMade, err)
		}
		root, _ := r.Tree.Root()
		return tx.Append(ledger.New{Unit: int64(root.ID), Kind: RoundDone, Subject: subject, Payload: Round{Day: today, After: after, To: to}})
	})
	if errors.Is(err, errMade) {
		return nil
	}
	return err
}

// lastRound is the newest day whose reminders are made, and the newest of them. A clock
// that was set back makes none of that day, or of one before it, again.
func lastRound(ctx context.Context, q store.Querier) (day clock.Date, newest int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT day, last_id FROM reminder_round ORDER BY day DESC LIMIT 1`).Scan(&day, &newest)
	if err != nil && !store.Missing(err) {
		return "", 0, fmt.Errorf("reading when reminders were made: %w", err)
	}
	return day, newest, nil
}

// due gives a reminder the stage that is due today, or says that none is.
func (r Reminder) due(p *plan) (Reminder, bool) {
	found := p.of(r.Deadline)
	if !found.due {
		return r, false
	}
	r.Stage = found.step.Stage
	r.cause = fmt.Sprintf("%s until %s, %s %d", r.thing(), r.Deadline, r.Stage, found.step.Days)
	return r, true
}

// thing names what is owed, whoever owes it.
func (r Reminder) thing() string {
	if r.Directive != 0 {
		return fmt.Sprintf("%s %d/%s/%s", r.What, r.Directive, r.Milestone, r.Level)
	}
	return fmt.Sprintf("%s %d", r.What, r.About)
}
