package board

import (
	"cmp"
	"slices"

	"giaoban/internal/base/clock"
)

// reading is a board as of a moment: of the present, which costs a look at each
// figure, or of the past, which costs a search in each one's history.
type reading struct {
	*count
	moment
	version *version
	lenses  []lens // by column of the version
}

// lens is a column as of a moment.
type lens struct {
	*column
	mark int32 // how far its log is read
	due  []due // by lane
}

// due is an effective deadline, and where the moment's day stands to it.
type due struct {
	deadline int32
	phase    phase
}

// reading reads as of a moment at which the directive had been issued. What is
// later than its closing reads as at its closing.
func (c *count) reading(at moment) reading {
	if c.closed != nil && at.position >= c.closed.position {
		at = *c.closed
	}
	r := reading{count: c, moment: at, version: c.now()}
	for i := range c.versions {
		if c.versions[i].position <= at.position {
			r.version = &c.versions[i]
		}
	}
	lanes := 0
	for _, at := range r.version.columns {
		lanes += len(c.columns[at].lanes)
	}
	r.lenses = make([]lens, len(r.version.columns))
	dues := make([]due, 0, lanes)
	day := calendar{at.today, c.calendar.soon}
	for i, at := range r.version.columns {
		column, first := c.columns[at], len(dues)
		for in := range column.lanes {
			deadline := column.lanes[in].limit.deadline(r.version.deadlines[i])
			dues = append(dues, due{deadline, day.phase(deadline)})
		}
		r.lenses[i] = lens{column, column.log.mark(r.position), dues[first:]}
	}
	return r
}

// shut says whether the directive had been closed.
func (r *reading) shut() bool { return r.closed != nil && r.position >= r.closed.position }

// Room is memory for the rows of a view. Those of a large board are some 50 KB,
// which whoever reads often need not make anew each time.
type Room struct {
	units []int32
	spots []spot
	rows  []Row
	cells []Cell
	own   []bool
	past  []Past
}

// emptied is a list of n zeros, in the place of an earlier list where that is large
// enough.
func emptied[E any](list *[]E, n int) []E {
	if cap(*list) < n {
		*list = make([]E, n)
		return *list
	}
	*list = (*list)[:n]
	clear(*list)
	return *list
}

// spot is where a unit stands among the figures of a level's columns.
type spot struct {
	member int32 // its rank among those that are of the level, or were; none for others
	inner  int32 // its rank among those that have such below them
}

func (l *lens) spot(u *units, unit int32) spot {
	s := spot{u.at[unit].rank, l.ranks.inners.of(unit)}
	if u.at[unit].level != l.level { // but it may have been
		s.member = l.ranks.members.of(unit)
	}
	return s
}

// own adds what a unit itself is to a cell, and gives its deadline; of is false
// when it was not of the column's level.
func (l *lens) own(u *units, unit int32, to *Cell) (deadline int32, of bool) {
	return l.ownAt(l.spot(u, unit).member, to)
}

func (l *lens) ownAt(rank int32, to *Cell) (deadline int32, of bool) {
	if rank == none || int(rank) >= len(l.members) {
		return 0, false
	}
	p := l.partAt(&l.members[rank], l.mark)
	if p.own&member == 0 {
		return 0, false
	}
	p.own.tally().addTo(to, l.due[p.lane].phase)
	return l.due[p.lane].deadline, true
}

// cell adds a unit and all below it to a cell. It gives what own gives.
func (l *lens) cell(u *units, unit int32, to *Cell) (deadline int32, of bool) {
	return l.cellAt(l.spot(u, unit), to)
}

func (l *lens) cellAt(at spot, to *Cell) (deadline int32, of bool) {
	if at.member != none {
		deadline, of = l.ownAt(at.member, to)
	}
	if at.inner == none {
		return deadline, of
	}
	now := l.mark >= l.log.n
	for in := range l.lanes {
		lane := &l.lanes[in]
		place := lane.find(at.inner)
		switch {
		case place == none:
		case now: // most readings: nothing is searched or copied
			lane.figures[place].tally.addTo(to, l.due[in].phase)
		default:
			t := l.tallyAt(uint16(in), &lane.figures[place], l.mark)
			t.addTo(to, l.due[in].phase)
		}
	}
	return deadline, of
}

