package board

import (
	"slices"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/tree"
)

// Comparison is a unit's board at two moments side by side.
type Comparison struct {
	Then, Now View // of the two moments, without rows and sums
	Head      Compared
	Rows      []Compared // units directly below at either moment, by id
	// Lost counts by column, on today's map, the units that counted at the earlier
	// moment and that no unit of their level stands for today.
	Lost []int32
}

// Compared is the cells of a unit and all below it at two moments, by the later
// moment's columns. A cell that was not there is empty.
type Compared struct {
	Unit      tree.UnitID
	Then, Now []Cell
}

// Difference is a unit whose state at a milestone is another at the later of two
// moments; a state is "" when the unit was not counted at that moment.
type Difference struct {
	Unit      tree.UnitID
	Then, Now State
}

// Map says on which tree two moments are compared.
type Map string

// The maps.
const (
	// AsThen counts each moment on its own tree, as its board was read then.
	AsThen Map = "then"
	// Today counts both on the tree of now: a unit's reports where it stands today,
	// and for one that came of others the least advanced of theirs.
	Today Map = "today"
)

// Compare puts a unit's board at two moments side by side. A directive that was
// not yet issued at the earlier one, and what the boards do not know, is a fault
// of kind NotFound.
func (b *Boards) Compare(directiveID int64, unit tree.UnitID, from, to Moment, on Map) (Comparison, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	p, err := b.pair(directiveID, unit, from, to, on)
	if err != nil {
		return Comparison{}, err
	}
	c := Comparison{Then: p.then.frame(from.Position), Now: p.now.frame(to.Position), Lost: make([]int32, len(p.now.lenses))}
	rows := map[int32]*Compared{}
	row := func(unit int32) *Compared {
		if rows[unit] == nil {
			rows[unit] = &Compared{b.units.ids[unit], make([]Cell, len(p.now.lenses)), make([]Cell, len(p.now.lenses))}
		}
		return rows[unit]
	}
	if on == Today {
		p.rowsToday(row, c.Lost)
	} else {
		p.rowsThen(row)
	}
	c.Head = *row(p.top)
	delete(rows, p.top)
	for _, r := range rows {
		c.Rows = append(c.Rows, *r)
	}
	slices.SortFunc(c.Rows, func(a, b Compared) int { return int(a.Unit - b.Unit) })
	return c, nil
}

// Differences gives the units of a column whose state is another at the later
// moment, by id. The column is one of the later moment's version.
func (b *Boards) Differences(directiveID int64, unit tree.UnitID, column int, from, to Moment, on Map) ([]Difference, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	p, err := b.pair(directiveID, unit, from, to, on)
	if err != nil {
		return nil, err
	}
	if column < 0 || column >= len(p.now.lenses) {
		return nil, fault.New(fault.NotFound, "board.unknown")
	}
	var list []Difference
	for unit, states := range p.states(column) {
		if states[0] != states[1] {
			list = append(list, Difference{b.units.ids[unit], states[0], states[1]})
		}
	}
	slices.SortFunc(list, func(a, b Difference) int { return int(a.Unit - b.Unit) })
	return list, nil
}

// pair is two readings of the same unit's board.
type pair struct {
	then, now reading
	top       int32
	columns   []int // by column of now, the one of then; -1 for none
	on        Map
	before    map[int32][]int32 // predecessors by the unit that came of them
}

func (b *Boards) pair(directiveID int64, unit tree.UnitID, from, to Moment, on Map) (pair, error) {
	unknown := fault.New(fault.NotFound, "board.unknown")
	c, top := b.counts[directiveID], b.units.of(unit)
	if c == nil || top == none {
		return pair{}, unknown
	}
	if c.versions[0].position > min(from.Position, to.Position) {
		return pair{}, fault.New(fault.NotFound, "board.compare.before")
	}
	p := pair{
		then: c.reading(moment{from.Position, day(from.Day)}), now: c.reading(moment{to.Position, day(to.Day)}),
		top: top, on: on, before: map[int32][]int32{},
	}
	_, then := b.units.parentAt(top, p.then.position)
	_, now := b.units.parentAt(top, p.now.position)
	_, today := b.units.parentAt(top, present)
	if on == Today && !today || on != Today && !then && !now {
		return pair{}, unknown
	}
	for _, later := range p.now.lenses {
		p.columns = append(p.columns, slices.IndexFunc(p.then.lenses, func(l lens) bool { return l.column == later.column }))
	}
	for unit, heir := range b.units.heirs {
		p.before[heir] = append(p.before[heir], unit)
	}
	return p, nil
}

