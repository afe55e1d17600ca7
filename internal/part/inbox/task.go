package inbox

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/task"
)

// Task is a share of a task that a unit of the person has to do.
type Task struct {
	task.Standing
	At   tree.Unit // for which the person acts
	From tree.Unit // that gave it
	Own  bool      // it was given to the person by the unit's leader
}

// Verify is a task of which units say that they are done.
type Verify struct {
	task.Waiting
	At tree.Unit // for which the person verifies
}

// tasks gathers what the person's units have to do now, and what they have to verify.
// What is acknowledged and not due soon stands on the page of tasks alone; what a unit
// handed down waits for those to whom it did, until it is late.
func (g *gatherer) tasks(index *task.Index) error {
	own, err := task.AssignedTo(g.ctx, g.q, g.actor.Person)
	if err != nil {
		return err
	}
	type share struct {
		task int64
		unit tree.UnitID
	}
	mine := map[share]bool{}
	for _, one := range own {
		mine[share{one.Task, one.Unit}] = true
	}
	for _, unit := range g.actor.Units(access.TaskDo) {
		for _, at := range index.Of(unit, g.work.Today) {
			if at.Stage.Owed() {
				g.task(at, mine[share{at.Task, at.Unit}])
			}
		}
	}
	for _, unit := range g.actor.Units(access.TaskVerify) {
		for _, w := range index.WaitingFor(unit) {
			one := Verify{Waiting: w}
			one.At, _ = g.actor.Tree.Unit(unit)
			g.work.Verify = append(g.work.Verify, one)
		}
	}
	return nil
}

func (g *gatherer) task(at task.Standing, own bool) {
	soon := at.Deadline <= g.work.Today.AddDays(g.rules.DueSoonDays)
	if at.Stage == task.Seen && !soon || at.Split && !at.Late(g.work.Today) {
		return
	}
	one := Task{Standing: at, Own: own}
	one.At, _ = g.actor.Tree.Unit(at.Unit)
	one.From, _ = g.actor.Tree.Unit(at.Giver)
	g.work.Tasks = append(g.work.Tasks, one)
}
