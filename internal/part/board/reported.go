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
	sums := make([]Sum, len(column.series))
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
// taken back.
func (c *count) told(milestone string, unit tree.UnitID, holds bool, position int64) {
	s, counted := c.slotOf(milestone, unit)
	if !counted {
		return
	}
	now := c.columns[s.column].of(c.units, s.unit).part
	now.own = now.own.with(told, holds)
	c.set(s, now, position)
}
