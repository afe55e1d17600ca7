package report

import (
	"strings"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/tree"
)

// unitFinder finds the units that a list may tell for, by code or by name.
type unitFinder struct {
	rules   *profile.Profile
	asked   profile.Milestone
	codes   map[string]tree.Unit
	numbers map[string][]tree.Unit // by codes of digits, without the zeros before them
	names   map[string][]tree.Unit
	tails   map[string][]tree.Unit // by the last words of names, as in "Phù Lãng"
}

// mostTail is how many words a shortened name may have.
const mostTail = 6

func newUnitFinder(t *tree.Tree, rules *profile.Profile, m profile.Milestone, top tree.UnitID) *unitFinder {
	f := &unitFinder{
		rules: rules, asked: m, codes: map[string]tree.Unit{}, numbers: map[string][]tree.Unit{},
		names: map[string][]tree.Unit{}, tails: map[string][]tree.Unit{},
	}
	for _, u := range t.Subtree(top) {
		if u.ID == top {
			continue
		}
		f.codes[fold.Name(u.Code)] = u
		if digits, ok := digitsOf(u.Code); ok {
			f.numbers[digits] = append(f.numbers[digits], u)
		}
		if !f.reports(u) {
			continue // a name that only a unit which is not asked has is told by its code
		}
		key := fold.Key(u.Name)
		f.names[key] = append(f.names[key], u)
		words := strings.Fields(key)
		for n := 1; n < len(words) && n <= mostTail; n++ {
			tail := strings.Join(words[len(words)-n:], " ")
			f.tails[tail] = append(f.tails[tail], u)
		}
	}
	return f
}

// reports says whether a unit is asked and reports for itself.
func (f *unitFinder) reports(u tree.Unit) bool {
	level, _ := f.rules.Level(u.Level)
	_, asked := f.asked.Deadline(u.Level)
	return asked && !level.ReportedByParent
}

// find gives the unit that a row names, or what is wrong with how it does.
func (f *unitFinder) find(code, name sheet.Cell, untyped bool) (tree.Unit, *fault.Error) {
	if written := fold.Name(code.Shown()); written != "" {
		return f.byCode(written, untyped || code.Kind == sheet.KindNumber)
	}
	return f.byName(fold.Name(name.Shown()))
}

func (f *unitFinder) byCode(code string, loose bool) (tree.Unit, *fault.Error) {
	if u, ok := f.codes[code]; ok {
		return u, f.unasked(u)
	}
	digits, isNumber := digitsOf(code)
	switch fits := f.numbers[digits]; {
	case loose && isNumber && len(fits) == 1:
		return fits[0], f.unasked(fits[0])
	case loose && isNumber && len(fits) > 1:
		return tree.Unit{}, fault.New(fault.Invalid, "report.list.two-units", "written", excerpt(code), "one", fits[0].Name, "other", fits[1].Name)
	}
	return tree.Unit{}, fault.New(fault.Invalid, "report.list.no-code", "code", excerpt(code))
}

func (f *unitFinder) byName(name string) (tree.Unit, *fault.Error) {
	key := fold.Key(name)
	if key == "" {
		return tree.Unit{}, fault.New(fault.Invalid, "report.list.no-name")
	}
	for _, fits := range [][]tree.Unit{f.names[key], f.tails[key]} {
		switch len(fits) {
		case 0:
		case 1:
			return fits[0], nil
		default:
			return tree.Unit{}, fault.New(fault.Invalid, "report.list.two-units", "written", excerpt(name), "one", fits[0].Name+" ("+fits[0].Code+")", "other", fits[1].Name+" ("+fits[1].Code+")")
		}
	}
	return tree.Unit{}, fault.New(fault.Invalid, "report.list.unknown", "name", excerpt(name))
}

func (f *unitFinder) unasked(u tree.Unit) *fault.Error {
	if f.reports(u) {
		return nil
	}
	return fault.New(fault.Invalid, "report.list.not-asked", "unit", u.Name)
}

// digitsOf is a code of digits without the zeros before it.
func digitsOf(code string) (string, bool) {
	if code == "" || strings.Trim(code, "0123456789") != "" {
		return "", false
	}
	if digits := strings.TrimLeft(code, "0"); digits != "" {
		return digits, true
	}
	return "0", true
}

// excerpt cuts a foreign text to what a message can carry.
func excerpt(written string) string {
	const most = 60
	if runes := []rune(written); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return written
}