// sums are those of a unit and all below it, by column and series.
func (r *reading) sums(unit int32) [][]Sum {
	width, shown := 0, 0
	for i, c := range r.lenses {
		width, shown = max(width, len(c.series)), shown+len(r.version.places[i])
	}
	all, room, added := make([][]Sum, len(r.lenses)), make([]Sum, shown), make([]Sum, width)
	for i, c := range r.lenses {
		sums := added[:len(c.series)]
		clear(sums)
		if e := c.of(r.units, unit); e != nil {
			c.addTo(sums, c.partAt(e, c.mark), +1)
		}
		rank := c.ranks.inners.of(unit)
		for lane := range c.lanes {
			if place := c.lanes[lane].find(rank); place != none {
				c.addSumsAt(sums, uint16(lane), place, c.mark)
			}
		}
		n := len(r.version.places[i])
		all[i], room = room[:n:n], room[n:]
		for to, from := range r.version.places[i] {
			all[i][to] = sums[from]
		}
	}
	return all
}

// rows are the rows of a unit and of those directly below, by id.
func (r *reading) rows(in *Room, unit int32, since int64) []Row {
	ids := r.units.ids
	in.units = append(in.units[:0], unit)
	r.units.childrenAt(unit, r.position, func(child int32) { in.units = append(in.units, child) })
	list := in.units
	slices.SortFunc(list[1:], func(a, b int32) int { return cmp.Compare(ids[a], ids[b]) })

	rows, width := emptied(&in.rows, len(list)), len(r.lenses)
	cells, own := emptied(&in.cells, len(list)*width), emptied(&in.own, len(list)*width)
	for i, unit := range list {
		rows[i] = Row{Unit: ids[unit], Cells: cells[i*width:][:width:width], Own: own[i*width:][:width:width]}
	}
	if since > 0 {
		past := emptied(&in.past, len(list)*width)
		for i := range rows {
			rows[i].Past = past[i*width:][:width:width]
		}
	}
	rows[0].Deadlines = make([]clock.Date, width)
	spots := emptied(&in.spots, len(list))
	for first := range r.lenses {
		level := r.lenses[first].level
		if slices.ContainsFunc(r.lenses[:first], func(l lens) bool { return l.level == level }) {
			continue
		}
		for i, unit := range list {
			spots[i] = r.lenses[first].spot(r.units, unit)
		}
		for column := first; column < len(r.lenses); column++ { // columns lie apart in memory
			if r.lenses[column].level == level {
				r.fill(column, since, spots, rows)
			}
		}
	}
	return rows
}

// fill fills a column of rows.
func (r *reading) fill(column int, since int64, spots []spot, rows []Row) {
	lens := &r.lenses[column]
	then := *lens
	if since > 0 {
		then.mark = lens.log.mark(min(since, r.position))
	}
	for i := range rows {
		deadline, of := lens.cellAt(spots[i], &rows[i].Cells[column])
		rows[i].Own[column] = of
		if of && rows[i].Deadlines != nil {
			rows[i].Deadlines[column] = r.date(column, deadline)
		}
		if since > 0 {
			var was Cell
			then.cellAt(spots[i], &was)
			rows[i].Past[column] = Past{was.Total, was.Done, was.Waiting}
		}
	}
}

// date writes a deadline, which mostly is the directive's.
func (r *reading) date(column int, deadline int32) clock.Date {
	if deadline == r.version.deadlines[column] {
		return r.version.heads[column].Deadline
	}
	return date(deadline)
}

// frame is a board without its figures.
func (r *reading) frame(position int64) View {
	return View{
		Directive: r.directive, Version: r.version.number, Document: r.version.document, Issuer: r.units.ids[r.issuer],
		Closed: r.shut(), Position: position, Today: date(r.today), Columns: r.version.heads, Series: r.version.series,
	}
}

// view is the board of a unit.
func (r *reading) view(in *Room, unit int32, position, since int64) View {
	rows, v := r.rows(in, unit, since), r.frame(position)
	v.Head, v.Rows = rows[0], rows[1:]
	v.Head.Sums = r.sums(unit)
	return v
}

// list gives the units of a column's level in a unit's subtree.
func (r *reading) list(top int32, column int, keep func(State) bool) []Listed {
	var list []Listed
	lens := &r.lenses[column]
	r.units.walkAt(top, r.position, func(unit int32) {
		var cell Cell
		deadline, of := lens.own(r.units, unit, &cell)
		if !of {
			return
		}
		if state := cell.State(); keep(state) {
			list = append(list, Listed{r.units.ids[unit], state, r.date(column, deadline)})
		}
	})
	return list
}
