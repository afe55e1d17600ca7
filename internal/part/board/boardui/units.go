package boardui

import (
	"cmp"
	"fmt"
	"maps"
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

// fill lays out the part of the list that the page shows: by state, then by the
// unit above, then by name.
func (p *unitsPage) fill(t *tree.Tree, r *web.Request, all []board.Listed) {
	rows := p.kept(t, all)
	slices.SortStableFunc(rows, placed.compare)
	p.Count = len(rows)
	from, err := strconv.Atoi(r.Query("from"))
	if err != nil || from < 0 || from >= len(rows) {
		from = 0
	}
	p.From, p.To = min(from+1, len(rows)), min(from+perPage, len(rows))
	p.Before, p.BeforeFrom, p.After = from > 0, max(0, from-perPage), p.To < len(rows)
	byName(rows, from, p.To)
	for _, l := range rows[from:p.To] {
		parent, _ := t.Unit(l.unit.Parent)
		p.Rows = append(p.Rows, listed{
			Unit: l.unit, Parent: parent.Name, Sign: string(l.State), Word: r.T("board.state." + string(l.State)),
			Deadline: l.Deadline, Open: l.State != board.Done && l.State != board.Waiting,
		})
	}
}

// placed is a unit with the numbers by which the list is ordered first: names
// are slow to compare, and there may be fifty thousand.
type placed struct {
	board.Listed
	unit          tree.Unit
	state, parent int
}

func (l placed) compare(other placed) int {
	return cmp.Or(cmp.Compare(l.state, other.state), cmp.Compare(l.parent, other.parent))
}

// kept are the units of the chosen state that have the words in their names.
func (p *unitsPage) kept(t *tree.Tree, all []board.Listed) []placed {
	words := fold.Key(p.Words)
	rows := make([]placed, 0, len(all))
	parents := map[tree.UnitID]string{}
	for _, l := range all {
		u, ok := t.Unit(l.Unit)
		if !ok || (p.State != "" && string(l.State) != p.State) || (words != "" && !contains(fold.Key(u.Name), words)) {
			continue
		}
		rows = append(rows, placed{Listed: l, unit: u, state: slices.Index(board.States, l.State)})
		if _, known := parents[u.Parent]; !known {
			above, _ := t.Unit(u.Parent)
			parents[u.Parent] = above.Name
		}
	}
	order := slices.SortedFunc(maps.Keys(parents), func(a, b tree.UnitID) int {
		return cmp.Or(fold.Compare(parents[a], parents[b]), cmp.Compare(a, b))
	})
	places := make(map[tree.UnitID]int, len(order))
	for i, id := range order {
		places[id] = i
	}
	for i := range rows {
		rows[i].parent = places[rows[i].unit.Parent]
	}
	return rows
}

// byName orders those rows by name that the page shows, with all that stand
// under the same unit as the first and the last of them.
func byName(rows []placed, from, to int) {
	for from > 0 && rows[from-1].compare(rows[from]) == 0 {
		from--
	}
	for to > 0 && to < len(rows) && rows[to].compare(rows[to-1]) == 0 {
		to++
	}
	slices.SortStableFunc(rows[from:to], func(a, b placed) int {
		if order := a.compare(b); order != 0 {
			return order
		}
		return fold.Compare(a.unit.Name, b.unit.Name)
	})
}
