package register_test

import (
	"sync"
	"testing"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/register"
)

// A term that begins while numbers are given begins before or after each of them: no paper
// that is dated in it has a number of the term before.
func TestATermBeginsWhileNumbersAreGiven(t *testing.T) {
	each(t, func(w *world) {
		const rounds = 12
		first := clock.Date("2020-06-01")
		for n := range rounds {
			from, paper := first.AddDays(n), w.signed("BN")
			var group sync.WaitGroup
			group.Go(func() {
				_, err := w.number("officer BN", paper.ID, from)
				w.OK(err)
			})
			group.Go(func() {
				err := w.Try(func(tx *ledger.Tx) error {
					return register.BeginTerm(w.Ctx(), tx, w.People["officer BN"], w.Units["BN"], from)
				})
				if err != nil && !fault.Is(err, fault.Conflict) { // the number was given before
					w.t.Error(err)
				}
			})
			group.Wait()
		}
		var terms []clock.Date
		w.OK(w.View(func(q store.Querier) (err error) {
			terms, err = register.Terms(w.Ctx(), q, w.Units["BN"])
			return err
		}))
		w.OK(w.View(func(q store.Querier) error {
			list, err := register.Numbers(w.Ctx(), q, w.Units["BN"], "notice")
			for _, taking := range list {
				p, err := register.Get(w.Ctx(), q, taking.Paper)
				if err != nil {
					return err
				}
				if want := termOn(terms, p.Dated); taking.Term != want {
					w.t.Errorf("the paper of %s has a number of the term from %q, want %q", p.Dated, taking.Term, want)
				}
			}
			if len(list) != rounds {
				w.t.Errorf("%d papers have numbers, want %d", len(list), rounds)
			}
			return err
		}))
	})
}

// termOn is the first day of the term of a day, of terms with the newest first.
func termOn(terms []clock.Date, day clock.Date) clock.Date {
	for _, from := range terms {
		if from <= day {
			return from
		}
	}
	return ""
}
