package simulate

import (
	"fmt"
	"math/rand/v2"
)

// The country of 2020: 52,089 grassroots organisations, of which 51,985 were
// 99.8 %, below about 1,300 committees; about 300,000 cells.
const (
	grassrootsUnits = 52_089
	cellUnits       = 300_000
)

// nation lists all units below the centre, each after its parent: the 67
// committees, those directly under each of them, the grassroots organisations
// and, if wanted, the cells below these. Share makes it smaller: of a hundredth
// there are still all 67 committees, each with at least one unit at each level.
func nation(random *rand.Rand, share float64, cells bool) []unit {
	var list, middle []unit
	for i, c := range committees {
		code := fmt.Sprintf("%02d", i+1)
		list = append(list, unit{code: code, name: committeeName(c.name, c.kind), kind: c.kind})
		if c.name == "Bắc Ninh" {
			for j, b := range bacNinh {
				middle = append(middle, unit{fmt.Sprintf("%s.%02d", code, j+1), b.name, b.kind, code})
			}
			continue
		}
		for j := range max(1, int(share*float64(19+bit(i < 33)))) {
			kind, name := middleName(random, c.kind, c.name, j)
			middle = append(middle, unit{fmt.Sprintf("%s.%02d", code, j+1), name, kind, code})
		}
	}
	list = append(list, middle...)
	var grassroots []unit
	for i, n := range split(random, max(len(middle), int(share*grassrootsUnits)), len(middle)) {
		grassroots = append(grassroots, branches(random, middle[i], n)...)
	}
	list = append(list, grassroots...)
	if cells {
		list = append(list, nationCells(random, grassroots, int(share*cellUnits))...)
	}
	return list
}

// nationCells spreads cells over the grassroots committees: a grassroots cell
// has none below it.
func nationCells(random *rand.Rand, grassroots []unit, total int) []unit {
	var committees, list []unit
	for _, u := range grassroots {
		if u.kind != "chi bộ cơ sở" {
			committees = append(committees, u)
		}
	}
	for i, n := range split(random, max(len(committees), total), len(committees)) {
		for j := range n {
			name := fmt.Sprintf("Chi bộ thôn %d", j+1)
			if committees[i].kind != "xã" {
				name = fmt.Sprintf("Chi bộ số %d", j+1)
			}
			list = append(list, unit{fmt.Sprintf("%s.%02d", committees[i].code, j+1), name, "chi bộ", committees[i].code})
		}
	}
	return list
}

// split spreads a number over parts of different sizes, none of them 0 where
// there is one for each.
func split(random *rand.Rand, total, parts int) []int {
	weights, sum := make([]int, parts), 0
	for i := range weights {
		weights[i] = 60 + random.IntN(81)
		sum += weights[i]
	}
	sizes, seen := make([]int, parts), 0
	for i, weight := range weights {
		sizes[i] = 1 + (total-parts)*(seen+weight)/sum - (total-parts)*seen/sum
		seen += weight
	}
	return sizes
}
