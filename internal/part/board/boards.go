package board

import (
	"sync"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// Boards is the boards of all issued directives. Give its Apply to a reader of
// the ledger that begins at position 0. It is safe for concurrent use.
type Boards struct {
	clock clock.Clock

	mu       sync.RWMutex
	zone     *time.Location
	units    *units
	calendar calendar
	counts   map[int64]*count
	issues   []*count // the same, as they were issued
	position int64
	altered  map[int32]int64 // when a unit last got a name, level or kind after its first

	// watched says whether anybody looks at the board of a unit just now.
	watched func(directive int64, unit tree.UnitID) bool
	// publish is told what changed, after each batch of events, in order.
	publish func([]Update)
}

// New returns boards without directives; clock tells the present day.
func New(business clock.Clock) *Boards {
	return &Boards{clock: business, zone: time.UTC, units: &units{}, altered: map[int32]int64{}, counts: map[int64]*count{}}
}

// Update is what changed on the board of one unit: its own cells and those of
// the units directly below it, as they are now.
type Update struct {
	Directive int64
	Version   int // of the directive
	Unit      tree.UnitID
	From      int64 // position of the page's last change before this one
	To        int64 // position up to which the cells are complete
	Cells     []ChangedCell
	Reload    bool // the columns themselves changed
}

// ChangedCell is a cell as it is now.
type ChangedCell struct {
	Unit   tree.UnitID
	Column int // index among the board's columns
	Cell   Cell
}

// Publish makes publish hear of every change to a board that watched says
// somebody looks at. Call it before the first Apply, or not at all.
func (b *Boards) Publish(watched func(directive int64, unit tree.UnitID) bool, publish func([]Update)) {
	b.watched, b.publish = watched, publish
}

// Apply takes events up, in the ledger's order. When one of them cannot be
// read, none is counted.
func (b *Boards) Apply(events []ledger.Event) error {
	effects, err := b.decode(events)
	if err != nil {
		return err
	}
	b.count(effects)
	return nil
}

// effect is an event whose payload is decoded: what it does to the boards; nil
// when that is nothing.
type effect struct {
	position int64
	make     func()
}

// count takes effects up. Nothing is decoded any more while the lock keeps
// readers waiting.
func (b *Boards) count(effects []effect) {
	b.mu.Lock()
	for _, c := range effects {
		if c.make != nil {
			c.make()
		}
		b.position = c.position
	}
	b.advance()
	updates := b.takeUpdates()
	b.mu.Unlock()
	b.tell(updates)
}

// Advance moves the boards to the present day: units become due soon and late
// by the clock, not by events. Call it now and then.
func (b *Boards) Advance() {
	b.mu.Lock()
	b.advance()
	updates := b.takeUpdates()
	b.mu.Unlock()
	b.tell(updates)
}

func (b *Boards) tell(updates []Update) {
	if len(updates) > 0 {
		b.publish(updates)
	}
}

func (b *Boards) today() int32 { return dayOf(b.clock.Now(), b.zone) }

func (b *Boards) unit(kind ledger.Kind, u org.UnitChanged, position int64) {
	if u.Past {
		return // it says nothing about what the unit is now
	}
	i := b.units.of(u.Unit)
	if kind == org.Dissolved {
		b.dissolve(i, position)
		return
	}
	fresh := i == none
	if !fresh {
		b.altered[i] = position
	}
	again := !fresh && b.units.at[i].level == gone // a dissolved unit may be created again
	i = b.units.add(u.Unit, u.Level, position)
	parent := b.units.of(u.Parent)
	if fresh || again || b.units.at[i].parent != parent {
		b.move(i, parent, position)
	}
	for _, c := range b.issues {
		c.placeAll(i, position)
		if kind != org.Moved { // its name may be another
			c.reshape(i)
			c.reshape(parent)
		}
	}
}

// move puts a unit, with all below it, under another parent on every board, and
// computes the deadlines below it anew: they depend on the path.
func (b *Boards) move(i, parent int32, position int64) {
	moved := b.leave(i, position)
	b.units.unlink(i, position)
	b.units.link(i, parent, position)
	for n, c := range b.issues {
		for at, parts := range moved[n] {
			c.columns[at].enter(b.units, parent, parts, position)
		}
		c.reshape(parent)
		if len(c.tightened) > 0 {
			b.units.walk(i, func(below int32) { c.placeAll(below, position) })
		}
	}
}

// leave takes what a unit and all below it add out of the counters above. It
// gives the parts by board and column.
func (b *Boards) leave(i int32, position int64) [][][]part {
	parent := b.units.at[i].parent
	all := make([][][]part, len(b.issues))
	for n, c := range b.issues {
		c.reshape(parent)
		all[n] = make([][]part, len(c.columns))
		for at, column := range c.columns {
			all[n][at] = column.leave(b.units, i, parent, position)
		}
	}
	return all
}

func (b *Boards) dissolve(i int32, position int64) {
	if i == none || b.units.at[i].level == gone {
		return
	}
	b.units.at[i].level = gone
	for _, c := range b.issues {
		c.placeAll(i, position)
	}
	b.leave(i, position) // what may be below it
	b.units.unlink(i, position)
}

func (b *Boards) issued(v directive.VersionIssued, position int64) {
	c := b.counts[v.Directive]
	if c == nil {
		c = newCount(b.units, b.calendar, v)
		b.counts[v.Directive] = c
		b.issues = append(b.issues, c)
	}
	c.revise(v, position)
	c.reload = true
}

func (b *Boards) closed(d directive.Ended, e ledger.Event) {
	if c := b.counts[d.Directive]; c != nil {
		c.closed = &moment{e.Position, dayOf(e.Time, b.zone)}
		c.reload = true
	}
}

func (b *Boards) tightened(d directive.DeadlineTightened, position int64) {
	c := b.counts[d.Directive]
	i := b.units.of(d.Unit)
	if c == nil || i == none {
		return
	}
	c.tightened[bound{i, d.Milestone, d.Level}] = day(d.Deadline)
	for at, column := range c.columns {
		if column.milestone == d.Milestone && b.units.keys[column.level] == d.Level {
			b.units.walk(i, func(below int32) { c.place(slot{at, below}, position) })
		}
	}
}

func (b *Boards) stands(d directive.UnitStanding, position int64) {
	if c, i := b.counts[d.Directive], b.units.of(d.Unit); c != nil && i != none {
		c.standings[exception{i, d.Milestone}] = standing{d.Counts, day(d.Until)}
		c.placeAll(i, position)
		c.reshape(b.units.at[i].parent) // for its column of standings
	}
}

func (b *Boards) standsNoMore(d directive.UnitStandingEnded, position int64) {
	if c, i := b.counts[d.Directive], b.units.of(d.Unit); c != nil && i != none {
		delete(c.standings, exception{i, d.Milestone})
		c.placeAll(i, position)
	}
}

func (b *Boards) told(directive int64, milestone string, unit tree.UnitID, holds bool, position int64) {
	if c := b.counts[directive]; c != nil {
		c.told(milestone, unit, holds, position)
	}
}

// advance brings the phases of all deadlines to the present day.
func (b *Boards) advance() {
	today := b.today()
	if today == b.calendar.today {
		return
	}
	b.calendar.today = today
	for _, c := range b.issues {
		c.advance(b.calendar, b.position)
	}
}

// advance marks what is late or due soon on a day and was not before. The
// figures need no change: they are told by the day when they are read.
func (c *count) advance(now calendar, position int64) {
	before := c.calendar
	c.calendar = now
	for _, column := range c.columns {
		for in := range column.lanes {
			deadline := column.lanes[in].limit.deadline(column.deadline)
			if before.phase(deadline) != now.phase(deadline) {
				column.turn(uint16(in), position)
			}
		}
	}
}

// turn marks all cells of a lane as changed.
func (c *column) turn(in uint16, position int64) {
	l := &c.lanes[in]
	l.turned = position
	for at := range l.figures {
		if f := &l.figures[at]; !f.dirty && f.tally != (tally{}) {
			f.dirty = true
			c.dirty = append(c.dirty, l.unit(int32(at), c.ranks))
		}
	}
	for rank := range c.members {
		if e := &c.members[rank]; !e.dirty && e.lane == in && e.own&member != 0 {
			e.dirty = true
			c.dirty = append(c.dirty, c.ranks.members.units[rank])
		}
	}
}
