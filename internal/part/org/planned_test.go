package org_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// do carries changes out, one after another.
func (o *office) do(actor access.Actor, changes ...org.Change) (outcomes []org.Outcome) {
	o.t.Helper()
	for _, change := range changes {
		o.must(func(tx *ledger.Tx) error {
			outcome, err := org.Do(o.ctx(), tx, actor, change)
			outcomes = append(outcomes, outcome)
			return err
		})
	}
	return outcomes
}

// dayComes moves the clock to a day and makes what is due, as the program does.
func (o *office) dayComes(day clock.Date) {
	o.t.Helper()
	o.clock.Set(day.Start(time.FixedZone("", 7*3600)))
	due, err := org.Due(o.ctx(), o.q(), day)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, plan := range due {
		err := o.update(func(tx *ledger.Tx) error {
			_, err := org.MakeEffective(o.ctx(), tx, access.Program(tree.New()), plan)
			return err
		})
		if all := fault.All(err); len(all) > 0 {
			o.must(func(tx *ledger.Tx) error {
				_, err := org.MarkStuck(o.ctx(), tx, plan, text.Words{VI: all[0].Key, EN: all[0].Key})
				return err
			})
		} else if err != nil {
			o.t.Fatal(err)
		}
	}
}

// kinds are the kinds of the log's events after a position.
func (o *office) kinds(after int64) (kinds []ledger.Kind, last int64) {
	o.t.Helper()
	events, err := ledger.After(o.ctx(), o.q(), after, 10_000)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, e := range events {
		kinds, last = append(kinds, e.Kind), e.Position
	}
	return kinds, last
}

func TestAChangeDatedAheadIsMadeOnItsDay(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		keeper := o.keeper(town.province.ID)
		_, begun := o.kinds(0)
		o.do(keeper,
			org.Change{Rename: &org.RenameCommand{Unit: town.second.ID, Name: "Đảng bộ thị xã Quế Võ", From: "2020-07-15"}},
			org.Change{Create: &org.CreateCommand{Parent: town.second.ID, Code: "09300", Name: "Đảng bộ phường Phố Mới", Kind: "ward", From: "2020-07-15"}},
			// These stand on what is planned before them.
			org.Change{Move: &org.MoveCommand{Unit: town.cell.ID, Parent: town.east.ID, From: "2020-07-14"}},
			org.Change{Dissolve: &org.DissolveCommand{Unit: town.west.ID, From: "2020-07-14"}},
		)
		if kinds, _ := o.kinds(begun); !cmp.Equal(kinds, []ledger.Kind{org.PlanMade, org.PlanMade, org.PlanMade, org.PlanMade}) {
			t.Errorf("planning is told by %v", kinds)
		}
		if got := o.history(town.second.ID); len(got) != 1 {
			t.Errorf("before its day the unit is %v", got)
		}
		_, begun = o.kinds(0)
		// The program did not run on the first of the two days.
		o.dayComes("2020-07-16")
		want := []ledger.Kind{org.Moved, org.Dissolved, org.Renamed, org.Created}
		if kinds, _ := o.kinds(begun); !cmp.Equal(kinds, want) {
			t.Errorf("the day is told by %v, want %v", kinds, want)
		}
		lines := []string{"2020-01-01 2020-07-15 Đảng bộ huyện Quế Võ above-grassroots 27", "2020-07-15  Đảng bộ thị xã Quế Võ above-grassroots 27"}
		if diff := cmp.Diff(lines, o.history(town.second.ID)); diff != "" {
			t.Errorf("after its day (-want +got):\n%s", diff)
		}
		if open, err := org.OpenPlans(o.ctx(), o.q()); err != nil || len(open) != 0 {
			t.Errorf("still open: %+v, %v", open, err)
		}
	})
}

func TestAPlanIsRefusedAsTheChangeItself(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		refused := func(key, field string, change org.Change) {
			t.Helper()
			o.refused(key, field, func(tx *ledger.Tx) error {
				_, err := org.Do(o.ctx(), tx, o.keeper(town.province.ID), change)
				return err
			})
		}
		refused("org.has-children", "", org.Change{Dissolve: &org.DissolveCommand{Unit: town.west.ID, From: "2020-08-01"}})
		refused("org.code-taken", "code", org.Change{Create: &org.CreateCommand{Parent: town.first.ID, Code: "258", Name: "X", From: "2020-08-01"}})
		refused("access.refused", "", org.Change{Create: &org.CreateCommand{Parent: o.root.ID, Code: "99", Name: "X", From: "2020-08-01"}})
		ahead := town.merger()
		ahead.From, ahead.Decided = "2020-08-01", "2020-07-20"
		refused("org.act.decided-late", "decided", org.Change{Reorganise: &ahead})
		if open, err := org.OpenPlans(o.ctx(), o.q()); err != nil || len(open) != 0 {
			t.Errorf("refused changes left %+v, %v", open, err)
		}
	})
}

func TestAPlanThatCannotBeMadeStaysForAPerson(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		town := newTown(o)
		keeper := o.keeper(town.province.ID)
		ahead := town.merger()
		ahead.From = "2020-08-01"
		planned := o.do(keeper, org.Change{Reorganise: &ahead})[0].Planned
		about, err := org.PlansAbout(o.ctx(), o.q(), town.west.ID)
		if err != nil || len(about) != 1 || about[0].From != "2020-08-01" || about[0].By != keeper.Name {
			t.Errorf("plans about a merging unit: %+v, %v", about, err)
		}
		o.create(town.first.ID, "09999", "Đảng bộ xã khác", "2020-07-10") // takes the heir's code
		o.do(commandLine, org.Change{Move: &org.MoveCommand{Unit: town.east.ID, Parent: town.second.ID}})
		o.do(commandLine, org.Change{Dissolve: &org.DissolveCommand{Unit: town.east.ID}})
		o.dayComes("2020-08-01")
		stuck, err := org.PlanOf(o.ctx(), o.q(), planned.ID)
		if err != nil || stuck.State != org.Stuck || stuck.Why.VI != "org.absent" {
			t.Fatalf("the plan became %+v, %v", stuck, err)
		}
		if west := town.now("09196"); west.ID != town.west.ID || west.To != "" {
			t.Errorf("half of the act was made: %+v", west)
		}
		if err := o.update(func(tx *ledger.Tx) error {
			_, err := org.Cancel(o.ctx(), tx, o.keeper(town.second.ID), planned.ID)
			return err
		}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("whoever kept nothing of it: %v", err)
		}
		o.must(func(tx *ledger.Tx) error {
			_, err := org.Cancel(o.ctx(), tx, o.keeper(town.province.ID), planned.ID)
			return err
		})
		o.refused("org.plan.settled", "", func(tx *ledger.Tx) error {
			_, err := org.Cancel(o.ctx(), tx, o.keeper(town.province.ID), planned.ID)
			return err
		})
	})
}
