package directive_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

func TestADeadlineIsTightenedAndNeverLoosened(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		province, district := w.leader(w.bacNinh), w.leader(w.queVo)
		for _, step := range []struct {
			what  string
			actor access.Actor
			unit  tree.UnitID
			level string
			day   clock.Date
			kind  fault.Kind
			key   string // "" for allowed
		}{
			{"the province tightens for its communes", province, w.bacNinh, "grassroots", "2020-06-15", 0, ""},
			{"the district does not go behind it", district, w.queVo, "grassroots", "2020-06-20", fault.Invalid, "directive.tighten.loose"},
			{"nor sets the same day", district, w.queVo, "grassroots", "2020-06-15", fault.Invalid, "directive.tighten.loose"},
			{"the district tightens further", district, w.queVo, "grassroots", "2020-06-10", 0, ""},
			{"it does not loosen its own again", district, w.queVo, "grassroots", "2020-06-12", fault.Invalid, "directive.tighten.loose"},
			{"the province may go before the district", province, w.bacNinh, "grassroots", "2020-06-05", 0, ""},
			{"nobody sets a day that has passed", province, w.bacNinh, "grassroots", "2020-05-03", fault.Invalid, "directive.tighten.past"},
			{"today is a day", province, w.bacNinh, "above-grassroots", "2020-05-04", 0, ""},
			{"a district tightens for itself", district, w.queVo, "above-grassroots", "2020-05-04", fault.Invalid, "directive.tighten.loose"},
			{"not for the level above it", w.leader(w.phuLang), w.phuLang, "above-grassroots", "2020-05-04", fault.Invalid, "directive.tighten.level"},
			{"not for a level that does not report", province, w.bacNinh, "provincial", "2020-06-01", fault.Invalid, "directive.tighten.level"},
			{"not without a day", province, w.bacNinh, "grassroots", "", fault.Invalid, "directive.deadline.none"},
			{"not for a unit beside it", province, w.bacGiang, "grassroots", "2020-06-01", fault.Forbidden, "access.refused"},
			{"not for a unit below it", province, w.queVo, "grassroots", "2020-06-01", fault.Forbidden, "access.refused"},
			{"not by an officer", w.person(access.Officer, w.bacNinh), w.bacNinh, "grassroots", "2020-05-30", fault.Forbidden, "access.refused"},
			{"not by the issuer: it revises", w.leader(w.centre), w.centre, "grassroots", "2020-05-30", fault.NotFound, "directive.not-found"},
		} {
			err := w.tighten(step.actor, d.ID, step.unit, step.level, step.day)
			if step.key == "" {
				if err != nil {
					t.Errorf("%s: %v", step.what, err)
				}
				continue
			}
			refused(t, step.what, err, step.kind, step.key)
		}
		want := map[string]clock.Date{
			"Phù Lãng": "2020-06-05", "Yên Thế": "2020-08-31", "Quế Võ": "2020-05-04",
		}
		got := map[string]clock.Date{}
		for name, unit := range map[string]tree.UnitID{"Phù Lãng": w.phuLang, "Yên Thế": w.yenThe, "Quế Võ": w.queVo} {
			u, _ := w.tree.Unit(unit)
			day, err := directive.EffectiveDeadline(t.Context(), w.db.Reader(), d, "held", u.Level, directive.PathTo(w.tree, w.centre, unit))
			if err != nil {
				t.Fatal(err)
			}
			got[name] = day
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("effective deadlines (-want +got):\n%s", diff)
		}
	})
}

func TestARefusedTighteningLeavesNoEvent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		if err := w.tighten(w.leader(w.queVo), d.ID, w.queVo, "grassroots", "2020-07-01"); err == nil {
			t.Fatal("a later deadline was taken")
		}
		if diff := cmp.Diff([]ledger.Kind{directive.Issued}, w.events(d.ID)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestARevisionBeforeATightenedDeadlineHolds(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		if err := w.tighten(w.leader(w.queVo), d.ID, w.queVo, "grassroots", "2020-06-20"); err != nil {
			t.Fatal(err)
		}
		revise := func(day, want clock.Date) {
			t.Helper()
			revised, err := w.revise(d.ID, func(d *directive.Document) { d.Milestones[0].Deadlines[1].Date = day })
			if err != nil {
				t.Fatal(err)
			}
			path := directive.PathTo(w.tree, w.centre, w.phuLang)
			got, err := directive.EffectiveDeadline(t.Context(), w.db.Reader(), revised, "held", "grassroots", path)
			if err != nil || got != want {
				t.Errorf("with %s in the document the deadline is %s (%v), want %s", day, got, err, want)
			}
		}
		revise("2020-06-10", "2020-06-10")
		revise("2020-07-31", "2020-06-20")
	})
}

func TestALevelThatDoesNotReportHasNoDeadline(t *testing.T) {
	if got := directive.Effective(document(), nil, "held", "provincial", nil); got != "" {
		t.Errorf("got %s, want none", got)
	}
	if got := directive.Effective(document(), nil, "other", "grassroots", nil); got != "" {
		t.Errorf("of no milestone: got %s, want none", got)
	}
}

// Whatever was tightened, and wherever: a unit's deadline is never later than
// that of any unit above it for the same level, nor than the document's.
func TestNoDeadlineIsLaterThanOneAbove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := tree.New()
		size := rapid.IntRange(2, 30).Draw(t, "units")
		for i := 1; i <= size; i++ {
			parent := 0
			if i > 1 {
				parent = rapid.IntRange(1, i-1).Draw(t, "parent")
			}
			units.Put(tree.Unit{ID: tree.UnitID(i), Parent: tree.UnitID(parent), Code: fmt.Sprint(i)})
		}
		day := rapid.Custom(func(t *rapid.T) clock.Date {
			return clock.Date("2020-05-01").AddDays(rapid.IntRange(0, 90).Draw(t, "day"))
		})
		set := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) directive.DeadlineTightened {
			return directive.DeadlineTightened{
				Milestone: rapid.SampledFrom([]string{"held", "other"}).Draw(t, "milestone"),
				Level:     rapid.SampledFrom([]string{"grassroots", "above-grassroots"}).Draw(t, "level"),
				Unit:      tree.UnitID(rapid.IntRange(2, size).Draw(t, "unit")), Deadline: day.Draw(t, "deadline"),
			}
		}), 0, 40).Draw(t, "tightened")
		issuer := tree.UnitID(1)
		for _, level := range []string{"grassroots", "above-grassroots"} {
			limit, _ := document().Milestones[0].Deadline(level)
			for _, unit := range units.Subtree(issuer) {
				own := directive.Effective(document(), set, "held", level, directive.PathTo(units, issuer, unit.ID))
				above := limit
				if unit.ID != issuer {
					above = directive.Effective(document(), set, "held", level, directive.PathTo(units, issuer, unit.Parent))
				}
				if own > above || own > limit || own == "" {
					t.Fatalf("unit %d, %s: %s, above it %s, in the document %s", unit.ID, level, own, above, limit)
				}
			}
		}
	})
}
