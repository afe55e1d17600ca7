package report_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/part/report"
)

func (w *world) saveCells(who, committee string, revision int64, values map[string]string) (draft report.Draft, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		draft, err = report.SaveCells(w.Ctx(), tx, w.People[who], report.SaveCommand{
			Slot: w.Slot(committee, held), Revision: revision, Values: values, Lang: text.VI,
		})
		return err
	})
	return draft, err
}

func (w *world) cellsDraft(committee string) (report.Draft, bool) {
	w.t.Helper()
	draft, ok, err := report.CellsDraftOf(w.Ctx(), w.Ledger.DB().Reader(), w.Slot(committee, held))
	w.OK(err)
	return draft, ok
}

func TestATickListIsKeptUntilItIsSigned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		one := report.CellField(w.Units["C1"], "")
		list := map[string]string{one: "yes", one + ".held-on": "mai"}
		saved, err := w.saveCells("officer PL", "PL", 0, list)
		w.OK(err)
		draft, _ := w.cellsDraft("PL")
		if diff := cmp.Diff(list, draft.Values); diff != "" || draft.Revision != 1 || draft.Name != "officer PL" || draft.Key != saved.Key {
			t.Errorf("kept %+v (-want +got):\n%s", draft, diff)
		}
		again, err := w.saveCells("officer PL", "PL", 0, list) // as a retry does
		w.OK(err)
		if again.Revision != 1 {
			t.Errorf("saved again it is revision %d, want 1", again.Revision)
		}
		if own, ok, err := report.DraftOf(w.Ctx(), w.Ledger.DB().Reader(), w.Slot("PL", held)); ok || err != nil {
			t.Errorf("the committee's own report has a draft %+v, %v", own, err)
		}
		_, err = w.reportCells("leader PL", "PL", w.cell("C1", "sai"))
		if !fault.Is(err, fault.Invalid) {
			t.Fatalf("a wrong day: got %v", err)
		}
		if _, ok := w.cellsDraft("PL"); !ok {
			t.Error("a list that was refused is gone")
		}
		_, err = w.reportCells("leader PL", "PL", w.cell("C1", "13/6/2020"))
		w.OK(err)
		if draft, ok := w.cellsDraft("PL"); ok {
			t.Errorf("after it was signed %+v is kept", draft)
		}
		if diff := cmp.Diff([]ledger.Kind{report.Submitted, report.Accepted}, w.kinds()); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestWhatIsTickedWhileTheLeaderSignsStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		one, two := report.CellField(w.Units["C1"], ""), report.CellField(w.Units["C2"], "")
		_, err := w.saveCells("officer PL", "PL", 0, map[string]string{one: "yes"})
		w.OK(err)
		_, err = w.saveCells("officer PL", "PL", 1, map[string]string{one: "yes", two: "yes", two + ".held-on": "14/6/2020"})
		w.OK(err)
		_, err = w.reportCells("leader PL", "PL", w.cell("C1", "13/6/2020")) // whose page is of before
		w.OK(err)
		draft, _ := w.cellsDraft("PL")
		if diff := cmp.Diff(map[string]string{two: "yes", two + ".held-on": "14/6/2020"}, draft.Values); diff != "" || draft.Revision != 3 {
			t.Errorf("revision %d, want 3; ticks (-want +got):\n%s", draft.Revision, diff)
		}
		_, err = w.reportCells("leader PL", "PL", w.cell("C2", "14/6/2020"))
		w.OK(err)
		if draft, ok := w.cellsDraft("PL"); ok {
			t.Errorf("after all was signed %+v is kept", draft)
		}
	})
}

func TestTheSecondOneToTickIsToldWhoWasFaster(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		one, two := report.CellField(w.Units["C1"], ""), report.CellField(w.Units["C2"], "")
		_, err := w.saveCells("officer PL", "PL", 0, map[string]string{one: "yes"})
		w.OK(err)
		_, err = w.saveCells("leader PL", "PL", 0, map[string]string{two: "yes"})
		var overtaken *report.Overtaken
		if !errors.As(err, &overtaken) || overtaken.Draft.Name != "officer PL" || overtaken.Own || overtaken.Draft.Values[one] != "yes" {
			t.Fatalf("got %v, want to be told of the officer's list", err)
		}
		_, err = w.saveCells("leader PL", "PL", overtaken.Draft.Revision, map[string]string{one: "yes", two: "yes"})
		w.OK(err)
		if draft, _ := w.cellsDraft("PL"); len(draft.Values) != 2 || draft.Name != "leader PL" {
			t.Errorf("kept %+v", draft)
		}
	})
}

func TestOnlyTheCommitteeKeepsItsTickList(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, who := range []string{"officer QV", "leader DT", "officer BN", "leader C1"} {
			if _, err := w.saveCells(who, "PL", 0, nil); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: got %v, want forbidden", who, err)
			}
		}
		err := w.Try(func(tx *ledger.Tx) error {
			_, err := report.SaveCells(w.Ctx(), tx, w.People["officer PL"], report.SaveCommand{Slot: w.Slot("PL", "no-such")})
			return err
		})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("an unknown milestone: got %v, want not found", err)
		}
		w.Close()
		if _, err := w.saveCells("officer PL", "PL", 0, nil); !fault.Is(err, fault.TooLate) {
			t.Errorf("on a closed directive: got %v, want too late", err)
		}
	})
}
