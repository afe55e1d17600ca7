package directiveui

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// showPage is a directive as a unit reads it.
type showPage struct {
	Directive  directive.Directive
	Issuer     tree.Unit
	Above      string    // name of the unit that counts the issuer, for print
	Unit       tree.Unit // at which it is read
	Units      []unitTab // the person's units at which it can be read, when there are several
	Today      clock.Date
	File       fileView
	Milestones []milestoneView
	Own        bool // the unit that reads issued it
	Reports    bool // units of its level report
	MayReport  bool
	Asked      bool      // the unit must acknowledge
	Answered   time.Time // when it acknowledged the newest version; zero for not yet
	MayAnswer  bool
	InTurn     bool // a deputy's: the unit's leader has not acknowledged in time
	Receipts   []directive.Receipt
	Standings  []standingView // of the unit and those below it
	MayStand   bool           // the person decides on those of units below
	Versions   []versionView
	MayRevise  bool
	MayIssue   bool
	MayGive    bool // the person gives tasks in the name of the unit
}

// unitTab is a unit at which the person reads the directive.
type unitTab struct {
	Name, Path string
	Current    bool
}

// versionView is one version with what it changed.
type versionView struct {
	directive.Version
	Changes []change
	File    string // where its file is downloaded; "" without one
}

func (s *screens) showDirective(r *web.Request) error { return s.renderShow(r, nil, "") }

// renderShow shows the directive; refused is a form for tightening that came
// back with errors, and which names the deadline it belongs to.
func (s *screens) renderShow(r *web.Request, refused *web.Form, which string) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var data showPage
	err = r.View(func(q store.Querier) error {
		data, err = s.showPage(r, q, id)
		return err
	})
	if err != nil {
		return err
	}
	if data.Directive.State == directive.Drafted {
		return r.See(fmt.Sprintf("/directives/%d/edit", id))
	}
	data.offerTightening(r, refused, which)
	title := r.T("directives.show.title", "number", data.Directive.Document.Number)
	r.Layout().Crumb(r.T("directives.title"), "/directives").Crumb(title, "").Title = title
	r.Layout().Script("directive/directive.ts").Rail = "/directives"
	status := r.NewForm("").Status()
	if refused != nil {
		status = refused.Status()
	}
	return r.RenderStatus(status, s.show, data)
}

func (s *screens) showPage(r *web.Request, q store.Querier, id int64) (showPage, error) {
	ctx, t := r.Context(), r.Actor.Tree
	d, err := directive.Read(ctx, q, r.Actor, id)
	if err != nil || d.State == directive.Drafted {
		return showPage{Directive: d}, err
	}
	p, err := org.Pinned(ctx, q, d.Document.Profile)
	if err != nil {
		return showPage{}, err
	}
	data := showPage{Directive: d, Today: r.Layout().Today()}
	data.Issuer, _ = t.Unit(d.Unit)
	above, _ := t.Unit(data.Issuer.Parent)
	data.Above = above.Name
	if err := data.placeAt(r); err != nil {
		return showPage{}, err
	}
	if d.Document.File != "" {
		attached, err := file.Get(ctx, q, d.Document.File)
		if err != nil {
			return showPage{}, err
		}
		data.File = fileView{File: attached, Path: fmt.Sprintf("/directives/%d/file", id)}
	}
	set, err := directive.Deadlines(ctx, q, id)
	if err != nil {
		return showPage{}, err
	}
	data.Milestones = milestoneViews(r, p, d.Document)
	data.effective(t, p, set)
	if err := data.standings(r, q, p); err != nil {
		return showPage{}, err
	}
	answers, err := directive.Acknowledgements(ctx, q, id)
	if err != nil {
		return showPage{}, err
	}
	turn, err := directive.ToAcknowledge(ctx, q, r.Actor, d, data.Unit.ID, r.Now())
	if err != nil {
		return showPage{}, err
	}
	data.InTurn = r.Actor.May(access.DirectiveAnswer, data.Unit.ID) != nil && turn.May(access.DirectiveAnswer, data.Unit.ID) == nil
	data.answered(r, p, answers)
	versions, err := directive.Versions(ctx, q, id)
	data.Versions = versionViews(r, p, id, versions)
	return data, err
}

// placeAt chooses the unit at which the directive is read: the one asked for,
// else the first of the person's own that it concerns, else the issuer.
func (p *showPage) placeAt(r *web.Request) error {
	t, d := r.Actor.Tree, p.Directive
	asked, err := strconv.ParseInt(r.Query("unit"), 10, 64)
	if err == nil {
		if err := r.Actor.May(access.DirectiveRead, tree.UnitID(asked)); err != nil {
			return err
		}
		if !directive.Concerns(t, d, tree.UnitID(asked)) {
			return fault.New(fault.NotFound, "directive.not-found")
		}
		p.Unit, _ = t.Unit(tree.UnitID(asked))
	}
	own := append([]tree.UnitID{r.Actor.Home()}, r.Actor.Units(access.DirectiveRead)...)
	seen := map[tree.UnitID]bool{}
	for _, id := range own {
		unit, ok := t.Unit(id)
		if !ok || seen[id] || r.Actor.May(access.DirectiveRead, id) != nil || !directive.Concerns(t, d, id) {
			continue
		}
		seen[id] = true
		if p.Unit.ID == 0 {
			p.Unit = unit
		}
		p.Units = append(p.Units, unitTab{
			Name: unit.Name, Path: fmt.Sprintf("/directives/%d?unit=%d", d.ID, id), Current: id == p.Unit.ID,
		})
	}
	if p.Unit.ID == 0 {
		p.Unit = p.Issuer
	}
	if len(p.Units) < 2 {
		p.Units = nil
	}
	p.Own = p.Unit.ID == d.Unit
	p.MayIssue = p.Own && d.State == directive.InForce && r.Actor.May(access.DirectiveIssue, d.Unit) == nil
	p.MayGive = d.State == directive.InForce && r.Actor.May(access.TaskGive, p.Unit.ID) == nil && len(r.Actor.Tree.Children(p.Unit.ID)) > 0
	p.MayRevise = p.Own && d.State == directive.InForce && r.Actor.May(access.DirectiveDraft, d.Unit) == nil
	return nil
}

