package task

import (
	"cmp"
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/tree"
)

// Standing is how a unit stands with its share of a task, in memory.
type Standing struct {
	Task     int64
	Unit     tree.UnitID
	Stage    Stage
	State    State // of the task
	Title    string
	Marks    marking.Marks
	Giver    tree.UnitID
	Deadline clock.Date
	Split    bool     // it was handed down
	Below    Progress // of what was handed down, at the ends of all hand-downs
}

// Late says whether it is past its last day and still owed.
func (s Standing) Late(today clock.Date) bool {
	return s.State == Live && s.Stage.Owed() && s.Deadline < today
}

// Progress is how far the units of a task are, each for itself.
func (x *Index) Progress(id int64, today clock.Date) Progress {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if e := x.tasks[id]; e != nil {
		return e.progress(e.own, today)
	}
	return Progress{}
}

// Leaves is how far a task is at the ends of all hand-downs: a unit that split its share
// counts as those to whom it did.
func (x *Index) Leaves(id int64, today clock.Date) Progress {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if e := x.tasks[id]; e != nil {
		return e.progress(e.leaves, today)
	}
	return Progress{}
}

// At is how a unit stands with its share of a task; ok is false when it has none.
func (x *Index) At(id int64, unit tree.UnitID, today clock.Date) (s Standing, ok bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	e := x.tasks[id]
	if e == nil {
		return Standing{}, false
	}
	rank, ok := e.units.rank(unit)
	if !ok {
		return Standing{}, false
	}
	return e.standing(rank, unit, today), true
}

func (e *entry) standing(rank int, unit tree.UnitID, today clock.Date) Standing {
	s := Standing{
		Task: e.id, Unit: unit, Stage: Stages[e.stages[rank]], State: e.state, Title: e.title, Marks: e.marks, Giver: e.giver, Deadline: e.day(rank),
	}
	var below sum
	for _, split := range e.splits[rank] {
		s.Split = true
		below.add(split.leaves, 1)
	}
	s.Below = below.progress(today)
	return s
}

// Of is how a unit stands with its shares of all tasks that are not withdrawn, the
// earliest last day first.
func (x *Index) Of(unit tree.UnitID, today clock.Date) (list []Standing) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, e := range x.tasks {
		if e.state == Withdrawn {
			continue
		}
		if rank, ok := e.units.rank(unit); ok {
			list = append(list, e.standing(rank, unit, today))
		}
	}
	slices.SortFunc(list, byDeadline)
	return list
}

// OwedBy is how many shares a unit has still to do.
func (x *Index) OwedBy(unit tree.UnitID) (n int) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, e := range x.tasks {
		if rank, ok := e.units.rank(unit); ok && e.state != Withdrawn && Stages[e.stages[rank]].Owed() {
			n++
		}
	}
	return n
}

func byDeadline(a, b Standing) int {
	return cmp.Or(cmp.Compare(a.Deadline, b.Deadline), cmp.Compare(a.Task, b.Task), cmp.Compare(a.Unit, b.Unit))
}

// GivenBy are the tasks that a unit gave and that are not withdrawn, the newest first.
func (x *Index) GivenBy(unit tree.UnitID) (ids []int64) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, id := range slices.Backward(x.by[unit]) {
		if x.tasks[id].state != Withdrawn {
			ids = append(ids, id)
		}
	}
	return ids
}

// ToVerify are the shares that say they are done, of tasks that a unit verifies.
func (x *Index) ToVerify(unit tree.UnitID, today clock.Date) (list []Standing) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	done := uint8(slices.Index(Stages[:], Done))
	for _, e := range x.tasks {
		if e.state == Withdrawn || e.verifier != unit || e.own.done == e.own.verified {
			continue
		}
		rank := 0
		for one := range e.units.All() {
			if e.stages[rank] == done {
				list = append(list, e.standing(rank, one, today))
			}
			rank++
		}
	}
	slices.SortFunc(list, byDeadline)
	return list
}

// Waiting is how many shares of a task say that they are done and are not verified.
type Waiting struct {
	Task     int64
	Title    string
	Marks    marking.Marks
	Deadline clock.Date
	Count    int
}

// WaitingFor are the tasks of which something is to be verified by a unit, in the order
// in which they were given.
func (x *Index) WaitingFor(unit tree.UnitID) (list []Waiting) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, e := range x.tasks {
		if n := e.own.done - e.own.verified; n > 0 && e.verifier == unit && e.state != Withdrawn {
			list = append(list, Waiting{e.id, e.title, e.marks, e.deadline, n})
		}
	}
	slices.SortFunc(list, func(a, b Waiting) int { return cmp.Compare(a.Task, b.Task) })
	return list
}

// Behind are the shares of a task that are late, the longest first.
func (x *Index) Behind(id int64, today clock.Date) []Standing {
	list := x.Shares(id, OfLate, today)
	slices.SortFunc(list, byDeadline)
	return list
}

// Filter chooses shares of a task.
type Filter string

// The filters.
const (
	OfAll      Filter = ""
	OfLate     Filter = "late"
	OfUnseen   Filter = "unseen"
	OfOwed     Filter = "owed"
	OfDone     Filter = "done" // said to be done, and to be verified
	OfVerified Filter = "verified"
)

// Filters is all filters.
var Filters = []Filter{OfAll, OfLate, OfUnseen, OfOwed, OfDone, OfVerified}

func (f Filter) holds(s Stage, day, today clock.Date) bool {
	switch f {
	case OfLate:
		return s.Owed() && day < today
	case OfUnseen:
		return s == Fresh
	case OfOwed:
		return s.Owed()
	case OfDone:
		return s == Done
	case OfVerified:
		return s == Verified
	case OfAll:
	}
	return true
}

// Shares are the shares of a task that a filter chooses, in the order of the units' ids.
func (x *Index) Shares(id int64, of Filter, today clock.Date) (list []Standing) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	e := x.tasks[id]
	if e == nil {
		return nil
	}
	if of == OfLate && e.state != Live {
		return nil // it does not bind
	}
	rank := 0
	for unit := range e.units.All() {
		if of.holds(Stages[e.stages[rank]], e.day(rank), today) {
			list = append(list, e.standing(rank, unit, today))
		}
		rank++
	}
	return list
}

// Owed are the shares of all binding tasks that are still owed, the earliest last day
// first.
func (x *Index) Owed(today clock.Date) (list []Standing) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, e := range x.tasks {
		if e.state != Live {
			continue
		}
		rank := 0
		for unit := range e.units.All() {
			if Stages[e.stages[rank]].Owed() {
				list = append(list, e.standing(rank, unit, today))
			}
			rank++
		}
	}
	slices.SortFunc(list, byDeadline)
	return list
}

// Above is the task that one was split from; 0 for none.
func (x *Index) Above(id int64) int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if e := x.tasks[id]; e != nil {
		return e.parent
	}
	return 0
}
