package briefing_test

import (
	"slices"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// filmed is a briefing with picture and sound that is under way.
func (w *world) filmed() briefing.Briefing {
	w.Helper()
	b := w.begun()
	w.do(func(tx *ledger.Tx) error {
		_, err := tx.ExecContext(w.Context(), `UPDATE briefing SET media = 1 WHERE id = $1`, b.ID)
		return err
	})
	return w.get(b.ID)
}

func (w *world) mute(id int64, by access.Actor, unit tree.UnitID, muted bool) error {
	return w.try(func(tx *ledger.Tx) error {
		_, err := briefing.Mute(w.Context(), tx, by, id, unit, muted)
		return err
	})
}

// speaks says whether a site's microphone is open.
func (w *world) speaks(id int64, unit tree.UnitID) bool {
	w.Helper()
	h, err := briefing.HallOf(w.Context(), w.db.Reader(), id)
	w.ok(err)
	place, err := h.Keep(briefing.Place{Unit: unit})
	w.ok(err)
	return place.Speaks
}

func TestTheChairClosesAMicrophoneAndOpensItAgain(t *testing.T) {
	each(t, func(w *world) {
		b := w.filmed()
		w.refused("muting who does not speak", w.mute(b.ID, w.chair, w.bacNinh, true), fault.Conflict, "briefing.not-speaking")
		w.give(b.ID, w.chair, w.bacNinh, 5)
		w.refused("a site that mutes another", w.mute(b.ID, w.atHaNoi, w.bacNinh, true), fault.Forbidden, "briefing.not-presiding")
		w.refused("a stranger that mutes", w.mute(b.ID, w.person(99, w.queVo, access.Officer), w.bacNinh, true), fault.NotFound, "briefing.not-found")

		for _, step := range []struct {
			by    access.Actor
			muted bool
		}{{w.chair, true}, {w.chair, true}, {w.secretary, false}} {
			w.ok(w.mute(b.ID, step.by, w.bacNinh, step.muted))
			if got := w.speaks(b.ID, w.bacNinh); got == step.muted {
				t.Errorf("muted %v: Bắc Ninh's microphone is open: %v", step.muted, got)
			}
		}
		kinds := w.kinds(b.ID)
		if tail := kinds[len(kinds)-2:]; !slices.Equal(tail, []ledger.Kind{briefing.MicrophoneClosed, briefing.MicrophoneOpened}) {
			t.Errorf("the log ends with %v, want closed and opened, once each", tail)
		}

		w.ok(w.mute(b.ID, w.chair, w.centre, true))
		w.ok(w.mute(b.ID, w.chair, w.bacNinh, true))
		w.give(b.ID, w.chair, w.haNoi, 5)
		w.give(b.ID, w.chair, w.bacNinh, 5)
		if !w.speaks(b.ID, w.bacNinh) {
			t.Error("Bắc Ninh begins its second turn with a closed microphone")
		}
		if w.speaks(b.ID, w.centre) {
			t.Error("the host's room was muted and is heard after a turn of another")
		}
	})
}

func TestAScreenIsSharedByWhoPresides(t *testing.T) {
	each(t, func(w *world) {
		b := w.filmed()
		share := func(by access.Actor, unit, screen tree.UnitID) error {
			return w.try(func(tx *ledger.Tx) error {
				_, err := briefing.Show(w.Context(), tx, by, briefing.ShowCommand{Briefing: b.ID, Shown: briefing.Shown{Unit: unit, Screen: screen}})
				return err
			})
		}
		w.refused("a site without the floor", share(w.atBacNinh, w.bacNinh, w.bacNinh), fault.Forbidden, "briefing.not-presiding")
		w.ok(share(w.secretary, w.centre, w.centre))
		w.refused("the chair for a site", share(w.chair, w.centre, w.bacNinh), fault.Forbidden, "briefing.shares-own")
		w.give(b.ID, w.chair, w.bacNinh, 5)
		if got := w.get(b.ID).Shown; got != (briefing.Shown{Unit: w.bacNinh}) {
			t.Errorf("the floor shows %+v, want the speaker's board", got)
		}
		w.refused("a speaker for another", share(w.atBacNinh, w.bacNinh, w.haNoi), fault.Forbidden, "briefing.shares-own")
		w.ok(share(w.atBacNinh, w.bacNinh, w.bacNinh))
		w.ok(share(w.chair, w.queVo, w.bacNinh)) // the chair changes the board beneath
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Take(w.Context(), tx, w.chair, b.ID)
			return err
		})
		if got := w.get(b.ID).Shown; got != (briefing.Shown{Unit: w.queVo}) {
			t.Errorf("after the floor %+v is shown, want the board alone", got)
		}
		want := []ledger.Kind{briefing.ScreenShown, briefing.FloorGiven, briefing.BoardShown, briefing.ScreenShown, briefing.ScreenShown, briefing.BoardShown, briefing.FloorEnded}
		if kinds := w.kinds(b.ID); !slices.Equal(kinds[len(kinds)-len(want):], want) {
			t.Errorf("the log ends with %v, want %v", kinds[len(kinds)-len(want):], want)
		}
	})
}

func TestWhoOnlyReadsLooksOn(t *testing.T) {
	each(t, func(w *world) {
		b := w.filmed()
		hall := func() briefing.Hall {
			h, err := briefing.HallOf(w.Context(), w.db.Reader(), b.ID)
			w.ok(err)
			return h
		}
		reads := func(unit tree.UnitID) access.Actor { return w.person(77, unit, access.Viewer) }
		place, err := hall().Join(reads(w.bacNinh))
		w.ok(err)
		if place != (briefing.Place{Person: 77, Watches: true}) {
			t.Errorf("a viewer's place is %+v, want one to look on", place)
		}
		if place, err := hall().Watch(w.chair); err != nil || !place.Watches {
			t.Errorf("a screen that the chair opens: %+v, %v, want one to look on", place, err)
		}
		_, err = hall().Join(reads(w.daNang))
		w.refused("a viewer of a site that has not come", err, fault.Conflict, "briefing.not-here")
		_, err = hall().Join(reads(w.queVo))
		w.refused("a viewer below a site", err, fault.NotFound, "briefing.not-found")
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Remove(w.Context(), tx, w.chair, b.ID, w.bacNinh)
			return err
		})
		_, err = hall().Join(reads(w.bacNinh))
		w.refused("a viewer of a site that was sent out", err, fault.Forbidden, "briefing.removed")
	})
}
