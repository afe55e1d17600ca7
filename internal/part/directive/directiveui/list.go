package directiveui

import (
	"fmt"
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// listPage is the directives of a unit.
type listPage struct {
	Unit     tree.Unit
	Units    []unitTab // the person's, when there are several
	Today    clock.Date
	Received []directiveRow // from above
	Issued   []directiveRow // its own, drafts first
	Closed   []directiveRow
	MayDraft bool
}

// directiveRow is one directive in the list.
type directiveRow struct {
	directive.Directive
	Path      string
	Issuer    string
	Next      clock.Date // the next deadline of the unit, or of those below it
	Passed    bool       // all of them have passed; Next is the last
	Asked     bool       // the unit must acknowledge and has not
	Shown     directive.Document
	IsDraft   bool
	BeingDone bool // its next version is being written
}

// Ceased says whether the directive was closed.
func (row directiveRow) Ceased() bool { return row.State == directive.Ceased }

// Running says whether a deadline still lies ahead of anybody.
func (row directiveRow) Running() bool { return !row.Ceased() && !row.Passed }

func (s *screens) showList(r *web.Request) error {
	data := listPage{Today: r.Layout().Today()}
	if err := data.placeAt(r); err != nil {
		return err
	}
	err := r.View(func(q store.Querier) error {
		list, err := directive.List(r.Context(), q, r.Actor, data.Unit.ID)
		if err != nil {
			return err
		}
		p, err := org.Profile(r.Context(), q)
		if err != nil {
			return err
		}
		for _, d := range list {
			if err := data.add(r, q, p, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	data.MayDraft = r.Actor.May(access.DirectiveDraft, data.Unit.ID) == nil
	title := r.T("directives.title")
	r.Layout().Crumb(title, "").Title = title
	r.Layout().Rail = "/directives"
	return r.Render(s.list, data)
}

// placeAt chooses the unit whose directives are listed.
func (p *listPage) placeAt(r *web.Request) error {
	t := r.Actor.Tree
	id := int64(r.Actor.Home())
	if asked, err := strconv.ParseInt(r.Query("unit"), 10, 64); err == nil {
		id = asked
	}
	if err := r.Actor.May(access.DirectiveRead, tree.UnitID(id)); err != nil {
		return err
	}
	p.Unit, _ = t.Unit(tree.UnitID(id))
	units := r.Actor.Units(access.DirectiveRead)
	if len(units) < 2 {
		return nil
	}
	for _, own := range units {
		unit, _ := t.Unit(own)
		p.Units = append(p.Units, unitTab{
			Name: unit.Name, Path: fmt.Sprintf("/directives?unit=%d", own), Current: own == p.Unit.ID,
		})
	}
	return nil
}

func (p *listPage) add(r *web.Request, q store.Querier, organisation *profile.Profile, d directive.Directive) error {
	issuer, _ := r.Actor.Tree.Unit(d.Unit)
	row := directiveRow{
		Directive: d, Issuer: issuer.Name, Path: page(d.ID, p.Unit.ID), Shown: d.Document,
		IsDraft: d.State == directive.Drafted, BeingDone: d.State == directive.InForce && d.Draft != nil,
	}
	if row.IsDraft {
		row.Path, row.Shown = fmt.Sprintf("/directives/%d/edit", d.ID), d.Draft.Document
		p.Issued = append([]directiveRow{row}, p.Issued...)
		return nil
	}
	set, err := directive.Deadlines(r.Context(), q, d.ID)
	if err != nil {
		return err
	}
	apart, err := directive.StandingsOf(r.Context(), q, p.Unit.ID)
	if err != nil {
		return err
	}
	row.next(r.Actor.Tree, organisation, p.Unit, set, apart, p.Today)
	switch {
	case d.State == directive.Ceased:
		p.Closed = append(p.Closed, row)
	case d.Unit == p.Unit.ID:
		p.Issued = append(p.Issued, row)
	default:
		answers, err := directive.Acknowledgements(r.Context(), q, d.ID)
		if err != nil {
			return err
		}
		row.Asked = d.Document.Asks(p.Unit.Level) && answers[p.Unit.ID].Version != d.Version
		p.Received = append(p.Received, row)
	}
	return nil
}

// next finds the next deadline from today on: the unit's own where it reports,
// else the earliest of the levels below it; when all have passed, the last.
func (row *directiveRow) next(
	t *tree.Tree, p *profile.Profile, unit tree.Unit, set []directive.DeadlineTightened,
	apart []directive.Standing, today clock.Date,
) {
	path := directive.PathTo(t, row.Unit, unit.ID)
	var own, below []clock.Date
	for _, m := range row.Document.Milestones {
		for _, deadline := range m.Deadlines {
			day := directive.Effective(row.Document, set, m.Key, deadline.Level, path)
			isBelow := slices.ContainsFunc(directive.LevelsBelow(p, unit.Level), func(l profile.Level) bool {
				return l.Key == deadline.Level
			})
			switch {
			case deadline.Level == unit.Level:
				own = append(own, directive.StandingAt(apart, row.ID, m.Key, unit.ID).Deadline(day))
			case isBelow:
				below = append(below, day)
			}
		}
	}
	if len(own) == 0 {
		own = below
	}
	slices.Sort(own)
	if len(own) == 0 {
		return
	}
	i, _ := slices.BinarySearch(own, today)
	row.Passed = i == len(own)
	row.Next = own[min(i, len(own)-1)]
}
