package task

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// SplitCommand hands a unit's share down to units below it.
type SplitCommand struct {
	Key       string // of the form
	Task      int64
	Unit      tree.UnitID
	Units     []tree.UnitID // below the unit
	Title     string        // "" for the task's
	Text      string        // "" for the task's
	Body      string        // "" for the office
	Deadline  clock.Date    // not after that of the unit's own share; "" for the same
	Signature account.Signature
}

// Split hands a unit's share down: it gives a task to units below, whose progress counts
// where it came from. It may be done more than once, and what was handed down may be
// handed down again. Faults are those of [Give]; NotFound; Conflict where the share is
// over or does not bind; Invalid at "deadline" also after that of the share.
func Split(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SplitCommand) (Task, error) {
	t, s, err := own(ctx, tx, actor, access.TaskDo, cmd.Task, cmd.Unit)
	if err != nil {
		return Task{}, err
	}
	if t.State != Live {
		return Task{}, fault.New(fault.Conflict, "task.not-binding")
	}
	if !s.Stage.Owed() {
		return Task{}, fault.New(fault.Conflict, "task.over")
	}
	give := GiveCommand{
		Key: cmd.Key, Giver: cmd.Unit, Source: Source{Kind: FromTask, ID: t.ID, Part: int(cmd.Unit), Title: t.Title}, Title: cmd.Title, Text: cmd.Text, Marks: t.Marks,
		Units: cmd.Units, Body: cmd.Body, Deadline: cmd.Deadline, Directive: t.Directive, Milestone: t.Milestone, Signature: cmd.Signature,
	}
	if give.Title == "" {
		give.Title = t.Title
	}
	if give.Text == "" {
		give.Text = t.Text
	}
	if give.Deadline == "" {
		give.Deadline = s.Deadline
	}
	if give.Deadline > s.Deadline {
		return Task{}, fault.New(fault.Invalid, "task.after-own", "deadline", s.Deadline).At("deadline")
	}
	split, err := Give(ctx, tx, actor, give)
	if err != nil || s.Stage != Fresh {
		return split, err
	}
	s.see()
	return split, s.record(ctx, tx, WasSeen, Act{By: cmd.Unit, Name: actor.Name})
}
