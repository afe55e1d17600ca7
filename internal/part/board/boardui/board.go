package boardui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/org"
)

// boardPage is a board as the template takes it.
type boardPage struct {
	Number, Title string
	Directive     int64
	Unit          tree.Unit
	Totals        bool // the person sees the totals of this unit only
	Wall          bool // shown to a room
	Closed        bool
	Position      int64
	Version       int
	Today         clock.Date
	Since         clock.Date // the changes are counted since the end of this day
	Milestones    []tab
	Milestone     string
	Columns       []heading
	Figures       []figure
	Sums          []sumLine
	Rows          []row
	Levels        []tab // of the rows, for the filter
	Level, State  string
	Words         string // searched for
	Sort          string
	Down          bool
}

// tab is a choice among a few.
type tab struct {
	Key, Label string
	Current    bool
}

// heading is the head of a column.
type heading struct {
	Index    int
	Level    string // its short name
	Full     string
	Deadline clock.Date
}

// figure is one column's figure of the whole unit.
type figure struct {
	heading
	Cell  cell
	Since int
}

// cell is a board cell with what the template needs of it.
type cell struct {
	board.Cell
	Key   string // names it for the script: unit and column
	Base  int    // how many were done at the moment compared with
	Own   bool   // the unit itself is of the column's level
	State board.State
}

// Bar draws the cell.
func (c cell) Bar() web.Bar {
	return web.Bar{Done: int(c.Done), Waiting: int(c.Waiting), Told: int(c.Provisional), Total: int(c.Total), Due: int(c.Passed), Key: c.Key}
}

// Values are the bare numbers for the script.
func (c cell) Values() string {
	list := make([]string, 0, 9)
	for _, n := range values(c.Cell) {
		list = append(list, strconv.Itoa(int(n)))
	}
	return strings.Join(list, ",")
}

// Change is how many more are done than at the moment compared with.
func (c cell) Change() int { return int(c.Done) - c.Base }

// Int gives counters as the template's functions take them.
func (c cell) Int(n int32) int { return int(n) }

// row is one unit directly below.
type row struct {
	Unit  tree.Unit
	Level string // name of its level
	Cells []cell
	Late  int32
	// Latest is the board's column in which most units are late: where the number
	// opens.
	Latest int
}

// Main draws the bar by which a room tells units apart: that of the column with
// the fewest units that is not the unit's own.
func (r row) Main() web.Bar {
	for i := len(r.Cells) - 1; i >= 0; i-- {
		if c := r.Cells[i]; c.Total > 0 && !c.Own {
			return c.Bar()
		}
	}
	return web.Bar{}
}

// sumLine is the sum of an indicator over the accepted reports.
type sumLine struct {
	Level, Indicator, Option, Unit string
	Column                         int
	Sum                            board.Sum
	Number                         bool
	Mean                           string
}

// choose leads to the board of the person's own unit: of the directive asked
// for, or of the newest.
func (s *Screens) choose(r *web.Request) error {
	unit := r.Actor.Home()
	directive, err := r.ID("directive")
	if err != nil {
		list := s.boards.Directives(unit)
		newest := slices.IndexFunc(list, func(id int64) bool { return s.may(r, id, unit) == nil })
		if newest < 0 {
			r.Layout().Title = r.T("board.title")
			return r.Render(s.empty, r.Actor.May(access.DirectiveRead, unit) == nil)
		}
		directive = list[newest]
	}
	return r.See(fmt.Sprintf("/board/%d/%d", directive, unit))
}

// show is the board of a unit.
func (s *Screens) show(r *web.Request) error {
	directive, err := r.ID("directive")
	if err != nil {
		return err
	}
	id, err := r.ID("unit")
	if err != nil {
		return err
	}
	unit := tree.UnitID(id)
	refused := s.may(r, directive, unit)
	if refused != nil && (!fault.Is(refused, fault.Forbidden) || r.Actor.May(access.BoardTotals, unit) != nil) {
		return refused
	}
	page, err := s.page(r, directive, unit)
	if err != nil {
		return err
	}
	page.Totals, page.Wall = refused != nil, r.Layout().Wall
	if page.Totals { // what the units below and their reports say is not for this person
		page.Rows, page.Levels, page.Sums = nil, nil, nil
	}
	s.frame(r, page)
	return r.Render(s.board, page)
}

