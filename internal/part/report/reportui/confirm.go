package reportui

import (
	"net/http"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/report"
)

// confirmPage shows a unit what was told on its behalf, to be confirmed with one
// signature or corrected.
type confirmPage struct {
	place
	Told    toldView
	Values  []value
	Form    *web.Form
	Signing *web.Signing // nil for who does not sign
	// Authority is that of a signature for somebody else, as "K/T BÍ THƯ".
	Authority string
}

func (s *Screens) showConfirm(r *web.Request, p place) error {
	return s.renderConfirm(r, p, r.NewForm("confirm"), http.StatusOK)
}

func (s *Screens) renderConfirm(r *web.Request, p place, form *web.Form, status int) error {
	page := confirmPage{place: p, Form: form, Values: valuesOf(r, p.Milestone, p.Standing.Newest)}
	actor, err := s.toSign(r, p.Slot)
	if err != nil {
		return err
	}
	if page.Signing, err = s.signing(r, actor, form, p.Unit); err != nil {
		return err
	}
	page.Authority = account.As(actor, access.ReportSubmit, p.Unit, "").Authority
	if page.Signing != nil {
		page.Signing.Label = r.T("reportui.confirm.do")
	}
	err = r.View(func(q store.Querier) (err error) {
		page.Told, err = tellingOf(r, q, p.Standing.Newest)
		return err
	})
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title = p.Milestone.Name.In(r.Lang) + " · " + p.At.Name
	layout.Narrow, layout.Rail = true, "/work"
	layout.Crumb(r.T("reportui.work"), "/work").Crumb(p.Milestone.Name.In(r.Lang), "")
	layout.Script("report/form.ts") // with the style of these screens
	return r.RenderStatus(status, s.confirm, page)
}

// takeConfirmation signs what was told as the unit's own report.
func (s *Screens) takeConfirmation(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	form, err := r.Posted("confirm")
	if err != nil {
		return err
	}
	var p place
	err = r.View(func(q store.Querier) error {
		told, err := report.Get(r.Context(), q, id)
		if err != nil {
			return err
		}
		p, err = placeOf(r, q, told.Slot)
		return err
	})
	if err != nil {
		return err
	}
	signature, err := s.signSlot(r, form, p.Slot)
	if err != nil {
		return s.confirmAgain(r, p, form, err)
	}
	var sent report.Report
	err = r.Update(func(tx *ledger.Tx) (err error) {
		sent, err = report.Confirm(r.Context(), tx, r.Actor, report.ConfirmCommand{Report: id, Key: form.Key, Signature: signature})
		return err
	})
	if done, failed := r.Asked(err); done {
		return failed
	} else if failed != nil {
		return s.confirmAgain(r, p, form, failed)
	}
	r.Notice("reportui.confirmed", "unit", p.Parent.Name)
	return r.See("/report/" + strconv.FormatInt(sent.ID, 10))
}

// confirmAgain shows the page with what is wrong. Where nothing is left to be
// confirmed, the unit's form tells what stands there now.
func (s *Screens) confirmAgain(r *web.Request, p place, form *web.Form, err error) error {
	if !p.Standing.Provisional() || asOvertaken(err) != nil {
		for _, f := range fault.All(err) {
			r.Notice(f.Key, f.Args...)
		}
		return r.See(p.Path())
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderConfirm(r, p, form, form.Status())
}
