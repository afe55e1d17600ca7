package officetest

import (
	"fmt"

	"giaoban/internal/base/tree"
)

// Country puts the units of a whole country below the centre, in memory alone: 63, about
// 1,300 and 52,000 of them, by level from above. Of a level those of one unit stand
// together: 20 below each of the first, 41 below each of the second.
func (w *World) Country() (levels [3][]tree.UnitID) {
	next := tree.UnitID(1000)
	put := func(parent tree.UnitID, level string) tree.UnitID {
		next++
		w.Tree.Put(tree.Unit{ID: next, Parent: parent, Code: fmt.Sprint("K", next), Name: fmt.Sprint("Đảng bộ ", next), Level: level, Kind: "commune"})
		return next
	}
	for range 63 {
		province := put(w.Units["TW"], "provincial")
		levels[0] = append(levels[0], province)
		for range 20 {
			district := put(province, "above-grassroots")
			levels[1] = append(levels[1], district)
			for range 41 {
				levels[2] = append(levels[2], put(district, "grassroots"))
			}
		}
	}
	w.Tree.Children(w.Units["TW"])
	return levels
}
