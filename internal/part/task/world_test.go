package task_test

import (
	"database/sql"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// world is an organisation in which tasks are given. Its first day is 26 June 2020.
type world struct {
	*officetest.World
	t testing.TB
}

func each(t *testing.T, test func(w world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(world{officetest.New(t, url), t}) })
}

func (w world) units(codes ...string) (list []tree.UnitID) {
	for _, code := range codes {
		list = append(list, w.Units[code])
	}
	return list
}

// command is a task as the office of a unit gives it by hand to others.
func (w world) command(giver string, units ...string) task.GiveCommand {
	return task.GiveCommand{
		Key: report.NewKey(), Giver: w.Units[giver], Source: task.Source{Kind: task.ByHand}, Title: "Rà soát nguồn cấp ủy nữ",
		Text: "Báo cáo kết quả bằng văn bản.", Units: w.units(units...), Deadline: "2020-07-15",
	}
}

func (w world) give(who string, cmd task.GiveCommand) (t task.Task, err error) {
	err = w.Try(func(tx *ledger.Tx) (err error) {
		t, err = task.Give(w.t.Context(), tx, w.People[who], cmd)
		return err
	})
	return t, err
}

// given has the office of a unit give a task to others.
func (w world) given(giver string, units ...string) task.Task {
	w.t.Helper()
	t, err := w.give("officer "+giver, w.command(giver, units...))
	w.OK(err)
	return t
}

// act is something that somebody does about the share of a unit.
type act func(tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (task.Share, error)

// try has somebody do something about a share.
func (w world) try(who string, do act, id int64, unit string) (s task.Share, err error) {
	err = w.Try(func(tx *ledger.Tx) (err error) {
		s, err = do(tx, w.People[who], id, w.Units[unit])
		return err
	})
	return s, err
}

// does is try that must succeed.
func (w world) does(who string, do act, id int64, unit string) task.Share {
	w.t.Helper()
	s, err := w.try(who, do, id, unit)
	w.OK(err)
	return s
}

func (w world) acknowledge() act {
	return func(tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (task.Share, error) {
		return task.Acknowledge(w.t.Context(), tx, actor, id, unit)
	}
}

func (w world) finish() act {
	return func(tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (task.Share, error) {
		return task.Finish(w.t.Context(), tx, actor, task.FinishCommand{Task: id, Unit: unit, Text: "Đã rà soát, đủ 15 % nữ."})
	}
}

func (w world) verify() act {
	return func(tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (task.Share, error) {
		return task.Verify(w.t.Context(), tx, actor, id, unit)
	}
}

func (w world) sendBack() act {
	return func(tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (task.Share, error) {
		return task.Return(w.t.Context(), tx, actor, id, unit, "Chưa có danh sách.")
	}
}

func (w world) ask(until clock.Date) act {
	return func(tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (task.Share, error) {
		return task.Ask(w.t.Context(), tx, actor, id, unit, until, "Chờ kết quả kiểm tra.")
	}
}

func (w world) extend(until clock.Date) act {
	return func(tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (task.Share, error) {
		return task.Extend(w.t.Context(), tx, actor, id, unit, until)
	}
}

func (w world) refuse() act {
	return func(tx *ledger.Tx, actor access.Actor, id int64, unit tree.UnitID) (task.Share, error) {
		return task.Refuse(w.t.Context(), tx, actor, id, unit, "Đã gia hạn một lần.")
	}
}

// split has a unit's officer hand its share down.
func (w world) split(unit string, id int64, to ...string) task.Task {
	w.t.Helper()
	var t task.Task
	w.Update(func(tx *ledger.Tx) (err error) {
		t, err = task.Split(w.t.Context(), tx, w.People["officer "+unit], task.SplitCommand{Key: report.NewKey(), Task: id, Unit: w.Units[unit], Units: w.units(to...)})
		return err
	})
	return t
}

// reach lets the rule of milestones work as long as it finds anything.
func (w world) reach() (ended int) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) (err error) {
		ended, err = task.Reach(w.t.Context(), tx, access.Program(w.Tree))
		return err
	})
	return ended
}

// index is what a start makes of the rows.
func (w world) index() (x *task.Index, position int64) {
	w.t.Helper()
	w.OK(w.Ledger.DB().View(w.t.Context(), func(tx *sql.Tx) (err error) {
		x, position, err = task.Load(w.t.Context(), tx, w.Tree)
		return err
	}))
	return x, position
}

func (w world) now(id int64) (t task.Task) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		t, err = task.Get(w.t.Context(), q, id)
		return err
	}))
	return t
}

func (w world) share(id int64, unit string) (s task.Share) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		t, err := task.Get(w.t.Context(), q, id)
		if err != nil {
			return err
		}
		s, err = task.ShareOf(w.t.Context(), q, t, w.Units[unit])
		return err
	}))
	return s
}

// steps are the kinds of what was said and done about a share, in order.
func (w world) steps(id int64, unit string) (kinds []ledger.Kind) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		list, err := task.Steps(w.t.Context(), q, id, w.Units[unit])
		for _, step := range list {
			kinds = append(kinds, step.Kind)
		}
		return err
	}))
	return kinds
}

func refused(t testing.TB, what string, err error, kind fault.Kind, fields ...string) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v, want a fault of kind %s", what, err, kind)
		return
	}
	for _, field := range fields {
		found := false
		for _, one := range fault.All(err) {
			found = found || one.Field == field
		}
		if !found {
			t.Errorf("%s: %v, want a fault at %q", what, err, field)
		}
	}
}
