package directive_test

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/directive"
)

func TestTwoWhoSignAtOnceIssueOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d, leader := w.draft(w.centre, "at once", document()), w.leader(w.centre)
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				err := w.try(func(tx *ledger.Tx) error {
					_, err := directive.Issue(t.Context(), tx, leader, directive.IssueCommand{
						Directive: d.ID, Revision: d.Revision, Signature: w.signature(leader),
					})
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if diff := cmp.Diff([]ledger.Kind{directive.Issued}, w.events(d.ID)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestTwoWhoTightenAtOnceNeverLoosen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d, leader := w.issue(document()), w.leader(w.queVo)
		var group sync.WaitGroup
		for day := 1; day <= 8; day++ {
			group.Go(func() {
				err := w.tighten(leader, d.ID, w.queVo, "grassroots", clock.Day(2020, 6, day))
				if err != nil && !fault.Is(err, fault.Invalid) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		got, err := directive.EffectiveDeadline(t.Context(), w.db.Reader(), d, "held", "grassroots",
			directive.PathTo(w.tree, w.centre, w.phuLang))
		if err != nil || got != "2020-06-01" {
			t.Errorf("the deadline is %s (%v), want the earliest, 2020-06-01", got, err)
		}
	})
}
