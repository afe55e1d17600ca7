package tree_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/fold"
	"giaoban/internal/base/tree"
)

// model is a tree without any speed: it looks through all units each time.
type model map[tree.UnitID]tree.Unit

func byName(a, b tree.Unit) int {
	return cmp.Or(fold.Compare(a.Name, b.Name), strings.Compare(a.Code, b.Code))
}

func (m model) children(id tree.UnitID) []tree.Unit {
	if _, exists := m[id]; !exists {
		return nil
	}
	list := []tree.Unit{}
	for _, u := range m {
		if u.Parent == id {
			list = append(list, u)
		}
	}
	slices.SortFunc(list, byName)
	return list
}

func (m model) path(id tree.UnitID) []tree.Unit {
	u, exists := m[id]
	if !exists {
		return nil
	}
	return append(m.path(u.Parent), u)
}

func (m model) within(id, top tree.UnitID) bool {
	return slices.ContainsFunc(m.path(id), func(u tree.Unit) bool { return u.ID == top })
}

// reaches says whether going up from a unit, over units that do not exist too,
// leads to another.
func (m model) reaches(from, to tree.UnitID) bool {
	for from != to && from != 0 {
		from = m[from].Parent
	}
	return from == to
}

func (m model) find(top tree.UnitID, words string, limit int) []tree.Unit {
	ranks := map[tree.UnitID]int{}
	list := []tree.Unit{}
	for _, u := range m {
		name, key := fold.Key(u.Name), fold.Key(words)
		switch {
		case key == "" || !m.within(u.ID, top):
			continue
		case u.Code == words:
			ranks[u.ID] = 0
		case strings.HasPrefix(name, key):
			ranks[u.ID] = 1
		case strings.Contains(name, key) || strings.HasPrefix(u.Code, words):
			ranks[u.ID] = 2
		default:
			continue
		}
		list = append(list, u)
	}
	slices.SortFunc(list, func(a, b tree.Unit) int { return cmp.Or(cmp.Compare(ranks[a.ID], ranks[b.ID]), byName(a, b)) })
	return list[:min(limit, len(list))]
}

const largest = 14 // id that a unit has in the model test

// compare holds everything that can be asked of a tree against the model.
func (m model) compare(t *rapid.T, tr *tree.Tree) {
	same := func(what string, got, want any) {
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", what, diff)
		}
	}
	same("units", tr.Len(), len(m))
	root, ok := tr.Root()
	same("the root", root, m[1])
	same("that there is a root", ok, root.ID == 1)
	for id := range tree.UnitID(largest + 1) {
		name := fmt.Sprintf("of unit %d", id)
		got, exists := tr.Unit(id)
		same("the fields "+name, got, m[id])
		same("the existence "+name, exists, got.ID != 0)
		same("the children "+name, tr.Children(id), m.children(id))
		same("the path "+name, tr.Path(id), m.path(id))
		if exists {
			found, _ := tr.ByCode(got.Code)
			same("the code "+name, found, got)
		}
		subtree := tr.Subtree(id)
		for other := range tree.UnitID(largest + 1) {
			within := m.within(other, id)
			same(fmt.Sprintf("that %d is within %d", other, id), tr.Within(other, id), within)
			same(fmt.Sprintf("that %d is in the subtree of %d", other, id), slices.Contains(ids(subtree), other), within)
		}
		seen := map[tree.UnitID]bool{}
		for i, u := range subtree {
			if seen[u.ID] || i > 0 && !seen[u.Parent] {
				t.Fatalf("in the subtree of %d, unit %d is there twice or before its parent: %v", id, u.ID, ids(subtree))
			}
			seen[u.ID] = true
		}
	}
}

func TestATreeIsWhatTheModelSays(t *testing.T) {
	names := rapid.SampledFrom([]string{"Chi bộ 1", "Chi bộ 2", "Chi bộ 10", "Đảng bộ xã Ái Quốc", "Đảng bộ xã An Bình", "Đảng ủy Ấp Bắc", "Văn phòng"})
	id := rapid.Custom(func(t *rapid.T) tree.UnitID { return tree.UnitID(rapid.IntRange(1, largest).Draw(t, "id")) })
	rapid.Check(t, func(t *rapid.T) {
		tr, m := tree.New(), model{}
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				u := tree.Unit{ID: id.Draw(t, "unit"), Name: names.Draw(t, "name"), Level: "cell"}
				u.Code = fmt.Sprintf("%d.%d", rapid.IntRange(1, 3).Draw(t, "code"), u.ID)
				if u.ID != 1 { // the root
					u.Parent = id.Draw(t, "parent")
				}
				if u.Parent != 0 && m.reaches(u.Parent, u.ID) {
					t.Skip("a circle")
				}
				tr.Put(u)
				m[u.ID] = u
			},
			"move": func(t *rapid.T) {
				if len(m) == 0 {
					t.Skip("nothing to move")
				}
				u := m[rapid.SampledFrom(slices.Sorted(maps.Keys(m))).Draw(t, "unit")]
				parent := id.Draw(t, "parent")
				if u.ID == 1 || m.reaches(parent, u.ID) {
					t.Skip("a circle")
				}
				u.Parent = parent
				tr.Put(u)
				m[u.ID] = u
			},
			"remove": func(t *rapid.T) {
				gone := id.Draw(t, "unit")
				tr.Remove(gone)
				delete(m, gone)
			},
			"find": func(t *rapid.T) {
				top := id.Draw(t, "top")
				words := rapid.SampledFrom([]string{"chi bo", "chi bộ 1", "a", "an", "dang", "1", "2.", "3.4", "", "không có"}).Draw(t, "words")
				limit := rapid.IntRange(1, 6).Draw(t, "limit")
				want, got := m.find(top, words, limit), tr.Find(top, words, limit)
				if diff := gocmp.Diff(ids(want), ids(got)); diff != "" {
					t.Fatalf("finding %d of %q under %d (-want +got):\n%s", limit, words, top, diff)
				}
			},
			"": func(t *rapid.T) { m.compare(t, tr) },
		})
	})
}
