package tree_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/tree"
)

// province is a small tree: Bắc Ninh with two units, one of them with a cell.
func province() *tree.Tree {
	t := tree.New()
	for _, u := range []tree.Unit{
		{ID: 1, Code: "27", Name: "Đảng bộ tỉnh Bắc Ninh", Level: "province", Kind: "committee"},
		{ID: 2, Parent: 1, Code: "27.01", Name: "Đảng bộ huyện Yên Phong", Level: "district", Kind: "committee"},
		{ID: 3, Parent: 1, Code: "27.02", Name: "Đảng bộ huyện Quế Võ", Level: "district", Kind: "committee"},
		{ID: 4, Parent: 2, Code: "27.01.1", Name: "Chi bộ 1", Level: "cell", Kind: "cell"},
	} {
		t.Put(u)
	}
	return t
}

// ids of units.
func ids(units []tree.Unit) []tree.UnitID {
	list := []tree.UnitID{}
	for _, u := range units {
		list = append(list, u.ID)
	}
	return list
}

func expect[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestAnEmptyTreeHasNothing(t *testing.T) {
	empty := tree.New()
	_, hasRoot := empty.Root()
	_, hasUnit := empty.Unit(1)
	_, hasNone := empty.Unit(0)
	_, hasCode := empty.ByCode("27")
	expect(t, "root, unit, unit 0, code", []bool{hasRoot, hasUnit, hasNone, hasCode}, []bool{false, false, false, false})
	expect(t, "units", empty.Len(), 0)
	for _, id := range []tree.UnitID{0, 1} {
		expect(t, "children", empty.Children(id), nil)
		expect(t, "path", empty.Path(id), nil)
		expect(t, "subtree", empty.Subtree(id), nil)
		expect(t, "found", ids(empty.Find(id, "a", 9)), []tree.UnitID{})
		expect(t, "within itself", empty.Within(id, id), false)
	}
	empty.Remove(1)
}

func TestChildrenStandInTheOrderOfVietnameseNames(t *testing.T) {
	tr := province()
	for i, name := range []string{"Chi bộ 10", "Đoàn Thượng", "Chi bộ 2", "Ấp Bắc", "Dục Tú", "An Bình", "Chi bộ 2"} {
		tr.Put(tree.Unit{ID: tree.UnitID(20 - i), Parent: 3, Code: fmt.Sprint(20 - i), Name: name})
	}
	names := func() (list []string) {
		for _, u := range tr.Children(3) {
			list = append(list, u.Name+" "+u.Code)
		}
		return list
	}
	expect(t, "names", names(), []string{"An Bình 15", "Ấp Bắc 17", "Chi bộ 2 14", "Chi bộ 2 18", "Chi bộ 10 20", "Dục Tú 16", "Đoàn Thượng 19"})
	tr.Put(tree.Unit{ID: 14, Parent: 3, Code: "99", Name: "Chi bộ 2"})
	tr.Put(tree.Unit{ID: 20, Parent: 3, Code: "20", Name: "Chi bộ 1"})
	expect(t, "names after changes", names(), []string{"An Bình 15", "Ấp Bắc 17", "Chi bộ 1 20", "Chi bộ 2 18", "Chi bộ 2 99", "Dục Tú 16", "Đoàn Thượng 19"})
}

func TestAParentMayComeAfterItsChildren(t *testing.T) {
	tr := tree.New()
	tr.Put(tree.Unit{ID: 3, Parent: 2, Code: "c", Name: "Chi bộ"})
	expect(t, "units before", tr.Len(), 1)
	expect(t, "path before", ids(tr.Path(3)), []tree.UnitID{3})
	expect(t, "within what is not there", tr.Within(3, 2), false)
	expect(t, "children of what is not there", tr.Children(2), nil)
	tr.Put(tree.Unit{ID: 2, Parent: 1, Code: "b", Name: "Huyện"})
	tr.Put(tree.Unit{ID: 1, Code: "a", Name: "Tỉnh"})
	expect(t, "path", ids(tr.Path(3)), []tree.UnitID{1, 2, 3})
	expect(t, "children", ids(tr.Children(2)), []tree.UnitID{3})
	expect(t, "subtree", ids(tr.Subtree(1)), []tree.UnitID{1, 2, 3})
}

func TestAUnitLeavesAndItsChildrenFollow(t *testing.T) {
	tr := province()
	tr.Remove(2) // dissolved; its cell is moved by the next event
	_, exists := tr.Unit(2)
	expect(t, "the dissolved unit exists", exists, false)
	expect(t, "path of the cell", ids(tr.Path(4)), []tree.UnitID{4})
	expect(t, "cell within the province", tr.Within(4, 1), false)
	cell, _ := tr.Unit(4)
	cell.Parent = 3
	tr.Put(cell)
	expect(t, "path of the cell after its move", ids(tr.Path(4)), []tree.UnitID{1, 3, 4})
	expect(t, "units", tr.Len(), 3)
}

func TestCodesCanBeSwappedAndHandedOn(t *testing.T) {
	tr := province()
	with := func(id tree.UnitID, code string) {
		u, _ := tr.Unit(id)
		u.Code = code
		tr.Put(u)
	}
	code := func(code string) tree.UnitID {
		u, _ := tr.ByCode(code)
		return u.ID
	}
	with(2, "27.02")
	with(3, "27.01")
	expect(t, "swapped", []tree.UnitID{code("27.01"), code("27.02")}, []tree.UnitID{3, 2})

	tr.Put(tree.Unit{ID: 9, Parent: 1, Code: "27.02", Name: "Đảng bộ thị xã Quế Võ"})
	tr.Remove(2) // after its successor took over
	expect(t, "handed on", code("27.02"), 9)
	with(9, "27.09")
	expect(t, "given up", []tree.UnitID{code("27.02"), code("27.09")}, []tree.UnitID{0, 9})
}

func TestTheRootCanBePutUnderANewOne(t *testing.T) {
	tr := province()
	tr.Put(tree.Unit{ID: 10, Code: "TW", Name: "Trung ương"})
	root, _ := tr.Unit(1)
	root.Parent = 10
	tr.Put(root)
	top, ok := tr.Root()
	expect(t, "the root", []any{top.ID, ok}, []any{tree.UnitID(10), true})
	expect(t, "path", ids(tr.Path(4)), []tree.UnitID{10, 1, 2, 4})
	tr.Remove(10)
	_, ok = tr.Root()
	expect(t, "a root after it was dissolved", ok, false)
}

// While a reorganisation that turns two units round is followed event by event,
// they stand under each other for a moment.
func TestACircleIsWalkedOnce(t *testing.T) {
	tr := province()
	district, _ := tr.Unit(2)
	district.Parent = 4
	tr.Put(district)
	expect(t, "path", len(tr.Path(4)) <= tr.Len(), true)
	expect(t, "within each other", []bool{tr.Within(2, 4), tr.Within(4, 2), tr.Within(4, 1)}, []bool{true, true, false})
	expect(t, "subtree", ids(tr.Subtree(2)), []tree.UnitID{2, 4})
	expect(t, "children", ids(tr.Children(2)), []tree.UnitID{4})
	expect(t, "found", ids(tr.Find(2, "chi bo", 9)), []tree.UnitID{4})
	itself, _ := tr.Unit(3)
	itself.Parent = 3
	tr.Put(itself)
	expect(t, "subtree of a unit under itself", ids(tr.Subtree(3)), []tree.UnitID{3})

	cell, _ := tr.Unit(4)
	cell.Parent = 1
	tr.Put(cell)
	expect(t, "path when the circle is open again", ids(tr.Path(2)), []tree.UnitID{1, 4, 2})
}

func TestUnitsAreFoundByNameWithoutMarksAndByCode(t *testing.T) {
	tr := province()
	for i, name := range []string{"Xã Bắc Phong", "Bắc Lương", "Bắc Ái", "Phường Vệ An"} {
		tr.Put(tree.Unit{ID: tree.UnitID(10 + i), Parent: 2, Code: fmt.Sprintf("BP%d", i), Name: name})
	}
	for _, c := range []struct {
		why   string
		top   tree.UnitID
		words string
		limit int
		want  []tree.UnitID
	}{
		{"names that begin with it come first, in their order", 2, "bac", 9, []tree.UnitID{12, 11, 10}},
		{"marks and capitals do not matter", 1, "  BẮC  lương ", 9, []tree.UnitID{11}},
		{"đ is found as d", 1, "dang bo", 9, []tree.UnitID{3, 2, 1}},
		{"only so many", 2, "bac", 2, []tree.UnitID{12, 11}},
		{"only below the top", 3, "bac", 9, []tree.UnitID{}},
		{"the code itself before codes that begin with it", 1, "27.01", 9, []tree.UnitID{2, 4}},
		{"codes in small letters", 1, "bp1", 9, []tree.UnitID{11}},
		{"nothing typed", 1, "  ", 9, []tree.UnitID{}},
		{"nothing wanted", 1, "bac", 0, []tree.UnitID{}},
		{"nothing there", 1, "ha noi", 9, []tree.UnitID{}},
	} {
		expect(t, fmt.Sprintf("%q: %s", c.words, c.why), ids(tr.Find(c.top, c.words, c.limit)), c.want)
	}
}

func TestATreeIsReadWhileItChanges(t *testing.T) {
	tr := province()
	done := make(chan struct{})
	var readers, writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for i := range 300 {
				id := tree.UnitID(100 + (w*7+i)%40)
				switch i % 3 {
				case 0, 1:
					tr.Put(tree.Unit{ID: id, Parent: tree.UnitID(1 + i%4), Code: fmt.Sprint(id), Name: fmt.Sprint("Chi bộ ", i)})
				default:
					tr.Remove(id)
				}
				tr.Remove(3)
				tr.Put(tree.Unit{ID: 3, Parent: 1, Code: "27.02", Name: "Đảng bộ huyện Quế Võ"})
			}
		})
	}
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				for _, u := range tr.Children(3) {
					if u.Parent != 3 {
						t.Errorf("unit %d among the children of 3 has parent %d", u.ID, u.Parent)
					}
				}
				if path := tr.Path(4); len(path) != 3 {
					t.Errorf("the path of a unit that nobody touches is %v", path)
				}
				tr.Find(1, "chi bo", 5)
				tr.Subtree(1)
				tr.Root()
				tr.ByCode("27.02")
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	expect(t, "children of a unit that was taken out and put back", len(tr.Subtree(1)), tr.Len())
}
