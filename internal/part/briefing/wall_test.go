package briefing_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/briefing"
)

// What a wall shows is said by whoever leads, before the meeting too, and stays said.
func TestWallsAreDrivenByWhoeverLeads(t *testing.T) {
	each(t, func(w *world) {
		b := w.call()
		walls := func() []briefing.Wall {
			list, err := briefing.Walls(w.Context(), w.db.Reader(), w.get(b.ID))
			w.ok(err)
			return list
		}
		set := func(actor access.Actor, cmd briefing.WallCommand) error {
			cmd.Briefing = b.ID
			return w.try(func(tx *ledger.Tx) error { _, err := briefing.SetWall(w.Context(), tx, actor, cmd); return err })
		}
		if first := walls(); len(first) != 1 || first[0].Pinned() || len(first[0].Pictures) != len(briefing.Pictures) {
			w.Errorf("before anybody said anything there is %+v, want one wall with all pictures in turn", first)
		}
		pinned := briefing.WallCommand{Number: 1, Pictures: []briefing.Picture{briefing.MapPicture}}
		w.refused("by a site", set(w.atBacNinh, pinned), fault.Forbidden, "briefing.not-presiding")
		w.refused("no picture", set(w.chair, briefing.WallCommand{Number: 1}), fault.Invalid, "briefing.pictures-needed")
		w.refused("a picture twice", set(w.chair, briefing.WallCommand{Number: 1, Pictures: []briefing.Picture{"map", "map"}}), fault.Invalid, "briefing.pictures-needed")
		w.refused("no such picture", set(w.chair, briefing.WallCommand{Number: 1, Pictures: []briefing.Picture{"film"}}), fault.Invalid, "briefing.pictures-needed")
		w.refused("a third before the second", set(w.chair, briefing.WallCommand{Number: 3, Pictures: pinned.Pictures}), fault.Invalid, "briefing.walls-many")
		w.refused("too quick", set(w.chair, briefing.WallCommand{Number: 1, Pictures: pinned.Pictures, Seconds: 1}), fault.Invalid, "briefing.seconds-wrong")
		w.ok(set(w.secretary, pinned))
		w.ok(set(w.chair, briefing.WallCommand{Number: 2, Pictures: []briefing.Picture{briefing.LatePicture, briefing.DuePicture}, Seconds: 30}))
		before := len(w.kinds(b.ID))
		w.ok(set(w.chair, pinned))
		if after := len(w.kinds(b.ID)); after != before {
			w.Errorf("saying the same again told %d events", after-before)
		}
		got := walls()
		if len(got) != 2 || !got[0].Pinned() || got[1].Seconds != 30 {
			w.Fatalf("the walls are %+v", got)
		}
		w.do(func(tx *ledger.Tx) error { return briefing.TakeWallDown(w.Context(), tx, w.chair, b.ID) })
		w.do(func(tx *ledger.Tx) error { return briefing.TakeWallDown(w.Context(), tx, w.chair, b.ID) })
		if left := walls(); len(left) != 1 {
			w.Errorf("%d walls are left, want the first", len(left))
		}
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Veil(w.Context(), tx, w.chair, b.ID, true); return err })
		if !w.get(b.ID).Neutral {
			w.Error("the neutral picture is not shown before the meeting")
		}
	})
}

// The wall and the phone tell by the one clock what is shown.
func TestPicturesTakeTurns(t *testing.T) {
	wall := briefing.Wall{Seconds: 20, Since: morning}
	var got []int
	for _, seconds := range []int{-5, 0, 19, 20, 45, 60} {
		got = append(got, wall.At(3, morning.Add(time.Duration(seconds)*time.Second)))
	}
	if diff := cmp.Diff([]int{0, 0, 0, 1, 2, 0}, got); diff != "" {
		t.Errorf("what is shown (-want +got):\n%s", diff)
	}
	if at := wall.At(1, morning.Add(time.Hour)); at != 0 {
		t.Errorf("a pinned picture is number %d", at)
	}
}
