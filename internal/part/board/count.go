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
	units     *units
	calendar  calendar
	versions  []version
	closed    *moment
	columns   []*column // all that ever were
	ofLevel   [][]int   // their indexes, by level
	tightened map[bound]int32
	standings map[exception]standing
	pending   map[int64]pending // submitted versions, by report, until they are decided
	newest    map[slot]int64    // the report of a unit that waits
	sent      map[int32]int64   // of pages that somebody looks at, the position they were last told
	spare     []Sum             // for what a report says
	reload    bool              // the columns changed, or the directive was closed
	reshaped  map[int32]struct{}
}

// version is what a version of the directive shows, from a position on.
type version struct {
	position  int64
	number    int
	document  directive.Document
	columns   []int   // indexes among the count's
	deadlines []int32 // of the directive by then, by column, in days
	places    [][]int // by column: where each series stands among all that it adds up
	heads     []Column
	series    [][]Series
}

// moment is a position, and the day by which late and due soon are told then.
type moment struct {
	position int64
	today    int32
}

// bound is where a unit may set a deadline for those below it.
type bound struct {
	unit             int32
	milestone, level string
}

// exception is where a unit may have a standing; milestone "" stands for all.
type exception struct {
	unit      int32
	milestone string
}

// standing is what a decision makes of one unit.
type standing struct {
	counts bool
	until  int32 // its deadline, in days; 0 for none
}

// slot is one unit in one column, by its index among the count's.
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
	return &count{
		directive: issued.Directive, issuer: u.of(issued.Unit), units: u, calendar: cal,
		tightened: map[bound]int32{}, standings: map[exception]standing{},
		pending: map[int64]pending{}, newest: map[slot]int64{}, sent: map[int32]int64{}, reshaped: map[int32]struct{}{},
	}
}

// now is the newest version.
func (c *count) now() *version { return &c.versions[len(c.versions)-1] }

// revise takes up a version of the directive. Columns whose milestone and level
// were there before keep what was reported.
func (c *count) revise(issued directive.VersionIssued, position int64) {
	v := version{position: position, number: issued.Version, document: issued.Document}
	for _, column := range c.columns {
		column.shown = -1
	}
	for _, milestone := range issued.Document.Milestones {
		for _, deadline := range milestone.Deadlines {
			at := c.column(milestone.Key, deadline.Level, position)
			column := c.columns[at]
			column.shown, column.deadline = len(v.columns), day(deadline.Date)
			series := seriesOf(milestone.Indicators)
			v.columns = append(v.columns, at)
			v.deadlines = append(v.deadlines, column.deadline)
			v.places = append(v.places, column.widen(series))
			v.series = append(v.series, series)
			v.heads = append(v.heads, Column{milestone.Key, deadline.Level, deadline.Date})
		}
	}
	c.versions = append(c.versions, v)
}

// column gives the index of a column, which is made when there is none.
func (c *count) column(milestone, levelKey string, position int64) int {
	l := c.units.levelOf(levelKey)
	for at, column := range c.columns {
		if column.milestone == milestone && column.level == l {
			return at
		}
	}
	column := &column{milestone: milestone, level: l, ranks: c.units.ranks[l]}
	column.begin(c.units, position)
	at := c.put(column)
	for exception := range c.standings { // those for all milestones
		c.place(slot{at, exception.unit}, position)
	}
	return at
}

// put puts a column to the others and gives its index.
func (c *count) put(column *column) int {
	at := len(c.columns)
	c.columns = append(c.columns, column)
	c.ofLevel = grown(c.ofLevel, int(column.level)+1)
	c.ofLevel[column.level] = append(c.ofLevel[column.level], at)
	return at
}

// widen makes room for series, and says where each stands among those that the
// column adds up.
func (c *column) widen(series []Series) []int {
	places := make([]int, len(series))
	before := len(c.series)
	for i, s := range series {
		if places[i] = slices.IndexFunc(c.series, s.same); places[i] < 0 {
			places[i] = len(c.series)
			c.series = append(c.series, s)
		}
	}
	if width := len(c.series); width > before {
		for i := range c.lanes {
			l := &c.lanes[i]
			sums := make([]Sum, len(l.figures)*width)
			for at := range l.figures {
				copy(sums[at*width:], l.sums[at*before:][:before])
			}
			l.sums = sums
		}
	}
	return places
}

// place makes a unit in a column what tree, deadlines and standings say: of its
// level or not, with its deadline, exempt or apart. What it reported stays.
func (c *count) place(s slot, position int64) {
	column := c.columns[s.column]
	rank := column.ranks.members.of(s.unit)
	if rank == none {
		return // it never was of the level
	}
	column.members = grown(column.members, int(rank)+1)
	now := column.members[rank].part
	is := column.level == c.units.at[s.unit].level
	standing, set := c.standing(s)
	now.own = now.own.with(member, is).with(exempt, set && !standing.counts).with(apart, set && standing.counts)
	if is {
		now.lane = column.lane(c.limit(s, standing))
	}
	c.set(s, now, position)
}

// placeAll places a unit in all columns.
func (c *count) placeAll(unit int32, position int64) {
	for at := range c.columns {
		c.place(slot{at, unit}, position)
	}
}

// standing is that which holds for a unit in a column: one for the milestone
// before one for all.
func (c *count) standing(s slot) (standing, bool) {
	if len(c.standings) == 0 {
		return standing{}, false
	}
	of, set := c.standings[exception{s.unit, c.columns[s.column].milestone}]
	if !set {
		of, set = c.standings[exception{s.unit, ""}]
	}
	return of, set
}

// limit is what moves a unit's deadline: its standing, else the earliest that
// was set on the path from the unit up to the issuer.
func (c *count) limit(s slot, of standing) limit {
	if of.until != 0 {
		return limit{of.until, true}
	}
	var earliest int32
	if len(c.tightened) == 0 {
		return limit{}
	}
	column := c.columns[s.column]
	key := c.units.keys[column.level]
	for unit := s.unit; unit != none; unit = c.units.at[unit].parent {
		set, ok := c.tightened[bound{unit, column.milestone, key}]
		if ok && (earliest == 0 || set < earliest) {
			earliest = set
		}
		if unit == c.issuer {
			break
		}
	}
	return limit{day: earliest}
}

// set changes what one unit is in one column and every counter above it.
func (c *count) set(s slot, now part, position int64) {
	column := c.columns[s.column]
	e := column.of(c.units, s.unit)
	if e.part == now {
		return
	}
	was := e.part
	e.part = now
	e.last = column.add(c.units, c.units.at[s.unit].parent, changeAt(position, was, now, e.last))
	if !e.dirty {
		e.dirty = true
		column.dirty = append(column.dirty, s.unit)
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
	if i == none || c.units.at[i].level == gone {
		return slot{}, false
	}
	level := c.units.at[i].level
	if int(level) >= len(c.ofLevel) {
		return slot{}, false
	}
	for _, at := range c.ofLevel[level] {
		if c.columns[at].milestone == milestone {
			return slot{at, i}, true
		}
	}
	return slot{}, false
}
