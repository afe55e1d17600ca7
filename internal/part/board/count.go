package board

import (
	"slices"

	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

// count is the board of one directive: every unit's figures at once.
type count struct {
	directive int64
	issuer    int32
	version   int
	closed    bool
	document  directive.Document
	units     *units
	calendar  calendar
	columns   []*column
	heads     []Column           // what the columns are; not changed after
	series    [][]Series         // by column; not changed after
	tightened map[limit]int32    // deadlines that units set for their subtrees, in days
	pending   map[int64]pending  // submitted versions, by report, until they are decided
	pages     []page             // by unit
	taken     int32              // how often changes were taken
	room      []Sum              // for what a report adds
	dirty     []slot             // cells changed since then, each once
	reload    bool               // the columns changed, or the directive was closed
	reshaped  map[int32]struct{} // pages whose rows are others now
}

// limit is where a unit may set a deadline.
type limit struct {
	unit             int32
	milestone, level string
}

// slot is one unit in one column.
type slot struct {
	column int
	unit   int32
}

// pending is a submitted version that nobody has decided on yet.
type pending struct {
	slot    slot
	content content
}

func newCount(u *units, cal calendar, issued directive.VersionIssued) *count {
	c := &count{
		directive: issued.Directive, issuer: u.of(issued.Unit), units: u, calendar: cal,
		tightened: map[limit]int32{}, pending: map[int64]pending{}, reshaped: map[int32]struct{}{},
	}
	return c
}

// revise takes up a version of the directive. Columns whose milestone and level
// were there before keep what was reported.
func (c *count) revise(issued directive.VersionIssued, position int64) {
	before := c.columns
	moved := map[int]int{} // column index before -> now
	c.version, c.document = issued.Version, issued.Document
	c.columns, c.heads, c.series = nil, nil, nil
	for _, milestone := range issued.Document.Milestones {
		for _, deadline := range milestone.Deadlines {
			column := &column{
				Column: Column{milestone.Key, deadline.Level, deadline.Date},
				level:  c.units.levelOf(deadline.Level), deadline: day(deadline.Date),
				due: map[int32][]int32{}, series: seriesOf(milestone.Indicators),
			}
			for i, old := range before {
				if old.Milestone == milestone.Key && old.Level == deadline.Level {
					column.takeOver(old)
					moved[i] = len(c.columns)
				}
			}
			c.columns = append(c.columns, column)
			c.heads = append(c.heads, column.Column)
			c.series = append(c.series, column.series)
		}
	}
	c.renumber(moved)
	c.grow()
	for i := range c.units.ids {
		unit := int32(i)
		c.place(unit, position)
		for at := range c.columns {
			c.redue(slot{at, unit}, position)
		}
	}
}

// takeOver keeps what was counted under an earlier version; sums are kept where
// the indicator is the same.
func (c *column) takeOver(old *column) {
	c.figures, c.history, c.due = old.figures, old.history, old.due
	c.sums = make([]Sum, len(c.figures)*len(c.series))
	for i, series := range c.series {
		was := slices.IndexFunc(old.series, series.same)
		for unit := int32(0); was >= 0 && int(unit) < len(c.figures); unit++ {
			c.sumsOf(unit)[i] = old.sumsOf(unit)[was]
		}
	}
}

// renumber carries what names columns by index over to a new version. What was
// submitted at a milestone that is gone is forgotten here, not in the ledger.
func (c *count) renumber(moved map[int]int) {
	waiting := c.pending
	c.pending = map[int64]pending{}
	for id, p := range waiting {
		if now, kept := moved[p.slot.column]; kept {
			p.slot.column = now
			c.pending[id] = p
		}
	}
	for _, column := range c.columns {
		for i := range column.figures {
			column.figures[i].dirty = false // every page is loaded anew
		}
	}
	c.dirty = c.dirty[:0]
}

func (c *count) grow() {
	n := len(c.units.ids)
	for _, column := range c.columns {
		column.grow(n)
	}
	c.pages = grown(c.pages, n)
}

// place makes a unit a member of the columns of its level, and of no other.
func (c *count) place(unit int32, position int64) {
	for at, column := range c.columns {
		s := slot{at, unit}
		now := column.figures[unit].own
		now.member = column.level == c.units.at[unit].level
		c.set(s, now, position)
	}
}

// remove takes a dissolved unit out of all columns.
func (c *count) remove(unit int32, position int64) {
	for at, column := range c.columns {
		c.set(slot{at, unit}, own{deadline: column.figures[unit].own.deadline}, position)
		column.addSums(c.units, unit, negative(column.ownSums(c.units, unit)))
	}
}

// redue computes a unit's effective deadline anew.
func (c *count) redue(s slot, position int64) {
	column := c.columns[s.column]
	now := column.figures[s.unit].own
	deadline := c.effective(s)
	if now.deadline != deadline {
		now.deadline = deadline
		if deadline != 0 {
			column.due[deadline] = append(column.due[deadline], s.unit)
		}
	}
	now.phase = c.calendar.phase(deadline)
	c.set(s, now, position)
}

// effective is the earliest deadline on the path from the unit up to the issuer.
func (c *count) effective(s slot) int32 {
	column := c.columns[s.column]
	deadline := column.deadline
	if len(c.tightened) == 0 {
		return deadline
	}
	for unit := s.unit; unit != none; unit = c.units.at[unit].parent {
		set, ok := c.tightened[limit{unit, column.Milestone, column.Level}]
		if ok && (deadline == 0 || set < deadline) {
			deadline = set
		}
		if unit == c.issuer {
			break
		}
	}
	return deadline
}

// set changes what one unit is in one column and every counter above it.
func (c *count) set(s slot, now own, position int64) {
	column := c.columns[s.column]
	was := column.figures[s.unit].own
	if was == now {
		return
	}
	column.figures[s.unit].own = now
	c.add(s, now.cell().minus(was.cell()), position)
}

// add adds a difference to the counters from a unit up to the root.
func (c *count) add(s slot, difference Cell, position int64) {
	if difference == (Cell{}) {
		return
	}
	column := c.columns[s.column]
	recorded := difference.Total != 0 || difference.Done != 0 || difference.Waiting != 0
	for unit := s.unit; unit != none; unit = c.units.at[unit].parent {
		f := &column.figures[unit]
		f.cell.add(difference)
		if recorded {
			column.history.put(&f.history, f.changed, position, f.cell)
		}
		f.changed = position
		if !f.dirty {
			f.dirty = true
			c.dirty = append(c.dirty, slot{s.column, unit})
		}
	}
}

// roll adds everything below a unit, or takes it away, on the path that begins
// at parent: when the unit is moved with its subtree.
func (c *count) roll(unit, parent int32, sign int32, position int64) {
	if parent == none {
		return
	}
	for at, column := range c.columns {
		cell, sums := column.figures[unit].cell, column.sumsOf(unit)
		if sign < 0 {
			cell, sums = Cell{}.minus(cell), negative(sums)
		}
		c.add(slot{at, parent}, cell, position)
		column.addSums(c.units, parent, sums)
	}
}

// reshape has the page of a unit loaded anew: its rows, or their names, changed.
func (c *count) reshape(unit int32) {
	if unit != none {
		c.reshaped[unit] = struct{}{}
	}
}

// slotOf gives the slot of a unit at a milestone, under the level it has now.
func (c *count) slotOf(milestone string, unit tree.UnitID) (slot, bool) {
	i := c.units.of(unit)
	if i == none {
		return slot{}, false
	}
	for at, column := range c.columns {
		if column.level == c.units.at[i].level && column.Milestone == milestone {
			return slot{at, i}, true
		}
	}
	return slot{}, false
}
