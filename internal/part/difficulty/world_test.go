package difficulty_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/report"
)

// world is an organisation in which difficulties are raised.
type world struct {
	*officetest.World
	t testing.TB
}

func each(t *testing.T, test func(w world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(world{officetest.New(t, url), t}) })
}

// command is a difficulty as a unit raises it.
func (w world) command(unit string) difficulty.RaiseCommand {
	return difficulty.RaiseCommand{
		Unit: w.Units[unit], Key: report.NewKey(), Sort: difficulty.Obstacle, Kind: "personnel", Directive: w.Directive, Milestone: officetest.Held,
		Title: "Thiếu nguồn cấp ủy nữ", Obstacle: "Danh sách dự kiến chưa đủ 15 % nữ.", Needs: "Hướng dẫn cơ cấu.",
	}
}

// raise has the unit's officer raise a difficulty.
func (w world) raise(cmd difficulty.RaiseCommand, unit string) (d difficulty.Difficulty) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) (err error) {
		d, err = difficulty.Raise(w.t.Context(), tx, w.People["officer "+unit], cmd)
		return err
	})
	return d
}

func (w world) raised(unit string) difficulty.Difficulty {
	w.t.Helper()
	return w.raise(w.command(unit), unit)
}

// try has somebody do something about a difficulty.
func (w world) try(who string, do func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error)) (d difficulty.Difficulty, err error) {
	err = w.Try(func(tx *ledger.Tx) (err error) {
		d, err = do(tx, w.People[who])
		return err
	})
	return d, err
}

func (w world) answer(who string, id int64) (difficulty.Difficulty, error) {
	return w.try(who, func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
		return difficulty.Answer(w.t.Context(), tx, actor, id, "Được bổ sung sau.")
	})
}

func (w world) confirm(who string, id int64) (difficulty.Difficulty, error) {
	return w.try(who, func(tx *ledger.Tx, actor access.Actor) (difficulty.Difficulty, error) {
		return difficulty.Confirm(w.t.Context(), tx, actor, id)
	})
}

// silence lets the rule of silence work as long as it finds anything.
func (w world) silence() (moved int) {
	w.t.Helper()
	w.Update(func(tx *ledger.Tx) (err error) {
		moved, err = difficulty.Escalate(w.t.Context(), tx, access.Program(w.Tree))
		return err
	})
	return moved
}

func (w world) now(id int64) (d difficulty.Difficulty) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) (err error) {
		d, err = difficulty.Get(w.t.Context(), q, id)
		return err
	}))
	return d
}

// steps are the kinds of what was said and done, in order.
func (w world) steps(id int64) (kinds []ledger.Kind) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		list, err := difficulty.Steps(w.t.Context(), q, id)
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
