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
// its report is accepted already.
func (c *count) submitted(v submission, position int64) {
	s, counted := c.slotOf(v.milestone, v.unit)
	if !counted {
		return // the milestone is gone from the directive, or the unit's level is
	}
	column := c.columns[s.column]
	f := &column.figures[s.unit]
	if f.newest != 0 {
		delete(c.pending, f.newest) // superseded without a decision
	}
	c.pending[v.report] = pending{s, v.content}
	f.newest = v.report
	now := f.own
	now.waiting = true
	c.set(s, now, position)
}

// accepted makes the unit done, with the accepted version's figures.
func (c *count) accepted(report, position int64) {
	p, waits := c.pending[report]
	if !waits {
		return
	}
	c.decided(report, p.slot)
	column := c.columns[p.slot.column]
	now := column.figures[p.slot.unit].own
	if now.accepted { // a correction takes the place of what was accepted before
		column.addSums(c.units, p.slot.unit, negative(column.ownSums(c.units, p.slot.unit)))
	}
	now.accepted, now.waiting = true, false
	c.set(p.slot, now, position)
	c.room = c.room[:0]
	for i := range column.series {
		c.room = append(c.room, column.series[i].of(p.content))
	}
	column.addSums(c.units, p.slot.unit, c.room)
}

// returned makes the unit what it was before: done by an earlier version, or
// with nothing.
func (c *count) returned(report, position int64) {
	p, waits := c.pending[report]
	if !waits {
		return
	}
	c.decided(report, p.slot)
	now := c.columns[p.slot.column].figures[p.slot.unit].own
	now.waiting = false
	c.set(p.slot, now, position)
}

func (c *count) decided(report int64, s slot) {
	delete(c.pending, report)
	if f := &c.columns[s.column].figures[s.unit]; f.newest == report {
		f.newest = 0
	}
}
