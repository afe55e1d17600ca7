package app

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
	"giaoban/internal/part/task/taskui"
)

// openTasks brings how far all tasks are into memory.
func (a *App) openTasks(ctx context.Context) error {
	return a.DB.View(ctx, func(tx *sql.Tx) error {
		index, position, err := task.Load(ctx, tx, a.Tree)
		if err != nil {
			return err
		}
		a.Tasks = index
		a.tasks = follow.NewReader(a.Ledger, position, index.Apply)
		return nil
	})
}

// followTasks has open pages show how far tasks are, and ends shares by rule as soon as
// a report is accepted, or a task given that asks for what is there already.
func (a *App) followTasks(ctx context.Context) {
	follow.NewReader(a.Ledger, a.tasks.Position(), func(events []ledger.Event) error {
		if len(task.Told(events)) == 0 {
			return a.reached(ctx, events)
		}
		if err := a.tasks.CatchUp(ctx); err != nil {
			return err
		}
		return errors.Join(taskui.Moved(a.Hub, a.Tasks, events), a.reached(ctx, events))
	}).Run(ctx)
}

func (a *App) reached(ctx context.Context, events []ledger.Event) error {
	moving := []ledger.Kind{report.Accepted, task.WasGiven, task.WasBound, task.WasInherited}
	if !slices.ContainsFunc(events, func(e ledger.Event) bool { return slices.Contains(moving, e.Kind) }) {
		return nil
	}
	return a.reachAll(ctx)
}

// reachAll ends all shares whose milestone the board has.
func (a *App) reachAll(ctx context.Context) error {
	for {
		ended := 0
		_, err := a.Ledger.Update(ctx, "program", func(tx *ledger.Tx) (err error) {
			ended, err = task.Reach(ctx, tx, access.Program(a.Tree))
			return err
		})
		if err != nil || ended == 0 {
			return err
		}
	}
}
