package boardui

import (
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
)

// Whatever changes come when: no page is sent to more often than ten times a
// second, its messages follow on each other without a gap, and who applies them
// has each cell as it was last.
func TestChangesAreGatheredAndNothingIsMissed(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		pauses := rapid.SliceOfN(rapid.IntRange(0, 400), 1, 60).Draw(r, "milliseconds between changes")
		cells := rapid.SliceOfN(rapid.IntRange(0, 11), len(pauses), len(pauses)).Draw(r, "cells")
		synctest.Test(t, func(t *testing.T) { gatherAll(r, pauses, cells) })
	})
}

func gatherAll(t *rapid.T, pauses, cells []int) {
	type sent struct {
		at time.Time
		u  board.Update
	}
	messages := map[tree.UnitID][]sent{}
	g := newGathering(func(u board.Update) { messages[u.Unit] = append(messages[u.Unit], sent{time.Now(), u}) })
	position, last, want := map[tree.UnitID]int64{}, int64(0), map[tree.UnitID]map[int]int32{}
	for i, pause := range pauses {
		time.Sleep(time.Duration(pause) * time.Millisecond)
		last++
		unit, column := tree.UnitID(1+cells[i]%2), cells[i]/2
		if want[unit] == nil {
			want[unit] = map[int]int32{}
		}
		want[unit][column] = int32(i)
		g.add([]board.Update{{
			Directive: 1, Unit: unit, From: position[unit], To: last,
			Cells: []board.ChangedCell{{Unit: unit, Column: column, Cell: board.Cell{Done: int32(i)}}},
		}})
		position[unit] = last
	}
	time.Sleep(3 * beat)
	for unit, list := range messages {
		shows, at := map[int]int32{}, int64(0)
		for i, m := range list {
			if m.u.From != at {
				t.Errorf("unit %d: message %d begins at %d, the one before ended at %d", unit, i, m.u.From, at)
			}
			if at = m.u.To; i > 0 && m.at.Sub(list[i-1].at) < beat {
				t.Errorf("unit %d: message %d came %s after the one before, want at least %s", unit, i, m.at.Sub(list[i-1].at), beat)
			}
			for _, c := range m.u.Cells {
				shows[c.Column] = c.Cell.Done
			}
		}
		if at != position[unit] {
			t.Errorf("unit %d: the messages end at %d, want %d", unit, at, position[unit])
		}
		for column, done := range want[unit] {
			if shows[column] != done {
				t.Errorf("unit %d, column %d shows %d, want %d", unit, column, shows[column], done)
			}
		}
	}
	if len(messages) != len(want) {
		t.Errorf("%d pages were sent to, want %d", len(messages), len(want))
	}
}

func TestTheFirstChangeAfterQuietGoesOutAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var came []time.Time
		g := newGathering(func(board.Update) { came = append(came, time.Now()) })
		began := time.Now()
		g.add([]board.Update{{Directive: 1, Unit: 1, To: 1}})
		time.Sleep(10 * beat)
		g.add([]board.Update{{Directive: 1, Unit: 1, From: 1, To: 2}})
		time.Sleep(10 * beat)
		if len(came) != 2 || came[0] != began || came[1] != began.Add(10*beat) {
			t.Errorf("sent at %v, want at once: %v and %v", came, began, began.Add(10*beat))
		}
	})
}
