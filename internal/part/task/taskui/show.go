package taskui

import (
	"net/http"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/task"
)

// showPage is one task, with what came of it.
type showPage struct {
	given
	Step    string // the milestone that ends a share; "" for none
	Levels  []levelRow
	Filters []tab
	Filter  task.Filter
	Rows    []view
	Pager   web.Pager
	Splits  []given // what was handed down of it, each below what it was split from
	Parent  *given  // from which it was split; nil for none, or for who may not read it
	Form    *web.Form
	Bulk    *web.Form
	Act     string // what several can be ticked for; "" for nothing
	May     bool   // the person may withdraw it
	All     bool   // the person reads all shares
}

// levelRow is how far the units of a level are.
type levelRow struct {
	Name string
	task.Progress
}

// Bar draws it.
func (l levelRow) Bar() web.Bar { return bar(l.Progress) }

// readable is the task of the address, if the person may read it.
func (s *screens) readable(r *web.Request) (t task.Task, err error) {
	id, err := r.ID("id")
	if err != nil {
		return task.Task{}, err
	}
	err = r.View(func(q store.Querier) error {
		if t, err = task.Get(r.Context(), q, id); err != nil {
			return err
		}
		return t.May(r.Actor)
	})
	return t, err
}

func (s *screens) showTask(r *web.Request) error {
	t, err := s.readable(r)
	if err != nil {
		return err
	}
	if !t.Oversees(r.Actor) {
		for _, unit := range r.Actor.Units(access.TaskRead) {
			if t.Units.Has(unit) {
				return r.See(sharePath(t.ID, unit)) // the own share says all that concerns them
			}
		}
	}
	return s.renderTask(r, t, r.NewForm("withdraw"), http.StatusOK)
}

func (s *screens) renderTask(r *web.Request, t task.Task, form *web.Form, status int) error {
	page := showPage{given: s.given(r, t), Form: form, Bulk: r.NewForm("several"), All: t.Oversees(r.Actor)}
	page.May = t.State != task.Withdrawn && r.Actor.May(access.TaskGive, t.Giver) == nil
	s.shares(r, &page)
	if err := r.View(func(q store.Querier) error { return s.readTask(r, q, &page) }); err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail, layout.Live = t.Title, "/tasks", true
	layout.Crumb(r.T("tasks.title"), "/tasks").Crumb(page.From, listPath(t.Giver, gave)).Crumb(t.Title, "")
	layout.Script("task/task.ts")
	return r.RenderStatus(status, s.show, page)
}

// shares is the window of shares that the person reads, and asks for.
func (s *screens) shares(r *web.Request, p *showPage) {
	day := today(r)
	p.Filter = task.Filter(r.Query("state"))
	if !slices.Contains(task.Filters, p.Filter) {
		p.Filter = task.OfAll
	}
	for _, f := range task.Filters {
		p.Filters = append(p.Filters, tab{Label: r.T("tasks.filter." + filterKey(f)), Path: path(p.ID) + "?state=" + string(f), Current: f == p.Filter})
	}
	list := s.Index.Shares(p.ID, p.Filter, day)
	if p.Filter == task.OfLate {
		list = s.Index.Behind(p.ID, day)
	}
	if !p.All {
		list = slices.DeleteFunc(list, func(at task.Standing) bool { return r.Actor.May(access.TaskRead, at.Unit) != nil })
	}
	if p.Filter != task.OfLate && len(list) <= mostSorted {
		sortByName(r.Actor.Tree, list)
	}
	p.Pager = r.Pager(len(list), perPage)
	for _, at := range list[max(p.Pager.From-1, 0):p.Pager.To] {
		p.Rows = append(p.Rows, viewOf(r, p.Task, at))
	}
	if p.State == task.Live && r.Actor.May(access.TaskVerify, p.Verifier) == nil {
		switch p.Filter {
		case task.OfDone:
			p.Act = toVerify
		case task.OfLate, task.OfOwed, task.OfUnseen:
			p.Act = toExtend
		case task.OfAll, task.OfVerified:
		}
	}
}

// mostSorted is how many units are put in the order of their names; more stand in the
// order in which they were founded, parents first.
const mostSorted = 2000

func sortByName(t *tree.Tree, list []task.Standing) {
	names := map[tree.UnitID]string{}
	for _, at := range list {
		unit, _ := t.Unit(at.Unit)
		names[at.Unit] = unit.Name
	}
	slices.SortStableFunc(list, func(a, b task.Standing) int { return fold.Compare(names[a.Unit], names[b.Unit]) })
}

func filterKey(f task.Filter) string {
	if f == task.OfAll {
		return "all"
	}
	return string(f)
}

func (s *screens) readTask(r *web.Request, q store.Querier, p *showPage) error {
	rules, err := org.Profile(r.Context(), q)
	if err != nil {
		return err
	}
	levels := s.Index.Levels(p.ID, today(r))
	for _, level := range rules.Levels {
		if at, has := levels[level.Key]; has && len(levels) > 1 {
			p.Levels = append(p.Levels, levelRow{level.Plural.In(r.Lang), at})
		}
	}
	if err := s.splits(r, q, p, p.ID, 1); err != nil {
		return err
	}
	if above, _ := p.Task.Parent(); above != 0 {
		t, err := task.Get(r.Context(), q, above)
		if err != nil {
			return err
		}
		if t.May(r.Actor) == nil {
			shown := s.given(r, t)
			p.Parent = &shown
		}
	}
	p.Step, err = stepOf(r, q, p.Task)
	return err
}

// stepOf names the milestone that ends a share; "" for none.
func stepOf(r *web.Request, q store.Querier, t task.Task) (string, error) {
	if t.Milestone == "" {
		return "", nil
	}
	d, err := directive.Get(r.Context(), q, t.Directive)
	if err != nil {
		return "", err
	}
	for _, m := range d.Document.Milestones {
		if m.Key == t.Milestone {
			return d.Document.Number + " · " + m.Name.In(r.Lang), nil
		}
	}
	return "", nil
}

// Bounds of the tree of hand-downs on a page.
const (
	mostDeep   = 6
	mostSplits = 100
)

// splits are what was handed down of a task, each followed by what was of it.
func (s *screens) splits(r *web.Request, q store.Querier, p *showPage, id int64, depth int) error {
	below, err := task.BySource(r.Context(), q, task.FromTask, id)
	if err != nil {
		return err
	}
	for _, t := range below {
		if len(p.Splits) >= mostSplits {
			return nil
		}
		if t.State == task.Withdrawn || t.May(r.Actor) != nil {
			continue
		}
		one := s.given(r, t)
		one.Depth = depth
		p.Splits = append(p.Splits, one)
		if depth < mostDeep {
			if err := s.splits(r, q, p, t.ID, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}
