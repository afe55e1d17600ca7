package board

import (
	"slices"

	"giaoban/internal/base/clock"
)

// reading is a board as of a moment: of the present, which costs a look at each
// figure, or of the past, which costs a search in each one's history.
type reading struct {
	*count
	moment
	calendar calendar
	version  *version
	marks    []int32 // by column of the version: how far its log is read
}

// reading reads as of a moment at which the directive had been issued. What is
// later than its closing reads as at its closing.
func (c *count) reading(at moment) reading {
	if c.closed != nil && at.position >= c.closed.position {
		at = *c.closed
	}
	r := reading{count: c, moment: at, calendar: calendar{at.today, c.calendar.soon}, version: c.now()}
	for i := range c.versions {
		if c.versions[i].position <= at.position {
			r.version = &c.versions[i]
		}
	}
	r.marks = r.marksAt(at.position)
	return r
}

func (r *reading) marksAt(position int64) []int32 {
	marks := make([]int32, len(r.version.columns))
	for i, at := range r.version.columns {
		marks[i] = r.columns[at].log.mark(position)
	}
	return marks
}

// shut says whether the directive had been closed.
func (r *reading) shut() bool { return r.closed != nil && r.position >= r.closed.position }

// deadline is the effective one of the units of a lane.
func (r *reading) deadline(column int, in uint16) int32 {
	return r.columns[r.version.columns[column]].lanes[in].limit.deadline(r.version.deadlines[column])
}

// own is what a unit itself is in a column, and its deadline when it is of the
// column's level.
func (r *reading) own(column int, unit int32) (Cell, int32) {
	c := r.columns[r.version.columns[column]]
	e := c.of(unit)
	if e == nil {
		return Cell{}, 0
	}
	p := e.part
	if r.marks[column] < c.log.n {
		p = c.partAt(e, r.marks[column])
	}
	if p.own&member == 0 {
		return Cell{}, 0
	}
	deadline := r.deadline(column, p.lane)
	return p.own.tally().cell(r.calendar.phase(deadline)), deadline
}

// cell is a unit and all below it in a column, with the unit's own deadline when
// it is of the column's level.
func (r *reading) cell(column int, unit int32) (Cell, int32) {
	cell, deadline := r.own(column, unit)
	c := r.columns[r.version.columns[column]]
	rank := c.ranks.inners.of(unit)
	if rank == none {
		return cell, deadline
	}
	for in := range c.lanes {
		if at := c.lanes[in].find(rank); at != none {
			t := c.tallyAt(uint16(in), &c.lanes[in].figures[at], r.marks[column])
			cell.add(t.cell(r.calendar.phase(r.deadline(column, uint16(in)))))
		}
	}
	return cell, deadline
}

// past is what a cell was when so many changes had happened.
func (r *reading) past(column int, unit, mark int32) Past {
	c := r.columns[r.version.columns[column]]
	var t tally
	if e := c.of(unit); e != nil {
		t = c.partAt(e, mark).own.tally()
	}
	rank := c.ranks.inners.of(unit)
	for in := range c.lanes {
		if at := c.lanes[in].find(rank); at != none {
			t.add(c.tallyAt(uint16(in), &c.lanes[in].figures[at], mark))
		}
	}
	return Past{t.total, t.done, t.waiting}
}

// sums are those of a unit and all below it, by column and series.
func (r *reading) sums(unit int32) [][]Sum {
	all := make([][]Sum, len(r.version.columns))
	for i, at := range r.version.columns {
		c := r.columns[at]
		sums := make([]Sum, len(c.series))
		if e := c.of(unit); e != nil {
			c.addTo(sums, c.partAt(e, r.marks[i]), +1)
		}
		rank := c.ranks.inners.of(unit)
		for in := range c.lanes {
			if place := c.lanes[in].find(rank); place != none {
				c.addSumsAt(sums, uint16(in), place, r.marks[i])
			}
		}
		all[i] = make([]Sum, len(r.version.places[i]))
		for to, from := range r.version.places[i] {
			all[i][to] = sums[from]
		}
	}
	return all
}

// rows are the rows of a unit and of those directly below, out of a few large
// pieces of memory: readers come often.
func (r *reading) rows(unit int32, since int64) []Row {
	list := []int32{unit}
	r.units.childrenAt(unit, r.position, func(child int32) { list = append(list, child) })
	rows, width := make([]Row, len(list)), len(r.version.columns)
	cells, deadlines := make([]Cell, len(list)*width), make([]clock.Date, len(list)*width)
	var past []Past
	var marks []int32
	if since > 0 {
		past, marks = make([]Past, len(list)*width), r.marksAt(since)
	}
	for i, unit := range list {
		rows[i] = Row{Unit: r.units.ids[unit], Cells: cells[i*width:][:width:width], Deadlines: deadlines[i*width:][:width:width]}
		if since > 0 {
			rows[i].Past = past[i*width:][:width:width]
		}
	}
	for column := range width {
		for i, unit := range list {
			cell, deadline := r.cell(column, unit)
			rows[i].Cells[column] = cell
			if deadline != 0 {
				rows[i].Deadlines[column] = r.date(column, deadline)
			}
			if since > 0 {
				rows[i].Past[column] = r.past(column, unit, marks[column])
			}
		}
	}
	slices.SortFunc(rows[1:], func(a, b Row) int { return int(a.Unit - b.Unit) })
	return rows
}

// date writes a deadline, which mostly is the directive's.
func (r *reading) date(column int, deadline int32) clock.Date {
	if deadline == r.version.deadlines[column] {
		return r.version.heads[column].Deadline
	}
	return date(deadline)
}

// view is the board of a unit.
func (r *reading) view(unit int32, position, since int64) View {
	rows := r.rows(unit, since)
	v := View{
		Directive: r.directive, Version: r.version.number, Document: r.version.document, Issuer: r.units.ids[r.issuer],
		Closed: r.shut(), Position: position, Today: date(r.calendar.today),
		Columns: r.version.heads, Series: r.version.series, Head: rows[0], Rows: rows[1:],
	}
	v.Head.Sums = r.sums(unit)
	return v
}

// list gives the units of a column's level in a unit's subtree.
func (r *reading) list(top int32, column int, keep func(State) bool) []Listed {
	var list []Listed
	r.units.walkAt(top, r.position, func(unit int32) {
		cell, deadline := r.own(column, unit)
		if cell.Total == 0 && cell.Exempt == 0 {
			return
		}
		if state := cell.State(); keep(state) {
			list = append(list, Listed{r.units.ids[unit], state, r.date(column, deadline)})
		}
	})
	return list
}
