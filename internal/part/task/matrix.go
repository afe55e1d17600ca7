package task

import (
	"slices"

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
		levels[level] = e.progress(s, today)
	}
	return levels
}

func (x *Index) grade(e *entry) {
	changes := x.tree.Changes()
	if e.grades.byLevel != nil && e.grades.changes == changes {
		return
	}
	x.levels.of(x.tree, changes)
	e.grades = grades{changes, map[string]sum{}}
	var counts [][stages]int // by level and stage, of shares that end with the task
	rank := 0
	for unit := range e.units.All() {
		level := x.levels.level(x.tree, unit)
		for int(level) >= len(counts) {
			counts = append(counts, [stages]int{})
		}
		if day, later := e.extended[rank]; later {
			e.grades.add(x.levels.keys[level], e.stages[rank], day, 1)
		} else {
			counts[level][e.stages[rank]]++
		}
		rank++
	}
	for level, by := range counts {
		for stage, n := range by {
			if n > 0 {
				e.grades.add(x.levels.keys[level], uint8(stage), e.deadline, n)
			}
		}
	}
}

func (g grades) add(level string, stage uint8, day clock.Date, n int) {
	s := g.byLevel[level]
	s.share(stage, day, n)
	g.byLevel[level] = s
}

// levels is the level of each unit that was asked for, as long as the tree is what it
// was: units' ids are numbers without great gaps, so that a list does.
type levels struct {
	changes int64
	keys    []string
	by      []uint8 // by id: a place in keys; 0 for not asked yet
}

// of forgets levels of another tree.
func (l *levels) of(t *tree.Tree, changes int64) {
	if l.keys == nil || l.changes != changes {
		*l = levels{changes: changes, keys: []string{""}, by: make([]uint8, t.Len()+1)}
	}
}

func (l *levels) level(t *tree.Tree, unit tree.UnitID) uint8 {
	if int(unit) >= len(l.by) {
		l.by = append(l.by, make([]uint8, int(unit)+1-len(l.by))...)
	}
	if l.by[unit] == 0 {
		is, _ := t.Unit(unit)
		at := slices.Index(l.keys[1:], is.Level) + 1
		if at == 0 {
			at = len(l.keys)
			l.keys = append(l.keys, is.Level)
		}
		l.by[unit] = uint8(at)
	}
	return l.by[unit]
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
