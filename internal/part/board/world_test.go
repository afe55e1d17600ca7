package board

import (
	"fmt"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// world is the same organisation as the boards', counted the slow way.
type world struct {
	parent    map[int64]int64
	level     map[int64]string
	accepted  map[[2]any]bool
	waiting   map[[2]any]bool
	told      map[[2]any]bool
	tightened map[string]int32
	standings map[[2]any]standing
}

// cell counts a column for a unit by looking at every unit.
func (w *world) cell(column Column, top int64, now calendar) Cell {
	var c Cell
	for unit, level := range w.level {
		if level != column.Level || !w.below(unit, top) {
			continue
		}
		key := [2]any{column.Milestone, unit}
		set, exception := w.standing(key)
		deadline := w.deadline(column, unit)
		if set.until != 0 {
			deadline = set.until
		}
		p := now.phase(deadline)
		if exception && !set.counts {
			c.Exempt++
			continue
		}
		if exception {
			c.Apart++
		}
		c.Total++
		if p == passed {
			c.Passed++
		}
		switch {
		case w.accepted[key]:
			c.Done++
		case w.waiting[key]:
			c.Waiting++
		case w.told[key]:
			c.Provisional++
		case p == passed:
			c.Late++
		case p == soon:
			c.Soon++
		}
	}
	return c
}

func (w *world) standing(key [2]any) (standing, bool) {
	set, ok := w.standings[key]
	if !ok {
		set, ok = w.standings[[2]any{"", key[1]}]
	}
	return set, ok
}

func (w *world) below(unit, top int64) bool {
	for ; unit != 0; unit = w.parent[unit] {
		if unit == top {
			return true
		}
	}
	return false
}

func (w *world) deadline(column Column, unit int64) int32 {
	earliest := day(column.Deadline)
	for ; unit != 0; unit = w.parent[unit] {
		if set, ok := w.tightened[fmt.Sprint(unit, column.Milestone, column.Level)]; ok && set < earliest {
			earliest = set
		}
	}
	return earliest
}

func compare(t *rapid.T, w *world, b *Boards) {
	for unit := range w.level {
		v, err := b.Read(1, id(unit), 0)
		if err != nil {
			t.Fatalf("reading unit %d: %v", unit, err)
		}
		for at, got := range v.Head.Cells {
			if diff := cmp.Diff(w.cell(v.Columns[at], unit, b.calendar), got); diff != "" {
				t.Fatalf("unit %d, column %v (-counted anew +board):\n%s", unit, v.Columns[at], diff)
			}
		}
	}
}
