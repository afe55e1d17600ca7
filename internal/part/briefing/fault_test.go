package briefing_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// A form's key is chosen by whoever sends it. It must not stand in the way of the
// next briefing of somebody else's series.
func TestNoFormsKeyKeepsABriefingFromItsEnd(t *testing.T) {
	each(t, func(w *world) {
		cmd := w.plan()
		cmd.Repeats = briefing.Weekly
		var b briefing.Briefing
		w.do(func(tx *ledger.Tx) (err error) {
			b, err = briefing.Call(w.Context(), tx, w.clerk, cmd)
			return err
		})
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Call(w.Context(), tx, w.atBacNinh, briefing.CallCommand{
				Unit: w.bacNinh, Key: "next:1", Title: "Giao ban tỉnh", Begins: cmd.Begins, Minutes: 60,
				Chair: briefing.Person{ID: 11, Name: "Chánh Văn phòng Tỉnh ủy"}, Sites: []tree.UnitID{w.queVo},
			})
			return err
		})
		w.clock.Set(b.Begins)
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Begin(w.Context(), tx, w.chair, b.ID); return err })
		w.do(func(tx *ledger.Tx) error { _, err := briefing.End(w.Context(), tx, w.chair, b.ID); return err })
	})
}

func TestWhoOnlyLooksOnLeavesWithTheSite(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		viewer, above := w.person(21, w.caoBang, access.Viewer), w.person(22, w.centre, access.Viewer)
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Remove(w.Context(), tx, w.chair, b.ID, w.caoBang)
			return err
		})
		sites, err := briefing.Sites(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		for _, c := range []struct {
			who   string
			actor access.Actor
			want  bool
		}{
			{"a viewer of the site", viewer, true},
			{"who acts for it", w.atCaoBang, true},
			{"a viewer above", above, false},
			{"another site", w.atBacNinh, false},
			{"the chair", w.chair, false},
		} {
			seat, err := briefing.SeatOf(c.actor, w.get(b.ID), sites)
			w.ok(err)
			if got := seat.Removed(sites); got != c.want {
				w.Errorf("%s is removed with it: %v, want %v", c.who, got, c.want)
			}
		}
	})
}

// A call that is changed keeps those whom a site brought in, lets them go with their
// site, and takes one that it names itself as its own.
func TestChangingACallKeepsWhomSitesBroughtIn(t *testing.T) {
	each(t, func(w *world) {
		b := w.call()
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Bring(w.Context(), tx, w.atBacNinh, b.ID, w.bacNinh, w.queVo)
			return err
		})
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Reply(w.Context(), tx, w.atQueVo, briefing.AnswerCommand{Briefing: b.ID, Unit: w.queVo, Answer: briefing.Comes})
			return err
		})
		change := func(sites ...tree.UnitID) (units []tree.UnitID) {
			w.Helper()
			cmd := w.plan()
			cmd.Sites = sites
			w.do(func(tx *ledger.Tx) error {
				_, err := briefing.Change(w.Context(), tx, w.clerk, b.ID, w.get(b.ID).Revision, cmd)
				return err
			})
			list, err := briefing.Sites(w.Context(), w.db.Reader(), b.ID)
			w.ok(err)
			for _, s := range list {
				units = append(units, s.Unit)
			}
			return units
		}
		same := func(what string, got []tree.UnitID, want ...tree.UnitID) {
			w.Helper()
			if len(got) != len(want) {
				w.Fatalf("%s: the sites are %v, want %v", what, got, want)
			}
			for i := range got {
				if got[i] != want[i] {
					w.Fatalf("%s: the sites are %v, want %v", what, got, want)
				}
			}
		}
		same("another order", change(w.caoBang, w.bacNinh), w.centre, w.caoBang, w.bacNinh, w.queVo)
		if s := w.site(b.ID, w.queVo); s.Answer != briefing.Comes {
			w.Errorf("whom a site brought in answered %q, want what was answered", s.Answer)
		}
		same("called by the host itself", change(w.caoBang, w.queVo), w.centre, w.caoBang, w.queVo)
		if s := w.site(b.ID, w.queVo); s.Parent != 0 || s.Answer != briefing.Comes {
			w.Errorf("the site is %+v, want one of the host's with its answer", s)
		}
		same("with the site again", change(w.bacNinh), w.centre, w.bacNinh)
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.Bring(w.Context(), tx, w.atBacNinh, b.ID, w.bacNinh, w.queVo)
			return err
		})
		same("without the site", change(w.caoBang), w.centre, w.caoBang)
	})
}

func TestATurnThatEndsInAPauseEndedWithIt(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		w.give(b.ID, w.chair, w.bacNinh, 10)
		w.clock.Advance(3 * time.Minute)
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Pause(w.Context(), tx, w.chair, b.ID); return err })
		w.clock.Advance(20 * time.Minute)
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Take(w.Context(), tx, w.chair, b.ID); return err })
		w.do(func(tx *ledger.Tx) error { _, err := briefing.Resume(w.Context(), tx, w.chair, b.ID); return err })
		if got := w.turns(b.ID)[0].Used(w.clock.Now(), time.Time{}); got != 3*time.Minute {
			w.Errorf("the turn took %v, want the three minutes before the pause", got)
		}
	})
}

