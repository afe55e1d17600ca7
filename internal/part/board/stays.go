package board

import "math"

// stay is a time that a unit stood under another and that is over.
type stay struct {
	unit, parent int32 // parent is none for the root
	from, to     int64 // positions: of the event that put it there, and of that which took it away
}

// present is the position of a reading of what is now.
const present = int64(math.MaxInt64)

// left keeps that a unit, which is taken away, stood where it does.
func (u *units) left(i int32, position int64) {
	p := u.at[i]
	if p.since == position && p.parent == none {
		return // it was only just made
	}
	if u.below == nil {
		u.below, u.above = map[int32][]int32{}, map[int32][]int32{}
	}
	at := int32(len(u.stays))
	u.stays = append(u.stays, stay{i, p.parent, p.since, position})
	u.below[p.parent] = append(u.below[p.parent], at)
	u.above[i] = append(u.above[i], at)
}

// parentAt is the unit under which a unit stood after the event at a position,
// none for the root; ok is false when it did not exist.
func (u *units) parentAt(i int32, position int64) (parent int32, ok bool) {
	if p := u.at[i]; p.level != gone && p.since <= position {
		return p.parent, true
	}
	for _, at := range u.above[i] {
		if s := u.stays[at]; s.from <= position && position < s.to {
			return s.parent, true
		}
	}
	return none, false
}

// childrenAt calls fn for the units directly under a unit after the event at a
// position.
func (u *units) childrenAt(i int32, position int64, fn func(int32)) {
	for child := u.at[i].first; child != none; child = u.at[child].next {
		if u.at[child].since <= position {
			fn(child)
		}
	}
	if position == present {
		return
	}
	for _, at := range u.below[i] {
		if s := u.stays[at]; s.from <= position && position < s.to {
			fn(s.unit)
		}
	}
}

// walkAt calls fn for a unit and all below it as they stood after the event at
// a position, each after its parent.
func (u *units) walkAt(top int32, position int64, fn func(int32)) {
	fn(top)
	u.childrenAt(top, position, func(child int32) { u.walkAt(child, position, fn) })
}

// heir is the unit that stands now where a unit stood: itself, or for one that
// is gone the first heir of the act that ended it, else the nearest above it that
// is not gone.
func (u *units) heir(i int32) int32 {
	for i != none && u.at[i].level == gone {
		if after, inherited := u.heirs[i]; inherited {
			i = after
			continue
		}
		stays := u.above[i]
		if len(stays) == 0 {
			return none
		}
		i = u.stays[stays[len(stays)-1]].parent
	}
	return i
}
