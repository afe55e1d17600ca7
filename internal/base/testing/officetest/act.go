package officetest

import (
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/part/directive"
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

// Tell has somebody of an office enter what a unit told by telephone.
func (w *World) Tell(who, office, unit, milestone string, values map[string]string) (report.Report, error) {
	return w.TellAs(who, report.TellCommand{
		Slot: w.Slot(unit, milestone), Values: values, Lang: text.VI,
		Telling: report.Telling{By: w.Units[office], Source: report.ByPhone, Said: "Chị Hoa, văn phòng"},
	})
}

// TellAs has somebody enter something on behalf of a unit.
func (w *World) TellAs(who string, cmd report.TellCommand) (r report.Report, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		r, err = report.Tell(w.Ctx(), tx, w.People[who], cmd)
		return err
	})
	return r, err
}

// Withdraw has somebody of an office take back what a unit told.
func (w *World) Withdraw(who, office string, s report.Slot) error {
	return w.Try(func(tx *ledger.Tx) error {
		_, err := report.WithdrawTelling(w.Ctx(), tx, w.People[who], s, w.Units[office])
		return err
	})
}

// Stand has a unit's leader give another unit a standing on the directive, at
// all milestones.
func (w *World) Stand(by, unit, standing string, until clock.Date) (s directive.Standing, err error) {
	who := w.People["leader "+by]
	err = w.Try(func(tx *ledger.Tx) error {
		s, err = directive.SetStanding(w.Ctx(), tx, who, directive.StandingCommand{
			Directive: w.Directive, Unit: w.Units[unit], Standing: standing, Until: until,
			Decision: "127-QĐ/TU", Reason: "Sắp xếp đơn vị", By: w.Units[by], Signature: Sign(who),
		})
		return err
	})
	return s, err
}
