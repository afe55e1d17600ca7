package org

import (
	"slices"

	"giaoban/internal/base/fault"
)

// index notes which rows may be meant by a parent's code. The row of the unit
// that the list speaks for is set aside: it is no unit of the list.
func (p *planner) index() {
	p.byText, p.byNumber = map[string][]*entry{}, map[string][]*entry{}
	for _, e := range p.entries {
		if e.code.text == "" {
			continue
		}
		p.byText[e.code.text] = append(p.byText[e.code.text], e)
		if digits, ok := number(e.code.text); ok {
			p.byNumber[digits] = append(p.byNumber[digits], e)
		}
		p.zeros = p.zeros || keepsZeros(e.code.text) || keepsZeros(e.parent.text)
	}
}

// keepsZeros says whether a code is a number with a zero before it: a program
// that had taken codes for numbers would have dropped it.
func keepsZeros(code string) bool {
	digits, isNumber := number(code)
	return isNumber && digits != code
}

// settle finds a row's place and level. A level that the row does not tell
// comes from its parent's, so that one goes first.
func (p *planner) settle(e *entry) {
	if e.state != fresh {
		return
	}
	e.state = busy
	p.findParent(e)
	p.findLevel(e)
	e.state = settled
}

// findParent finds the row, or the unit that the list speaks for, that a
// parent's code means.
func (p *planner) findParent(e *entry) {
	if e.parent.text == "" {
		e.top = true // a parent's code that could not be read was refused already
		return
	}
	candidates, top := p.candidates(e)
	if len(candidates)+oneIf(top) > 1 {
		candidates, top = p.fitting(e, candidates, top)
	}
	switch {
	case len(candidates) == 0 && top:
		e.top = true
	case !top && len(candidates) > 0 && alike(candidates):
		e.above = candidates[0]
	case len(candidates) == 0:
		p.refuse(e, ColumnParent, p.noParent(e))
	default:
		p.refuse(e, ColumnParent, fault.New(fault.Invalid, "org.import.parent-ambiguous",
			"code", e.parent.text, "one", candidates[0].name, "other", p.second(candidates)))
	}
}

// candidates are the rows that a parent's code may mean, and whether it may
// mean the unit that the list speaks for.
//
// A text means the row with the same text; or a row whose code lost its zeros.
// A number means every code of its value, except that in a file without types
// a row with the very same digits goes before others: always where the file
// has kept its zeros, and where they may be lost when there is only one. A
// row's own number may mean another row only.
func (p *planner) candidates(e *entry) (rows []*entry, top bool) {
	digits, isNumber := number(e.parent.text)
	same := p.byText[e.parent.text]
	if !e.parent.loose {
		if e.parent.text == p.under.Code {
			return nil, true
		}
		if len(same) > 0 {
			return same[:1], false
		}
		return slices.DeleteFunc(slices.Clone(p.byNumber[digits]), func(r *entry) bool {
			return !isNumber || !r.code.loose || len(r.code.text) > len(e.parent.text)
		}), false
	}
	others := without(p.byNumber[digits], e)
	if p.list.Untyped {
		switch exact := without(same, e); {
		case e.parent.text == p.under.Code && len(exact) == 0:
			return nil, true
		case len(exact) == 1, len(exact) > 1 && p.zeros:
			return exact[:1], false
		case p.zeros && slices.Contains(same, e):
			return same, false // its own parent: a circle, told as one
		}
	}
	underDigits, underIsNumber := number(p.under.Code)
	top = underIsNumber && underDigits == digits
	if len(others) == 0 && !top && slices.Contains(same, e) {
		return []*entry{e}, false // its own parent: a circle, told as one
	}
	return others, top
}

