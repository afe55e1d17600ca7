package task_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/org"
	"giaoban/internal/part/task"
)

// reorganise does an act and lets heirs take up what was begun, as often as the program
// likes. A code that is founded is known from then on.
func (w world) reorganise(cmd org.ReorganiseCommand) {
	w.t.Helper()
	cmd.Decision, cmd.Decided = "1656-QĐ/TU", "2020-06-20"
	w.Update(func(tx *ledger.Tx) error {
		_, err := org.Reorganise(w.Ctx(), tx, access.CommandLine(w.Tree), cmd)
		return err
	})
	w.LoadTree()
	for _, h := range cmd.Heirs {
		heir, err := org.ByCode(w.Ctx(), w.Ledger.DB().Reader(), "9999-12-31", h.Code)
		w.OK(err)
		w.Units[h.Code] = heir.ID
	}
	for range 2 {
		w.Update(func(tx *ledger.Tx) error { return task.Inherit(w.Ctx(), tx, access.Program(w.Tree)) })
	}
}

func (w world) merge(code, parent string, units ...string) {
	cmd := org.ReorganiseCommand{Kind: org.Merger, Heirs: []org.Heir{{Code: code, Name: "Đảng bộ xã Phù Đào", Parent: w.Units[parent]}}}
	for _, unit := range units {
		cmd.Units = append(cmd.Units, org.Predecessor{Unit: w.Units[unit], Heirs: []string{code}})
	}
	w.reorganise(cmd)
}

func TestTheTasksOfAMergedUnitPassToItsSuccessor(t *testing.T) {
	each(t, func(w world) {
		followed, position := w.index()
		given := w.given("QV", "PL", "DT")
		alone := w.given("QV", "DT")
		below := w.split("PL", given.ID, "C1")
		w.does("officer DT", w.finish(), given.ID, "DT")
		w.does("officer QV", w.verify(), given.ID, "DT")
		w.does("officer DT", w.finish(), alone.ID, "DT")
		w.merge("09999", "QV", "PL", "DT")
		w.Person("officer 09999", "09999", access.Officer)

		events, err := ledger.After(t.Context(), w.Ledger.DB().Reader(), position, 10_000)
		w.OK(err)
		w.OK(followed.Apply(events))
		anew, _ := w.index()
		for name, x := range map[string]*task.Index{"followed": followed, "made anew": anew} {
			for id, want := range map[int64]task.Progress{
				given.ID: {Units: 1, Seen: 1}, // Phù Lãng was not done, so the successor is not
				alone.ID: {Units: 1, Seen: 1, Done: 1},
			} {
				if diff := cmp.Diff(want, x.Progress(id, "2020-07-01")); diff != "" {
					t.Errorf("%s, task %d (-want +got):\n%s", name, id, diff)
				}
			}
			at, ok := x.At(given.ID, w.Units["09999"], "2020-07-01")
			if !ok || !at.Split || at.Below.Units != 1 {
				t.Errorf("%s, the successor stands %+v, want split to one", name, at)
			}
		}
		if got := w.now(below.ID); got.Giver != w.Units["09999"] || got.Verifier != w.Units["09999"] {
			t.Errorf("what was handed down is given by %d and verified by %d, want the successor", got.Giver, got.Verifier)
		}
		if s := w.share(alone.ID, "09999"); s.Evidence == "" || s.DoneAt.IsZero() {
			t.Errorf("the successor's share is %+v, want the evidence", s)
		}
		recorded := 0
		for _, e := range events {
			if e.Kind == task.WasInherited {
				recorded++
			}
		}
		if recorded != 4 { // both units of the one, one of the other, and what was handed down
			t.Errorf("%d events tell of it, want 4", recorded)
		}
		w.does("officer 09999", w.finish(), given.ID, "09999")
	})
}

func TestTheShareOfAUnitWithoutASuccessorEnds(t *testing.T) {
	each(t, func(w world) {
		given := w.given("QV", "PL", "DT")
		w.reorganise(org.ReorganiseCommand{Kind: org.Dissolution, Units: []org.Predecessor{{Unit: w.Units["C3"]}}})
		if got := w.now(given.ID).Units.Len(); got != 2 {
			t.Errorf("%d units, want both: neither of them ended", got)
		}
		w.reorganise(org.ReorganiseCommand{Kind: org.Dissolution, Units: []org.Predecessor{{Unit: w.Units["DT"]}}})
		if diff := cmp.Diff(w.units("PL"), w.now(given.ID).Units.Units()); diff != "" {
			t.Errorf("units (-want +got):\n%s", diff)
		}
	})
}

// cellsElsewhere moves the cells of Phù Lãng to Đức Long and ends Phù Lãng, which nobody
// follows.
func (w world) cellsElsewhere() {
	w.t.Helper()
	for _, cell := range []string{"C1", "C2"} {
		w.Update(func(tx *ledger.Tx) error {
			_, err := org.Move(w.Ctx(), tx, access.CommandLine(w.Tree), org.MoveCommand{Unit: w.Units[cell], Parent: w.Units["DT"]})
			return err
		})
	}
	w.Update(func(tx *ledger.Tx) error {
		_, err := org.Dissolve(w.Ctx(), tx, access.CommandLine(w.Tree), org.DissolveCommand{Unit: w.Units["PL"]})
		return err
	})
	w.LoadTree()
}

func TestWhatNobodyTakesOverIsDecidedAbove(t *testing.T) {
	each(t, func(w world) {
		given := w.given("PL", "C1")
		owed := w.given("QV", "PL", "DT")
		w.does("officer C1", w.finish(), given.ID, "C1")
		w.cellsElsewhere()
		w.Update(func(tx *ledger.Tx) error { return task.Inherit(w.Ctx(), tx, access.Program(w.Tree)) })
		if got := w.now(given.ID); got.Giver != w.Units["QV"] || got.Verifier != w.Units["QV"] {
			t.Errorf("given by %d and verified by %d, want the district above", got.Giver, got.Verifier)
		}
		if diff := cmp.Diff(w.units("DT"), w.now(owed.ID).Units.Units()); diff != "" {
			t.Errorf("who owes the other (-want +got):\n%s", diff)
		}
		w.does("officer QV", w.verify(), given.ID, "C1")
	})
}
