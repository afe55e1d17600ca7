package board

import (
	"fmt"
	"sync"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// Boards is the boards of all issued directives. Give its Apply to a reader of
// the ledger that begins at position 0. It is safe for concurrent use.
type Boards struct {
	clock clock.Clock

	mu       sync.RWMutex
	zone     *time.Location
	units    units
	calendar calendar
	counts   map[int64]*count
	issues   []*count // the same, as they were issued
	position int64

	// watched says whether anybody looks at the board of a unit just now.
	watched func(directive int64, unit tree.UnitID) bool
	// publish is told what changed, after each batch of events, in order.
	publish func([]Update)
}

// New returns boards without directives; clock tells the present day.
func New(business clock.Clock) *Boards {
	return &Boards{clock: business, zone: time.UTC, counts: map[int64]*count{}}
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
	changes, err := b.decode(events)
	if err != nil {
		return err
	}
	b.count(changes)
	return nil
}

// change is an event whose payload is decoded: what it does to the boards; nil
// when that is nothing.
type change struct {
	position int64
	make     func()
}

// count makes changes. Nothing is decoded any more while the lock keeps
// readers waiting.
func (b *Boards) count(changes []change) {
	b.mu.Lock()
	for _, c := range changes {
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

func (b *Boards) decode(events []ledger.Event) ([]change, error) {
	changes := make([]change, len(events))
	for i, e := range events {
		change, err := b.decodeOne(e)
		if err != nil {
			return nil, err
		}
		changes[i].position, changes[i].make = e.Position, change
	}
	return changes, nil
}

func (b *Boards) decodeOne(e ledger.Event) (func(), error) {
	switch e.Kind {
	case org.Founded:
		return b.found(e)
	case org.Created, org.Renamed, org.Moved, org.Changed, org.Dissolved:
		return decoded(e, func(u org.UnitChanged) { b.unit(e.Kind, u, e.Position) })
	case directive.Issued, directive.Revised:
		return decoded(e, func(v directive.VersionIssued) { b.issued(v, e.Position) })
	case directive.Closed:
		return decoded(e, b.closed)
	case directive.Tightened:
		return decoded(e, func(d directive.DeadlineTightened) { b.tightened(d, e.Position) })
	case report.Submitted:
		return b.submitted(e)
	case report.Accepted:
		return b.decided(e, (*count).accepted)
	case report.Returned:
		return b.decided(e, (*count).returned)
	}
	return nil, nil
}

func decoded[T any](e ledger.Event, do func(T)) (func(), error) {
	var payload T
	if err := e.Decode(&payload); err != nil {
		return nil, err
	}
	return func() { do(payload) }, nil
}

func (b *Boards) found(e ledger.Event) (func(), error) {
	var founded org.OrganisationFounded
	if err := e.Decode(&founded); err != nil {
		return nil, err
	}
	p, err := profile.Parse([]byte(founded.Document))
	if err != nil {
		return nil, fmt.Errorf("reading the profile of event %d: %w", e.Position, err)
	}
	return func() {
		b.zone = p.Location()
		b.calendar = calendar{today: b.today(), soon: int32(p.DueSoonDays)}
	}, nil
}

func (b *Boards) today() int32 { return dayOf(b.clock.Now(), b.zone) }

func (b *Boards) unit(kind ledger.Kind, u org.UnitChanged, position int64) {
	if u.Past && kind != org.Created {
		return // it says nothing about what the unit is now
	}
	i := b.units.of(u.Unit)
	if kind == org.Dissolved {
		b.dissolve(i, position)
		return
	}
	fresh := i == none
	i = b.units.add(u.Unit, u.Level)
	for _, c := range b.counts {
		c.grow()
	}
	parent := b.units.of(u.Parent)
	if fresh || b.units.at[i].parent != parent {
		b.move(i, parent, position)
	}
	for _, c := range b.counts {
		c.place(i, position)
		if kind != org.Moved { // its name may be another
			c.reshape(i)
			c.reshape(parent)
		}
		if fresh || kind == org.Created { // a dissolved unit may be created again
			for at := range c.columns {
				c.redue(slot{at, i}, position)
			}
		}
	}
}

// move puts a unit, with all below it, under another parent on every board, and
// computes the deadlines below it anew: they depend on the path.
func (b *Boards) move(i, parent int32, position int64) {
	for _, c := range b.counts {
		c.roll(i, b.units.at[i].parent, -1, position)
		c.reshape(b.units.at[i].parent)
	}
	b.units.unlink(i)
	b.units.link(i, parent)
	for _, c := range b.counts {
		c.roll(i, parent, +1, position)
		c.reshape(parent)
		if len(c.tightened) == 0 {
			continue
		}
		b.units.walk(i, func(below int32) {
			for at := range c.columns {
				c.redue(slot{at, below}, position)
			}
		})
	}
}

func (b *Boards) dissolve(i int32, position int64) {
	if i == none {
		return
	}
	b.units.at[i].level = gone
	for _, c := range b.counts {
		c.remove(i, position)
		c.roll(i, b.units.at[i].parent, -1, position)
		c.reshape(b.units.at[i].parent)
	}
	b.units.unlink(i)
}

func (b *Boards) issued(v directive.VersionIssued, position int64) {
	c := b.counts[v.Directive]
	if c == nil {
		c = newCount(&b.units, b.calendar, v)
		b.counts[v.Directive] = c
		b.issues = append(b.issues, c)
	}
	c.revise(v, position)
	c.reload = true
}

func (b *Boards) closed(e directive.Ended) {
	if c := b.counts[e.Directive]; c != nil {
		c.closed = true
		c.reload = true
	}
}

func (b *Boards) tightened(d directive.DeadlineTightened, position int64) {
	c := b.counts[d.Directive]
	i := b.units.of(d.Unit)
	if c == nil || i == none {
		return
	}
	c.tightened[limit{i, d.Milestone, d.Level}] = day(d.Deadline)
	for at, column := range c.columns {
		if column.Milestone == d.Milestone && column.Level == d.Level {
			b.units.walk(i, func(below int32) { c.redue(slot{at, below}, position) })
		}
	}
}

func (b *Boards) submitted(e ledger.Event) (func(), error) {
	var v report.VersionSubmitted
	if err := e.Decode(&v); err != nil {
		return nil, err
	}
	values, err := contentOf(v.Content)
	if err != nil {
		return nil, fmt.Errorf("reading the report of event %d: %w", e.Position, err)
	}
	s := submission{v.Report, v.Unit, v.Milestone, values}
	directive, position := v.Directive, e.Position
	return func() {
		if c := b.counts[directive]; c != nil {
			c.submitted(s, position)
		}
	}, nil
}

func (b *Boards) decided(e ledger.Event, take func(c *count, report, position int64)) (func(), error) {
	var d report.Decided
	if err := e.Decode(&d); err != nil {
		return nil, err
	}
	directive, id, position := d.Directive, d.Report, e.Position
	return func() {
		if c := b.counts[directive]; c != nil {
			take(c, id, position)
		}
	}, nil
}

// advance brings the phases of all units to the present day.
func (b *Boards) advance() {
	today := b.today()
	if today == b.calendar.today {
		return
	}
	b.calendar.today = today
	for _, c := range b.counts {
		c.advance(b.calendar, b.position)
	}
}

func (c *count) advance(now calendar, position int64) {
	before := c.calendar
	c.calendar = now
	for at, column := range c.columns {
		for deadline, units := range column.due {
			if before.phase(deadline) == now.phase(deadline) {
				continue
			}
			for _, unit := range units {
				o := column.figures[unit].own
				if o.deadline != deadline {
					continue // it has another one by now
				}
				o.phase = now.phase(deadline)
				c.set(slot{at, unit}, o, position)
			}
		}
	}
}
