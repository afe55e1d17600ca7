package board

import (
	"slices"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

// View is the board of one unit at one moment: numbers copied out, to be
// formatted without holding anybody up.
type View struct {
	Directive int64
	Version   int
	Document  directive.Document
	Issuer    tree.UnitID
	Closed    bool
	Position  int64      // of the last event that the numbers contain
	Today     clock.Date // the day by which late and due soon are told
	Columns   []Column   // shared by all readers: not to be changed
	Series    [][]Series // by column; shared too
	Head      Row        // the unit itself with all below it
	Rows      []Row      // the units directly below, by id
}

// Row is the figures of one unit and all below it.
type Row struct {
	Unit  tree.UnitID
	Cells []Cell  // by column
	Sums  [][]Sum // by column and series; only in the head
	Past  []Past  // by column; only when a past moment was asked for
	Own   []bool  // by column: the unit itself is of the column's level
	// Deadlines are the unit's own effective ones, by column; "" where the unit
	// is not of the column's level. Only in the head.
	Deadlines []clock.Date
}

// Past is what a cell was at an earlier moment, units as they stood then.
type Past struct{ Total, Done, Waiting int32 }

// Moment is a moment as the boards know it: events up to a position had
// happened, and late and due soon are told by a day.
type Moment struct {
	Position int64
	Day      clock.Date
}

// Read gives the board of a unit; with since > 0 also what each cell was after
// the event at that position. A directive or unit that the boards do not know
// is a fault of kind NotFound.
func (b *Boards) Read(directiveID int64, unit tree.UnitID, since int64) (View, error) {
	return b.ReadIn(&Room{}, directiveID, unit, since)
}

// ReadIn is as [Boards.Read], with the rows in a room. What was read in it before
// is written over.
func (b *Boards) ReadIn(in *Room, directiveID int64, unit tree.UnitID, since int64) (View, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.read(in, directiveID, unit, moment{present, b.calendar.today}, b.position, since)
}

// ReadAt gives the board of a unit as [Boards.Read] gave it at a moment: the
// figures, tree, deadlines and version of then. What did not exist then is a
// fault of kind NotFound.
func (b *Boards) ReadAt(directiveID int64, unit tree.UnitID, at Moment, since int64) (View, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.read(&Room{}, directiveID, unit, moment{at.Position, day(at.Day)}, at.Position, since)
}

func (b *Boards) read(in *Room, directiveID int64, unit tree.UnitID, at moment, position, since int64) (View, error) {
	r, i, err := b.find(directiveID, unit, at)
	if err != nil {
		return View{}, err
	}
	return r.view(in, i, position, since), nil
}

// find begins a reading of a unit's board as of a moment.
func (b *Boards) find(directiveID int64, unit tree.UnitID, at moment) (reading, int32, error) {
	unknown := fault.New(fault.NotFound, "board.unknown")
	c, i := b.counts[directiveID], b.units.of(unit)
	if c == nil || i == none || c.versions[0].position > at.position {
		return reading{}, none, unknown
	}
	r := c.reading(at)
	if _, existed := b.units.parentAt(i, r.position); !existed {
		return reading{}, none, unknown
	}
	return r, i, nil
}

// Changes gives the cells on a unit's board that changed after the event at
// position, as they are now.
func (b *Boards) Changes(directiveID int64, unit tree.UnitID, position int64) (Update, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	r, i, err := b.find(directiveID, unit, moment{present, b.calendar.today})
	if err != nil {
		return Update{}, err
	}
	page := touched{unit: i, from: position}
	take := func(shown int32) {
		for _, at := range r.version.columns {
			if r.columns[at].changedSince(r.units, shown, position) {
				page.cells = append(page.cells, slot{at, shown})
			}
		}
	}
	if !r.shut() { // else it moves no more
		take(i)
		r.units.childrenAt(i, present, take)
	}
	return r.update(page, unit, b.position), nil
}

// changedSince says whether a unit's cell changed at a position or later. Late
// and due soon change by the clock at the position that was last, so a cell that
// changed at the very position is told again.
func (c *column) changedSince(u *units, unit int32, position int64) bool {
	if e := c.of(u, unit); e != nil {
		if e.last != 0 && c.log.at(e.last).position() >= position || c.lanes[e.lane].turned >= position {
			return true
		}
	}
	rank := c.ranks.inners.of(unit)
	for in := range c.lanes {
		l := &c.lanes[in]
		at := l.find(rank)
		if at == none || len(l.figures[at].changes) == 0 {
			continue
		}
		newest := l.figures[at].changes[len(l.figures[at].changes)-1]
		if c.log.at(newest).position() >= position || l.turned >= position {
			return true
		}
	}
	return false
}

// Listed is one unit behind a figure.
type Listed struct {
	Unit     tree.UnitID
	State    State
	Deadline clock.Date // effective
}

// List gives the units of a column's level in a unit's subtree, those of the
// given states, or of all when there are none.
func (b *Boards) List(directiveID int64, unit tree.UnitID, columnIndex int, states ...State) ([]Listed, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.list(directiveID, unit, columnIndex, moment{present, b.calendar.today}, states)
}

// ListAt gives the units as [Boards.List] gave them at a moment. The column is
// one of the version of then.
func (b *Boards) ListAt(directiveID int64, unit tree.UnitID, columnIndex int, at Moment, states ...State) ([]Listed, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.list(directiveID, unit, columnIndex, moment{at.Position, day(at.Day)}, states)
}

func (b *Boards) list(directiveID int64, unit tree.UnitID, columnIndex int, at moment, states []State) ([]Listed, error) {
	r, top, err := b.find(directiveID, unit, at)
	if err != nil {
		return nil, err
	}
	if columnIndex < 0 || columnIndex >= len(r.version.columns) {
		return nil, fault.New(fault.NotFound, "board.unknown")
	}
	return r.list(top, columnIndex, func(s State) bool { return len(states) == 0 || slices.Contains(states, s) }), nil
}

// Began gives the position at which a directive was issued, and whether it has
// been closed. One without a board is a fault of kind NotFound.
func (b *Boards) Began(id int64) (position int64, closed bool, err error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	c := b.counts[id]
	if c == nil {
		return 0, false, fault.New(fault.NotFound, "board.unknown")
	}
	return c.versions[0].position, c.closed != nil, nil
}

// AlteredSince says whether a unit has, or may have, another name, level or kind
// than after the event at a position, or is gone.
func (b *Boards) AlteredSince(unit tree.UnitID, position int64) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	i := b.units.of(unit)
	return i != none && (b.altered[i] > position || b.units.at[i].level == gone)
}

