package boardui

import (
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/text"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/org"
)

// comparePage is two moments of a unit's board side by side.
type comparePage struct {
	Number, Title string
	Directive     int64
	Unit          tree.Unit
	Milestones    []tab
	Milestone     string
	From, To      side
	Map           board.Map
	Maps          []tab
	Form          *web.Form // that asks for both
	Named         []choice
	Columns       []heading
	Figures       []compared
	Rows          []comparedRow
	Pager         web.Pager
}

// Date is the moment's day.
func (s side) Date() clock.Date { return s.Day }

// side is one of the two moments.
type side struct {
	moment
	At string // as addresses write it; "" for the present
}

// compared is a cell at two moments.
type compared struct {
	heading
	Then, Now cell
	Own       bool  // the unit itself is of the column's level
	Lost      int32 // counted then, and nothing of today's map stands for them
}

// Change is how many more are done at the later moment.
func (c compared) Change() int { return int(c.Now.Done - c.Then.Done) }

// Shown says whether the unit has anything in the column at either moment.
func (c compared) Shown() bool { return c.Then.Total+c.Then.Exempt+c.Now.Total+c.Now.Exempt > 0 }

// comparedRow is a unit directly below at one of the moments.
type comparedRow struct {
	Unit  tree.Unit
	Gone  bool // it is not there any more
	Cells []compared
}

// two reads the moments and the map of a comparison, and fills the form that asks
// for them. Without an earlier moment it is the last deadline that has passed, else
// the directive's issue.
func (s *Screens) two(r *web.Request, form *web.Form, directive int64) (from, to side, on board.Map, err error) {
	on = board.Map(r.Query("map"))
	if on != board.Today {
		on = board.AsThen
	}
	if to, err = s.side(r, form, "to"); err != nil {
		return from, to, on, err
	}
	if from, err = s.side(r, form, "from"); err != nil {
		return from, to, on, err
	}
	issued, _, err := s.boards.Began(directive)
	if err != nil {
		return from, to, on, err
	}
	asked := r.Query("from") != "" && form.OK()
	if asked && min(from.Position, to.Position) < issued {
		r.Notice("board.compare.before")
		asked = false
	}
	if !asked {
		from, err = s.lastDeadline(r, directive, to)
	}
	if to.time.Before(from.time) {
		from, to = to, from
	}
	if form.OK() {
		s.write(r, form, "from", from.moment)
		s.write(r, form, "to", to.moment)
	}
	return from, to, on, err
}

// side reads one moment of the form: of the present, with its position.
func (s *Screens) side(r *web.Request, form *web.Form, name string) (side, error) {
	m, err := s.typedMoment(r, form, name)
	if err != nil || m.past {
		return side{m, m.At(s.boards.Zone())}, err
	}
	return s.present(r, m)
}

// present is a side that is not past.
func (s *Screens) present(r *web.Request, m moment) (side, error) {
	m.Day = clock.DateOf(m.time, s.boards.Zone())
	err := r.View(func(q store.Querier) (err error) {
		m.Position, _, err = ledger.Head(r.Context(), q)
		return err
	})
	return side{m, ""}, err
}

// lastDeadline is the end of the last day before a moment by which a level had to
// be done; when there was none, the moment at which the directive was issued.
func (s *Screens) lastDeadline(r *web.Request, directive int64, before side) (side, error) {
	d, err := s.boards.Directive(directive)
	if err != nil {
		return side{}, err
	}
	track, err := s.track(r, directive, before.moment)
	if err != nil {
		return side{}, err
	}
	typed, zone := track.Least, s.boards.Zone()
	for _, m := range d.Document.Milestones {
		for _, deadline := range m.Deadlines {
			end := deadline.Date.End(zone).Add(-time.Second)
			if at := end.In(zone).Format(atForm); deadline.Date != "" && at > typed && end.Before(before.time) {
				typed = at
			}
		}
	}
	m, err := s.moment(r, typed)
	if err != nil || m.past {
		return side{m, m.At(zone)}, err
	}
	return s.present(r, m)
}

// compare shows two moments side by side.
func (s *Screens) compare(r *web.Request) error {
	directive, unit, err := s.askedTwo(r)
	if err != nil {
		return err
	}
	form := r.NewForm("compare")
	from, to, on, err := s.two(r, form, directive)
	if err != nil {
		return err
	}
	c, err := s.boards.Compare(directive, unit, from.Moment, to.Moment, on)
	if err != nil {
		return err
	}
	page := &comparePage{Number: c.Now.Document.Number, Title: c.Now.Document.Title, Directive: directive, Form: form, From: from, To: to, Map: on}
	ids := []tree.UnitID{unit}
	for _, row := range c.Rows {
		ids = append(ids, row.Unit)
	}
	units, err := s.calledThen(r, from, to, ids)
	if err != nil {
		return err
	}
	page.Unit = units(unit).unit
	party, err := pinned(r, c.Now)
	if err != nil {
		return err
	}
	deadlines := page.lay(r, c, party, units, s.boards.Zone())
	if err := s.offer(r, page, deadlines); err != nil {
		return err
	}
	s.compareFrame(r, page, "")
	return r.RenderStatus(form.Status(), s.comparison, page)
}

// askedTwo reads whose board is compared, and refuses whom its figures do not
// concern.
func (s *Screens) askedTwo(r *web.Request) (int64, tree.UnitID, error) {
	directive, err := r.ID("directive")
	if err != nil {
		return 0, 0, err
	}
	unit, err := r.ID("unit")
	if err != nil {
		return 0, 0, err
	}
	place, err := s.place(tree.UnitID(unit), moment{past: true})
	if err != nil {
		return 0, 0, err
	}
	return directive, tree.UnitID(unit), s.may(r, directive, place)
}

