package remind

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/task"
)

// gather gives everything of which units are to be reminded on a day, what is alike
// side by side.
func (r Rounds) gather(ctx context.Context, q store.Querier, p *plan) ([]Reminder, error) {
	list, err := r.reports(ctx, q, p)
	if err != nil {
		return nil, err
	}
	tasks, err := r.tasks(ctx, q, p)
	if err != nil {
		return nil, err
	}
	list = append(list, tasks...)
	for _, more := range []func(context.Context, store.Querier, *plan) ([]Reminder, error){r.acknowledgements, r.difficulties, r.invitations} {
		found, err := more(ctx, q, p)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// reports gives who owes a report, and whose units below are late.
func (r Rounds) reports(ctx context.Context, q store.Querier, p *plan) (list []Reminder, err error) {
	binding, err := directive.Binding(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, d := range binding {
		v, err := r.Boards.Read(d.ID, d.Unit, 0)
		if fault.Is(err, fault.NotFound) {
			continue // so new that the boards do not know it yet
		}
		if err != nil {
			return nil, err
		}
		for at, column := range v.Columns {
			owing, err := r.Boards.List(d.ID, d.Unit, at, board.Late, board.Soon, board.Nothing)
			if err != nil {
				return nil, err
			}
			list = append(list, r.owing(p, d.ID, column, owing)...)
		}
	}
	return list, nil
}

// owing gives the reminders of one column: to the units themselves, or to who reports
// for them; and to those above who is late.
func (r Rounds) owing(p *plan, id int64, column board.Column, owing []board.Listed) (list []Reminder) {
	level, _ := p.rules.Level(column.Level)
	late := newTally()
	told := map[Reminder]bool{}
	for _, one := range owing {
		unit, ok := r.Tree.Unit(one.Unit)
		if !ok || one.Deadline == "" {
			continue
		}
		m := Reminder{Unit: one.Unit, What: Report, Directive: id, Milestone: column.Milestone, Deadline: one.Deadline}
		if level.ReportedByParent {
			m.Unit, m.What, m.Level = unit.Parent, Cells, column.Level
		}
		if m, ok := m.due(p); ok && !told[m] {
			told[m] = true
			list = append(list, m)
		}
		if p.of(one.Deadline).above {
			if up, ok := r.Tree.Unit(m.Unit); ok && up.Parent != 0 {
				late.add(up.Parent, one.Deadline)
			}
		}
	}
	// Alike ones side by side make one event; their order is the same at every attempt.
	slices.SortStableFunc(list, func(a, b Reminder) int { return cmp.Or(cmp.Compare(a.cause, b.cause), cmp.Compare(a.Unit, b.Unit)) })
	for _, above := range late.order {
		one := Reminder{
			Unit: above, What: Below, Stage: Above, Directive: id, Milestone: column.Milestone, Level: column.Level,
			Deadline: column.Deadline, Late: late.count[above],
		}
		one.cause = fmt.Sprintf("%s until %s, above", one.thing(), late.deadline[above])
		list = append(list, one)
	}
	return list
}

// tally counts late units by the unit above them, and keeps the latest deadline that
// they have passed.
type tally struct {
	order    []tree.UnitID
	count    map[tree.UnitID]int
	deadline map[tree.UnitID]clock.Date
}

func newTally() *tally {
	return &tally{count: map[tree.UnitID]int{}, deadline: map[tree.UnitID]clock.Date{}}
}

func (t *tally) add(above tree.UnitID, deadline clock.Date) {
	if t.count[above] == 0 {
		t.order = append(t.order, above)
	}
	t.count[above]++
	t.deadline[above] = max(t.deadline[above], deadline)
}

// difficulties gives the offices that have not answered one. After its last day it
// moves up by itself.
func (r Rounds) difficulties(ctx context.Context, q store.Querier, p *plan) (list []Reminder, err error) {
	waiting, err := difficulty.Waiting(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, d := range waiting {
		last := clock.DateOf(d.Silent, p.rules.Location()).AddDays(-1)
		m := Reminder{Unit: d.At, What: Difficulty, About: d.ID, Deadline: last}
		if m, ok := m.due(p); ok && m.Stage != After {
			list = append(list, m)
		}
	}
	return list, nil
}

// invitations gives the sites that have not said whether they come.
func (r Rounds) invitations(ctx context.Context, q store.Querier, p *plan) (list []Reminder, err error) {
	ahead, err := briefing.Ahead(ctx, q)
	if err != nil {
		return nil, err
	}
	now := r.Ledger.Now()
	for _, b := range ahead {
		if !now.Before(b.Begins) {
			continue
		}
		sites, err := briefing.Sites(ctx, q, b.ID)
		if err != nil {
			return nil, err
		}
		for _, s := range sites {
			m := Reminder{Unit: s.Unit, What: Invitation, About: b.ID, Deadline: clock.DateOf(b.Begins, p.rules.Location())}
			if m, ok := m.due(p); ok && s.Answer == briefing.NoAnswer && s.Unit != b.Unit {
				list = append(list, m)
			}
		}
	}
	return list, nil
}

// tasks gives who owes a task, and to those who gave it how many are late.
func (r Rounds) tasks(ctx context.Context, q store.Querier, p *plan) (list []Reminder, err error) {
	late := map[int64]*tally{}
	var ids []int64
	for _, one := range r.Tasks.Owed(p.today) {
		m := Reminder{Unit: one.Unit, What: Task, About: one.Task, Deadline: one.Deadline}
		if m, ok := m.due(p); ok {
			list = append(list, m)
		}
		if !p.of(one.Deadline).above {
			continue
		}
		if late[one.Task] == nil {
			late[one.Task] = newTally()
			ids = append(ids, one.Task)
		}
		late[one.Task].add(0, one.Deadline) // all are told to one unit
	}
	for _, id := range ids {
		t, err := task.Get(ctx, q, id)
		if err != nil {
			return nil, err
		}
		one := Reminder{Unit: t.Giver, What: Task, Stage: Above, About: id, Deadline: late[id].deadline[0], Late: late[id].count[0]}
		one.cause = fmt.Sprintf("%s until %s, above", one.thing(), one.Deadline)
		list = append(list, one)
	}
	return list, nil
}
