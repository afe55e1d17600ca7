package tree_test

import (
	"fmt"
	"testing"

	"giaoban/internal/base/tree"
)

// country is 52,000 units: the centre, 67 below it, 20 below each of them and
// grassroots organisations below those.
func country() []tree.Unit {
	places := []string{"Ái Quốc", "An Bình", "Bắc Sơn", "Cẩm Đàn", "Dục Tú", "Đông Anh", "Hòa Bình", "Lương Sơn", "Quế Võ", "Yên Phong"}
	units := []tree.Unit{{ID: 1, Code: "TW", Name: "Trung ương", Level: "centre"}}
	add := func(parent tree.UnitID, level, kind string) tree.UnitID {
		id := tree.UnitID(len(units) + 1)
		units = append(units, tree.Unit{
			ID: id, Parent: parent, Code: fmt.Sprintf("%06d", id), Level: level,
			Name: fmt.Sprintf("%s %s %d", kind, places[int(id)%len(places)], id%97),
		})
		return id
	}
	var above []tree.UnitID
	for range 67 {
		province := add(1, "province", "Đảng bộ tỉnh")
		for range 20 {
			above = append(above, add(province, "above-grassroots", "Đảng bộ huyện"))
		}
	}
	for i := 0; len(units) < 52_000; i++ {
		add(above[i%len(above)], "grassroots", "Đảng bộ xã")
	}
	return units
}

func filled() *tree.Tree {
	t := tree.New()
	for _, u := range country() {
		t.Put(u)
	}
	return t
}

func BenchmarkPutAll(b *testing.B) {
	units := country()
	for b.Loop() {
		t := tree.New()
		for _, u := range units {
			t.Put(u)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(units)), "ns/unit")
}

func BenchmarkChildren(b *testing.B) {
	t := filled()
	for b.Loop() {
		t.Children(1)
	}
}

func BenchmarkWithin(b *testing.B) {
	t := filled()
	for b.Loop() {
		t.Within(52_000, 1)
	}
}

func BenchmarkFind(b *testing.B) {
	t := filled()
	for _, words := range []string{"xa yen phong 17", "dang bo", "051999"} {
		b.Run(words, func(b *testing.B) {
			for b.Loop() {
				t.Find(1, words, 20)
			}
		})
	}
}
