package briefing_test

import (
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

func TestWhoSpeaksNextHasItsMicrophoneReady(t *testing.T) {
	each(t, func(w *world) {
		b := w.filmed()
		place := func(unit tree.UnitID) briefing.Place {
			t.Helper()
			h, err := briefing.HallOf(w.Context(), w.db.Reader(), b.ID)
			w.ok(err)
			p, err := h.Keep(briefing.Place{Unit: unit})
			w.ok(err)
			return p
		}
		want := func(when string, unit tree.UnitID, ready, speaks bool) {
			t.Helper()
			if p := place(unit); p.Ready != ready || p.Speaks != speaks {
				t.Errorf("%s: ready %v and speaks %v, want %v and %v", when, p.Ready, p.Speaks, ready, speaks)
			}
		}
		want("before it asks", w.haNoi, false, false)
		w.ok(w.try(func(tx *ledger.Tx) error {
			_, err := briefing.Raise(w.Context(), tx, w.atHaNoi, b.ID, w.haNoi, "")
			return err
		}))
		want("while it asks", w.haNoi, true, false)
		want("while another asks", w.bacNinh, false, false)
		w.give(b.ID, w.chair, w.haNoi, 5)
		want("with the floor", w.haNoi, false, true)
		w.ok(w.mute(b.ID, w.chair, w.haNoi, true))
		want("muted by the chair", w.haNoi, false, false)
		w.give(b.ID, w.chair, w.bacNinh, 5)
		want("after its turn", w.haNoi, false, false)
	})
}
