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
	level    level
	deadline int32    // of the directive, in days
	figures  []figure // by unit
	history  history
	due      map[int32][]int32 // units by effective deadline, in days; may hold units that have another by now
	series   []Series          // what is added up; not changed after
	sums     []Sum             // by unit, and of each unit by series: own and all below
}

// figure is what a column knows of one unit. It is 64 bytes, a line of the
// processor's cache: fetching it is most of what an event costs.
type figure struct {
	cell    Cell  // own and all below, added up
	changed int64 // position of the cell's last change
	newest  int64 // the unit's newest submitted report that nobody has decided on; 0 for none
	history head
	own     own
	dirty   bool // the cell changed since changes were last taken
}

func (c *column) grow(units int) {
	c.figures = grown(c.figures, units)
	c.sums = grown(c.sums, units*len(c.series))
}

// grown is a list with room for n, the new ones zero.
func grown[S ~[]E, E any](list S, n int) S {
	if len(list) < n {
		list = append(list, make(S, n-len(list))...)
	}
	return list
}

// effective is the date of a unit's deadline, mostly that of the directive.
func (c *column) effective(deadline int32) clock.Date {
	if deadline == c.deadline {
		return c.Deadline
	}
	return date(deadline)
}

// day counts days since 1970; 0 stands for no date.
func day(d clock.Date) int32 {
	if d.IsZero() {
		return 0
	}
	return int32(d.Time().Unix() / secondsADay)
}

// dayOf is the day of a moment in a zone.
func dayOf(t time.Time, zone *time.Location) int32 {
	_, offset := t.In(zone).Zone()
	return int32((t.Unix() + int64(offset)) / secondsADay)
}

const secondsADay = 24 * 60 * 60

func date(day int32) clock.Date {
	if day == 0 {
		return ""
	}
	return clock.DateOf(time.Unix(int64(day)*secondsADay, 0), time.UTC)
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
