package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/part/report"
)

func (w *world) reportCells(who, committee string, cells ...report.Cell) (list []report.Report, err error) {
	actor := w.People[who]
	err = w.Try(func(tx *ledger.Tx) error {
		list, err = report.ForCells(w.Ctx(), tx, actor, report.CellsCommand{
			Directive: w.Directive, Milestone: held, Committee: w.Units[committee], Key: "tick list",
			Cells: cells, Lang: text.VI, Signature: sign(actor),
		})
		return err
	})
	return list, err
}

func (w *world) cell(code, typed string) report.Cell {
	return report.Cell{Unit: w.Units[code], Values: day(typed)}
}

func TestACommitteesSignatureIsItsCellsReportAndAcceptance(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		list, err := w.reportCells("leader PL", "PL", w.cell("C2", "14/6/2020"), w.cell("C1", "13/6/2020"))
		w.OK(err)
		if len(list) != 2 {
			t.Fatalf("got %d reports, want 2", len(list))
		}
		for _, r := range list {
			if r.State != report.Done || r.Committee != w.Units["PL"] || r.Decider != "leader PL, bí thư" {
				t.Errorf("report of unit %d: %s for committee %d by %q", r.Unit, r.State, r.Committee, r.Decider)
			}
		}
		want := []ledger.Kind{report.Submitted, report.Accepted, report.Submitted, report.Accepted}
		if diff := cmp.Diff(want, w.kinds()); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		again, err := w.reportCells("leader PL", "PL", w.cell("C1", "13/6/2020"), w.cell("C2", "14/6/2020"))
		w.OK(err)
		if diff := cmp.Diff(list, again); diff != "" {
			t.Errorf("sent again (-first +second):\n%s", diff)
		}
		if diff := cmp.Diff(want, w.kinds()); diff != "" {
			t.Errorf("events after sending again (-want +got):\n%s", diff)
		}
		w.verified()
	})
}

func TestCellsAreReportedAllOrNone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.reportCells("leader PL", "PL", w.cell("C1", "13/6/2020"), w.cell("C2", "sáng thứ bảy"))
		list := fault.All(err)
		if len(list) != 1 || list[0].Field != report.CellField(w.Units["C2"], "held-on") {
			t.Fatalf("got %v, want one error at the day of C2", err)
		}
		if kinds := w.kinds(); len(kinds) != 0 {
			t.Errorf("some were reported: %v", kinds)
		}
	})
}

func TestCellsThatACommitteeMayNotReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		cases := []struct{ what, who, committee, cell string }{
			{"an officer", "officer PL", "PL", "C1"},
			{"another committee's leader", "leader DT", "PL", "C1"},
			{"the committee above", "leader QV", "QV", "C1"},
			{"a cell of another committee", "leader PL", "PL", "C3"},
			{"a unit that reports for itself", "leader QV", "QV", "PL"},
		}
		for _, c := range cases {
			if _, err := w.reportCells(c.who, c.committee, w.cell(c.cell, "13/6/2020")); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: got %v, want forbidden", c.what, err)
			}
		}
		if _, err := w.reportCells("leader PL", "PL"); !fault.Is(err, fault.Invalid) {
			t.Errorf("no cell at all: got %v, want invalid", err)
		}
	})
}

func TestAnAcceptedCellIsCorrectedByANewVersion(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, err := w.reportCells("leader PL", "PL", w.cell("C1", "13/6/2020"))
		w.OK(err)
		correction := w.cell("C1", "12/6/2020")
		if _, err := w.reportCells("leader PL", "PL", correction); !fault.Is(err, fault.Conflict) {
			t.Errorf("another day without having seen the first: got %v, want a conflict", err)
		}
		correction.After = first[0].Version
		actor := w.People["leader PL"]
		w.Update(func(tx *ledger.Tx) error {
			_, err := report.ForCells(w.Ctx(), tx, actor, report.CellsCommand{
				Directive: w.Directive, Milestone: held, Committee: w.Units["PL"], Key: "second filling",
				Cells: []report.Cell{correction}, Lang: text.VI, Signature: sign(actor),
			})
			return err
		})
		want := []report.State{report.Superseded, report.Done}
		if diff := cmp.Diff(want, w.states(w.Slot("C1", held))); diff != "" {
			t.Errorf("states (-want +got):\n%s", diff)
		}
		standing, err := report.ChildStandings(w.Ctx(), w.Ledger.DB().Reader(), w.Directive, held, w.Units["PL"])
		w.OK(err)
		if len(standing) != 1 || standing[w.Units["C1"]].Accepted.Version != 2 {
			t.Errorf("the committee's cells stand as %+v", standing)
		}
		w.verified()
	})
}
