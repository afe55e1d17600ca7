package ledger_test

import (
	"errors"
	"testing"
	"time"

	"giaoban/internal/base/ledger"
)

func TestATrialLeavesNothingAndAnAttemptOnlyWhatWentWell(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		refused := errors.New("refused")
		tomorrow := w.clock.Now().Add(24 * time.Hour)
		event := func(tx *ledger.Tx, kind ledger.Kind) error {
			return tx.Append(ledger.New{Kind: kind, Subject: "trial:1", Payload: map[string]int{"n": 1}})
		}
		var now, seen time.Time
		_, err := w.Ledger.Update(t.Context(), "program", func(tx *ledger.Tx) error {
			now = tx.Now()
			if err := event(tx, "test.first"); err != nil {
				return err
			}
			err := tx.Trial(t.Context(), tomorrow, func() error {
				seen = tx.Now()
				return event(tx, "test.tried")
			})
			if err != nil {
				return err
			}
			if !tx.Now().Equal(now) {
				t.Errorf("after the trial it is %s, want %s", tx.Now(), now)
			}
			for _, fails := range []error{refused, nil} {
				err := tx.Attempt(t.Context(), func() error {
					if fails != nil {
						return errors.Join(event(tx, "test.failed"), fails)
					}
					return event(tx, "test.kept")
				})
				if !errors.Is(err, fails) {
					t.Errorf("the attempt ended with %v, want %v", err, fails)
				}
			}
			return event(tx, "test.last")
		})
		if err != nil {
			t.Fatal(err)
		}
		if !seen.Equal(tomorrow) {
			t.Errorf("in the trial it was %s, want %s", seen, tomorrow)
		}
		events, err := ledger.After(t.Context(), w.Ledger.DB().Reader(), 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []ledger.Kind
		for _, e := range events {
			kinds = append(kinds, e.Kind)
		}
		if len(kinds) != 3 || kinds[0] != "test.first" || kinds[1] != "test.kept" || kinds[2] != "test.last" {
			t.Errorf("events %v, want first, kept, last", kinds)
		}
	})
}
