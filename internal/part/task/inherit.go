package task

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// Inherit gives what ended units have of tasks that are not withdrawn to their heirs: a
// share to the first heir, which is as far as the one of both that has come the least
// far; what the unit gave, verifies or splits to that heir too. A share that nobody takes
// up ends, and where nobody follows a unit that gave or verifies, the nearest unit above
// it does. All of it is on record. The program runs it when it has seen a
// reorganisation, and at start; it may be run any number of times.
func Inherit(ctx context.Context, tx *ledger.Tx, program access.Actor) error {
	if err := program.May(access.SystemRun, 0); err != nil {
		return err
	}
	ended, err := org.EndedUnits(ctx, tx, program.Tree)
	if err != nil || len(ended) == 0 {
		return err
	}
	list, err := read(ctx, tx, `WHERE t.state <> $1 ORDER BY t.id`, Withdrawn)
	if err != nil {
		return err
	}
	for _, seen := range list {
		for _, one := range ended {
			if !seen.concerns(one) {
				continue
			}
			t, err := lock(ctx, tx, seen.ID)
			if err != nil {
				return err
			}
			if err := t.pass(ctx, tx, one); err != nil {
				return err
			}
			seen = t
		}
	}
	return nil
}

// concerns says whether there is something of the task to be passed on.
func (t Task) concerns(one org.Ended) bool {
	_, splits := t.Parent()
	return t.Units.Has(one.Unit) || one.Deputy() != 0 && (t.Giver == one.Unit || t.Verifier == one.Unit) || one.Heir != 0 && splits == one.Unit
}

// pass gives what an ended unit has of the task to its heir.
func (t *Task) pass(ctx context.Context, tx *ledger.Tx, one org.Ended) error {
	told := Inherited{Task: t.ID, From: one.Unit, To: one.Heir}
	if t.Units.Has(one.Unit) {
		heir, err := t.passShare(ctx, tx, one)
		if err != nil {
			return err
		}
		told.Stage, told.Deadline = heir.Stage, heir.extension()
	}
	for _, decides := range []*tree.UnitID{&t.Giver, &t.Verifier} {
		if *decides == one.Unit && one.Deputy() != 0 {
			*decides = one.Deputy()
		}
	}
	if _, splits := t.Parent(); splits == one.Unit && one.Heir != 0 {
		t.Source.Part = int(one.Heir)
	}
	if err := t.save(ctx, tx); err != nil {
		return err
	}
	told.Giver, told.Verifier, told.Part, told.Units = t.Giver, t.Verifier, t.Source.Part, t.Units.Bytes()
	return t.tell(tx, WasInherited, told)
}

// passShare moves a share with its evidence to the heir, which may have one already.
func (t *Task) passShare(ctx context.Context, tx *ledger.Tx, one org.Ended) (Share, error) {
	left, err := ShareOf(ctx, tx, *t, one.Unit)
	if err != nil {
		return Share{}, err
	}
	had := t.Units.Has(one.Heir)
	t.Units = t.Units.with(one.Heir, one.Unit)
	for _, table := range []string{"task_share", "task_file", "task_person"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE task_id = $1 AND unit_id = $2`, t.ID, one.Unit); err != nil {
			return Share{}, fmt.Errorf("passing task %d on from unit %d: %w", t.ID, one.Unit, err)
		}
	}
	if one.Heir == 0 {
		return Share{}, nil
	}
	if had {
		own, err := ShareOf(ctx, tx, *t, one.Heir)
		if err != nil || slices.Index(Stages[:], own.Stage) <= slices.Index(Stages[:], left.Stage) {
			return own, err
		}
		own.Stage, own.DoneAt, own.EndedAt = left.Stage, left.DoneAt, left.EndedAt
		return own, own.save(ctx, tx)
	}
	left.Unit, left.People = one.Heir, nil // the people are the ended unit's; it falls back to the office
	if err := left.saveFiles(ctx, tx); err != nil {
		return Share{}, err
	}
	return left, left.save(ctx, tx)
}
