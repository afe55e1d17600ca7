package report_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// reorganise does an act and lets the heirs take up what was begun.
func (w *world) reorganise(cmd org.ReorganiseCommand) {
	w.t.Helper()
	cmd.Decision, cmd.Decided = "1656-QĐ/TU", "2020-06-20"
	w.Update(func(tx *ledger.Tx) error {
		_, err := org.Reorganise(w.Ctx(), tx, access.CommandLine(w.Tree), cmd)
		return err
	})
	w.LoadTree()
	w.inherit()
	w.inherit() // as often as the program likes
}

func (w *world) inherit() {
	w.t.Helper()
	w.OK(w.Ledger.DB().Update(w.Ctx(), func(tx *sql.Tx) error { return report.Inherit(w.Ctx(), tx) }))
}

// ticks are what stands in the tick list of a unit now, nil when there is none.
func (w *world) ticks(code string) map[string]string {
	w.t.Helper()
	unit, err := org.ByCode(w.Ctx(), w.Ledger.DB().Reader(), "9999-12-31", code)
	w.OK(err)
	w.Units[code] = unit.ID
	draft, _ := w.cellsDraft(code)
	return draft.Values
}

func (w *world) field(cell, key string) string { return report.CellField(w.Units[cell], key) }

func TestTickListsOfMergedCommitteesBecomeThatOfTheirHeir(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, err := w.saveCells("officer PL", "PL", 0, map[string]string{w.field("C1", ""): "yes", w.field("C1", "held-on"): "13/6/2020", "cell.999": "yes"})
		w.OK(err)
		w.Clock.Advance(time.Hour)
		_, err = w.saveCells("officer DT", "DT", 0, map[string]string{w.field("C3", ""): "yes"})
		w.OK(err)
		w.reorganise(org.ReorganiseCommand{
			Kind:  org.Merger,
			Heirs: []org.Heir{{Code: "09999", Name: "Đảng bộ xã Phù Đào", Parent: w.Units["QV"]}},
			Units: []org.Predecessor{{Unit: w.Units["PL"], Heirs: []string{"09999"}}, {Unit: w.Units["DT"], Heirs: []string{"09999"}}},
		})
		want := map[string]string{w.field("C1", ""): "yes", w.field("C1", "held-on"): "13/6/2020", w.field("C3", ""): "yes"}
		if diff := cmp.Diff(want, w.ticks("09999")); diff != "" {
			t.Errorf("the heir's list (-want +got):\n%s", diff)
		}
		for _, code := range []string{"PL", "DT"} {
			if draft, ok := w.cellsDraft(code); ok {
				t.Errorf("%s, which is gone, still has the list %v", code, draft.Values)
			}
		}
		if draft, _ := w.cellsDraft("09999"); !draft.BegunAt.Equal(first.BegunAt) {
			t.Errorf("the list waits since %s, want since the first of the two was begun, %s", draft.BegunAt, first.BegunAt)
		}
		w.Person("officer 09999", "09999", access.Officer)
		draft, _ := w.cellsDraft("09999")
		_, err = w.saveCells("officer 09999", "09999", draft.Revision, want)
		w.OK(err)
	})
}

func TestTicksOfAPartedCommitteeGoWhereTheCellsGo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.saveCells("officer PL", "PL", 0, map[string]string{w.field("C1", ""): "yes", w.field("C2", ""): "yes", w.field("C2", "held-on"): "mai"})
		w.OK(err)
		_, err = w.saveCells("officer DT", "DT", 0, map[string]string{w.field("C3", ""): "yes", w.field("C2", "held-on"): "14/6/2020"})
		w.OK(err)
		dt, found := w.Tree.Unit(w.Units["DT"])
		if !found {
			t.Fatal("no unit DT")
		}
		w.reorganise(org.ReorganiseCommand{
			Kind:     org.Split,
			Heirs:    []org.Heir{{Code: "09998", Name: "Đảng bộ xã Phù Bắc", Parent: w.Units["QV"]}, {Code: dt.Code}},
			Units:    []org.Predecessor{{Unit: w.Units["PL"], Heirs: []string{"09998", dt.Code}}},
			Children: []org.ChildFate{{Unit: w.Units["C2"], Heir: dt.Code}},
		})
		if diff := cmp.Diff(map[string]string{w.field("C1", ""): "yes"}, w.ticks("09998")); diff != "" {
			t.Errorf("the first heir's list (-want +got):\n%s", diff)
		}
		want := map[string]string{w.field("C2", ""): "yes", w.field("C2", "held-on"): "14/6/2020", w.field("C3", ""): "yes"}
		if diff := cmp.Diff(want, w.ticks(dt.Code)); diff != "" {
			t.Errorf("the other heir's list, in which its own words go first (-want +got):\n%s", diff)
		}
	})
}

func TestFiguresThatTwoLanguagesWriteOtherwiseAreTypedAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.saveCells("officer PL", "PL", 0, map[string]string{w.field("C1", ""): "yes", w.field("C1", "convened"): "1.234"})
		w.OK(err)
		w.OK(w.Try(func(tx *ledger.Tx) error {
			_, err := report.SaveCells(w.Ctx(), tx, w.People["officer DT"], report.SaveCommand{
				Slot: w.Slot("DT", held), Values: map[string]string{w.field("C3", "convened"): "1,234"}, Lang: text.EN,
			})
			return err
		}))
		dt, _ := w.Tree.Unit(w.Units["DT"])
		w.reorganise(org.ReorganiseCommand{
			Kind: org.Merger, Heirs: []org.Heir{{Code: dt.Code}},
			Units: []org.Predecessor{{Unit: w.Units["PL"], Heirs: []string{dt.Code}}, {Unit: dt.ID, Heirs: []string{dt.Code}}},
		})
		want := map[string]string{w.field("C1", ""): "yes", w.field("C3", "convened"): "1,234"}
		if diff := cmp.Diff(want, w.ticks(dt.Code)); diff != "" {
			t.Errorf("the heir's list (-want +got):\n%s", diff)
		}
	})
}
