package directiveui

import (
	"fmt"
	"strings"

	"giaoban/internal/base/text"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// standingPage is what a unit is on a directive beside done and not done, with
// the form by which a leader above decides on it.
type standingPage struct {
	Directive directive.Directive
	Unit      tree.Unit
	By        tree.Unit // the unit for which the person decides; zero where it may not
	Now       []standingView
	Past      []standingView
	Form      *web.Form
	Kinds     []web.Option
	Asked     []web.Option // milestones
	Signing   web.Signing
}

// standingView is a standing in words.
type standingView struct {
	directive.Standing
	Name  string
	Step  string // the milestone; "" for all
	At    tree.Unit
	Place string // the unit that decided
	Path  string
}

// Sign is the state by whose sign the standing is shown.
func (v standingView) Sign() string {
	if v.Exempt() {
		return "exempt"
	}
	return "apart"
}

func standingPath(id int64, unit tree.UnitID) string {
	return fmt.Sprintf("/directives/%d/standing/%d", id, unit)
}

func viewStandings(r *web.Request, p *profile.Profile, d directive.Directive, list []directive.Standing) []standingView {
	var views []standingView
	for _, s := range list {
		view := standingView{Standing: s, Name: s.Key, Path: standingPath(d.ID, s.Unit)}
		if known, ok := p.Standing(s.Key); ok {
			view.Name = known.Name.In(r.Lang)
		}
		for _, m := range d.Document.Milestones {
			if m.Key == s.Milestone {
				view.Step = m.Name.In(r.Lang)
			}
		}
		view.At, _ = r.Actor.Tree.Unit(s.Unit)
		by, _ := r.Actor.Tree.Unit(s.By)
		view.Place = by.Name
		views = append(views, view)
	}
	return views
}

// standings are those of the unit that reads and of all below it.
func (p *showPage) standings(r *web.Request, q store.Querier, organisation *profile.Profile) error {
	all, err := directive.Standings(r.Context(), q, p.Directive.ID)
	if err != nil {
		return err
	}
	for _, one := range viewStandings(r, organisation, p.Directive, all) {
		if one.Unit == p.Unit.ID || r.Actor.Tree.Within(one.Unit, p.Unit.ID) {
			p.Standings = append(p.Standings, one)
		}
	}
	for i := range p.Milestones {
		for j := range p.Milestones[i].Deadlines {
			if one := &p.Milestones[i].Deadlines[j]; one.Own {
				one.Effective = directive.StandingAt(all, p.Directive.ID, one.Milestone, p.Unit.ID).Deadline(one.Effective)
			}
		}
	}
	p.MayStand = p.Directive.State == directive.InForce && r.Actor.May(access.DirectiveIssue, p.Unit.ID) == nil
	return nil
}

func (s *screens) showStanding(r *web.Request) error {
	form := r.NewForm("standing")
	form.Values.Set("milestone", r.Query("milestone"))
	return s.renderStanding(r, form)
}

// findStanding leads from a unit's code to its page.
func (s *screens) findStanding(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var unit org.Unit
	err = r.View(func(q store.Querier) (err error) {
		unit, err = org.ByCode(r.Context(), q, r.Layout().Today(), r.Query("code"))
		return err
	})
	if err != nil {
		return err
	}
	if err := r.Actor.May(access.DirectiveRead, unit.ID); err != nil {
		return fault.New(fault.NotFound, "directive.not-found")
	}
	return r.See(standingPath(id, unit.ID))
}

func (s *screens) standingOf(r *web.Request) (page standingPage, err error) {
	id, err := r.ID("id")
	if err != nil {
		return page, err
	}
	unit, err := r.ID("unit")
	if err != nil {
		return page, err
	}
	if err := r.Actor.May(access.DirectiveRead, tree.UnitID(unit)); err != nil {
		return page, err
	}
	page.Unit, _ = r.Actor.Tree.Unit(tree.UnitID(unit))
	return page, r.View(func(q store.Querier) error { return page.read(r, q, id) })
}

func (p *standingPage) read(r *web.Request, q store.Querier, id int64) (err error) {
	if p.Directive, err = directive.Read(r.Context(), q, r.Actor, id); err != nil {
		return err
	}
	if p.Directive.State == directive.Drafted || !directive.Concerns(r.Actor.Tree, p.Directive, p.Unit.ID) {
		return fault.New(fault.NotFound, "directive.not-found")
	}
	organisation, err := org.Pinned(r.Context(), q, p.Directive.Document.Profile)
	if err != nil {
		return err
	}
	history, err := directive.StandingHistory(r.Context(), q, id, p.Unit.ID)
	if err != nil {
		return err
	}
	for _, one := range viewStandings(r, organisation, p.Directive, history) {
		if one.EndedAt.IsZero() {
			p.Now = append(p.Now, one)
		} else {
			p.Past = append(p.Past, one)
		}
	}
	for _, kind := range organisation.Standings {
		p.Kinds = append(p.Kinds, web.Option{Value: kind.Key, Label: text.Capital(kind.Name.In(r.Lang)), Hint: kind.Hint.In(r.Lang)})
	}
	p.Asked = []web.Option{{Value: "", Label: r.T("directives.standing.all")}}
	for _, m := range p.Directive.Document.Milestones {
		if _, asked := m.Deadline(p.Unit.Level); asked {
			p.Asked = append(p.Asked, web.Option{Value: m.Key, Label: m.Name.In(r.Lang)})
		}
	}
	p.By = decider(r, p.Directive, p.Unit.ID)
	return nil
}

// decider is the nearest unit above for which the person decides on a unit's
// standing; the zero Unit for none.
func decider(r *web.Request, d directive.Directive, unit tree.UnitID) tree.Unit {
	path := r.Actor.Tree.Path(unit)
	if d.State != directive.InForce || len(path) == 0 || r.Actor.May(access.StandingSet, unit) != nil {
		return tree.Unit{}
	}
	for i := len(path) - 2; i >= 0; i-- {
		if r.Actor.May(access.DirectiveIssue, path[i].ID) == nil {
			return path[i]
		}
	}
	return tree.Unit{}
}

func (s *screens) renderStanding(r *web.Request, form *web.Form) error {
	data, err := s.standingOf(r)
	if err != nil {
		return err
	}
	data.Form = form
	if data.Signing, err = r.Signing(form, "set", r.T("directives.standing.do")); err != nil {
		return err
	}
	number := r.T("directives.show.title", "number", data.Directive.Document.Number)
	title := r.T("directives.standing") + " · " + data.Unit.Name
	r.Layout().Crumb(r.T("directives.title"), "/directives").
		Crumb(number, fmt.Sprintf("/directives/%d", data.Directive.ID)).Crumb(data.Unit.Name, "").Title = title
	r.Layout().Rail = "/directives"
	return r.RenderStatus(form.Status(), s.standing, data)
}

// decideStanding gives the unit a standing, or ends the one that a button names.
func (s *screens) decideStanding(r *web.Request) error {
	data, err := s.standingOf(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("standing")
	if err != nil {
		return err
	}
	if data.By.ID == 0 {
		return fault.New(fault.Forbidden, "access.refused")
	}
	until := form.Date("until")
	if !form.OK() {
		return s.renderStanding(r, form)
	}
	err = s.settle(r, form, data, until)
	if done, failed := r.Asked(err); done {
		return failed
	} else if failed != nil {
		err = failed
	}
	if err != nil {
		if fault.Is(err, fault.Unavailable) {
			form.Errors = append(form.Errors, fault.All(err)...)
		} else if err := form.Refused(err); err != nil {
			return err
		}
		return s.renderStanding(r, form)
	}
	r.Notice("directives.standing.done", "unit", data.Unit.Name)
	return r.See(standingPath(data.Directive.ID, data.Unit.ID))
}

// settle signs and does what the pressed button asks for.
func (s *screens) settle(r *web.Request, form *web.Form, data standingPage, until clock.Date) error {
	signature, err := s.sign(r, form, data.By.ID)
	if err != nil {
		return err
	}
	return r.Update(func(tx *ledger.Tx) error {
		if milestone, end := strings.CutPrefix(form.Raw("act"), "end."); end {
			return directive.EndStanding(r.Context(), tx, r.Actor, directive.EndStandingCommand{
				Directive: data.Directive.ID, Milestone: milestone, Unit: data.Unit.ID, By: data.By.ID, Signature: signature,
			})
		}
		_, err := directive.SetStanding(r.Context(), tx, r.Actor, directive.StandingCommand{
			Directive: data.Directive.ID, Milestone: form.Text("milestone"), Unit: data.Unit.ID, Standing: form.Text("standing"),
			Until: until, Decision: form.Text("decision"), Reason: form.Lines("reason"), By: data.By.ID, Signature: signature,
		})
		return err
	})
}
