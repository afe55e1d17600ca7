package board

import "giaoban/internal/base/tree"

// submission is what the boards keep of a submitted version.
type submission struct {
	report    int64
	unit      tree.UnitID
	milestone string
	content   content
}

// submitted takes a submitted version up: the unit waits, unless a version of
// its report is accepted already. What was told on its behalf holds no longer.
func (c *count) submitted(v submission, position int64) {
	s, counted := c.slotOf(v.milestone, v.unit)
	if !counted {
		return // no unit of the level reports the milestone
	}
	if before, waits := c.newest[s]; waits {
		delete(c.pending, before) // superseded without a decision
	}
	c.overtaken(s, position)
	c.pending[v.report], c.newest[s] = pending{s, v.content}, v.report
	now := c.columns[s.column].of(c.units, s.unit).part
	now.own = now.own.with(waiting, true).with(told, false)
	c.set(s, now, position)
}

// accepted makes the unit done, with the accepted version's figures in the place
// of those accepted before.
func (c *count) accepted(report, position int64) {
	p, waits := c.decided(report)
	if !waits {
		return
	}
	column := c.columns[p.slot.column]
	now := column.of(c.units, p.slot.unit).part
	now.own = now.own.with(accepted, true).with(waiting, false)
	c.spare = grown(c.spare, len(column.series))
	sums := c.spare[:len(column.series)]
	for i := range column.series {
		sums[i] = column.series[i].of(p.content)
	}
	now.values = column.write(sums)
	c.set(p.slot, now, position)
}

// returned makes the unit what it was before: done by an earlier version, or
// with nothing.
func (c *count) returned(report, position int64) {
	p, waits := c.decided(report)
	if !waits {
		return
	}
	now := c.columns[p.slot.column].of(c.units, p.slot.unit).part
	now.own = now.own.with(waiting, false)
	c.set(p.slot, now, position)
}

// decided takes a version from those that wait.
func (c *count) decided(report int64) (p pending, waits bool) {
	p, waits = c.pending[report]
	if waits {
		delete(c.pending, report)
		delete(c.newest, p.slot)
	}
	return p, waits
}

// told makes the unit provisional, or what it was before when what was told is
// taken back; that also holds of a unit that is gone, since it may come back.
func (c *count) told(milestone string, unit tree.UnitID, holds bool, position int64) {
	if !holds {
		c.toldNoMore(milestone, c.units.of(unit), position)
		return
	}
	s, counted := c.slotOf(milestone, unit)
	if !counted {
		return
	}
	c.overtaken(s, position)
	now := c.columns[s.column].of(c.units, s.unit).part
	now.own = now.own.with(told, true)
	c.set(s, now, position)
}

func (c *count) toldNoMore(milestone string, unit int32, position int64) {
	if unit == none {
		return
	}
	for at, column := range c.columns {
		if e := column.of(c.units, unit); column.milestone == milestone && e != nil && e.own&told != 0 {
			now := e.part
			now.own = now.own.with(told, false)
			c.set(slot{at, unit}, now, position)
		}
	}
}

// overtaken ends what waits or was told of a unit at a milestone under another
// level, which it had before: a newer version takes its place.
func (c *count) overtaken(by slot, position int64) {
	if !c.units.other[by.unit] {
		return
	}
	for at, column := range c.columns {
		if at == by.column || column.milestone != c.columns[by.column].milestone {
			continue
		}
		e := column.of(c.units, by.unit)
		if e == nil || e.own&(told|waiting) == 0 {
			continue
		}
		s := slot{at, by.unit}
		if before, waits := c.newest[s]; waits {
			delete(c.pending, before)
			delete(c.newest, s)
		}
		now := e.part
		now.own = now.own.with(told, false).with(waiting, false)
		c.set(s, now, position)
	}
}