// earlier is the lens of the earlier moment for a column of the later one; nil
// when it had none.
func (p *pair) earlier(column int) *lens {
	if p.columns[column] < 0 {
		return nil
	}
	return &p.then.lenses[p.columns[column]]
}

// rowsThen adds the unit and those directly below as they stood at each moment.
func (p *pair) rowsThen(row func(int32) *Compared) {
	for _, at := range []struct {
		*reading
		lens  func(int) *lens
		cells func(*Compared) []Cell
	}{
		{&p.then, p.earlier, func(c *Compared) []Cell { return c.Then }},
		{&p.now, func(i int) *lens { return &p.now.lenses[i] }, func(c *Compared) []Cell { return c.Now }},
	} {
		if _, existed := at.units.parentAt(p.top, at.position); !existed {
			continue
		}
		add := func(unit int32) {
			cells := at.cells(row(unit))
			for i := range cells {
				if lens := at.lens(i); lens != nil {
					lens.cell(at.units, unit, &cells[i])
				}
			}
		}
		add(p.top)
		at.units.childrenAt(p.top, at.position, add)
	}
}

// rowsToday adds them as they stand today, and tells whom nobody stands for.
func (p *pair) rowsToday(row func(int32) *Compared, lost []int32) {
	u, head := p.now.units, row(p.top)
	p.addToday(p.top, head)
	u.childrenAt(p.top, present, func(child int32) {
		below := row(child)
		u.walkAt(child, present, func(unit int32) { p.addToday(unit, head, below) })
	})
	if _, existed := u.parentAt(p.top, p.then.position); !existed {
		return
	}
	u.walkAt(p.top, p.then.position, func(unit int32) {
		if u.at[unit].level != gone {
			return
		}
		for i := range lost {
			if lens := p.earlier(i); lens != nil && p.isLost(lens, unit) {
				lost[i]++
			}
		}
	})
}

// isLost says of a unit that is gone whether it counted at the earlier moment and
// nothing of its level came after it.
func (p *pair) isLost(l *lens, unit int32) bool {
	var was Cell
	if _, of := l.own(p.now.units, unit, &was); !of {
		return false
	}
	heir := p.now.units.heir(unit)
	return heir == none || p.now.units.at[heir].level != l.level
}

// addToday adds what a unit was at both moments to rows above it and its own.
func (p *pair) addToday(unit int32, rows ...*Compared) {
	for i := range p.now.lenses {
		var now, then Cell
		p.standsFor(&p.now.lenses[i], unit, &now)
		if earlier := p.earlier(i); earlier != nil {
			p.standsFor(earlier, unit, &then)
		}
		for _, r := range rows {
			r.Then[i].add(then)
			r.Now[i].add(now)
		}
	}
}

// standsFor gives what a unit of today was at a moment: itself, or if it was not
// there yet the least advanced of those that it came of. of is false when neither
// was counted.
func (p *pair) standsFor(l *lens, unit int32, to *Cell) (of bool) {
	if _, of := l.own(p.now.units, unit, to); of {
		return true
	}
	for _, predecessor := range p.before[unit] {
		var was Cell
		if !p.standsFor(l, predecessor, &was) {
			continue
		}
		if !of || slices.Index(States, was.State()) < slices.Index(States, to.State()) {
			*to = was
		}
		of = true
	}
	return of
}

// states gives the state of every unit of a column at both moments, "" where it
// was not counted.
func (p *pair) states(column int) map[int32][2]State {
	all := map[int32][2]State{}
	note := func(at int, l *lens, unit int32, of func(*lens, int32, *Cell) bool) {
		var cell Cell
		if l != nil && of(l, unit, &cell) {
			both := all[unit]
			both[at] = cell.State()
			all[unit] = both
		}
	}
	u, later := p.now.units, &p.now.lenses[column]
	if p.on == Today {
		u.walkAt(p.top, present, func(unit int32) {
			note(0, p.earlier(column), unit, p.standsFor)
			note(1, later, unit, p.standsFor)
		})
		return all
	}
	own := func(l *lens, unit int32, to *Cell) bool {
		_, of := l.own(u, unit, to)
		return of
	}
	for at, position := range []int64{p.then.position, p.now.position} {
		if _, existed := u.parentAt(p.top, position); !existed {
			continue
		}
		l := later
		if at == 0 {
			l = p.earlier(column)
		}
		u.walkAt(p.top, position, func(unit int32) { note(at, l, unit, own) })
	}
	return all
}