// effective says of each level at or below the unit which deadline holds there,
// and who tightened it.
func (p *showPage) effective(t *tree.Tree, organisation *profile.Profile, set []directive.DeadlineTightened) {
	path := directive.PathTo(t, p.Directive.Unit, p.Unit.ID)
	below := directive.LevelsBelow(organisation, p.Unit.Level)
	for i := range p.Milestones {
		for j := range p.Milestones[i].Deadlines {
			one := &p.Milestones[i].Deadlines[j]
			one.Own = !p.Own && one.Level == p.Unit.Level
			p.Reports = p.Reports || one.Own
			isBelow := slices.ContainsFunc(below, func(l profile.Level) bool { return l.Key == one.Level })
			if !one.Own && !isBelow {
				continue
			}
			one.MayTighten = !p.Own
			one.Effective = directive.Effective(p.Directive.Document, set, one.Milestone, one.Level, path)
			for _, tightened := range set {
				same := tightened.Milestone == one.Milestone && tightened.Level == one.Level && tightened.Deadline == one.Effective
				if same && one.Effective != one.Document && slices.Contains(path, tightened.Unit) {
					unit, _ := t.Unit(tightened.Unit)
					one.By = unit.Name
				}
			}
		}
	}
}

// answered says who must acknowledge and who has: the unit itself, and those
// below it.
func (p *showPage) answered(r *web.Request, organisation *profile.Profile, answers map[tree.UnitID]directive.Acknowledgement) {
	d := p.Directive
	inForce := d.State == directive.InForce
	p.MayAnswer = inForce && !p.Own && (p.InTurn || r.Actor.May(access.DirectiveAnswer, p.Unit.ID) == nil)
	p.MayReport = inForce && p.Reports && r.Actor.May(access.ReportDraft, p.Unit.ID) == nil
	p.Asked = !p.Own && d.Document.Asks(p.Unit.Level)
	p.cells(r, organisation)
	p.lists(r, organisation)
	if answer := answers[p.Unit.ID]; answer.Version == d.Version {
		p.Answered = answer.At
	}
	for _, receipt := range directive.Receipts(r.Actor.Tree, organisation.Levels, d, p.Unit.ID, answers) {
		if !p.Own && receipt.Level.Key == p.Unit.Level && receipt.Must == 1 {
			continue // the unit itself, of which the page speaks already
		}
		receipt.Level = named(receipt.Level)
		p.Receipts = append(p.Receipts, receipt)
	}
}

// cells says of each milestone for which units directly below the unit signs on
// one page: those of a level that the profile marks "reported by their parent".
func (p *showPage) cells(r *web.Request, organisation *profile.Profile) {
	if p.Directive.State != directive.InForce || r.Actor.May(access.ReportSubmit, p.Unit.ID) != nil {
		return
	}
	for _, child := range r.Actor.Tree.Children(p.Unit.ID) {
		level, known := organisation.Level(child.Level)
		if !known || !level.ReportedByParent {
			continue
		}
		for i, m := range p.Directive.Document.Milestones {
			if _, asked := m.Deadline(child.Level); asked {
				p.Milestones[i].Cells = level.Plural.In(r.Lang)
			}
		}
	}
}

// lists says of each milestone whether units below report it themselves, so that
// the office may enter what they told.
func (p *showPage) lists(r *web.Request, organisation *profile.Profile) {
	if p.Directive.State != directive.InForce || r.Actor.May(access.ReportDraft, p.Unit.ID) != nil {
		return
	}
	for _, below := range r.Actor.Tree.Subtree(p.Unit.ID) {
		level, _ := organisation.Level(below.Level)
		if below.ID == p.Unit.ID || level.ReportedByParent {
			continue
		}
		for i, m := range p.Directive.Document.Milestones {
			if _, asked := m.Deadline(below.Level); asked {
				p.Milestones[i].List = true
			}
		}
	}
}

// offerTightening gives each deadline that the unit may tighten its form.
func (p *showPage) offerTightening(r *web.Request, refused *web.Form, which string) {
	for i := range p.Milestones {
		for j := range p.Milestones[i].Deadlines {
			one := &p.Milestones[i].Deadlines[j]
			if !one.MayTighten || !p.MayAnswer || p.InTurn {
				continue
			}
			name := one.name()
			one.Form = r.NewForm("tighten-" + name)
			if name == which {
				one.Form = refused
			}
		}
	}
}

// name tells a deadline from the others of the page.
func (d deadlineView) name() string { return d.Milestone + "-" + d.Level }

func versionViews(r *web.Request, p *profile.Profile, id int64, versions []directive.Version) []versionView {
	var list []versionView
	for i, version := range versions {
		view := versionView{Version: version}
		if i > 0 {
			view.Changes = changes(r, p, directive.Changes(versions[i-1].Document, version.Document))
		}
		if version.Document.File != "" {
			view.File = fmt.Sprintf("/directives/%d/file?version=%d", id, version.Number)
		}
		list = append(list, view)
	}
	slices.Reverse(list)
	return list
}
