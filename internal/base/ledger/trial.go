package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Attempt runs fn in the transaction. When fn fails, what it wrote and the events
// it appended are taken back and its error is returned; the transaction itself
// goes on.
func (tx *Tx) Attempt(ctx context.Context, fn func() error) error {
	events, now := len(tx.events), tx.now
	if _, err := tx.ExecContext(ctx, `SAVEPOINT attempt`); err != nil {
		return fmt.Errorf("beginning an attempt: %w", err)
	}
	failed := fn()
	if failed == nil {
		if _, err := tx.ExecContext(ctx, `RELEASE SAVEPOINT attempt`); err != nil {
			return fmt.Errorf("keeping an attempt: %w", err)
		}
		return nil
	}
	tx.events, tx.now = tx.events[:events], now
	for _, undo := range [...]string{`ROLLBACK TO SAVEPOINT attempt`, `RELEASE SAVEPOINT attempt`} {
		if _, err := tx.ExecContext(ctx, undo); err != nil {
			return fmt.Errorf("taking back an attempt that failed with %w: %w", failed, err)
		}
	}
	return failed
}

// errTried takes back a trial that went well.
var errTried = errors.New("only tried")

// Trial runs fn as if it were another moment, and takes back all that it wrote: it
// tells what an act would do, or how it would be refused.
func (tx *Tx) Trial(ctx context.Context, at time.Time, fn func() error) error {
	now := tx.now
	defer func() { tx.now = now }()
	err := tx.Attempt(ctx, func() error {
		tx.SetNow(at)
		if err := fn(); err != nil {
			return err
		}
		return errTried
	})
	if errors.Is(err, errTried) {
		return nil
	}
	return err
}
