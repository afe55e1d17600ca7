package board

import (
	"slices"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

// View is the board of one unit at one moment: numbers copied out, to be
// formatted without holding anybody up.
type View struct {
	Directive int64
	Version   int
	Document  directive.Document
	Issuer    tree.UnitID
	Closed    bool
	Position  int64      // of the last event that the numbers contain
	Today     clock.Date // the day by which late and due soon are told
	Columns   []Column   // shared by all readers: not to be changed
	Series    [][]Series // by column; shared too
	Head      Row        // the unit itself with all below it
	Rows      []Row      // the units directly below, in no order
}

// Row is the figures of one unit and all below it.
type Row struct {
	Unit  tree.UnitID
	Cells []Cell  // by column
	Sums  [][]Sum // by column and series; only in the head
	Past  []Past  // by column; only when a past moment was asked for
	// Deadlines are the unit's own effective ones, by column; "" where the unit
	// is not of the column's level.
	Deadlines []clock.Date
}

// Past is what a cell was at an earlier moment, units as they stood then.
type Past struct{ Total, Done, Waiting int32 }

// Read gives the board of a unit; with since > 0 also what each cell was after
// the event at that position. A directive or unit that the boards do not know
// is a fault of kind NotFound.
func (b *Boards) Read(directiveID int64, unit tree.UnitID, since int64) (View, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	c, i, err := b.find(directiveID, unit)
	if err != nil {
		return View{}, err
	}
	v := View{
		Directive: directiveID, Version: c.version, Document: c.document, Issuer: b.units.ids[c.issuer],
		Closed: c.closed, Position: b.position, Today: date(c.calendar.today),
		Columns: c.heads, Series: c.series,
	}
	rows := c.rows(i, since)
	v.Head, v.Rows = rows[0], rows[1:]
	v.Head.Sums = c.sums(i)
	return v, nil
}

func (b *Boards) find(directiveID int64, unit tree.UnitID) (*count, int32, error) {
	c, i := b.counts[directiveID], b.units.of(unit)
	if c == nil || i == none || b.units.at[i].level == gone {
		return nil, none, fault.New(fault.NotFound, "board.unknown")
	}
	return c, i, nil
}

// rows are the rows of a unit and of those directly below it, out of a few
// large pieces of memory: readers come often.
func (c *count) rows(unit int32, since int64) []Row {
	n, width := 1, len(c.columns)
	for child := c.units.at[unit].first; child != none; child = c.units.at[child].next {
		n++
	}
	rows, cells, deadlines := make([]Row, 0, n), make([]Cell, n*width), make([]clock.Date, n*width)
	var past []Past
	if since > 0 {
		past = make([]Past, n*width)
	}
	add := func(unit int32) {
		r := Row{Unit: c.units.ids[unit]}
		r.Cells, cells = cells[:width:width], cells[width:]
		r.Deadlines, deadlines = deadlines[:width:width], deadlines[width:]
		if since > 0 {
			r.Past, past = past[:width:width], past[width:]
		}
		c.fill(&r, unit, since)
		rows = append(rows, r)
	}
	add(unit)
	for child := c.units.at[unit].first; child != none; child = c.units.at[child].next {
		add(child)
	}
	return rows
}

func (c *count) fill(r *Row, unit int32, since int64) {
	for at, column := range c.columns {
		f := &column.figures[unit]
		r.Cells[at] = f.cell
		if f.own.member {
			r.Deadlines[at] = column.effective(f.own.deadline)
		}
		if since > 0 {
			was := column.history.at(f.history, since)
			r.Past[at] = Past{was.total, was.done, was.waiting}
		}
	}
}

func (c *count) sums(unit int32) [][]Sum {
	all := make([][]Sum, len(c.columns))
	for at, column := range c.columns {
		all[at] = slices.Clone(column.sumsOf(unit))
	}
	return all
}

// Changes gives the cells on a unit's board that changed after the event at
// position, as they are now.
func (b *Boards) Changes(directiveID int64, unit tree.UnitID, position int64) (Update, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	c, i, err := b.find(directiveID, unit)
	if err != nil {
		return Update{}, err
	}
	page := touched{unit: i, from: position}
	take := func(shown int32) {
		for at, column := range c.columns {
			// Late and due soon change by the clock at the position that was
			// last, so cells at the very position are sent again.
			if column.figures[shown].changed >= position {
				page.cells = append(page.cells, slot{at, shown})
			}
		}
	}
	take(i)
	for child := b.units.at[i].first; child != none; child = b.units.at[child].next {
		take(child)
	}
	return c.update(page, unit, b.position), nil
}

// Listed is one unit behind a figure.
type Listed struct {
	Unit     tree.UnitID
	State    State
	Deadline clock.Date // effective
}

// List gives the units of a column's level in a unit's subtree, those of the
// given states, or of all when there are none.
func (b *Boards) List(directiveID int64, unit tree.UnitID, columnIndex int, states ...State) ([]Listed, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	c, top, err := b.find(directiveID, unit)
	if err != nil {
		return nil, err
	}
	if columnIndex < 0 || columnIndex >= len(c.columns) {
		return nil, fault.New(fault.NotFound, "board.unknown")
	}
	column := c.columns[columnIndex]
	var list []Listed
	b.units.walk(top, func(i int32) {
		o := column.figures[i].own
		if !o.member {
			return
		}
		if state := o.cell().State(); len(states) == 0 || slices.Contains(states, state) {
			list = append(list, Listed{b.units.ids[i], state, column.effective(o.deadline)})
		}
	})
	return list, nil
}

// Directives gives the directives that have a board which counts a unit: issued
// by it or by a unit above it. The newest comes first.
func (b *Boards) Directives(unit tree.UnitID) []int64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var list []int64
	for id, c := range b.counts {
		for i := b.units.of(unit); i != none; i = b.units.at[i].parent {
			if i == c.issuer {
				list = append(list, id)
				break
			}
		}
	}
	slices.Sort(list)
	slices.Reverse(list)
	return list
}

// Directive gives a directive as its board counts it: issuer, state and document
// of the newest version. One without a board is a fault of kind NotFound.
func (b *Boards) Directive(id int64) (directive.Directive, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	c := b.counts[id]
	if c == nil {
		return directive.Directive{}, fault.New(fault.NotFound, "board.unknown")
	}
	d := directive.Directive{ID: id, Unit: b.units.ids[c.issuer], State: directive.InForce, Version: c.version, Document: c.document}
	if c.closed {
		d.State = directive.Ceased
	}
	return d, nil
}

// Zone is the installation's zone.
func (b *Boards) Zone() *time.Location {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.zone
}
