package briefing_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

func TestTheLastShowOfHandsIsReadWithWhatEachSiteCounted(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		if _, ok, err := briefing.LastPoll(w.Context(), w.db.Reader(), b.ID); err != nil || ok {
			w.Errorf("before the first: %t, %v; want none", ok, err)
		}
		var first, second briefing.Poll
		w.do(func(tx *ledger.Tx) (err error) {
			if first, err = briefing.OpenPoll(w.Context(), tx, w.chair, b.ID, "first", "Nhất trí?"); err != nil {
				return err
			}
			return briefing.ShowHands(w.Context(), tx, w.atHaNoi, b.ID, first.ID, briefing.SiteHands{Unit: w.haNoi, Yes: 3})
		})
		w.clock.Advance(time.Minute)
		w.do(func(tx *ledger.Tx) (err error) {
			second, err = briefing.OpenPoll(w.Context(), tx, w.chair, b.ID, "second", "Còn ý kiến?")
			return err
		})
		w.wantLast(b.ID, second.ID, nil)
		w.do(func(tx *ledger.Tx) error {
			return briefing.ShowHands(w.Context(), tx, w.atBacNinh, b.ID, second.ID, briefing.SiteHands{Unit: w.bacNinh, No: 2, Neither: 1})
		})
		w.wantLast(b.ID, second.ID, []briefing.SiteHands{{Unit: w.bacNinh, No: 2, Neither: 1}})
		all, err := briefing.Polls(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		if len(all) != 2 || all[0].ID != first.ID || len(all[0].Shows) != 1 || all[0].Closed.IsZero() {
			w.Errorf("all are %+v, want the first with its one site and closed, then the second", all)
		}
	})
}

func (w *world) wantLast(id, poll int64, want []briefing.SiteHands) {
	w.Helper()
	last, ok, err := briefing.LastPoll(w.Context(), w.db.Reader(), id)
	w.ok(err)
	if !ok || last.ID != poll {
		w.Errorf("the last is %d, want %d", last.ID, poll)
	}
	if diff := cmp.Diff(want, last.Shows); diff != "" {
		w.Errorf("its hands (-want +got):\n%s", diff)
	}
}

func TestOwnSitesAreReadForAllBriefingsAtOnce(t *testing.T) {
	each(t, func(w *world) {
		first := w.call()
		plan := w.plan()
		plan.Key, plan.Sites = "form-2", []tree.UnitID{w.haNoi, w.bacNinh}
		var second briefing.Briefing
		w.do(func(tx *ledger.Tx) (err error) {
			second, err = briefing.Call(w.Context(), tx, w.clerk, plan)
			return err
		})
		got := map[int64][]tree.UnitID{}
		own, err := briefing.SitesOf(w.Context(), w.db.Reader(), []tree.UnitID{w.bacNinh, w.caoBang})
		w.ok(err)
		for id, sites := range own {
			for _, s := range sites {
				got[id] = append(got[id], s.Unit)
			}
		}
		want := map[int64][]tree.UnitID{first.ID: {w.bacNinh, w.caoBang}, second.ID: {w.bacNinh}}
		if diff := cmp.Diff(want, got); diff != "" {
			w.Errorf("own sites (-want +got):\n%s", diff)
		}
		none, err := briefing.SitesOf(w.Context(), w.db.Reader(), nil)
		if err != nil || len(none) != 0 {
			w.Errorf("for nobody: %v, %v; want none", none, err)
		}
	})
}
