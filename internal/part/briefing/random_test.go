package briefing_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// told is what the log alone says of a meeting.
type told struct {
	open, paused, locked bool
	floor                tree.UnitID
	here                 map[tree.UnitID]bool
	hands                map[tree.UnitID]bool
	shown                tree.UnitID
}

// retell goes through the events of a meeting as somebody who was not there.
func retell(t rapid.TB, events []ledger.Event) told {
	s := told{here: map[tree.UnitID]bool{}, hands: map[tree.UnitID]bool{}}
	came := map[tree.UnitID]bool{}
	for _, e := range events {
		var said struct{ Unit tree.UnitID }
		if err := e.Decode(&said); err != nil {
			t.Fatal(err)
		}
		switch e.Kind {
		case briefing.Opened:
			s.open, s.shown = true, tree.UnitID(e.Unit)
		case briefing.WasEnded:
			s.open, s.paused = false, false
		case briefing.Paused, briefing.Resumed:
			s.paused = e.Kind == briefing.Paused
		case briefing.DoorLocked, briefing.DoorOpened:
			s.locked = e.Kind == briefing.DoorLocked
		case briefing.SiteArrived:
			came[said.Unit], s.here[said.Unit] = true, true
		case briefing.SiteRemoved:
			delete(s.here, said.Unit)
			delete(s.hands, said.Unit)
		case briefing.SiteBack:
			if came[said.Unit] {
				s.here[said.Unit] = true
			}
		case briefing.HandRaised:
			s.hands[said.Unit] = true
		case briefing.HandLowered:
			delete(s.hands, said.Unit)
		case briefing.FloorGiven:
			s.floor = said.Unit
			delete(s.hands, said.Unit)
		case briefing.FloorEnded:
			s.floor = 0
		case briefing.BoardShown:
			s.shown = tree.UnitID(e.Unit)
		}
	}
	return s
}

// Whatever people do, and in whatever order: one site at most has the floor, it is
// there, whoever was sent out asks for nothing, no clock runs backwards, and the log
// tells the same meeting as the rows.
func TestTheLogTellsTheMeetingAsItIs(t *testing.T) {
	each(t, func(w *world) {
		meetings := 0
		rapid.Check(t, func(t *rapid.T) {
			if meetings++; meetings > count.Of(25, 300) {
				return
			}
			cmd := w.plan()
			cmd.Key, cmd.Begins, cmd.Cutoff = fmt.Sprint("meeting ", meetings), w.clock.Now(), time.Time{}
			var b briefing.Briefing
			act := func(fn func(tx *ledger.Tx) error) {
				err := w.try(fn)
				if err != nil && fault.Of(err) == fault.Unknown {
					t.Fatal(err)
				}
			}
			act(func(tx *ledger.Tx) (err error) { b, err = briefing.Call(w.Context(), tx, w.clerk, cmd); return err })
			units := []tree.UnitID{w.centre, w.bacNinh, w.caoBang, w.haNoi}
			actors := map[tree.UnitID]access.Actor{w.centre: w.chair, w.bacNinh: w.atBacNinh, w.caoBang: w.atCaoBang, w.haNoi: w.atHaNoi}
			unit := func() tree.UnitID { return rapid.SampledFrom(units).Draw(t, "unit") }
			leader := func() access.Actor {
				return rapid.SampledFrom([]access.Actor{w.chair, w.secretary, w.atBacNinh}).Draw(t, "leader")
			}
			steps := map[string]func(tx *ledger.Tx) error{
				"begin": func(tx *ledger.Tx) error { _, err := briefing.Begin(w.Context(), tx, leader(), b.ID); return err },
				"arrive": func(tx *ledger.Tx) error {
					u := unit()
					_, err := briefing.Arrive(w.Context(), tx, actors[u], b.ID, u)
					return err
				},
				"raise": func(tx *ledger.Tx) error {
					u := unit()
					_, err := briefing.Raise(w.Context(), tx, actors[u], b.ID, u, rapid.SampledFrom([]string{"", "x"}).Draw(t, "topic"))
					return err
				},
				"lower": func(tx *ledger.Tx) error {
					_, err := briefing.Lower(w.Context(), tx, leader(), b.ID, unit())
					return err
				},
				"give": func(tx *ledger.Tx) error {
					_, err := briefing.Give(w.Context(), tx, leader(), briefing.GiveCommand{Briefing: b.ID, Unit: unit()})
					return err
				},
				"take":   func(tx *ledger.Tx) error { _, err := briefing.Take(w.Context(), tx, leader(), b.ID); return err },
				"pause":  func(tx *ledger.Tx) error { _, err := briefing.Pause(w.Context(), tx, leader(), b.ID); return err },
				"resume": func(tx *ledger.Tx) error { _, err := briefing.Resume(w.Context(), tx, leader(), b.ID); return err },
				"lock": func(tx *ledger.Tx) error {
					_, err := briefing.Lock(w.Context(), tx, leader(), b.ID, rapid.Bool().Draw(t, "locked"))
					return err
				},
				"remove": func(tx *ledger.Tx) error {
					_, err := briefing.Remove(w.Context(), tx, leader(), b.ID, unit())
					return err
				},
				"back": func(tx *ledger.Tx) error {
					_, err := briefing.LetBack(w.Context(), tx, leader(), b.ID, unit())
					return err
				},
				"show": func(tx *ledger.Tx) error {
					_, err := briefing.Show(w.Context(), tx, leader(), briefing.ShowCommand{Briefing: b.ID, Shown: briefing.Shown{Unit: unit()}})
					return err
				},
				"end": func(tx *ledger.Tx) error { _, err := briefing.End(w.Context(), tx, w.chair, b.ID); return err },
			}
			names := []string{"begin", "begin", "arrive", "arrive", "arrive", "raise", "raise", "lower", "give", "give", "give", "take", "pause", "resume", "lock", "remove", "back", "show", "end"}
			for range rapid.IntRange(5, 40).Draw(t, "steps") {
				act(steps[rapid.SampledFrom(names).Draw(t, "step")])
				w.clock.Advance(time.Duration(rapid.IntRange(0, 90).Draw(t, "seconds")) * time.Second)
			}
			w.compare(t, b.ID)
		})
		w.Logf("%d meetings", min(meetings, count.Of(25, 300)))
	})
}