func (s *Screens) frame(r *web.Request, page *boardPage) {
	layout := r.Layout()
	layout.Title = r.T("board.title") + " · " + page.Unit.Name
	layout.Rail = "/board"
	layout.Live = !page.Totals
	for _, u := range s.tree.Path(page.Unit.ID) {
		if r.Actor.May(access.BoardTotals, u.ID) != nil {
			continue // above what the person sees
		}
		layout.Crumb(u.Name, fmt.Sprintf("/board/%d/%d", page.Directive, u.ID))
	}
	layout.Script("board/board.ts")
}

// page reads the board and lays it out.
func (s *Screens) page(r *web.Request, directive int64, unit tree.UnitID) (*boardPage, error) {
	since, position, p, err := s.compared(r)
	if err != nil {
		return nil, err
	}
	v, err := s.boards.Read(directive, unit, position)
	if err != nil {
		return nil, err
	}
	u, ok := s.tree.Unit(unit)
	if !ok {
		return nil, fault.New(fault.NotFound, "board.unknown")
	}
	page := &boardPage{
		Number: v.Document.Number, Title: v.Document.Title, Directive: directive, Unit: u, Closed: v.Closed,
		Position: v.Position, Version: v.Version, Today: v.Today, Since: since,
		Level: r.Query("level"), State: r.Query("state"), Words: r.Query("q"), Sort: r.Query("sort"), Down: r.Query("down") != "",
	}
	page.chooseMilestone(r, v)
	page.columns(r.Lang, v, p)
	page.sums(r.Lang, v, p)
	page.trim(v)
	s.rows(page, v, p, r.Lang)
	return page, nil
}

// compared reads the day to compare with, by default a week before the present
// one, and finds the ledger's position at its end.
func (s *Screens) compared(r *web.Request) (clock.Date, int64, *profile.Profile, error) {
	zone := s.boards.Zone()
	since := clock.DateOf(r.Now(), zone).AddDays(-7)
	if typed := r.Query("since"); typed != "" {
		day, err := text.ParseDate(r.Lang, typed)
		if err != nil {
			r.Notice("board.since.wrong")
		} else {
			since = day
		}
	}
	var position int64
	var p *profile.Profile
	err := r.View(func(q store.Querier) (err error) {
		position, p, err = positionAndProfile(r.Context(), q, since.End(zone).Add(-time.Microsecond))
		return err
	})
	return since, position, p, err
}

func positionAndProfile(ctx context.Context, q store.Querier, at time.Time) (int64, *profile.Profile, error) {
	p, err := org.Profile(ctx, q)
	if err != nil {
		return 0, nil, err
	}
	position, err := ledger.PositionAt(ctx, q, at)
	// Position 0 means "nothing asked for" to the board; 1 is before any figure.
	return max(position, 1), p, err
}

func (p *boardPage) chooseMilestone(r *web.Request, v board.View) {
	p.Milestone = r.Query("milestone")
	if len(v.Document.Milestones) == 0 {
		return
	}
	if !slices.ContainsFunc(v.Columns, func(c board.Column) bool { return c.Milestone == p.Milestone }) {
		p.Milestone = widest(v)
	}
	for _, m := range v.Document.Milestones {
		p.Milestones = append(p.Milestones, tab{m.Key, m.Name.In(r.Lang), m.Key == p.Milestone})
	}
}

// widest is the milestone that the most units report: what a board opens on.
func widest(v board.View) string {
	units := map[string]int32{}
	best := v.Document.Milestones[0].Key
	for i, column := range v.Columns {
		if units[column.Milestone] += v.Head.Cells[i].Total; units[column.Milestone] > units[best] {
			best = column.Milestone
		}
	}
	return best
}

