package report_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/report"
)

func TestAReportAboveTheCeilingIsRefusedAndBelowItKeepsItsMarks(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		leader := w.People["leader PL"]
		cmd := report.SubmitCommand{
			Slot: w.Slot("PL", held), Values: day("24/6/2020"), Lang: "vi", Signature: officetest.Sign(leader),
			Marks: marking.Marks{Secrecy: marking.Secret, Urgency: marking.Urgent},
		}
		_, err := w.submit(leader, cmd)
		if list := fault.All(err); len(list) != 1 || list[0].Field != "secrecy" || list[0].Key != "marking.above-ceiling.ordinary" {
			t.Errorf("a secret report on an ordinary installation: %v", err)
		}
		w.Update(func(tx *ledger.Tx) error {
			return marking.SetCeiling(w.Ctx(), tx, access.CommandLine(w.Tree), w.Units["TW"], marking.Secret)
		})
		r, err := w.submit(leader, cmd)
		w.OK(err)
		kept, err := report.Get(w.Ctx(), w.Ledger.DB().Reader(), r.ID)
		w.OK(err)
		if kept.Marks != cmd.Marks {
			t.Errorf("the report is marked %+v, want %+v", kept.Marks, cmd.Marks)
		}
		w.verified()
		undo := w.tampered(`UPDATE report SET secrecy = '' WHERE id = $1`, r.ID)
		defer undo()
		if altered := w.altered(); len(altered) != 1 || altered[0].What != "verify.report-place" {
			t.Errorf("the mark was taken off: %+v", altered)
		}
	})
}

func TestWhatComesByListIsMarkedAsTheDirectiveThatItAnswers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		marks := marking.Marks{Secrecy: marking.Secret, Urgency: marking.Urgent}
		w.Update(func(tx *ledger.Tx) error {
			return marking.SetCeiling(w.Ctx(), tx, access.CommandLine(w.Tree), w.Units["TW"], marking.Secret)
		})
		document := officetest.Document("36-CT/TW")
		document.Marks = marks
		w.Directive = w.Issue(document)
		plan := w.plan(w.options(held), "officer QV", "code\theld-on\nPL\t24/6/2020\n")
		var told []report.Report
		w.OK(w.Try(func(tx *ledger.Tx) (err error) {
			told, err = report.TellList(w.Ctx(), tx, w.People["officer QV"], plan, nil)
			return err
		}))
		if len(told) != 1 || told[0].Marks != marks {
			t.Errorf("told by list: %+v, want one marked %+v", told, marks)
		}
		if again := w.plan(w.options(held), "officer QV", "code\theld-on\nPL\t24/6/2020\n"); len(again.Unchanged) != 1 {
			t.Errorf("the same list again: %v, want it unchanged", outcome(again))
		}
		list, err := w.reportCells("leader PL", "PL", w.cell("C1", "13/6/2020"))
		w.OK(err)
		if len(list) != 1 || list[0].Marks != marks {
			t.Errorf("by tick list: %+v, want one marked %+v", list, marks)
		}
		w.verified()
	})
}
