package reportui

import (
	"fmt"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/report"
)

// accept takes a report as right and leads back to where the button was.
func (s *Screens) accept(r *web.Request) error {
	id, decider, err := s.deciding(r)
	if err != nil {
		return err
	}
	var of report.Report
	err = r.Update(func(tx *ledger.Tx) (err error) {
		of, err = report.Accept(r.Context(), tx, r.Actor, report.DecideCommand{Report: id, Decider: decider})
		return err
	})
	if err != nil {
		return err
	}
	r.Notice("reportui.accepted", "unit", s.name(r, of.Unit))
	return r.See(back(r, id))
}

// giveBack returns a report with a reason. Without one, the report is shown with
// the error at the reason.
func (s *Screens) giveBack(r *web.Request) error {
	id, decider, err := s.deciding(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("return")
	if err != nil {
		return err
	}
	var of report.Report
	err = r.Update(func(tx *ledger.Tx) (err error) {
		of, err = report.Return(r.Context(), tx, r.Actor, report.DecideCommand{Report: id, Decider: decider, Reason: form.Lines("reason")})
		return err
	})
	if fault.Is(err, fault.Invalid) {
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderEvidence(r, id, form, form.Status())
	}
	if err != nil {
		return err
	}
	r.Notice("reportui.returned", "unit", s.name(r, of.Unit))
	return r.See(back(r, id))
}

// deciding reads which report is decided, and who decides as what.
func (s *Screens) deciding(r *web.Request) (id int64, decider string, err error) {
	if id, err = r.ID("id"); err != nil {
		return 0, "", err
	}
	var of report.Report
	err = r.View(func(q store.Querier) (err error) {
		of, err = report.Get(r.Context(), q, id)
		return err
	})
	if err != nil {
		return 0, "", err
	}
	unit, _ := r.Actor.Tree.Unit(of.Unit)
	decider, err = s.decider(r, unit.Parent)
	return id, decider, err
}

func (s *Screens) name(r *web.Request, unit tree.UnitID) string {
	u, _ := r.Actor.Tree.Unit(unit)
	return u.Name
}

// back is where the person came from: the queue, or the report itself.
func back(r *web.Request, id int64) string { return r.Back(fmt.Sprintf("/report/%d", id)) }
