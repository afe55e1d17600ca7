package org

import (
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/tree"
)

// Period is what a unit was from one day on, until another.
type Period struct {
	From   clock.Date // included
	To     clock.Date // excluded; "" while it lasts
	Name   string
	Level  string      // key of a level of the profile
	Kind   string      // key of a kind of the profile; "" when none was given
	Parent tree.UnitID // the unit that counts it; 0 for the root
}

// same says whether two periods tell the same of the unit, whenever.
func (p Period) same(q Period) bool {
	p.From, p.To = q.From, q.To
	return p == q
}

// timeline is a unit's periods in order of time. They never overlap; between
// two of them the unit did not exist.
//
// A change that is dated in the past holds until the next recorded change of
// the same attribute: a name given from May on lasts until the name that was
// recorded from July on, and a move in June between them keeps its day and its
// place. What was recorded is never undone by a change of something else.
type timeline []Period

// at gives the index of the period that holds on a day, -1 for none.
func (t timeline) at(day clock.Date) int {
	for i, p := range t {
		if p.From <= day && (p.To == "" || day < p.To) {
			return i
		}
	}
	return -1
}

// on gives the period that holds on a day.
func (t timeline) on(day clock.Date) (Period, bool) {
	if i := t.at(day); i >= 0 {
		return t[i], true
	}
	return Period{}, false
}

// now gives the period that lasts: what the unit is.
func (t timeline) now() (Period, bool) {
	if n := len(t); n > 0 && t[n-1].To == "" {
		return t[n-1], true
	}
	return Period{}, false
}

// begin has the unit exist from a day on, as p says, until its next recorded
// period or for good. The unit must not exist on that day.
func (t timeline) begin(day clock.Date, p Period) timeline {
	p.From, p.To = day, ""
	next := 0
	for next < len(t) && t[next].From <= day {
		next++
	}
	if next < len(t) {
		p.To = t[next].From
	}
	return slices.Insert(slices.Clone(t), next, p).merged()
}

// end has the unit exist no longer from a day on, until it is recorded to have
// begun again after a time without it. The unit must exist on that day.
func (t timeline) end(day clock.Date) timeline {
	i := t.at(day)
	last := i
	for last+1 < len(t) && t[last].To == t[last+1].From {
		last++
	}
	cut := slices.Clone(t[:i])
	if t[i].From < day {
		before := t[i]
		before.To = day
		cut = append(cut, before)
	}
	return append(cut, t[last+1:]...)
}

// attribute is one of the things that change of themselves: a name, a place, a
// level with its kind.
type attribute struct {
	same func(a, b Period) bool
	copy func(to *Period, from Period)
}

var (
	nameOf = attribute{
		func(a, b Period) bool { return a.Name == b.Name },
		func(to *Period, from Period) { to.Name = from.Name },
	}
	placeOf = attribute{
		func(a, b Period) bool { return a.Parent == b.Parent },
		func(to *Period, from Period) { to.Parent = from.Parent },
	}
	levelOf = attribute{
		func(a, b Period) bool { return a.Level == b.Level && a.Kind == b.Kind },
		func(to *Period, from Period) { to.Level, to.Kind = from.Level, from.Kind },
	}
)

// change gives an attribute the value that it has in p, from a day on until the
// attribute's next recorded change or until the unit ended. The unit must exist
// on that day.
func (t timeline) change(day clock.Date, what attribute, p Period) timeline {
	i := t.at(day)
	old := t[i]
	changed := slices.Clone(t[:i])
	if old.From < day {
		before := old
		before.To = day
		changed = append(changed, before)
	}
	for j := i; j < len(t); j++ {
		next := t[j]
		if j > i && (t[j-1].To != next.From || !what.same(old, next)) {
			changed = append(changed, t[j:]...)
			break
		}
		next.From = max(next.From, day)
		what.copy(&next, p)
		changed = append(changed, next)
	}
	return changed.merged()
}

// merged puts neighbours that tell the same into one period.
func (t timeline) merged() timeline {
	whole := t[:0:0]
	for _, p := range t {
		if n := len(whole); n > 0 && whole[n-1].To == p.From && whole[n-1].same(p) {
			whole[n-1].To = p.To
			continue
		}
		whole = append(whole, p)
	}
	return whole
}

// since gives the parts of the periods that lie on or after a day.
func (t timeline) since(day clock.Date) timeline {
	var rest timeline
	for _, p := range t {
		if p.To != "" && p.To <= day {
			continue
		}
		p.From = max(p.From, day)
		rest = append(rest, p)
	}
	return rest
}
