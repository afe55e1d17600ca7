package board

import "giaoban/internal/part/report"

// submitted takes a submitted version up: the unit waits, unless a version of
// its report is accepted already.
func (c *count) submitted(v report.VersionSubmitted, content map[string]value, position int64) {
	s, counted := c.slotOf(v.Milestone, v.Unit)
	if !counted {
		return // the milestone is gone from the directive, or the unit's level is
	}
	column := c.columns[s.column]
	if before := column.newest[s.unit]; before != 0 {
		delete(c.pending, before) // superseded without a decision
	}
	c.pending[v.Report] = pending{s, content}
	column.newest[s.unit] = v.Report
	now := column.own[s.unit]
	now.waiting = true
	c.set(s, now, position)
}

// accepted makes the unit done, with the accepted version's figures.
func (c *count) accepted(d report.Decided, position int64) {
	p, waits := c.pending[d.Report]
	if !waits {
		return
	}
	c.decided(d.Report, p.slot)
	column := c.columns[p.slot.column]
	now := column.own[p.slot.unit]
	corrected := now.accepted
	now.accepted, now.waiting = true, false
	c.set(p.slot, now, position)
	for i, series := range column.series {
		var before Sum
		if corrected {
			before = column.sums[i].own(c.units, p.slot.unit)
		}
		c.addSum(p.slot.column, i, p.slot.unit, series.of(p.content).minus(before))
	}
}

// returned makes the unit what it was before: done by an earlier version, or
// with nothing.
func (c *count) returned(d report.Decided, position int64) {
	p, waits := c.pending[d.Report]
	if !waits {
		return
	}
	c.decided(d.Report, p.slot)
	now := c.columns[p.slot.column].own[p.slot.unit]
	now.waiting = false
	c.set(p.slot, now, position)
}

func (c *count) decided(reportID int64, s slot) {
	delete(c.pending, reportID)
	if column := c.columns[s.column]; column.newest[s.unit] == reportID {
		column.newest[s.unit] = 0
	}
}
