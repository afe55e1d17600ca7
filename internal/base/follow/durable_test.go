package follow_test

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// note writes the events' positions into the table seen.
func note(ctx context.Context, tx *sql.Tx, events []ledger.Event) error {
	for _, e := range events {
		if _, err := tx.ExecContext(ctx, `INSERT INTO seen (position) VALUES ($1)`, e.Position); err != nil {
			return err
		}
	}
	return nil
}

// noted is the table seen.
func noted(t *testing.T, q store.Querier) []int64 {
	t.Helper()
	rows, err := q.QueryContext(t.Context(), `SELECT position FROM seen ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []int64
	for rows.Next() {
		var position int64
		if err := rows.Scan(&position); err != nil {
			t.Fatal(err)
		}
		list = append(list, position)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestADurableFollowerGoesOnWhereItStopped(t *testing.T) {
	each(t, func(t *testing.T, open func() *ledger.Ledger) {
		l := open()
		var last int64
		for range 3 {
			last = write(t, l, 700)
			for range 2 { // there is nothing to do at the second time
				if err := (follow.Durable{Name: "note", Ledger: open(), Apply: note}).CatchUp(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		if diff := cmp.Diff(upTo(1, last), noted(t, l.DB().Reader())); diff != "" {
			t.Errorf("positions (-want +got):\n%s", diff)
		}
	})
}

func TestFollowersOfDifferentNamesDoNotKnowEachOther(t *testing.T) {
	each(t, func(t *testing.T, open func() *ledger.Ledger) {
		l := open()
		last := write(t, l, 2)
		for _, name := range []string{"one", "two"} {
			if err := (follow.Durable{Name: name, Ledger: l, Apply: note}).CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(append(upTo(1, last), upTo(1, last)...), noted(t, l.DB().Reader())); diff != "" {
			t.Errorf("positions (-want +got):\n%s", diff)
		}
	})
}

func TestEffectAndCursorAreOneTransaction(t *testing.T) {
	each(t, func(t *testing.T, open func() *ledger.Ledger) {
		l := open()
		last := write(t, l, 3)
		broken := errors.New("broken")
		failing := follow.Durable{Name: "note", Ledger: l, Apply: func(ctx context.Context, tx *sql.Tx, events []ledger.Event) error {
			return errors.Join(note(ctx, tx, events), broken) // after the effect
		}}
		for range 2 {
			if err := failing.CatchUp(t.Context()); !errors.Is(err, broken) {
				t.Errorf("CatchUp gives %v, want the follower's own error", err)
			}
		}
		if got := noted(t, l.DB().Reader()); got != nil {
			t.Errorf("what failed left %v", got)
		}
		if err := (follow.Durable{Name: "note", Ledger: l, Apply: note}).CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(upTo(1, last), noted(t, l.DB().Reader())); diff != "" {
			t.Errorf("positions (-want +got):\n%s", diff)
		}
	})
}

func TestADurableFollowerTriesAgainAndSkipsNothing(t *testing.T) {
	each(t, func(t *testing.T, open func() *ledger.Ledger) {
		l := open()
		done := make(chan struct{})
		tries := 0
		d := follow.Durable{Name: "note", Ledger: l, Apply: func(ctx context.Context, tx *sql.Tx, events []ledger.Event) error {
			if tries++; tries == 1 {
				return errors.New("the mail server does not answer")
			}
			close(done) // a third try would panic
			return note(ctx, tx, events)
		}}
		last := write(t, l, 3)
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() { d.Run(ctx) })
		<-done
		caughtUp(t, l, "note", last)
		stop()
		running.Wait()
		if diff := cmp.Diff(upTo(1, last), noted(t, l.DB().Reader())); diff != "" {
			t.Errorf("positions (-want +got):\n%s", diff)
		}
	})
}

func TestTwoOfOneNameApplyEachEventOnce(t *testing.T) {
	each(t, func(t *testing.T, open func() *ledger.Ledger) {
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		l := open()
		// Two in this process and one in each of two others.
		for _, at := range []*ledger.Ledger{l, l, open(), open()} {
			running.Go(func() { follow.Durable{Name: "note", Ledger: at, Apply: note}.Run(ctx) })
		}
		last := writeMuch(t, l)
		caughtUp(t, l, "note", last)
		stop()
		running.Wait()
		if diff := cmp.Diff(upTo(1, last), noted(t, l.DB().Reader())); diff != "" {
			t.Errorf("positions (-want +got):\n%s", diff)
		}
	})
}

// caughtUp returns when the follower of the name has seen the event at
// position.
func caughtUp(t *testing.T, l *ledger.Ledger, name string, position int64) {
	t.Helper()
	for {
		var cursor int64
		err := l.DB().Reader().QueryRowContext(t.Context(), `SELECT position FROM follower WHERE name = $1`, name).Scan(&cursor)
		if err != nil && !store.Missing(err) {
			t.Fatal(err)
		}
		if cursor >= position {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}
