package ledger_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
)

// morning is when the tests' clock begins.
var morning = time.Date(2020, time.July, 10, 1, 0, 0, 0, time.UTC)

// world is an empty log whose clock stands still.
type world struct {
	*testing.T
	*ledger.Ledger
	clock *clock.Manual
	key   ledger.Key
}

// each runs a test on both engines.
func each(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) {
		db, err := store.Open(t.Context(), url, ledger.Schema)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		key, err := ledger.LoadKey(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		manual := clock.NewManual(morning)
		test(t, &world{t, ledger.Open(db, manual), manual, key})
	})
}

// ok ends the test on an error.
func (w *world) ok(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// happened is an event with a small payload.
func happened(n int) ledger.New {
	return ledger.New{Unit: int64(n % 3), Kind: "test.happened", Subject: fmt.Sprintf("test:%d", n%5), Payload: map[string]int{"n": n}}
}

// append commits n events in one transaction and returns the last position.
func (w *world) append(n int) int64 {
	w.Helper()
	last, err := w.Update(w.Context(), "person:7", func(tx *ledger.Tx) error {
		for i := range n {
			if err := tx.Append(happened(i)); err != nil {
				return err
			}
		}
		return nil
	})
	w.ok(err)
	return last
}

// head is the position of the last event.
func (w *world) head() int64 {
	w.Helper()
	last, _, err := ledger.Head(w.Context(), w.DB().Reader())
	w.ok(err)
	return last
}

// events is the whole log.
func (w *world) events() []ledger.Event {
	w.Helper()
	events, err := ledger.After(w.Context(), w.DB().Reader(), 0, 1_000_000)
	w.ok(err)
	return events
}

// grow extends the tree of proofs to a position, signed by key.
func (w *world) grow(key ledger.Key, position int64) {
	w.Helper()
	w.ok(w.DB().Update(w.Context(), func(tx *sql.Tx) error {
		return ledger.Grow(w.Context(), tx, key.Signer, position)
	}))
}

// run runs statements behind the program's back.
func (w *world) run(statements ...string) {
	w.Helper()
	w.ok(w.DB().Update(w.Context(), func(tx *sql.Tx) error {
		for _, statement := range statements {
			if _, err := tx.ExecContext(w.Context(), statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	}))
}

// verify verifies the log; see may be nil.
func (w *world) verify(see func(ledger.Event) error) ledger.Result {
	w.Helper()
	var result ledger.Result
	w.ok(w.DB().View(w.Context(), func(tx *sql.Tx) (err error) {
		result, err = ledger.Verify(w.Context(), tx, w.key.Verifier, see)
		return err
	}))
	return result
}

// poll calls look until ctx ends.
func poll(ctx context.Context, look func()) {
	for ctx.Err() == nil {
		look()
	}
}
