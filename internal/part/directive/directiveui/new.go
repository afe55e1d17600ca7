package directiveui

import (
	"fmt"
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// newPage is where a draft begins.
type newPage struct {
	Form      *web.Form
	Units     []web.Option // that may issue; one is not asked for
	Templates []web.Option
}

// empty is the choice of no template.
const empty = "empty"

func (s *screens) showNew(r *web.Request) error {
	p, err := profileOf(r)
	if err != nil {
		return err
	}
	return s.renderNew(r, p, r.NewForm("new"))
}

func profileOf(r *web.Request) (p *profile.Profile, err error) {
	err = r.View(func(q store.Querier) error {
		p, err = org.Profile(r.Context(), q)
		return err
	})
	return p, err
}

func (s *screens) renderNew(r *web.Request, p *profile.Profile, form *web.Form) error {
	units := r.Actor.Units(access.DirectiveDraft)
	if len(units) == 0 {
		return fault.New(fault.Forbidden, "access.refused")
	}
	data := newPage{Form: form}
	for _, id := range units {
		unit, _ := r.Actor.Tree.Unit(id)
		data.Units = append(data.Units, web.Option{Value: strconv.FormatInt(int64(id), 10), Label: unit.Name})
	}
	for i, template := range p.Templates {
		data.Templates = append(data.Templates, web.Option{
			Value: template.Key, Label: template.Title.In(r.Lang), Chosen: i == 0,
			Hint: r.T("directives.new.template", "n", len(template.Milestones)),
		})
	}
	data.Templates = append(data.Templates, web.Option{
		Value: empty, Label: r.T("directives.new.empty"), Hint: r.T("directives.new.empty.hint"), Chosen: len(p.Templates) == 0,
	})
	title := r.T("directives.new.title")
	r.Layout().Crumb(r.T("directives.title"), "/directives").Crumb(title, "").Title = title
	r.Layout().Narrow, r.Layout().Rail = true, "/directives"
	return r.RenderStatus(form.Status(), s.create, data)
}

// begin makes the draft and goes on to its form.
func (s *screens) begin(r *web.Request) error {
	form, err := r.Posted("new")
	if err != nil {
		return err
	}
	p, err := profileOf(r)
	if err != nil {
		return err
	}
	unit := s.issuer(r, form)
	document, ok := s.beginning(r, p, form.Text("template"), unit)
	if !ok {
		form.Wrong(fault.New(fault.Invalid, "directives.new.choose").At("template"))
		return s.renderNew(r, p, form)
	}
	var d directive.Directive
	err = r.Update(func(tx *ledger.Tx) error {
		d, err = directive.Create(r.Context(), tx, r.Actor, directive.CreateCommand{
			Unit: unit.ID, Key: form.Key, Draft: directive.Draft{Document: document},
		})
		return err
	})
	if err != nil {
		return err
	}
	return r.See(fmt.Sprintf("/directives/%d/edit", d.ID))
}

// issuer is the unit that the form names, else the person's own.
func (s *screens) issuer(r *web.Request, form *web.Form) tree.Unit {
	id, err := strconv.ParseInt(form.Text("unit"), 10, 64)
	units := r.Actor.Units(access.DirectiveDraft)
	if err != nil && len(units) > 0 {
		id = int64(units[0])
	}
	unit, _ := r.Actor.Tree.Unit(tree.UnitID(id))
	return unit
}

func (s *screens) beginning(r *web.Request, p *profile.Profile, key string, unit tree.Unit) (directive.Document, bool) {
	if key == empty {
		return directive.Document{Milestones: []directive.Milestone{{Key: newKey("m")}}}, true
	}
	i := slices.IndexFunc(p.Templates, func(t profile.Template) bool { return t.Key == key })
	if i < 0 {
		return directive.Document{}, false
	}
	return directive.From(p, p.Templates[i], unit.Level, r.Lang), true
}

// discard throws a draft away.
func (s *screens) discard(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var d directive.Directive
	err = r.Update(func(tx *ledger.Tx) error {
		if d, err = directive.Get(r.Context(), tx, id); err != nil {
			return err
		}
		return directive.Discard(r.Context(), tx, r.Actor, id)
	})
	if err != nil {
		return err
	}
	r.Notice("directives.discarded")
	if d.Version > 0 {
		return r.See(fmt.Sprintf("/directives/%d", id))
	}
	return r.See("/directives")
}

// revise begins the next version of an issued directive.
func (s *screens) revise(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := directive.BeginRevision(r.Context(), tx, r.Actor, id)
		return err
	})
	if err != nil {
		return err
	}
	return r.See(fmt.Sprintf("/directives/%d/edit", id))
}