// compare holds the rows of a meeting against what its log tells.
func (w *world) compare(t rapid.TB, id int64) {
	events, err := briefing.Events(w.Context(), w.db.Reader(), id)
	w.ok(err)
	log, b := retell(t, events), w.get(id)
	sites, err := briefing.Sites(w.Context(), w.db.Reader(), id)
	w.ok(err)
	if open := b.State == briefing.Open; open != log.open || b.PausedAt.IsZero() == log.paused || b.Locked != log.locked {
		t.Errorf("the briefing is %s, paused since %v, locked %v; the log tells %+v", b.State, b.PausedAt, b.Locked, log)
	}
	if b.State != briefing.Called && b.Shown.Unit != log.shown {
		t.Errorf("unit %d is shown, by the log %d", b.Shown.Unit, log.shown)
	}
	running, at := tree.UnitID(0), time.Time{}
	for _, turn := range w.turns(id) {
		if turn.Began.Before(at) || turn.Used(w.clock.Now(), b.PausedAt) < 0 {
			t.Errorf("the turn %+v begins before the end of another, or runs backwards", turn)
		}
		at = turn.Ended
		if !turn.Ended.IsZero() {
			continue
		}
		if running != 0 || turn.ID != b.Turn {
			t.Errorf("the turn %+v goes on beside turn %d", turn, b.Turn)
		}
		for _, s := range sites {
			if s.ID == turn.Site {
				running = s.Unit
			}
		}
	}
	if running != log.floor {
		t.Errorf("unit %d has the floor, by the log %d", running, log.floor)
	}
	for _, s := range sites {
		if s.Here() != log.here[s.Unit] || s.HandAt.IsZero() == log.hands[s.Unit] && b.State == briefing.Open {
			t.Errorf("site %+v; by the log it is here: %v, asks for the floor: %v", s, log.here[s.Unit], log.hands[s.Unit])
		}
		if s.Unit == running && !s.Here() || !s.RemovedAt.IsZero() && !s.HandAt.IsZero() {
			t.Errorf("site %+v has the floor: %v", s, s.Unit == running)
		}
	}
}
