package simulate

import (
	"fmt"
	"math/rand/v2"
)

// unit is a unit to be made: a row of the list that an office would send.
type unit struct{ code, name, kind, parent string }

// country lists the units below the centre, each after its parent: 67
// committees, Bac Ninh down to all its grassroots organisations, and of the
// others made-up committees with a few grassroots organisations each.
func country(random *rand.Rand) []unit {
	var list []unit
	for i, c := range committees {
		code := fmt.Sprintf("%02d", i+1)
		list = append(list, unit{code: code, name: committeeName(c.name, c.kind), kind: c.kind})
		if c.name == "Bắc Ninh" {
			for j, b := range bacNinh {
				list = append(list, branch(random, code, j, b.name, b.kind, b.grassroots)...)
			}
			continue
		}
		// 1,287 in all, as the country had about 1,300 at this level.
		for j := range 19 + bit(i < 33) {
			kind, name := middleName(random, c.kind, c.name, j)
			list = append(list, branch(random, code, j, name, kind, 2)...)
		}
	}
	return list
}

func bit(is bool) int {
	if is {
		return 1
	}
	return 0
}

// branch is one above-grassroots committee with its grassroots organisations.
func branch(random *rand.Rand, parent string, number int, name, kind string, grassroots int) []unit {
	top := unit{code: fmt.Sprintf("%s.%02d", parent, number+1), name: name, kind: kind, parent: parent}
	return append([]unit{top}, branches(random, top, grassroots)...)
}

// branches are the grassroots organisations of a committee.
func branches(random *rand.Rand, above unit, number int) []unit {
	var list []unit
	used := map[string]bool{}
	for i := range number {
		kind, name := grassrootsName(random, i)
		for used[name] {
			kind, name = grassrootsName(random, i)
		}
		used[name] = true
		list = append(list, unit{code: fmt.Sprintf("%s.%03d", above.code, i+1), name: name, kind: kind, parent: above.code})
	}
	return list
}
