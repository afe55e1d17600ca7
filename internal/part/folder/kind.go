package folder

import (
	"context"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/report"
	"giaoban/internal/part/task"
)

// Kind is what waits for a leader's decision.
type Kind string

// The kinds.
const (
	OfReport     Kind = "report"     // from below, to be accepted
	OfDifficulty Kind = "difficulty" // raised below, to be answered
	OfAnswer     Kind = "answer"     // to a difficulty of the unit's own, to be confirmed
	OfTask       Kind = "task"       // said to be done, to be verified
	OfExtension  Kind = "extension"  // a later day that is asked for
)

// Kinds is all kinds, in the order in which they are counted.
var Kinds = []Kind{OfReport, OfDifficulty, OfAnswer, OfTask, OfExtension}

// Choice is a way to decide, as it is ticked on a slip.
type Choice string

// The choices.
const (
	Accept  Choice = "accept"
	Return  Choice = "return"
	Answer  Choice = "answer"
	Word    Choice = "word" // said, and not settled
	HandUp  Choice = "up"
	Confirm Choice = "confirm"
	Reopen  Choice = "reopen"
	Verify  Choice = "verify"
	Grant   Choice = "grant"
	Refuse  Choice = "refuse"
	Hold    Choice = "hold" // nothing is decided: the leader wants to talk about it
)

// NeedsNote says whether the leader has to write something beside the tick.
func (c Choice) NeedsNote() bool {
	return slices.Contains([]Choice{Return, Answer, Word, HandUp, Reopen, Refuse}, c)
}

// decision runs the use case of an item as the leader's.
type decision func(ctx context.Context, tx *ledger.Tx, leader access.Actor, of Item, note string) error

// decisions are the use cases by which items are decided; [Hold] has none.
var decisions = map[Kind]map[Choice]decision{
	OfReport: {
		Accept: func(ctx context.Context, tx *ledger.Tx, leader access.Actor, of Item, _ string) error {
			_, err := report.Accept(ctx, tx, leader, report.DecideCommand{Report: of.ID, Decider: leader.Name})
			return err
		},
		Return: func(ctx context.Context, tx *ledger.Tx, leader access.Actor, of Item, note string) error {
			_, err := report.Return(ctx, tx, leader, report.DecideCommand{Report: of.ID, Decider: leader.Name, Reason: note})
			return err
		},
	},
	OfDifficulty: {Answer: aboutDifficulty(difficulty.Answer), Word: aboutDifficulty(difficulty.Speak), HandUp: aboutDifficulty(difficulty.HandUp)},
	OfAnswer: {
		Confirm: func(ctx context.Context, tx *ledger.Tx, leader access.Actor, of Item, _ string) error {
			_, err := difficulty.Confirm(ctx, tx, leader, of.ID)
			return err
		},
		Reopen: aboutDifficulty(difficulty.Reopen),
	},
	OfTask: {
		Verify: func(ctx context.Context, tx *ledger.Tx, leader access.Actor, of Item, _ string) error {
			_, err := task.Verify(ctx, tx, leader, of.ID, of.Part)
			return err
		},
		Return: func(ctx context.Context, tx *ledger.Tx, leader access.Actor, of Item, note string) error {
			_, err := task.Return(ctx, tx, leader, of.ID, of.Part, note)
			return err
		},
	},
	OfExtension: {
		Grant: func(ctx context.Context, tx *ledger.Tx, leader access.Actor, of Item, _ string) error {
			_, err := task.Extend(ctx, tx, leader, of.ID, of.Part, "")
			return err
		},
		Refuse: func(ctx context.Context, tx *ledger.Tx, leader access.Actor, of Item, note string) error {
			_, err := task.Refuse(ctx, tx, leader, of.ID, of.Part, note)
			return err
		},
	},
}

func aboutDifficulty(do func(context.Context, *ledger.Tx, access.Actor, int64, string) (difficulty.Difficulty, error)) decision {
	return func(ctx context.Context, tx *ledger.Tx, leader access.Actor, of Item, note string) error {
		_, err := do(ctx, tx, leader, of.ID, note)
		return err
	}
}

// waits says whether an item still waits for the decision that its slip asks for.
func (i Item) waits(ctx context.Context, q store.Querier) (bool, error) {
	switch i.Kind {
	case OfReport:
		r, err := report.Get(ctx, q, i.ID)
		return r.State == report.Waiting, err
	case OfDifficulty:
		d, err := difficulty.Get(ctx, q, i.ID)
		return d.State == difficulty.Open, err
	case OfAnswer:
		d, err := difficulty.Get(ctx, q, i.ID)
		return d.State == difficulty.Answered, err
	}
	t, err := task.Get(ctx, q, i.ID)
	if err != nil || t.State == task.Withdrawn || !t.Units.Has(i.Part) {
		return false, err
	}
	share, err := task.ShareOf(ctx, q, t, i.Part)
	if i.Kind == OfExtension {
		return share.Asked != "", err
	}
	return share.Stage == task.Done, err
}
