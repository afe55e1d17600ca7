package org

import (
	"slices"
	"strings"

	"giaoban/internal/base/fault"
)

// widths is how many digits the codes of a level have.
type widths struct {
	used    map[int]int // how many codes of the tree, or written as text, have so many
	longest int         // number among the list's
	fixed   int         // by the profile; 0 when it leaves that to the lists
}

// measure finds how wide the numeric codes of each level are: as the profile
// says, as most of the tree's and of those that the list writes as text are, or
// as its longest number is.
func (p *planner) measure() {
	p.widths = map[string]*widths{}
	of := func(level string) *widths {
		w := p.widths[level]
		if w == nil {
			known, _ := p.profile.Level(level)
			w = &widths{used: map[int]int{}, fixed: known.CodeWidth}
			p.widths[level] = w
		}
		return w
	}
	p.numbers = map[string][]*record{}
	for _, r := range p.units {
		was, exists := r.Times.on(p.options.AsOf)
		digits, isNumber := number(r.Code)
		if exists && isNumber {
			p.numbers[digits] = append(p.numbers[digits], r)
			of(was.Level).used[len(r.Code)]++
		}
	}
	for _, e := range p.entries {
		_, isNumber := number(e.code.text)
		switch w := of(e.level); {
		case !isNumber:
		case e.code.loose:
			w.longest = max(w.longest, len(e.code.text))
		default:
			w.used[len(e.code.text)]++
		}
	}
}

// fill puts zeros before a number up to the width of its level.
func (w *widths) fill(code string) string {
	width := w.fixed
	if width == 0 {
		most := 0
		for digits, n := range w.used {
			if n > most || n == most && digits > width {
				width, most = digits, n
			}
		}
	}
	if width == 0 {
		width = w.longest
	}
	return strings.Repeat("0", max(0, width-len(code))) + code
}

// match finds the unit that a row tells of, and writes its code as the
// organisation does.
func (p *planner) match(e *entry) {
	if e.code.loose && e.level != "" {
		if !p.matchNumber(e) {
			return
		}
	} else {
		e.unit = p.codes[e.code.text]
	}
	if e.unit == nil {
		return
	}
	was, exists := e.unit.Times.on(p.options.AsOf)
	if exists && !p.inside[e.unit.ID] {
		p.refuse(e, ColumnCode, fault.New(fault.Invalid, "org.import.elsewhere",
			"code", e.code.text, "unit", was.Name, "under", p.under.Name))
	}
}

// matchNumber finds the unit whose code a number stands for, and says whether
// that is sure. Units of the row's level go first: 1 is the province 01 in a row
// of a province, and the district 001 in a row of a district. Where the list or
// the tree has two such codes, it is sure only in a file without types, and
// only by the very same digits.
func (p *planner) matchNumber(e *entry) (sure bool) {
	fits := p.codesFor(e)
	exact := p.codes[e.code.text]
	code := p.widths[e.level].fill(e.code.text)
	switch {
	case len(fits) > 1 && p.list.Untyped && slices.Contains(fits, e.code.text):
		code = e.code.text
	case len(fits) > 1:
		p.refuse(e, ColumnCode, fault.New(fault.Invalid, "org.import.code-ambiguous",
			"code", e.code.text, "one", fits[0], "other", fits[1]))
		return false
	case len(fits) == 1:
		code = fits[0]
	case p.codes[code] == nil && p.list.Untyped && exact != nil:
		code = exact.Code
	}
	e.code.text, e.unit = code, p.codes[code]
	return true
}

// codesFor gives the codes, in the tree and written as text in the list, that are
// the number of a row and belong to its level.
func (p *planner) codesFor(e *entry) []string {
	digits, _ := number(e.code.text)
	var codes []string
	for _, r := range p.numbers[digits] {
		if was, _ := r.Times.on(p.options.AsOf); was.Level == e.level {
			codes = append(codes, r.Code)
		}
	}
	for _, other := range p.byNumber[digits] {
		if !other.code.loose && other.level == e.level {
			codes = append(codes, other.code.text)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// duplicates refuses every row whose code another row has, too. A number whose
// level is not known stands for no code yet, unless the file has kept its zeros.
func (p *planner) duplicates() {
	rows := map[string][]*entry{}
	for _, e := range p.entries {
		if e.code.text != "" && (!e.code.loose || e.level != "" || p.list.Untyped && p.zeros) {
			rows[e.code.text] = append(rows[e.code.text], e)
		}
	}
	for code, same := range rows {
		for i, e := range same {
			if len(same) == 1 {
				break
			}
			other := same[0]
			if i == 0 {
				other = same[1]
			}
			at := other.cells[ColumnCode].At
			cell := at.Ref()
			if at.Sheet != e.cells[ColumnCode].At.Sheet {
				cell = at.String()
			}
			p.refuse(e, ColumnCode, fault.New(fault.Invalid, "org.import.duplicate", "code", code, "other", cell))
		}
	}
}