func without(rows []*entry, e *entry) []*entry {
	return slices.DeleteFunc(slices.Clone(rows), func(r *entry) bool { return r == e })
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// fitting leaves of several candidates those whose level fits: where the row
// tells its level, those to which the profile gives units of that level; else
// those that can have units below them at all. A candidate whose own level is
// not known stays: it may be the one that is meant.
func (p *planner) fitting(e *entry, candidates []*entry, top bool) ([]*entry, bool) {
	fits := func(above string) bool {
		level, _ := p.profile.LevelOf(above, e.kind)
		if e.told {
			return level == e.level
		}
		return level != ""
	}
	var left []*entry
	for _, candidate := range candidates {
		if !candidate.told {
			p.settle(candidate)
		}
		if candidate.level == "" || fits(candidate.level) {
			left = append(left, candidate)
		}
	}
	topLeft := top && fits(p.underLevel)
	if len(left)+oneIf(topLeft) == 0 {
		return candidates, top
	}
	return left, topLeft
}

// alike says whether rows are one and the same unit, however often it is listed.
// That it is listed twice is told of the rows themselves.
func alike(rows []*entry) bool {
	for _, e := range rows[1:] {
		same := e.code == rows[0].code && e.level != "" && e.level == rows[0].level
		if !same {
			return false
		}
	}
	return true
}

// second is the name of another candidate than the first.
func (p *planner) second(candidates []*entry) string {
	if len(candidates) > 1 {
		return candidates[1].name
	}
	return p.under.Name
}

// noParent says why no row is meant by a parent's code: the unit is elsewhere,
// or left out of the list, or unknown.
func (p *planner) noParent(e *entry) *fault.Error {
	r := p.codes[e.parent.text]
	if r != nil {
		if was, exists := r.Times.on(p.options.AsOf); exists && p.inside[r.ID] {
			return fault.New(fault.Invalid, "org.import.parent-unlisted", "code", r.Code, "unit", was.Name)
		} else if exists {
			return fault.New(fault.Invalid, "org.import.parent-elsewhere", "code", r.Code, "unit", was.Name, "under", p.under.Name)
		}
	}
	return fault.New(fault.Invalid, "org.import.parent-unknown", "code", shorten(e.parent.text))
}

// findLevel gives a row its level: its own; else what the profile gives a unit
// of its kind under a parent of that level.
func (p *planner) findLevel(e *entry) {
	above := ""
	switch {
	case e.top:
		above = p.underLevel
	case e.above != nil:
		p.settle(e.above)
		above = e.above.level
	}
	if above == "" {
		e.broken = true // its parent is in error or in a circle, and that is told there
		return
	}
	if !e.told {
		e.level, _ = p.profile.LevelOf(above, e.kind)
		if e.level == "" {
			p.refuse(e, ColumnParent, fault.New(fault.Invalid, "org.level-lowest", "above", levelName(p.profile, above)))
			return
		}
	}
	if level, known := p.profile.Level(e.level); known {
		p.refuse(e, ColumnLevel, notThen(level, p.options.AsOf))
	}
	if !e.told {
		return
	}
	if rank(p.profile, e.level) <= rank(p.profile, above) {
		p.refuse(e, ColumnLevel, fault.New(fault.Invalid, "org.level-not-below", "level", levelName(p.profile, e.level),
			"parent", p.aboveName(e), "above", levelName(p.profile, above)))
	}
}

// aboveName is the name of the unit above a row.
func (p *planner) aboveName(e *entry) string {
	if e.above == nil {
		return p.under.Name
	}
	return e.above.name
}

// circles refuses every row that stands below itself.
func (p *planner) circles() {
	seen := map[*entry]int{} // in which walk
	for walk, start := range p.entries {
		e := start
		for e != nil && seen[e] == 0 {
			seen[e] = walk + 1
			e = e.above
		}
		if e == nil || seen[e] != walk+1 {
			continue
		}
		for in := e; ; {
			p.refuse(in, ColumnParent, fault.New(fault.Invalid, "org.import.circle", "unit", in.name))
			if in = in.above; in == e {
				break
			}
		}
	}
}

// fromTop gives the sound rows, each after its parent, and drops those below a
// row that is not sound.
func (p *planner) fromTop() []*entry {
	below := map[*entry][]*entry{}
	var list []*entry
	for _, e := range p.entries {
		switch {
		case e.broken:
		case e.top:
			list = append(list, e)
		default:
			below[e.above] = append(below[e.above], e)
		}
	}
	for i := 0; i < len(list); i++ {
		list = append(list, below[list[i]]...)
	}
	return list
}
