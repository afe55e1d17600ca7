package board

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestACounterRemembersWhatItWasAtEveryPosition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const units = 3
		var h history
		others := rapid.Int32Range(0, 2*blockSize/(1+firstChunk)).Draw(t, "other units")
		for range others { // so that the chunks of the three begin anywhere in a block
			h.put(new(head), 0, 1, Cell{})
		}
		var heads [units]head
		var changed [units]int64
		var position int64
		naive := [units][]entry{}
		for range rapid.IntRange(1, 800).Draw(t, "changes") {
			position += rapid.Int64Range(0, 3).Draw(t, "step")
			unit := rapid.Int32Range(0, units-1).Draw(t, "unit")
			c := Cell{Total: rapid.Int32().Draw(t, "total"), Done: rapid.Int32().Draw(t, "done")}
			h.put(&heads[unit], changed[unit], position, c)
			changed[unit] = position
			naive[unit] = append(naive[unit], entry{position, c.Total, c.Done, c.Waiting})
		}
		for unit := range int32(units) {
			for at := int64(-1); at <= position+1; at++ {
				var want entry
				for _, e := range naive[unit] {
					if e.position <= at {
						want = e
					}
				}
				if got := h.at(heads[unit], at); got != want {
					t.Fatalf("unit %d after event %d: got %v, want %v", unit, at, got, want)
				}
			}
		}
	})
}

// world is the same organisation as the boards', counted the slow way.
type world struct {
	parent    map[int64]int64
	level     map[int64]string
	accepted  map[[2]any]bool
	waiting   map[[2]any]bool
	tightened map[string]int32
}

// cell counts a column for a unit by looking at every unit.
func (w *world) cell(b *count, at int, top int64, now calendar) Cell {
	column := b.columns[at].Column
	var c Cell
	for unit, level := range w.level {
		if level != column.Level || !w.below(unit, top) {
			continue
		}
		o := own{member: true, accepted: w.accepted[[2]any{column.Milestone, unit}], waiting: w.waiting[[2]any{column.Milestone, unit}]}
		o.phase = now.phase(w.deadline(column, unit))
		c.add(o.cell())
	}
	return c
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
			if diff := cmp.Diff(w.cell(b.counts[1], at, unit, b.calendar), got); diff != "" {
				t.Fatalf("unit %d, column %v (-counted anew +board):\n%s", unit, v.Columns[at], diff)
			}
		}
	}
}
