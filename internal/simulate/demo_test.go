package simulate_test

import (
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/tree"
	"giaoban/internal/simulate"
)

func TestTheMorningShowsBacNinhAsTheStoryTellsIt(t *testing.T) {
	a, err := app.Open(t.Context(), app.Config{Data: t.TempDir(), Business: clock.NewManual(simulate.Morning())})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	demo := simulate.Demo{Ledger: a.Ledger, Tree: a.Tree, CatchUp: a.CatchUp}
	if err := demo.Write(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	home := find(t, a.Tree, "Tỉnh Bắc Ninh")
	v, err := a.Boards.Read(1, home, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][2]int32{"grassroots": {664, 664}, "above-grassroots": {6, 11}, "provincial": {0, 1}}
	for i, column := range v.Columns {
		if column.Milestone != "congress-held" {
			continue
		}
		got := [2]int32{v.Head.Cells[i].Done, v.Head.Cells[i].Total}
		if got != want[column.Level] {
			t.Errorf("%s of Bac Ninh: got %v done of total, want %v", column.Level, got, want[column.Level])
		}
	}
}

func find(t *testing.T, units *tree.Tree, name string) tree.UnitID {
	t.Helper()
	root, _ := units.Root()
	for _, u := range units.Find(root.ID, name, 5) {
		if u.Name == name {
			return u.ID
		}
	}
	t.Fatalf("there is no unit %q", name)
	return 0
}
