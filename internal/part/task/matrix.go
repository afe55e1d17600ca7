package task

import (
	"giaoban/internal/base/clock"
	"giaoban/internal/base/tree"
)

// grades is how far the units of a task are, by level; right as long as the tree and the
// task are what they were.
type grades struct {
	changes int64 // of the tree, when they were counted
	byLevel map[string]sum
}

// Levels is how far the units of a task are, by the key of their level.
func (x *Index) Levels(id int64, today clock.Date) map[string]Progress {
	x.mu.Lock() // what is counted is kept
	defer x.mu.Unlock()
	e := x.tasks[id]
	if e == nil {
		return nil
	}
	x.grade(e)
	levels := make(map[string]Progress, len(e.grades.byLevel))
	for level, s := range e.grades.byLevel {
		levels[level] = s.progress(today)
	}
	return levels
}

func (x *Index) grade(e *entry) {
	changes := x.tree.Changes()
	if e.grades.byLevel != nil && e.grades.changes == changes {
		return
	}
	e.grades = grades{changes, map[string]sum{}}
	rank := 0
	for unit := range e.units.All() {
		is, _ := x.tree.Unit(unit)
		s := e.grades.byLevel[is.Level]
		s.share(e.stages[rank], e.day(rank), 1)
		e.grades.byLevel[is.Level] = s
		rank++
	}
}

// Window is how units stand with tasks: a line for each unit, in it a place for each
// task; Unit 0 where the unit has no share.
func (x *Index) Window(units []tree.UnitID, tasks []int64, today clock.Date) [][]Standing {
	x.mu.RLock()
	defer x.mu.RUnlock()
	lines := make([][]Standing, len(units))
	for i, unit := range units {
		lines[i] = make([]Standing, len(tasks))
		for j, id := range tasks {
			e := x.tasks[id]
			if e == nil {
				continue
			}
			if rank, ok := e.units.rank(unit); ok {
				lines[i][j] = e.standing(rank, unit, today)
			}
		}
	}
	return lines
}
