package boardui

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"giaoban/internal/base/text"

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
	At                                     string // the past moment shown; "" for the present
	Moment                                 time.Time
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
	directive, unit, m, err := s.askedThen(r)
	if err != nil {
		return err
	}
	column, err := strconv.Atoi(r.PathValue("column"))
	if err != nil {
		return fault.New(fault.NotFound, "board.unknown")
	}
	page, err := s.unitsPage(r, directive, unit, column, m)
	if err != nil {
		return err
	}
	all, err := s.listed(directive, unit, column, m)
	if err != nil {
		return err
	}
	page.tabs(r, all)
	if err := s.fill(page, r, all, m); err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail = page.Unit.Name+": "+page.Level, "/board"
	layout.Crumb(page.Unit.Name, fmt.Sprintf("/board/%d/%d?milestone=%s&at=%s", directive, unit, page.MilestoneKey, page.At)).Crumb(page.Level, "")
	return r.Render(s.units, page)
}

func (s *Screens) unitsPage(r *web.Request, directive int64, unit tree.UnitID, column int, m moment) (*unitsPage, error) {
	v, err := s.read(&board.Room{}, directive, unit, m, 0)
	if err != nil {
		return nil, err
	}
	units, err := s.called(r, m, []tree.UnitID{unit})
	if err != nil {
		return nil, err
	}
	u, ok := units.Unit(unit)
	if !ok || column < 0 || column >= len(v.Columns) {
		return nil, fault.New(fault.NotFound, "board.unknown")
	}
	page := &unitsPage{
		Number: v.Document.Number, MilestoneKey: v.Columns[column].Milestone, Directive: directive, Column: column,
		Unit: u, Today: v.Today, At: m.At(s.boards.Zone()), Moment: m.time, State: r.Query("state"), Words: r.Query("q"),
	}
	for _, m := range v.Document.Milestones {
		if m.Key == page.MilestoneKey {
			page.Milestone = m.Name.In(r.Lang)
		}
	}
	err = r.View(func(q store.Querier) error {
		p, err := org.Pinned(r.Context(), q, v.Document.Profile)
		if err != nil {
			return err
		}
		level, _ := p.Level(v.Columns[column].Level)
		page.Level = text.Capital(level.Plural.In(r.Lang))
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

// listed gives the units behind a figure as of a moment.
func (s *Screens) listed(directive int64, unit tree.UnitID, column int, m moment) ([]board.Listed, error) {
	if m.past {
		return s.boards.ListAt(directive, unit, column, m.Moment)
	}
	return s.boards.List(directive, unit, column)
}

// fill lays out the part of the list that the page shows: by state, then by the
// unit above, then by name. The order is that of the names of today.
func (s *Screens) fill(p *unitsPage, r *web.Request, all []board.Listed, m moment) error {
	rows := p.kept(s.tree, all)
	slices.SortStableFunc(rows, placed.compare)
	p.Count = len(rows)
	from, err := strconv.Atoi(r.Query("from"))
	if err != nil || from < 0 || from >= len(rows) {
		from = 0
	}
	p.From, p.To = min(from+1, len(rows)), min(from+perPage, len(rows))
	p.Before, p.BeforeFrom, p.After = from > 0, max(0, from-perPage), p.To < len(rows)
	byName(rows, from, p.To)
	shown := rows[from:p.To]
	ids := make([]tree.UnitID, 0, 2*len(shown))
	for _, l := range shown {
		ids = append(ids, l.Unit)
	}
	units, err := s.called(r, m, ids)
	if err != nil {
		return err
	}
	for _, l := range shown {
		unit, ok := units.Unit(l.Unit)
		if !ok {
			unit = l.unit
		}
		parent, _ := units.Unit(unit.Parent)
		p.Rows = append(p.Rows, listed{
			Unit: unit, Parent: parent.Name, Sign: string(l.State), Word: r.T("board.state." + string(l.State)),
			Deadline: l.Deadline, Open: l.State == board.Late || l.State == board.Soon || l.State == board.Nothing,
		})
	}
	return nil
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
		if !ok && p.At != "" {
			u, ok = tree.Unit{ID: l.Unit}, p.Words == "" // it is gone now
		}
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
