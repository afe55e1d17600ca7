package board

import (
	"time"

	"giaoban/internal/base/clock"
)

// Column is one milestone for the units of one level.
type Column struct {
	Milestone string
	Level     string
	Deadline  clock.Date // of the directive; a unit's effective one may be earlier
}

// column counts one milestone for the units of one level.
type column struct {
	Column
	own     []own
	cells   []Cell  // own and all below, added up
	changed []int64 // position of the last change of a cell
	history history
	due     map[int32][]int32 // units by effective deadline, in days; may hold units that have another by now
	sums    []sums            // by indicator of the milestone
}

func (c *column) grow(units int) {
	for len(c.own) < units {
		c.own = append(c.own, own{})
		c.cells = append(c.cells, Cell{})
		c.changed = append(c.changed, 0)
	}
	c.history.grow(units)
	for i := range c.sums {
		c.sums[i].grow(units)
	}
}

// day counts days since 1970; 0 stands for no date.
func day(d clock.Date) int32 {
	if d.IsZero() {
		return 0
	}
	return int32(d.Time().Unix() / (24 * 60 * 60))
}

func date(day int32) clock.Date {
	if day == 0 {
		return ""
	}
	return clock.DateOf(time.Unix(int64(day)*24*60*60, 0), time.UTC)
}

// calendar says where a day stands to deadlines.
type calendar struct {
	today int32
	soon  int32 // how many days before its deadline a unit is due soon
}

func (c calendar) phase(deadline int32) phase {
	switch {
	case deadline == 0:
		return early
	case c.today > deadline:
		return passed
	case c.today >= deadline-c.soon:
		return soon
	}
	return early
}