// A series keeps its hour in the zone of the office and its day of the month, also
// through months that have no such day.
func TestTheNextOfASeriesKeepsItsDayAndHour(t *testing.T) {
	for _, c := range []struct {
		repeats briefing.Repeat
		first   string // in Hanoi
		next    []string
	}{
		{briefing.Weekly, "2020-07-10 08:30", []string{"2020-07-17 08:30"}},
		{briefing.Monthly, "2020-08-31 08:00", []string{"2020-09-30 08:00", "2020-10-31 08:00", "2020-11-30 08:00"}},
		{briefing.Monthly, "2020-09-01 06:30", []string{"2020-10-01 06:30"}}, // still August in London
	} {
		each(t, func(w *world) {
			zone := hanoi(w.TB)
			at := func(moment string) time.Time {
				parsed, err := time.ParseInLocation("2006-01-02 15:04", moment, zone)
				w.ok(err)
				return parsed
			}
			cmd := w.plan()
			cmd.Repeats, cmd.Begins, cmd.Cutoff = c.repeats, at(c.first), time.Time{}
			var b briefing.Briefing
			w.do(func(tx *ledger.Tx) (err error) {
				b, err = briefing.Call(w.Context(), tx, w.clerk, cmd)
				return err
			})
			for _, want := range c.next {
				w.clock.Set(b.Begins)
				w.do(func(tx *ledger.Tx) error { _, err := briefing.Begin(w.Context(), tx, w.chair, b.ID); return err })
				w.do(func(tx *ledger.Tx) error { _, err := briefing.End(w.Context(), tx, w.chair, b.ID); return err })
				next := w.get(b.ID + 1)
				if next.State != briefing.Called || !next.Begins.Equal(at(want)) {
					w.Fatalf("after %s %s comes %v, want %s", c.repeats, b.Begins.In(zone), next.Begins.In(zone), want)
				}
				b = next
			}
		})
	}
}

// A unit that was moved away from the office's own before the next of a series is no
// longer the office's to call; the others are, and where none is left the meeting ends
// all the same.
func TestAUnitThatWasMovedAwayIsNotCalledToTheNextOfASeries(t *testing.T) {
	each(t, func(w *world) {
		thuanThanh := w.unit(w.bacNinh, "262", "Thuận Thành", "above-grassroots")
		cmd := w.plan()
		cmd.Unit, cmd.Repeats, cmd.Cutoff, cmd.Secretaries = w.bacNinh, briefing.Weekly, time.Time{}, nil
		cmd.Chair, cmd.Sites = briefing.Person{ID: w.atBacNinh.Person, Name: w.atBacNinh.Name}, []tree.UnitID{w.queVo, thuanThanh}
		var b briefing.Briefing
		w.do(func(tx *ledger.Tx) (err error) {
			b, err = briefing.Call(w.Context(), tx, w.atBacNinh, cmd)
			return err
		})
		for _, c := range []struct {
			moved tree.UnitID
			want  []tree.UnitID // called to the next, the host first
		}{
			{w.queVo, []tree.UnitID{w.bacNinh, thuanThanh}},
			{thuanThanh, []tree.UnitID{w.bacNinh}},
		} {
			w.clock.Set(b.Begins)
			w.do(func(tx *ledger.Tx) error { _, err := briefing.Begin(w.Context(), tx, w.atBacNinh, b.ID); return err })
			w.move(c.moved, w.caoBang)
			w.do(func(tx *ledger.Tx) error { _, err := briefing.End(w.Context(), tx, w.atBacNinh, b.ID); return err })
			b = w.get(b.ID + 1)
			sites, err := briefing.Sites(w.Context(), w.db.Reader(), b.ID)
			w.ok(err)
			var called []tree.UnitID
			for _, s := range sites {
				called = append(called, s.Unit)
			}
			if diff := cmp.Diff(c.want, called); diff != "" {
				w.Fatalf("after %d moved away, the next calls (-want +got):\n%s", c.moved, diff)
			}
		}
	})
}

func TestAMilestoneThatIsShownIsShort(t *testing.T) {
	each(t, func(w *world) {
		b := w.begun()
		err := w.try(func(tx *ledger.Tx) error {
			_, err := briefing.Show(w.Context(), tx, w.chair, briefing.ShowCommand{
				Briefing: b.ID, Shown: briefing.Shown{Unit: w.bacNinh, Milestone: strings.Repeat("m", briefing.MostMilestone+1)},
			})
			return err
		})
		w.refused("a milestone of a page", err, fault.Invalid, "briefing.long")
	})
}
