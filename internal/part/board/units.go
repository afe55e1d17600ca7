package board

import (
	"slices"

	"giaoban/internal/base/tree"
)

// units is the tree as the boards count it: dense indexes instead of ids.
// Indexes are never used again; a dissolved unit keeps its own, unlinked. Where
// units stood before is kept, too: see [stay].
type units struct {
	index
	ids   []tree.UnitID
	at    []place
	keys  []string // of levels, by level; the first is that of units that are gone
	ranks []*ranks // by level
	stays []stay
	below map[int32][]int32 // stays by the unit that they were under
	above map[int32][]int32 // stays by the unit that stayed
	heirs map[int32]int32   // by the unit that ended by an act, the first that came after
	other map[int32]bool    // units that had another level before: few
}

// place is where a unit stands.
type place struct {
	parent int32 // none for the root and for units that are gone
	first  int32 // first child
	next   int32 // next sibling
	level  level
	rank   int32 // among the members of its level, so that it is at hand
	since  int64 // position of the event that put it there
}

// ranks number the units that concern the columns of a level, so that a column
// has no room for others. A unit keeps its ranks for good.
type ranks struct {
	members order // units that are of the level, or were
	inners  order // units with such units below them, now or before
}

// order numbers units as they come.
type order struct {
	ranks []int32 // by unit, the rank plus one; 0 for none
	units []int32 // by rank
}

// of gives a unit's rank; none when it has none.
func (o *order) of(unit int32) int32 {
	if int(unit) >= len(o.ranks) {
		return none
	}
	return o.ranks[unit] - 1
}

// add gives a unit a rank; fresh is false when it has one already.
func (o *order) add(unit int32) (fresh bool) {
	if o.of(unit) != none {
		return false
	}
	o.ranks = grown(o.ranks, int(unit)+1)
	o.units = append(o.units, unit)
	o.ranks[unit] = int32(len(o.units))
	return true
}

// index finds units by their ids. The database counts ids out one by one, so
// that a list does; one far beyond the others goes into a map.
type index struct {
	dense []int32 // by id, the index plus one; 0 for none
	far   map[tree.UnitID]int32
}

func (x *index) of(id tree.UnitID) int32 {
	if id >= 0 && int64(id) < int64(len(x.dense)) && x.dense[id] != 0 {
		return x.dense[id] - 1
	}
	if i, known := x.far[id]; known {
		return i
	}
	return none
}

func (x *index) put(id tree.UnitID, i int32) {
	if id < 0 || int64(id) > 2*int64(i)+1000 {
		if x.far == nil {
			x.far = map[tree.UnitID]int32{}
		}
		x.far[id] = i
		return
	}
	x.dense = grown(x.dense, int(id)+1)
	x.dense[id] = i + 1
}

// grown is a list with room for n, the new ones zero.
func grown[S ~[]E, E any](list S, n int) S {
	if len(list) < n {
		list = append(list, make(S, n-len(list))...)
	}
	return list
}

const none = int32(-1)

// level is a level as a small number; 0 is that of units that are gone.
type level int32

const gone = level(0)

func (u *units) levelOf(key string) level {
	if len(u.keys) == 0 {
		u.keys, u.ranks = []string{""}, []*ranks{{}}
	}
	if l := slices.Index(u.keys[1:], key); l >= 0 {
		return level(l + 1)
	}
	u.keys, u.ranks = append(u.keys, key), append(u.ranks, &ranks{})
	return level(len(u.keys) - 1)
}

// add gives a unit its index and its level. A unit that was dissolved gets its
// old index; it has yet to be linked.
func (u *units) add(id tree.UnitID, levelKey string, position int64) int32 {
	l := u.levelOf(levelKey)
	i := u.of(id)
	known := i != none
	if !known {
		i = int32(len(u.ids))
		u.put(id, i)
		u.ids = append(u.ids, id)
		u.at = append(u.at, place{none, none, none, gone, none, position})
	}
	if u.at[i].level == gone {
		u.at[i].since = position
	}
	if u.at[i].level != l {
		u.at[i].level = l
		if u.ranks[l].members.add(i) && known {
			if u.other == nil {
				u.other = map[int32]bool{}
			}
			u.other[i] = true
		}
		u.at[i].rank = u.ranks[l].members.of(i)
		u.rankAbove(l, u.at[i].parent)
	}
	return i
}

// rankAbove gives a unit and all above it their ranks among those that have
// units of a level below them.
func (u *units) rankAbove(l level, unit int32) {
	for unit != none && u.ranks[l].inners.add(unit) {
		unit = u.at[unit].parent
	}
}

// link puts a unit below another.
func (u *units) link(i, parent int32, position int64) {
	u.at[i].parent, u.at[i].since = parent, position
	if parent == none {
		return
	}
	u.at[i].next = u.at[parent].first
	u.at[parent].first = i
	for l := range u.ranks {
		if r := u.ranks[l]; r.members.of(i) != none || r.inners.of(i) != none {
			u.rankAbove(level(l), parent)
		}
	}
}

// unlink takes a unit, with all below it, out from under its parent.
func (u *units) unlink(i int32, position int64) {
	p := u.at[i].parent
	u.left(i, position)
	if p == none {
		return
	}
	if u.at[p].first == i {
		u.at[p].first = u.at[i].next
	} else {
		before := u.at[p].first
		for u.at[before].next != i {
			before = u.at[before].next
		}
		u.at[before].next = u.at[i].next
	}
	u.at[i].parent, u.at[i].next = none, none
}

// walk calls fn for a unit and all below it, each after its parent.
func (u *units) walk(top int32, fn func(int32)) {
	fn(top)
	for child := u.at[top].first; child != none; child = u.at[child].next {
		u.walk(child, fn)
	}
}
