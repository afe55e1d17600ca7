package board

import "giaoban/internal/base/tree"

// units is the tree as the boards count it: dense indexes instead of ids.
// Indexes are never used again; a dissolved unit keeps its own, unlinked.
type units struct {
	index
	ids    []tree.UnitID
	at     []place
	levels map[string]level // by their keys in the profile
}

// place is where a unit stands.
type place struct {
	parent int32 // none for the root and for units that are gone
	first  int32 // first child
	next   int32 // next sibling
	level  level
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

const none = int32(-1)

// level is a level as a small number; 0 is that of units that are gone.
type level int32

const gone = level(0)

func (u *units) levelOf(key string) level {
	l, known := u.levels[key]
	if !known {
		if u.levels == nil {
			u.levels = map[string]level{}
		}
		l = level(len(u.levels) + 1)
		u.levels[key] = l
	}
	return l
}

// add gives a unit its index. A unit that was dissolved gets its old one.
func (u *units) add(id tree.UnitID, levelKey string) int32 {
	if i := u.of(id); i != none {
		u.at[i].level = u.levelOf(levelKey)
		return i
	}
	i := int32(len(u.ids))
	u.put(id, i)
	u.ids = append(u.ids, id)
	u.at = append(u.at, place{none, none, none, u.levelOf(levelKey)})
	return i
}

// link puts a unit below another.
func (u *units) link(i, parent int32) {
	u.at[i].parent = parent
	if parent == none {
		return
	}
	u.at[i].next = u.at[parent].first
	u.at[parent].first = i
}

// unlink takes a unit, with all below it, out from under its parent.
func (u *units) unlink(i int32) {
	p := u.at[i].parent
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
