package board

import (
	"fmt"

	"giaoban/internal/part/report"
)

// submitted takes a submitted version up: the unit waits, unless a version of
// its report is accepted already.
func (c *count) submitted(v report.VersionSubmitted, position int64) error {
	s, counted := c.slotOf(v.Milestone, v.Unit)
	if !counted {
		return nil // the milestone is gone from the directive, or the unit's level is
	}
	content, err := contentOf(v.Content)
	if err != nil {
		return fmt.Errorf("reading report %d: %w", v.Report, err)
	}
	if before, waits := c.newest[s]; waits {
		delete(c.pending, before) // superseded without a decision
	}
	c.pending[v.Report] = pending{s, content}
	c.newest[s] = v.Report
	now := c.columns[s.column].own[s.unit]
	now.waiting = true
	c.set(s, now, position)
	return nil
}

// accepted makes the unit done, with the accepted version's figures.
func (c *count) accepted(d report.Decided, position int64) {
	p, waits := c.pending[d.Report]
	if !waits {
		return
	}
	c.decided(d.Report, p.slot)
	now := c.columns[p.slot.column].own[p.slot.unit]
	now.accepted, now.waiting = true, false
	c.set(p.slot, now, position)
	for i := range c.columns[p.slot.column].sums {
		c.setSum(p.slot.column, i, p.slot.unit, c.columns[p.slot.column].sums[i].value(p.content))
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
	if c.newest[s] == reportID {
		delete(c.newest, s)
	}
}