// columns lays out the columns of the chosen milestone that have units here.
func (p *boardPage) columns(lang text.Lang, v board.View, pr *profile.Profile) {
	for i, column := range v.Columns {
		if column.Milestone != p.Milestone || v.Head.Cells[i].Total == 0 {
			continue
		}
		level, _ := pr.Level(column.Level)
		h := heading{Index: i, Level: level.Short.In(lang), Full: capital(level.Plural.In(lang)), Deadline: column.Deadline}
		if own := v.Head.Deadlines[i]; own != "" {
			h.Deadline = own
		}
		c := newCell(v.Head, i)
		p.Columns = append(p.Columns, h)
		p.Figures = append(p.Figures, figure{heading: h, Cell: c, Since: c.Change()})
	}
	// The wide comes last in a list of levels, and is read last.
	slices.SortStableFunc(p.Figures, func(a, b figure) int { return cmp.Compare(b.Cell.Total, a.Cell.Total) })
	slices.SortStableFunc(p.Columns, func(a, b heading) int {
		return cmp.Compare(v.Head.Cells[b.Index].Total, v.Head.Cells[a.Index].Total)
	})
}

// capital writes a name as the beginning of a line.
func capital(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// trim leaves columns out of the table that no unit below has anything in: that
// of the unit's own level.
func (p *boardPage) trim(v board.View) {
	p.Columns = slices.DeleteFunc(p.Columns, func(h heading) bool {
		return !slices.ContainsFunc(v.Rows, func(r board.Row) bool { return r.Cells[h.Index].Total > 0 })
	})
}

func newCell(r board.Row, column int) cell {
	c := cell{Cell: r.Cells[column], Key: fmt.Sprintf("%d:%d", r.Unit, column), Own: r.Deadlines[column] != ""}
	c.State = c.Cell.State()
	if r.Past != nil {
		c.Base = int(r.Past[column].Done)
	}
	return c
}

func (p *boardPage) sums(lang text.Lang, v board.View, pr *profile.Profile) {
	for _, h := range p.Columns {
		for i, series := range v.Series[h.Index] {
			sum := v.Head.Sums[h.Index][i]
			if sum.Units == 0 {
				continue
			}
			line := sumLine{Column: h.Index, Level: h.Full, Indicator: series.Indicator.Name.In(lang), Unit: series.Indicator.Unit.In(lang), Sum: sum}
			for _, option := range series.Indicator.Options {
				if option.Key == series.Option {
					line.Option = option.Name.In(lang)
				}
			}
			if line.Number = series.Indicator.Kind == profile.Number; line.Number {
				mean, _ := sum.Mean()
				line.Mean = mean.Fixed(lang, max(1, series.Indicator.Decimals))
			}
			p.Sums = append(p.Sums, line)
		}
	}
}

// rows lays out the units directly below, filtered and sorted.
func (s *Screens) rows(p *boardPage, v board.View, pr *profile.Profile, lang text.Lang) {
	key := fold.Key(p.Words)
	levels := map[string]bool{}
	for _, r := range v.Rows {
		u, ok := s.tree.Unit(r.Unit)
		if !ok {
			continue // dissolved a moment ago
		}
		levels[u.Level] = true
		level, _ := pr.Level(u.Level)
		line := row{Unit: u, Level: level.Name.In(lang)}
		most := int32(-1)
		for _, h := range p.Columns {
			c := newCell(r, h.Index)
			line.Cells = append(line.Cells, c)
			line.Late += c.Late
			if c.Total > 0 && c.Late > most {
				most, line.Latest = c.Late, h.Index
			}
		}
		if p.keeps(line, key) {
			p.Rows = append(p.Rows, line)
		}
	}
	for _, level := range pr.Levels {
		if levels[level.Key] && len(levels) > 1 {
			p.Levels = append(p.Levels, tab{level.Key, level.Name.In(lang), level.Key == p.Level})
		}
	}
	p.sort()
}

func (p *boardPage) keeps(r row, words string) bool {
	if p.Level != "" && r.Unit.Level != p.Level {
		return false
	}
	if words != "" && !contains(fold.Key(r.Unit.Name), words) {
		return false
	}
	return p.State == "" || slices.ContainsFunc(r.Cells, func(c cell) bool { return has(c.Cell, board.State(p.State)) })
}

// has says whether any unit that the cell counts is in a state.
func has(c board.Cell, state board.State) bool {
	switch state {
	case board.Done:
		return c.Done > 0
	case board.Waiting:
		return c.Waiting > 0
	case board.Late:
		return c.Late > 0
	case board.Soon:
		return c.Soon > 0
	case board.Nothing:
		return c.Nothing() > 0
	case board.Provisional:
		return c.Provisional > 0
	case board.Exempt:
		return c.Exempt > 0
	}
	return true
}
