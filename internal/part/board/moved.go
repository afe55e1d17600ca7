package board

import (
	"slices"

	"giaoban/internal/base/tree"
)

// Moved gives the positions of the events after one position and up to another at
// which figures on a unit's board changed, in order: its own and those of the units
// directly below. What the clock alone changes, late and due soon, is none of them. What
// the boards do not know is a fault of kind NotFound.
func (b *Boards) Moved(directiveID int64, unit tree.UnitID, after, to int64) ([]int64, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	r, i, err := b.find(directiveID, unit, moment{position: to})
	if err != nil {
		return nil, err
	}
	var list []int64
	for _, v := range r.versions {
		list = append(list, v.position)
	}
	take := func(shown int32) {
		for _, c := range r.columns {
			list = c.moved(list, r.units, shown, after, r.position)
		}
	}
	take(i)
	r.units.childrenAt(i, r.position, take)
	slices.Sort(list)
	list = slices.Compact(list)
	return slices.DeleteFunc(list, func(at int64) bool { return at <= after || at > r.position }), nil
}

// moved adds the positions at which a unit's cell changed.
func (c *column) moved(list []int64, u *units, unit int32, after, to int64) []int64 {
	first, end := c.log.mark(after), c.log.mark(to)
	if first >= end {
		return list
	}
	if e := c.of(u, unit); e != nil {
		for at := e.last; at >= first && at != 0; at = c.log.at(at).before {
			list = append(list, c.log.at(at).position())
		}
	}
	rank := c.ranks.inners.of(unit)
	for in := range c.lanes {
		place := c.lanes[in].find(rank)
		if place == none {
			continue
		}
		changes := c.lanes[in].figures[place].changes
		from, _ := slices.BinarySearch(changes, first)
		until, _ := slices.BinarySearch(changes, end)
		for _, at := range changes[from:until] {
			list = append(list, c.log.at(at).position())
		}
	}
	return list
}
