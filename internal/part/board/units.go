package board

import "giaoban/internal/base/tree"

// units is the tree as the boards count it: dense indexes instead of ids.
// Indexes are never used again; a dissolved unit keeps its own, unlinked.
type units struct {
	index  map[tree.UnitID]int32
	ids    []tree.UnitID
	parent []int32 // none for the root and for units that are gone
	first  []int32 // first child
	next   []int32 // next sibling
	level  []level
	levels map[string]level // by their keys in the profile
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
	if i, known := u.index[id]; known {
		u.level[i] = u.levelOf(levelKey)
		return i
	}
	if u.index == nil {
		u.index = map[tree.UnitID]int32{}
	}
	i := int32(len(u.ids))
	u.index[id] = i
	u.ids = append(u.ids, id)
	u.parent = append(u.parent, none)
	u.first = append(u.first, none)
	u.next = append(u.next, none)
	u.level = append(u.level, u.levelOf(levelKey))
	return i
}

func (u *units) of(id tree.UnitID) int32 {
	if i, known := u.index[id]; known {
		return i
	}
	return none
}

// link puts a unit below another.
func (u *units) link(i, parent int32) {
	u.parent[i] = parent
	if parent == none {
		return
	}
	u.next[i] = u.first[parent]
	u.first[parent] = i
}

// unlink takes a unit, with all below it, out from under its parent.
func (u *units) unlink(i int32) {
	p := u.parent[i]
	if p == none {
		return
	}
	if u.first[p] == i {
		u.first[p] = u.next[i]
	} else {
		before := u.first[p]
		for u.next[before] != i {
			before = u.next[before]
		}
		u.next[before] = u.next[i]
	}
	u.parent[i], u.next[i] = none, none
}

// walk calls fn for a unit and all below it, each after its parent.
func (u *units) walk(top int32, fn func(int32)) {
	fn(top)
	for child := u.first[top]; child != none; child = u.next[child] {
		u.walk(child, fn)
	}
}
