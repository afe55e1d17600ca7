package board

import "slices"

// add takes a change up: it goes into the log and into every figure from a unit
// up to the root.
func (c *column) add(u *units, from int32, happened change) int32 {
	at := c.log.add(happened)
	was, is := happened.was, happened.is
	if was.lane == is.lane {
		t, sums := c.tally(is), c.diff(was, is)
		t.add(c.tally(was).negative())
		c.carry(u, from, is.lane, at, t, sums)
		return at
	}
	c.carry(u, from, was.lane, at, c.tally(was).negative(), c.diff(was, part{}))
	c.carry(u, from, is.lane, at, c.tally(is), c.diff(part{}, is))
	return at
}

// diff is what a change of a part adds to the sums; nil for nothing.
func (c *column) diff(was, is part) []Sum {
	if was.values == 0 && is.values == 0 || was == is {
		return nil
	}
	c.spare = grown(c.spare, len(c.series))
	sums := c.spare[:len(c.series)]
	clear(sums)
	c.addTo(sums, was, -1)
	c.addTo(sums, is, +1)
	if !slices.ContainsFunc(sums, func(s Sum) bool { return s != Sum{} }) {
		return nil
	}
	return sums
}

// carry adds to the figures of one lane from a unit up to the root.
func (c *column) carry(u *units, unit int32, in uint16, at int32, t tally, sums []Sum) {
	if t == (tally{}) && sums == nil {
		return
	}
	l, width := &c.lanes[in], len(c.series)
	for ; unit != none; unit = u.at[unit].parent {
		place := l.make(c.ranks.inners.of(unit), width)
		f := &l.figures[place]
		f.tally.add(t)
		below := l.sums[int(place)*width:][:width]
		for i, s := range sums {
			below[i].Total += s.Total
			below[i].Units += s.Units
		}
		f.changes = append(f.changes, at)
		if n := len(f.changes); n%tallyStride == 0 {
			f.tallies = append(f.tallies, f.tally)
			if n%sumStride == 0 {
				f.sums = append(f.sums, c.write(below))
			}
		}
		if !f.dirty {
			f.dirty = true
			c.dirty = append(c.dirty, unit)
		}
	}
}

// tallyAt is what a figure of a lane was when so many changes had happened.
func (c *column) tallyAt(in uint16, f *figure, mark int32) tally {
	if mark >= c.log.n {
		return f.tally
	}
	n, _ := slices.BinarySearch(f.changes, mark)
	var t tally
	if kept := n / tallyStride; kept > 0 {
		t = f.tallies[kept-1]
	}
	for _, at := range f.changes[n-n%tallyStride : n] {
		happened := c.log.at(at)
		if happened.was.lane == in {
			t.add(c.tally(happened.was).negative())
		}
		if happened.is.lane == in {
			t.add(c.tally(happened.is))
		}
	}
	return t
}

// addSumsAt adds the sums of a figure of a lane when so many changes had
// happened to sums.
func (c *column) addSumsAt(sums []Sum, in uint16, place, mark int32) {
	l, width := &c.lanes[in], len(c.series)
	f := &l.figures[place]
	if mark >= c.log.n {
		for i, s := range l.sums[int(place)*width:][:width] {
			sums[i].Total += s.Total
			sums[i].Units += s.Units
		}
		return
	}
	n, _ := slices.BinarySearch(f.changes, mark)
	if kept := n / sumStride; kept > 0 && f.sums[kept-1] != 0 {
		c.addAt(sums, int(f.sums[kept-1]), +1)
	}
	for _, at := range f.changes[n-n%sumStride : n] {
		happened := c.log.at(at)
		if happened.was.lane == in {
			c.addTo(sums, happened.was, -1)
		}
		if happened.is.lane == in {
			c.addTo(sums, happened.is, +1)
		}
	}
}

// partAt is what a unit was when so many changes had happened.
func (c *column) partAt(e *entrant, mark int32) part {
	p := e.part
	for at := e.last; at >= mark && at != 0; {
		happened := c.log.at(at)
		p, at = happened.was, happened.before
	}
	return p
}

// amount is what a unit and all below it add to a lane.
func (c *column) amount(u *units, unit int32, in uint16) (t tally, sums []Sum) {
	sums = make([]Sum, len(c.series))
	if e := c.of(u, unit); e != nil && e.lane == in {
		t = *e.own.tally()
		c.addTo(sums, e.part, +1)
	}
	if place := c.lanes[in].find(c.ranks.inners.of(unit)); place != none {
		t.add(c.lanes[in].figures[place].tally)
		c.addSumsAt(sums, in, place, c.log.n)
	}
	return t, sums
}

// leave takes everything that a unit and all below it add away from the figures
// above; enter puts the same below another unit.
func (c *column) leave(u *units, unit, parent int32, position int64) []part {
	var parts []part
	if c.ranks.inners.of(unit) == none {
		if e := c.of(u, unit); e != nil && *e.own.tally() != (tally{}) {
			parts = append(parts, e.part)
		}
	} else {
		for in := range c.lanes {
			if t, sums := c.amount(u, unit, uint16(in)); t != (tally{}) {
				parts = append(parts, part{many, uint16(in), c.writeMany(t, sums)})
			}
		}
	}
	for _, p := range parts {
		c.add(u, parent, changeAt(position, p, part{lane: p.lane}, 0))
	}
	return parts
}

func (c *column) enter(u *units, parent int32, parts []part, position int64) {
	for _, p := range parts {
		c.add(u, parent, changeAt(position, part{lane: p.lane}, p, 0))
	}
}

// begin counts the units of the level that there are: nothing has happened yet.
func (c *column) begin(u *units, position int64) {
	c.lane(limit{})
	c.members = make([]entrant, len(c.ranks.members.units))
	below := make([]int32, len(c.ranks.inners.units))
	for rank, unit := range c.ranks.members.units {
		if u.at[unit].level != c.level {
			continue
		}
		c.members[rank].own = member
		for above := u.at[unit].parent; above != none; above = u.at[above].parent {
			below[c.ranks.inners.of(above)]++
		}
	}
	for rank, n := range below {
		if n == 0 {
			continue
		}
		t := tally{total: n}
		at := c.log.add(changeAt(position, part{}, part{many, 0, c.writeMany(t, nil)}, 0))
		f := &c.lanes[0].figures[c.lanes[0].make(int32(rank), len(c.series))]
		f.tally, f.changes = t, append(f.changes, at)
	}
}
