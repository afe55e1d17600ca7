package task_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/tree"
	"giaoban/internal/part/task"
)

func TestASetHasTheUnitsOfWhichItWasMade(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOf(rapid.Int64Range(1, 2000)).Draw(t, "units")
		want := map[tree.UnitID]bool{}
		units := make([]tree.UnitID, len(ids))
		for i, id := range ids {
			units[i] = tree.UnitID(id)
			want[units[i]] = true
		}
		made := task.NewSet(units)
		read, err := task.ReadSet(made.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		sorted := slices.Compact(slices.Sorted(slices.Values(units)))
		for _, set := range []task.Set{made, read} {
			if set.Len() != len(want) {
				t.Fatalf("%d units, want %d", set.Len(), len(want))
			}
			if diff := cmp.Diff(len(sorted) == 0, len(set.Units()) == 0); diff != "" || len(sorted) > 0 && !slices.Equal(sorted, set.Units()) {
				t.Fatalf("units %v, want %v", set.Units(), sorted)
			}
			for unit := tree.UnitID(0); unit <= 2001; unit++ {
				if set.Has(unit) != want[unit] {
					t.Fatalf("has %d: %v, want %v", unit, set.Has(unit), want[unit])
				}
			}
		}
	})
}

func TestBytesThatAreNoSetAreRefused(t *testing.T) {
	for _, bytes := range [][]byte{{0}, {5, 0, 1}, {0x80}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}} {
		if _, err := task.ReadSet(bytes); err == nil {
			t.Errorf("%v is read as a set", bytes)
		}
	}
}
