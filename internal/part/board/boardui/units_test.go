package boardui

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/fold"
	"giaoban/internal/base/tree"
)

func TestAPartOfTheListStandsInTheOrderOfTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rows []placed
		for i := range rapid.IntRange(1, 60).Draw(t, "units") {
			word := rapid.SampledFrom([]string{"An", "Ân", "Đông", "Đồng", "Yên"}).Draw(t, "word")
			rows = append(rows, placed{
				unit:  tree.Unit{ID: tree.UnitID(i), Name: fmt.Sprintf("Xã %s %d", word, i)},
				state: rapid.IntRange(0, 2).Draw(t, "state"), parent: rapid.IntRange(0, 3).Draw(t, "parent"),
			})
		}
		whole := slices.SortedFunc(slices.Values(rows), func(a, b placed) int {
			return cmp.Or(a.compare(b), fold.Compare(a.unit.Name, b.unit.Name))
		})
		from := rapid.IntRange(0, len(rows)-1).Draw(t, "from")
		to := rapid.IntRange(from, len(rows)).Draw(t, "to")
		slices.SortStableFunc(rows, placed.compare)
		byName(rows, from, to)
		if diff := gocmp.Diff(names(whole[from:to]), names(rows[from:to])); diff != "" {
			t.Errorf("rows %d to %d (-whole list +this part):\n%s", from, to, diff)
		}
	})
}

func names(rows []placed) []string {
	var list []string
	for _, r := range rows {
		list = append(list, r.unit.Name)
	}
	return list
}
