package boardui

import (
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
)

// momentsPage is the moments that a unit named of a directive, with the form that
// names another.
type momentsPage struct {
	Number    string
	Directive int64
	Unit      tree.Unit
	Milestone string
	Form      *web.Form // nil where the person may not name
	List      []namedMoment
}

// namedMoment is one of them.
type namedMoment struct {
	directive.Moment
	Path      string // to the board as of it
	MayRemove bool
}

// moments shows them.
func (s *Screens) moments(r *web.Request) error {
	form := r.NewForm("moment")
	form.Values.Set("milestone", r.Query("milestone"))
	return s.renderMoments(r, form)
}

// ofMoments reads whose moments are asked for: of a board that the person reads, or
// of a unit whose names the person looks after.
func (s *Screens) ofMoments(r *web.Request) (id int64, unit tree.UnitID, err error) {
	if id, err = r.ID("directive"); err != nil {
		return 0, 0, err
	}
	number, err := r.ID("unit")
	if err != nil {
		return 0, 0, err
	}
	unit = tree.UnitID(number)
	if err = s.may(r, id, unit); err == nil {
		return id, unit, nil
	}
	if fault.Is(err, fault.Forbidden) && r.Actor.May(access.MomentRemove, unit) == nil {
		if d, missing := s.boards.Directive(id); missing == nil && directive.Concerns(s.tree, d, unit) {
			return id, unit, nil
		}
	}
	return 0, 0, err
}

func (s *Screens) renderMoments(r *web.Request, form *web.Form) error {
	id, unit, err := s.ofMoments(r)
	if err != nil {
		return err
	}
	d, err := s.boards.Directive(id)
	if err != nil {
		return err
	}
	page := momentsPage{Number: d.Document.Number, Directive: id, Milestone: form.Text("milestone")}
	page.Unit, _ = s.tree.Unit(unit)
	var list []directive.Moment
	err = r.View(func(q store.Querier) (err error) {
		list, err = directive.Moments(r.Context(), q, id, unit)
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range list {
		page.List = append(page.List, namedMoment{m, s.pathAt(id, unit, page.Milestone, m.At), m.MayRemove(r.Actor) == nil})
	}
	if r.Actor.May(access.MomentName, unit) == nil {
		page.Form = form
	}
	layout := r.Layout()
	layout.Title, layout.Rail, layout.Narrow = r.T("board.moments")+" · "+page.Unit.Name, "/board", true
	layout.Crumb(page.Unit.Name, fmt.Sprintf("/board/%d/%d", id, unit)).Crumb(r.T("board.moments"), "")
	return r.RenderStatus(form.Status(), s.names, page)
}

// pathAt is the address of a board as of a moment.
func (s *Screens) pathAt(id int64, unit tree.UnitID, milestone string, at time.Time) string {
	return fmt.Sprintf("/board/%d/%d?milestone=%s&at=%s", id, unit, milestone, at.In(s.boards.Zone()).Format(atForm))
}

// nameMoment gives the moment in the form a name, or shows the form again with what
// is wrong in it.
func (s *Screens) nameMoment(r *web.Request) error {
	id, unit, err := s.ofMoments(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("moment")
	if err != nil {
		return err
	}
	cmd := directive.NameMomentCommand{Directive: id, Unit: unit, Name: form.Text("name")}
	if from, to := form.Moment("at"); !from.IsZero() {
		cmd.At = to.Add(-time.Second) // of a day, its end
		form.Values.Set("at", text.TypedMoment(r.Lang, cmd.At, r.Zone()))
	}
	if !form.OK() {
		return s.renderMoments(r, form)
	}
	var named directive.Moment
	err = r.Update(func(tx *ledger.Tx) (err error) {
		named, err = directive.NameMoment(r.Context(), tx, r.Actor, cmd)
		return err
	})
	if err != nil {
		if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderMoments(r, form)
	}
	r.Notice("board.moments.named", "name", named.Name)
	return r.See(s.pathAt(id, unit, form.Text("milestone"), named.At))
}

// removeMoment takes a name away.
func (s *Screens) removeMoment(r *web.Request) error {
	id, unit, err := s.ofMoments(r)
	if err != nil {
		return err
	}
	moment, err := r.ID("moment")
	if err != nil {
		return err
	}
	var removed directive.Moment
	err = r.Update(func(tx *ledger.Tx) (err error) {
		removed, err = directive.RemoveMoment(r.Context(), tx, r.Actor, moment)
		return err
	})
	if err != nil {
		return err
	}
	r.Notice("board.moments.removed", "name", removed.Name)
	return r.See(fmt.Sprintf("/board/%d/%d/moments", id, unit))
}
