package remindui

import (
	"fmt"
	"slices"
	"strconv"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/remind"
)

// callPage notes a call to one late unit.
type callPage struct {
	place
	Form    *web.Form
	Row     lateRow
	Results []web.Option
	Most    int
}

// called is the late unit of which the address speaks.
func (s *screens) called(r *web.Request, p place) (lateRow, error) {
	id, _ := strconv.ParseInt(r.Query("to"), 10, 64) // none is no late unit
	rows, err := s.late(r, p)
	if err != nil {
		return lateRow{}, err
	}
	at := slices.IndexFunc(rows, func(row lateRow) bool { return row.Unit == tree.UnitID(id) })
	if at < 0 {
		return lateRow{}, fault.New(fault.NotFound, "late.not-late")
	}
	return rows[at], nil
}

func (s *screens) showCall(r *web.Request) error {
	p, err := s.place(r)
	if err != nil {
		return err
	}
	form := r.NewForm("call")
	return s.renderCall(r, p, form, form.Status())
}

func (s *screens) renderCall(r *web.Request, p place, form *web.Form, status int) error {
	row, err := s.called(r, p)
	if err != nil {
		return err
	}
	rows := []lateRow{row}
	if err := r.View(func(q store.Querier) error { return p.fill(r, q, rows) }); err != nil {
		return err
	}
	page := callPage{place: p, Form: form, Row: rows[0], Most: remind.MostNote}
	for _, result := range remind.Results {
		page.Results = append(page.Results, web.Option{Value: string(result), Label: r.T("late.result." + string(result))})
	}
	layout := r.Layout()
	layout.Title, layout.Rail, layout.Narrow = r.T("late.call"), "/work", true
	layout.Crumb(r.T("late.title"), p.Path()).Crumb(page.Row.Name, "")
	return r.RenderStatus(status, s.call, page)
}

func (s *screens) noteCall(r *web.Request) error {
	p, err := s.place(r)
	if err != nil {
		return err
	}
	row, err := s.called(r, p)
	if err != nil {
		return err
	}
	form, err := r.Posted("call")
	if err != nil {
		return err
	}
	cmd := remind.CallCommand{Key: form.Key, Call: remind.Call{
		Unit: row.Unit, By: p.Unit.ID, Directive: p.Directive, Milestone: p.Key,
		Result: remind.Result(form.Text("result")), Until: form.Date("until"), Note: form.Lines("note"),
	}}
	if form.OK() {
		err = r.Update(func(tx *ledger.Tx) error { return remind.Note(r.Context(), tx, r.Actor, cmd) })
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	if !form.OK() {
		return s.renderCall(r, p, form, form.Status())
	}
	r.Notice("late.noted", "unit", row.Name)
	if cmd.Result == remind.Dictated && row.Cells == 0 {
		return r.See(fmt.Sprintf("/report/%d/%s/%d/tell", p.Directive, p.Key, row.Unit))
	}
	return r.See(p.Path())
}