// known is a unit by the name that it has now, or had when it was last there.
type known struct {
	unit tree.Unit
	gone bool
}

// calledThen finds units by their names of now, and those that are gone by the
// names of then.
func (s *Screens) calledThen(r *web.Request, from, to side, ids []tree.UnitID) (func(tree.UnitID) known, error) {
	var missing []tree.UnitID
	for _, id := range ids {
		if _, ok := s.tree.Unit(id); !ok {
			missing = append(missing, id)
		}
	}
	from.past, to.past = true, true
	then, err := s.called(r, from.moment, missing)
	if err != nil {
		return nil, err
	}
	later, err := s.called(r, to.moment, missing)
	if err != nil {
		return nil, err
	}
	return func(id tree.UnitID) known {
		if u, ok := s.tree.Unit(id); ok {
			return known{unit: u}
		}
		if u, ok := later.Unit(id); ok {
			return known{u, true}
		}
		u, _ := then.Unit(id)
		return known{u, true}
	}, nil
}

// lay lays a comparison out: the columns of the chosen milestone, the widest
// first, and the units in the order of their names. It gives the deadlines that have
// passed.
func (p *comparePage) lay(r *web.Request, c board.Comparison, pr *profile.Profile, units func(tree.UnitID) known, zone *time.Location) []named {
	frame := boardPage{At: p.From.At}
	c.Now.Head = board.Row{Cells: c.Head.Now}
	frame.chooseMilestone(r, c.Now)
	frame.deadlines(r, c.Now, pr, zone)
	p.Milestones, p.Milestone = frame.Milestones, frame.Milestone
	for _, on := range []board.Map{board.AsThen, board.Today} {
		p.Maps = append(p.Maps, tab{string(on), r.T("board.map." + string(on)), on == p.Map})
	}
	for i, column := range c.Now.Columns {
		level, _ := pr.Level(column.Level)
		h := heading{Index: i, Level: level.Short.In(r.Lang), Full: text.Capital(level.Plural.In(r.Lang)), Deadline: column.Deadline}
		f := p.cell(h, c.Head, c.Now.Columns, p.Unit.Level)
		f.Lost = c.Lost[i]
		if column.Milestone != p.Milestone || !f.Shown() {
			continue
		}
		p.Columns, p.Figures = append(p.Columns, h), append(p.Figures, f)
	}
	wide := func(a, b heading) int { return int(c.Head.Now[b.Index].Total - c.Head.Now[a.Index].Total) }
	slices.SortStableFunc(p.Columns, wide)
	slices.SortStableFunc(p.Figures, func(a, b compared) int { return wide(a.heading, b.heading) })
	for _, row := range c.Rows {
		u := units(row.Unit)
		line := comparedRow{Unit: u.unit, Gone: u.gone}
		for _, h := range p.Columns {
			line.Cells = append(line.Cells, p.cell(h, row, c.Now.Columns, u.unit.Level))
		}
		p.Rows = append(p.Rows, line)
	}
	p.Columns = slices.DeleteFunc(p.Columns, func(h heading) bool {
		at := slices.Index(p.Columns, h)
		used := slices.ContainsFunc(p.Rows, func(r comparedRow) bool { return at < len(r.Cells) && r.Cells[at].Shown() })
		return !used
	})
	for i := range p.Rows {
		p.Rows[i].Cells = slices.DeleteFunc(p.Rows[i].Cells, func(c compared) bool { return !slices.Contains(p.Columns, c.heading) })
	}
	slices.SortStableFunc(p.Rows, func(a, b comparedRow) int { return fold.Compare(a.Unit.Name, b.Unit.Name) })
	p.Pager = r.Pager(len(p.Rows), perTable)
	p.Rows = p.Rows[min(p.Pager.Offset, len(p.Rows)):p.Pager.To]
	return frame.Named
}

func (p *comparePage) cell(h heading, row board.Compared, columns []board.Column, level string) compared {
	then, now := cell{Cell: row.Then[h.Index]}, cell{Cell: row.Now[h.Index]}
	then.State, now.State = then.Cell.State(), now.Cell.State()
	return compared{heading: h, Then: then, Now: now, Own: columns[h.Index].Level == level}
}

func (s *Screens) compareFrame(r *web.Request, page *comparePage, column string) {
	layout := r.Layout()
	layout.Title, layout.Rail = r.T("board.compare")+" · "+page.Unit.Name, "/board"
	layout.Script("board/board.ts") // for its style
	layout.Crumb(page.Unit.Name, fmt.Sprintf("/board/%d/%d?milestone=%s", page.Directive, page.Unit.ID, page.Milestone))
	here := ""
	if column != "" {
		here = page.address()
	}
	layout.Crumb(r.T("board.compare"), here)
	if column != "" {
		layout.Crumb(column, "")
	}
}

// address is that of the comparison with its moments and its map.
func (p *comparePage) address() string {
	return fmt.Sprintf("/board/%d/%d/compare?milestone=%s&from=%s&to=%s&map=%s", p.Directive, p.Unit.ID, p.Milestone, p.From.At, p.To.At, p.Map)
}

// pinned is the profile that a comparison's columns are named by: that under which
// the directive was issued.
func pinned(r *web.Request, v board.View) (p *profile.Profile, err error) {
	err = r.View(func(q store.Querier) (err error) {
		p, err = org.Pinned(r.Context(), q, v.Document.Profile)
		return err
	})
	return p, err
}
