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
