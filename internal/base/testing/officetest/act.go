package officetest

import (
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/part/report"
)

// Submit has the unit's leader sign and send values, typed in Vietnamese, after
// the version after.
func (w *World) Submit(unit, milestone string, after int, values map[string]string) (report.Report, error) {
	cmd := report.SubmitCommand{Slot: w.Slot(unit, milestone), After: after, Values: values, Lang: text.VI}
	return w.SubmitAs("leader "+unit, cmd)
}

// SubmitAs has somebody sign and send.
func (w *World) SubmitAs(who string, cmd report.SubmitCommand) (r report.Report, err error) {
	actor := w.People[who]
	cmd.Signature = Sign(actor)
	err = w.Try(func(tx *ledger.Tx) error {
		r, err = report.Submit(w.Ctx(), tx, actor, cmd)
		return err
	})
	return r, err
}

// Submitted is Submit that must succeed.
func (w *World) Submitted(unit, milestone string, after int, values map[string]string) report.Report {
	w.t.Helper()
	r, err := w.Submit(unit, milestone, after, values)
	w.OK(err)
	return r
}

// Accept has somebody accept a report.
func (w *World) Accept(who string, id int64) (r report.Report, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		r, err = report.Accept(w.Ctx(), tx, w.People[who], report.DecideCommand{Report: id, Decider: who + ", bí thư"})
		return err
	})
	return r, err
}

// Return has somebody return a report with a reason.
func (w *World) Return(who string, id int64, reason string) (r report.Report, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		cmd := report.DecideCommand{Report: id, Decider: who + ", bí thư", Reason: reason}
		r, err = report.Return(w.Ctx(), tx, w.People[who], cmd)
		return err
	})
	return r, err
}

// Save has somebody save a draft.
func (w *World) Save(who string, cmd report.SaveCommand) (d report.Draft, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		d, err = report.SaveDraft(w.Ctx(), tx, w.People[who], cmd)
		return err
	})
	return d, err
}

// Day are the values of a report that tells a day alone.
func Day(typed string) map[string]string { return map[string]string{"held-on": typed} }
