package board

import (
	"maps"
	"slices"
)

// hold copies what may change, so that the rest can be written while events go
// on. Lists that only grow are shared: what is added later lies beyond their
// length.
func (b *Boards) hold() *Boards {
	b.mu.RLock()
	defer b.mu.RUnlock()
	held := &Boards{clock: b.clock, zone: b.zone, calendar: b.calendar, position: b.position, altered: maps.Clone(b.altered)}
	u := *b.units
	u.at = slices.Clone(u.at)
	u.heirs = maps.Clone(u.heirs)
	u.ranks = make([]*ranks, len(b.units.ranks))
	for i, r := range b.units.ranks {
		u.ranks[i] = &ranks{order{units: r.members.units}, order{units: r.inners.units}}
	}
	held.units = &u
	for _, n := range b.issues {
		held.issues = append(held.issues, n.hold())
	}
	return held
}

func (n *count) hold() *count {
	held := *n
	held.tightened, held.standings, held.pending = maps.Clone(n.tightened), maps.Clone(n.standings), maps.Clone(n.pending)
	held.columns = make([]*column, len(n.columns))
	for i, column := range n.columns {
		copied := *column
		copied.members = slices.Clone(column.members)
		copied.lanes = slices.Clone(column.lanes)
		for in := range copied.lanes {
			l := &copied.lanes[in]
			l.places, l.figures, l.sums = nil, slices.Clone(l.figures), slices.Clone(l.sums) // inners say where
		}
		held.columns[i] = &copied
	}
	return &held
}
