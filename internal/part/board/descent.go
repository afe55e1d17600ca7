package board

import (
	"slices"

	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// reorganised makes the heirs of an act done where their predecessors were: at
// each milestone of an heir's level every predecessor of that level must have
// been, or by the profile's rule one. What an heir reports itself afterwards
// counts as anybody's.
func (b *Boards) reorganised(act org.UnitsReorganised, position int64) {
	before := map[tree.UnitID][]int32{} // predecessors by heir
	var heirs []tree.UnitID
	for _, s := range act.Units {
		b.units.follow(s)
		for _, heir := range s.Heirs {
			if before[heir] == nil {
				heirs = append(heirs, heir)
			}
			before[heir] = append(before[heir], b.units.of(s.Unit))
		}
	}
	for _, id := range heirs {
		i := b.units.of(id)
		if i == none || b.units.at[i].level == gone {
			continue
		}
		from := before[id]
		if !slices.Contains(act.Founded, id) && !slices.Contains(from, i) {
			from = append(from, i) // it was there before, and comes after itself
		}
		for _, c := range b.issues {
			c.inherit(i, from, act, position)
		}
	}
}

// follow remembers who came after a unit. A unit that goes on comes after itself.
func (u *units) follow(s org.Succession) {
	i := u.of(s.Unit)
	if i == none || len(s.Heirs) == 0 || slices.Contains(s.Heirs, s.Unit) {
		return
	}
	first := u.of(s.Heirs[0])
	if first == none {
		return
	}
	if u.heirs == nil {
		u.heirs = map[int32]int32{}
	}
	u.heirs[i] = first
	// A unit that was founded again after it had ended may end once more by an act
	// that makes its own heir its predecessor: nothing comes after itself.
	for at, steps := first, 0; steps < len(u.heirs); steps++ {
		after, more := u.heirs[at]
		if !more {
			return
		}
		if after == i {
			delete(u.heirs, at)
			return
		}
		at = after
	}
}

// inherit makes one heir on one board what its predecessors were.
func (c *count) inherit(heir int32, before []int32, act org.UnitsReorganised, position int64) {
	for at, column := range c.columns {
		if column.level != c.units.at[heir].level {
			continue
		}
		var parts []part
		for _, unit := range before {
			if p, was := c.predecessor(at, unit); was {
				parts = append(parts, p)
			}
		}
		if len(parts) == 0 {
			continue
		}
		done := func(p part) bool { return p.own&accepted != 0 }
		all := slices.ContainsFunc(parts, done)
		if !act.Any {
			all = !slices.ContainsFunc(parts, func(p part) bool { return !done(p) })
		}
		now := column.of(c.units, heir).part
		now.own = now.own.with(accepted, all)
		if act.Kind == org.Merger && all {
			now.values = column.together(slices.DeleteFunc(parts, func(p part) bool { return !done(p) }))
		}
		c.set(slot{at, heir}, now, position)
	}
}

// predecessor is what a unit was in a column when it ended; was is false when it
// never was of the level, or need not report.
func (c *count) predecessor(column int, unit int32) (p part, was bool) {
	if unit == none {
		return part{}, false
	}
	e := c.columns[column].of(c.units, unit)
	if e == nil {
		return part{}, false
	}
	set, exception := c.standing(slot{column, unit})
	return e.part, !exception || set.counts
}

// together writes the accepted figures of several units as those of one.
func (c *column) together(parts []part) int32 {
	sums := make([]Sum, len(c.series))
	for _, p := range parts {
		if p.values != 0 {
			c.addAt(sums, int(p.values), 1)
		}
	}
	return c.write(sums)
}
