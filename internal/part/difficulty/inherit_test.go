package difficulty_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/org"
)

// merge does a merger into a new unit and lets it take up what was begun, as often as
// the program likes.
func (w world) merge(code, name, parent string, units ...string) {
	w.t.Helper()
	cmd := org.ReorganiseCommand{
		Kind: org.Merger, Decision: "1656-QĐ/TU", Decided: "2020-06-20",
		Heirs: []org.Heir{{Code: code, Name: name, Parent: w.Units[parent]}},
	}
	for _, unit := range units {
		cmd.Units = append(cmd.Units, org.Predecessor{Unit: w.Units[unit], Heirs: []string{code}})
	}
	w.Update(func(tx *ledger.Tx) error {
		_, err := org.Reorganise(w.Ctx(), tx, access.CommandLine(w.Tree), cmd)
		return err
	})
	w.LoadTree()
	heir, err := org.ByCode(w.Ctx(), w.Ledger.DB().Reader(), "9999-12-31", code)
	w.OK(err)
	w.Units[code] = heir.ID
	for range 2 {
		w.Update(func(tx *ledger.Tx) error { return difficulty.Inherit(w.Ctx(), tx, access.Program(w.Tree)) })
	}
}

func TestTheHeirOfAMergedUnitHasWhatItRaised(t *testing.T) {
	each(t, func(w world) {
		t := w.t
		open, other := w.raised("PL"), w.raised("DT")
		withdrawn := w.raised("PL")
		_, err := w.try("officer PL", func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
			return difficulty.Withdraw(w.Ctx(), tx, actor, withdrawn.ID, "Đã đủ.")
		})
		w.OK(err)
		w.merge("09999", "Đảng bộ xã Phù Đào", "QV", "PL", "DT")
		w.Person("officer 09999", "09999", access.Officer)
		for _, d := range []difficulty.Difficulty{w.now(open.ID), w.now(other.ID)} {
			if d.Unit != w.Units["09999"] || d.At != w.Units["QV"] {
				t.Errorf("%d is of unit %d at %d, want the heir's and where it was", d.ID, d.Unit, d.At)
			}
		}
		if got := w.now(withdrawn.ID).Unit; got != w.Units["PL"] {
			t.Errorf("what is over went to unit %d, want it where it was", got)
		}
		if diff := cmp.Diff([]ledger.Kind{difficulty.WasInherited}, w.steps(open.ID)); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
		_, err = w.answer("officer QV", open.ID)
		w.OK(err)
		_, err = w.confirm("officer 09999", open.ID)
		w.OK(err)
	})
}

func TestAnHeirDoesNotAnswerItself(t *testing.T) {
	each(t, func(w world) {
		t := w.t
		d := w.raised("PL")
		asked := w.Units["QV"]
		w.merge("09998", "Đảng bộ khu vực Quế Võ", "BN", "QV", "PL", "DT")
		d = w.now(d.ID)
		if d.At == asked || d.Unit != w.Units["09998"] || d.At != w.Units["BN"] {
			t.Errorf("of unit %d at %d, want the heir's, at the province above it", d.Unit, d.At)
		}
		_, err := w.answer("officer BN", d.ID)
		w.OK(err)
	})
}

func TestWhoWasAskedAndEndedIsFollowedByItsHeir(t *testing.T) {
	each(t, func(w world) {
		t := w.t
		d := w.raised("PL")
		w.merge("09997", "Đảng bộ khu vực Quế Võ", "BN", "QV", "TS")
		if d = w.now(d.ID); d.Unit != w.Units["PL"] || d.At != w.Units["09997"] {
			t.Errorf("of unit %d at %d, want it of who raised it, at the heir's office", d.Unit, d.At)
		}
		if d.Silent.IsZero() {
			t.Error("no silence counts at the heir's office")
		}
	})
}

func TestWhoWasAskedAndIsFollowedByNobodyIsAskedAbove(t *testing.T) {
	each(t, func(w world) {
		t := w.t
		d := w.raised("PL")
		ended := w.raised("DT")
		w.Update(func(tx *ledger.Tx) error {
			_, err := org.Move(w.Ctx(), tx, access.CommandLine(w.Tree), org.MoveCommand{Unit: w.Units["PL"], Parent: w.Units["TS"]})
			return err
		})
		w.Update(func(tx *ledger.Tx) error {
			_, err := org.Reorganise(w.Ctx(), tx, access.CommandLine(w.Tree), org.ReorganiseCommand{
				Kind: org.Dissolution, Decision: "1656-QĐ/TU", Decided: "2020-06-20",
				Units: []org.Predecessor{{Unit: w.Units["C3"]}, {Unit: w.Units["DT"]}, {Unit: w.Units["QV"]}},
			})
			return err
		})
		w.LoadTree()
		for range 2 {
			w.Update(func(tx *ledger.Tx) error { return difficulty.Inherit(w.Ctx(), tx, access.Program(w.Tree)) })
		}
		for _, d := range []difficulty.Difficulty{w.now(d.ID), w.now(ended.ID)} {
			if d.At != w.Units["BN"] {
				t.Errorf("the one of unit %d is at %d, want the province", d.Unit, d.At)
			}
		}
		if diff := cmp.Diff([]ledger.Kind{difficulty.WasInherited}, w.steps(d.ID)); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
	})
}
