package directiveui

import (
	"fmt"
	"strconv"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
)

// acknowledge records that the unit has received the version it was shown.
func (s *screens) acknowledge(r *web.Request) error {
	id, form, unit, err := s.answer(r, "acknowledge")
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(form.Raw("version")) // none is none that was read
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := directive.Acknowledge(r.Context(), tx, r.Actor, id, unit, version)
		return err
	})
	if err != nil {
		return err
	}
	r.Notice("directives.acknowledged")
	return r.See(page(id, unit))
}

// tighten sets an earlier deadline for the unit and those below it.
func (s *screens) tighten(r *web.Request) error {
	id, form, unit, err := s.answer(r, "tighten")
	if err != nil {
		return err
	}
	one := deadlineView{Milestone: form.Text("milestone"), Level: form.Text("level")}
	form.ID = "tighten-" + one.name()
	form.Need("deadline", r.T("directives.tighten.deadline"))
	deadline := form.Date("deadline")
	if form.OK() {
		err = form.Refused(r.Update(func(tx *ledger.Tx) error {
			_, err := directive.Tighten(r.Context(), tx, r.Actor, directive.TightenCommand{
				Directive: id, Unit: unit, Milestone: one.Milestone, Level: one.Level, Deadline: deadline,
			})
			return err
		}))
		if err != nil {
			return err
		}
	}
	if !form.OK() {
		return s.renderShow(r, form, one.name())
	}
	r.Notice("directives.tightened", "deadline", text.Date(r.Lang, deadline))
	return r.See(page(id, unit) + "#milestones")
}

// close ends a directive.
func (s *screens) close(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := directive.Close(r.Context(), tx, r.Actor, id)
		return err
	})
	if err != nil {
		return err
	}
	r.Notice("directives.closed")
	return r.See(fmt.Sprintf("/directives/%d", id))
}

// answer reads which directive a unit answers, and the unit.
func (s *screens) answer(r *web.Request, name string) (int64, *web.Form, tree.UnitID, error) {
	id, err := r.ID("id")
	if err != nil {
		return 0, nil, 0, err
	}
	form, err := r.Posted(name)
	if err != nil {
		return 0, nil, 0, err
	}
	unit, _ := strconv.ParseInt(form.Raw("unit"), 10, 64) // 0 names no unit, and nobody may act there
	return id, form, tree.UnitID(unit), nil
}

// page is where a directive is read at a unit.
func page(id int64, unit tree.UnitID) string { return fmt.Sprintf("/directives/%d?unit=%d", id, unit) }
