package ledger_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/ledger"
)

// recorded fills a log: 40 events at 8 o'clock, 30 at 9, 30 at 10, each under a
// checkpoint, and 5 at 11 that none covers yet.
func (w *world) recorded() {
	w.Helper()
	w.grow(w.key, w.append(40))
	w.clock.Advance(time.Hour)
	w.grow(w.key, w.append(30))
	w.clock.Advance(time.Hour)
	w.grow(w.key, w.append(30))
	w.clock.Advance(time.Hour)
	w.append(5)
}

func TestALogThatNobodyTouchedIsInOrder(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if diff := cmp.Diff(ledger.Result{}, w.verify(nil)); diff != "" {
			t.Errorf("an empty log (-want +got):\n%s", diff)
		}
		w.recorded()
		if diff := cmp.Diff(ledger.Result{Events: 105, Covered: 100}, w.verify(nil)); diff != "" {
			t.Errorf("a log of 105 events (-want +got):\n%s", diff)
		}
	})
}

func TestALargeLogIsVerifiedInParts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, n := range []int{1999, 1, 1, 2500} {
			w.clock.Advance(time.Hour)
			w.grow(w.key, w.append(n))
		}
		if diff := cmp.Diff(ledger.Result{Events: 4501, Covered: 4501}, w.verify(nil)); diff != "" {
			t.Errorf("before (-want +got):\n%s", diff)
		}
		w.run(`UPDATE event_payload SET payload = '{"n":-1}' WHERE position IN (4000, 4321)`)
		want := ledger.Result{Events: 4501, Covered: 2001, Findings: []ledger.Finding{{Position: 4000, What: "verify.altered"}}}
		if diff := cmp.Diff(want, w.verify(nil)); diff != "" {
			t.Errorf("after events 4000 and 4321 were altered (-want +got):\n%s", diff)
		}
	})
}

func TestEveryEventIsShownInOrder(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.recorded()
		var seen []ledger.Event
		w.verify(func(e ledger.Event) error {
			seen = append(seen, e)
			return nil
		})
		if diff := cmp.Diff(w.events(), seen); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestAnEventThatItsPartCannotReadIsNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.recorded()
		w.run(`UPDATE event_payload SET payload = 'no JSON' WHERE position IN (30, 31)`)
		see := func(e ledger.Event) error {
			if e.Position == 50 {
				return errors.New("no such milestone")
			}
			return e.Decode(new(map[string]int))
		}
		want := []ledger.Finding{{Position: 30, What: "verify.altered"}, {Position: 50, What: "verify.unreadable"}}
		if diff := cmp.Diff(want, w.verify(see).Findings); diff != "" {
			t.Errorf("findings (-want +got):\n%s", diff)
		}
	})
}

func TestALogIsVerifiedWhileItGrows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var writers sync.WaitGroup
		for range 4 {
			writers.Go(func() {
				for range 15 {
					if _, err := w.Update(w.Context(), "person:7", func(tx *ledger.Tx) error { return tx.Append(happened(1)) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		done := make(chan struct{})
		go func() {
			writers.Wait()
			close(done)
		}()
		for open := true; open; {
			select {
			case <-done:
				open = false
			default:
			}
			if head, _, err := ledger.Head(w.Context(), w.DB().Reader()); err != nil {
				t.Error(err)
			} else if head > 0 {
				w.grow(w.key, head)
			}
			if result := w.verify(nil); result.Findings != nil {
				t.Errorf("verification of %d events found %v", result.Events, result.Findings)
			}
		}
		if got := w.verify(nil).Events; got != 60 {
			t.Errorf("%d events, want 60", got)
		}
	})
}

// tables are those that somebody may edit behind the program's back.
var tables = []string{"ledger_head", "event", "event_payload", "ledger_hash", "ledger_checkpoint"}

// keep notes down the log as it is; restore puts it back.
func (w *world) keep() {
	w.Helper()
	for _, table := range tables {
		w.run(fmt.Sprintf(`CREATE TABLE kept_%s AS SELECT * FROM %[1]s`, table))
	}
}

func (w *world) restore(tables ...string) {
	w.Helper()
	for _, table := range tables {
		w.run(`DELETE FROM `+table, fmt.Sprintf(`INSERT INTO %s SELECT * FROM kept_%[1]s`, table))
	}
}