// Heir is the unit that stands now where a unit stood: itself, or for one that is
// gone the nearest that was above it and is not; 0 for one that never was.
func (b *Boards) Heir(unit tree.UnitID) tree.UnitID {
	b.mu.RLock()
	defer b.mu.RUnlock()
	i := b.units.of(unit)
	if i != none {
		i = b.units.heir(i)
	}
	if i == none {
		return 0
	}
	return b.units.ids[i]
}

// Directives gives the directives that have a board which counts a unit: issued
// by it or by a unit above it. The newest comes first.
func (b *Boards) Directives(unit tree.UnitID) []int64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var list []int64
	for id, c := range b.counts {
		for i := b.units.of(unit); i != none; i = b.units.at[i].parent {
			if i == c.issuer {
				list = append(list, id)
				break
			}
		}
	}
	slices.Sort(list)
	slices.Reverse(list)
	return list
}

// Directive gives a directive as its board counts it: issuer, state and document
// of the newest version. One without a board is a fault of kind NotFound.
func (b *Boards) Directive(id int64) (directive.Directive, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	c := b.counts[id]
	if c == nil {
		return directive.Directive{}, fault.New(fault.NotFound, "board.unknown")
	}
	d := directive.Directive{ID: id, Unit: b.units.ids[c.issuer], State: directive.InForce, Version: c.now().number, Document: c.now().document}
	if c.closed != nil {
		d.State = directive.Ceased
	}
	return d, nil
}

// Position is that of the last event that the boards have counted.
func (b *Boards) Position() int64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.position
}

// Zone is the installation's zone.
func (b *Boards) Zone() *time.Location {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.zone
}
