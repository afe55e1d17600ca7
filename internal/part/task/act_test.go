package task_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/task"
)

func TestWhoMayNotDoSomethingAboutATaskIsRefused(t *testing.T) {
	each(t, func(w world) {
		w.Person("viewer QV", "QV", access.Viewer)
		given := w.given("BN", "QV")
		w.does("officer QV", w.finish(), given.ID, "QV")
		for what, c := range map[string]struct {
			who  string
			do   act
			unit string
			kind fault.Kind
		}{
			"a viewer acknowledges":              {"viewer QV", w.acknowledge(), "QV", fault.Forbidden},
			"somebody above does it":             {"officer BN", w.finish(), "QV", fault.Forbidden},
			"the unit verifies itself":           {"leader QV", w.verify(), "QV", fault.Forbidden},
			"the unit extends its own":           {"leader QV", w.extend("2020-08-01"), "QV", fault.Forbidden},
			"a sibling returns":                  {"leader TS", w.sendBack(), "QV", fault.Forbidden},
			"a unit that has no share":           {"officer TS", w.acknowledge(), "TS", fault.NotFound},
			"a later day for what is done":       {"officer QV", w.ask("2020-08-01"), "QV", fault.Conflict},
			"a refusal of what nobody asked for": {"officer BN", w.refuse(), "QV", fault.Conflict},
		} {
			_, err := w.try(c.who, c.do, given.ID, c.unit)
			refused(t, what, err, c.kind)
		}
		_, err := w.try("officer QV", func(tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (task.Share, error) {
			return task.Assign(t.Context(), tx, actor, id, unit, []int64{actor.Person})
		}, given.ID, "QV")
		refused(t, "an officer gives it to people", err, fault.Forbidden)
	})
}

func TestALaterDayIsAskedForAndGrantedOrRefused(t *testing.T) {
	each(t, func(w world) {
		given := w.given("BN", "QV", "TS")
		_, err := w.try("officer QV", w.ask("2020-07-15"), given.ID, "QV")
		refused(t, "the same day", err, fault.Invalid, "deadline")
		_, err = w.try("officer QV", w.ask("2020-06-01"), given.ID, "QV")
		refused(t, "a day that is over", err, fault.Invalid, "deadline")
		w.does("officer QV", w.ask("2020-07-20"), given.ID, "QV")
		w.does("officer BN", w.refuse(), given.ID, "QV")
		if s := w.share(given.ID, "QV"); s.Asked != "" || s.Deadline != "2020-07-15" {
			t.Errorf("refused: asks %q until %s, want nothing until 2020-07-15", s.Asked, s.Deadline)
		}
		w.does("officer QV", w.ask("2020-07-20"), given.ID, "QV")
		w.does("officer BN", w.extend(""), given.ID, "QV")
		x, _ := w.index()
		for day, late := range map[string]int{"2020-07-15": 0, "2020-07-16": 1, "2020-07-20": 1, "2020-07-21": 2} {
			if got := x.Progress(given.ID, tasksDay(day)).Late; got != late {
				t.Errorf("on %s %d are late, want %d", day, got, late)
			}
		}
		behind := x.Behind(given.ID, "2020-07-21")
		if len(behind) != 2 || behind[0].Unit != w.Units["TS"] || behind[1].Deadline != "2020-07-20" {
			t.Errorf("behind: %+v, want TS before QV", behind)
		}
	})
}

func TestWhoeverIsDoneAsksForNoMoreDays(t *testing.T) {
	each(t, func(w world) {
		given := w.given("BN", "QV")
		w.does("officer QV", w.ask("2020-07-30"), given.ID, "QV")
		if s := w.does("officer QV", w.finish(), given.ID, "QV"); s.Asked != "" {
			t.Errorf("it is done and asks for %s", s.Asked)
		}
		_, err := w.try("officer BN", w.refuse(), given.ID, "QV")
		refused(t, "days that nobody asks for any more", err, fault.Conflict)
		w.does("officer BN", w.verify(), given.ID, "QV")
	})
}

func TestATaskOfSomebodyWhoLeftFallsBackToTheOffice(t *testing.T) {
	each(t, func(w world) {
		given := w.given("BN", "QV")
		assign := func(people ...int64) error {
			_, err := w.try("leader QV", func(tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (task.Share, error) {
				return task.Assign(t.Context(), tx, actor, id, unit, people)
			}, given.ID, "QV")
			return err
		}
		refused(t, "given to somebody elsewhere", assign(w.People["officer TS"].Person), fault.Invalid, "people")
		officer := w.People["officer QV"]
		w.OK(assign(officer.Person))
		left := func() (names []string) {
			w.OK(w.View(func(q store.Querier) error {
				list, err := w.share(given.ID, "QV").Left(t.Context(), q)
				for _, one := range list {
					names = append(names, one.Name)
				}
				return err
			}))
			return names
		}
		if got := left(); got != nil {
			t.Errorf("%v left, and nobody did", got)
		}
		w.Update(func(tx *ledger.Tx) error {
			grants, err := account.GrantsOf(t.Context(), tx, officer.Person)
			if err != nil {
				return err
			}
			_, err = account.EndGrant(t.Context(), tx, access.CommandLine(w.Tree), grants[0].ID)
			return err
		})
		if diff := cmp.Diff([]string{officer.Name}, left()); diff != "" {
			t.Errorf("who left (-want +got):\n%s", diff)
		}
	})
}

func TestAMilestoneReachedOnTheBoardEndsAShareByItself(t *testing.T) {
	each(t, func(w world) {
		accept := func(unit, by string) {
			t.Helper()
			sent := w.Submitted(unit, officetest.Plain, 0, nil)
			_, err := w.Accept("leader "+by, sent.ID)
			w.OK(err)
		}
		accept("TS", "BN") // before the task is given
		cmd := w.command("BN", "QV", "TS", "PL")
		cmd.Directive, cmd.Milestone = w.Directive, officetest.Plain
		given, err := w.give("officer BN", cmd)
		w.OK(err)
		if n := w.reach(); n != 1 {
			t.Errorf("%d shares ended, want the one that is done already", n)
		}
		accept("QV", "BN")
		accept("DT", "QV") // has no share
		if n, again := w.reach(), w.reach(); n != 1 || again != 0 {
			t.Errorf("%d and then %d shares ended, want 1 and then none", n, again)
		}
		x, _ := w.index()
		if diff := cmp.Diff(task.Progress{Units: 3, Seen: 2, Done: 2, Verified: 2}, x.Progress(given.ID, "2020-07-01")); diff != "" {
			t.Errorf("progress (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]ledger.Kind{task.WasReached}, w.steps(given.ID, "QV")); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
	})
}
