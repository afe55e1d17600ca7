package boardui

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/org"
)

// perPage is how many units a list shows at once.
const perPage = 100

// unitsPage is the units behind a figure.
type unitsPage struct {
	Number, Milestone, MilestoneKey, Level string
	Directive                              int64
	Column                                 int
	Unit                                   tree.Unit
	Today                                  clock.Date
	States                                 []stateTab
	State, Words                           string
	Rows                                   []listed
	From, To, Count                        int
	Before, After                          bool
	BeforeFrom                             int
}

// stateTab is a state with how many units are in it.
type stateTab struct {
	tab
	Count int
}

// listed is a unit behind a figure.
type listed struct {
	Unit       tree.Unit
	Parent     string
	Sign, Word string
	Deadline   clock.Date
	Open       bool // nothing waits or is accepted yet
}

// list shows the units behind a figure, the late ones first.
func (s *Screens) list(r *web.Request) error {
	directive, unit, err := s.asked(r)
	if err != nil {
		return err
	}
	column, err := strconv.Atoi(r.PathValue("column"))
	if err != nil {
		return fault.New(fault.NotFound, "board.unknown")
	}
	page, err := s.unitsPage(r, directive, unit, column)
	if err != nil {
		return err
	}
	all, err := s.boards.List(directive, unit, column)
	if err != nil {
		return err
	}
	page.tabs(r, all)
	page.fill(s.tree, r, all)
	layout := r.Layout()
	layout.Title, layout.Rail = page.Unit.Name+": "+page.Level, "/board"
	layout.Crumb(page.Unit.Name, fmt.Sprintf("/board/%d/%d?milestone=%s", directive, unit, page.MilestoneKey)).Crumb(page.Level, "")
	return r.Render(s.units, page)
}

func (s *Screens) unitsPage(r *web.Request, directive int64, unit tree.UnitID, column int) (*unitsPage, error) {
	v, err := s.boards.Read(directive, unit, 0)
	if err != nil {
		return nil, err
	}
	u, ok := s.tree.Unit(unit)
	if !ok || column < 0 || column >= len(v.Columns) {
		return nil, fault.New(fault.NotFound, "board.unknown")
	}
	page := &unitsPage{
		Number: v.Document.Number, MilestoneKey: v.Columns[column].Milestone, Directive: directive, Column: column,
		Unit: u, Today: v.Today, State: r.Query("state"), Words: r.Query("q"),
	}
	for _, m := range v.Document.Milestones {
		if m.Key == page.MilestoneKey {
			page.Milestone = m.Name.In(r.Lang)
		}
	}
	err = r.View(func(q store.Querier) error {
		p, err := org.Profile(r.Context(), q)
		if err != nil {
			return err
		}
		level, _ := p.Level(v.Columns[column].Level)
		page.Level = capital(level.Plural.In(r.Lang))
		return nil
	})
	return page, err
}

func (p *unitsPage) tabs(r *web.Request, all []board.Listed) {
	counts := map[board.State]int{}
	for _, l := range all {
		counts[l.State]++
	}
	p.States = append(p.States, stateTab{tab{"", r.T("board.any"), p.State == ""}, len(all)})
	for _, state := range board.States {
		if counts[state] > 0 {
			p.States = append(p.States, stateTab{tab{string(state), r.T("board.state." + string(state)), p.State == string(state)}, counts[state]})
		}
	}
}

func (p *unitsPage) fill(t *tree.Tree, r *web.Request, all []board.Listed) {
	words := fold.Key(p.Words)
	var rows []listed
	for _, l := range all {
		u, ok := t.Unit(l.Unit)
		if !ok || (p.State != "" && string(l.State) != p.State) || !contains(fold.Key(u.Name), words) {
			continue
		}
		parent, _ := t.Unit(u.Parent)
		rows = append(rows, listed{
			Unit: u, Parent: parent.Name, Sign: string(l.State), Word: r.T("board.state." + string(l.State)),
			Deadline: l.Deadline, Open: l.State != board.Done && l.State != board.Waiting,
		})
	}
	slices.SortStableFunc(rows, func(a, b listed) int {
		return cmp.Or(
			cmp.Compare(slices.Index(board.States, board.State(a.Sign)), slices.Index(board.States, board.State(b.Sign))),
			fold.Compare(a.Parent, b.Parent), fold.Compare(a.Unit.Name, b.Unit.Name))
	})
	p.Count = len(rows)
	from, err := strconv.Atoi(r.Query("from"))
	if err != nil || from < 0 || from >= len(rows) {
		from = 0
	}
	p.From, p.To = min(from+1, len(rows)), min(from+perPage, len(rows))
	p.Before, p.BeforeFrom, p.After = from > 0, max(0, from-perPage), p.To < len(rows)
	p.Rows = rows[from:p.To]
}
