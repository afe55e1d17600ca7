package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/base/word"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/tree"
)

func TestUnitsAreFoundFromAboveByWordsInAnyOrder(t *testing.T) {
	tr := tree.New()
	for _, u := range []tree.Unit{
		{ID: 1, Code: "TW", Name: "Trung ương"},
		{ID: 2, Parent: 1, Code: "27", Name: "Tỉnh Bắc Ninh"},
		{ID: 3, Parent: 1, Code: "24", Name: "Tỉnh Bắc Giang"},
		{ID: 4, Parent: 2, Code: "27.04", Name: "Huyện Yên Phong"},
		{ID: 5, Parent: 4, Code: "27.04.1", Name: "Xã Yến Phong"},
		{ID: 6, Parent: 4, Code: "27.04.2", Name: "Chi bộ Khối CCQ-TW (Đông)"},
		{ID: 7, Parent: 3, Code: "24.09", Name: "Xã Phong Yên"},
	} {
		tr.Put(u)
	}
	n := &names{tree: tr}
	for _, c := range []struct {
		top   tree.UnitID
		typed string
		want  []tree.UnitID
	}{
		{1, "yen phong", []tree.UnitID{4, 7, 5}},
		{1, "phong yên", []tree.UnitID{4, 7, 5}},
		{1, "yến", []tree.UnitID{5, 4, 7}}, // as it was typed before the others
		{2, "bac", []tree.UnitID{2}},
		{1, "bac", []tree.UnitID{3, 2}},
		{3, "yen phong", []tree.UnitID{7}},
		{1, "ong", nil}, // no word begins so
		{1, "dong", []tree.UnitID{6}},
		{1, "tw", []tree.UnitID{1, 6}},
		{1, "27.04", []tree.UnitID{4, 6, 5}},
		{3, "27.04", nil},
	} {
		var got []tree.UnitID
		for _, u := range n.find([]tree.UnitID{c.top}, c.typed, word.Split(c.typed), 10) {
			got = append(got, u.ID)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q below %d (-want +got):\n%s", c.typed, c.top, diff)
		}
	}
	renamed, _ := tr.Unit(7)
	renamed.Name = "Xã Tân Lập"
	tr.Put(renamed)
	if got := n.find([]tree.UnitID{1}, "tan lap", word.Split("tan lap"), 10); len(got) != 1 || got[0].ID != 7 {
		t.Errorf("after it was renamed: %v", got)
	}
}

// Whatever is typed, what is found has all the words, and nothing that has them is
// left out.
func TestNoUnitIsLeftOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tr := tree.New()
		name := rapid.SampledFrom([]string{"An", "Ân", "Anh", "Đông", "đồng", "Bắc", "(bắc)", "B-2", "Ôn"})
		for id := range tree.UnitID(rapid.IntRange(1, 20).Draw(t, "units")) {
			tr.Put(tree.Unit{
				ID: id + 1, Parent: (id + 1) / 2, Code: fmt.Sprintf("C%d", id), Name: strings.Join(rapid.SliceOfN(name, 1, 3).Draw(t, "name"), " "),
			})
		}
		top := tree.UnitID(rapid.IntRange(1, tr.Len()).Draw(t, "top"))
		typed := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "an", "don", "bac", "b", "2", "o", "â"}), 1, 2).Draw(t, "typed"), " ")
		words := word.Split(typed)
		var want, got []tree.UnitID
		for _, u := range tr.Subtree(top) {
			if !slices.ContainsFunc(words, func(w word.Word) bool {
				return !slices.ContainsFunc(word.Split(u.Name+" "+u.Code), func(own word.Word) bool { return strings.HasPrefix(own.Folded, w.Folded) })
			}) {
				want = append(want, u.ID)
			}
		}
		for _, u := range (&names{tree: tr}).find([]tree.UnitID{top}, typed, words, 100) {
			got = append(got, u.ID)
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Fatalf("%q below %d finds %v, want %v", typed, top, got, want)
		}
	})
}

func BenchmarkUnits(b *testing.B) {
	tr := tree.New()
	tr.Put(tree.Unit{ID: 1, Code: "TW", Name: "Trung ương"})
	places := []string{"Ái Quốc", "An Bình", "Bắc Sơn", "Cẩm Đàn", "Dục Tú", "Đông Anh", "Hòa Bình", "Lương Sơn", "Quế Võ", "Yên Phong"}
	for id := tree.UnitID(2); id <= 353_000; id++ {
		tr.Put(tree.Unit{ID: id, Parent: max(1, id/20), Code: fmt.Sprintf("%06d", id), Name: fmt.Sprintf("Chi bộ thôn %s %d", places[id%10], id%97)})
	}
	n := &names{tree: tr}
	n.list()
	for _, typed := range []string{"chi bo", "y", "yen phong 17", "chi bộ yên", "quang ninh", "351999"} {
		for _, top := range []tree.UnitID{1, 17_000} {
			b.Run(fmt.Sprintf("%s/%d", typed, top), func(b *testing.B) {
				for b.Loop() {
					n.find([]tree.UnitID{top}, typed, word.Split(typed), 5)
				}
			})
		}
	}
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			listNames(tr)
		}
	})
}
