package task

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Inherit gives what ended units have of tasks that are not withdrawn to their heirs: a
// share to the first heir, which is as far as the one of both that has come the least
// far; what the unit gave, verifies or splits to that heir too. A share that nobody takes
// up ends. All of it is on record. The program runs it when it has seen a
// reorganisation, and at start; it may be run any number of times.
func Inherit(ctx context.Context, tx *ledger.Tx, program access.Actor) error {
	if err := program.May(access.SystemRun, 0); err != nil {
		return err
	}
	ended, err := endedUnits(ctx, tx, program.Tree)
	if err != nil || len(ended) == 0 {
		return err
	}
	list, err := read(ctx, tx, `WHERE t.state <> $1 ORDER BY t.id`, Withdrawn)
	if err != nil {
		return err
	}
	for _, seen := range list {
		for _, one := range ended { // in the order of their ends: an heir may have ended after
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

// succession is a unit that has ended, and its first heir; 0 for none.
type succession struct{ unit, heir tree.UnitID }

func endedUnits(ctx context.Context, tx *ledger.Tx, t *tree.Tree) (list []succession, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT act_id, unit_id, heir_id FROM reorganisation_unit WHERE rank = 1 ORDER BY act_id, unit_id`)
	if err != nil {
		return nil, fmt.Errorf("looking for ended units: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var one succession
		var act int64
		if err := rows.Scan(&act, &one.unit, &one.heir); err != nil {
			return nil, fmt.Errorf("reading an ended unit: %w", err)
		}
		if _, lives := t.Unit(one.unit); !lives {
			list = append(list, one)
		}
	}
	return list, rows.Err()
}

// concerns says whether there is something of the task to be passed on.
func (t Task) concerns(one succession) bool {
	_, splits := t.Parent()
	return t.Units.Has(one.unit) || one.heir != 0 && (t.Giver == one.unit || t.Verifier == one.unit || splits == one.unit)
}

// pass gives what an ended unit has of the task to its heir.
func (t *Task) pass(ctx context.Context, tx *ledger.Tx, one succession) error {
	told := Inherited{Task: t.ID, From: one.unit, To: one.heir}
	if t.Units.Has(one.unit) {
		heir, err := t.passShare(ctx, tx, one)
		if err != nil {
			return err
		}
		told.Stage, told.Deadline = heir.Stage, heir.extension()
	}
	if one.heir != 0 {
		if t.Giver == one.unit {
			t.Giver = one.heir
		}
		if t.Verifier == one.unit {
			t.Verifier = one.heir
		}
		if _, splits := t.Parent(); splits == one.unit {
			t.Source.Part = int(one.heir)
		}
	}
	if err := t.save(ctx, tx); err != nil {
		return err
	}
	told.Giver, told.Verifier, told.Part, told.Units = t.Giver, t.Verifier, t.Source.Part, t.Units.Bytes()
	return t.tell(tx, WasInherited, told)
}

// passShare moves a share with its evidence to the heir, which may have one already.
func (t *Task) passShare(ctx context.Context, tx *ledger.Tx, one succession) (Share, error) {
	left, err := ShareOf(ctx, tx, *t, one.unit)
	if err != nil {
		return Share{}, err
	}
	had := t.Units.Has(one.heir)
	t.Units = t.Units.with(one.heir, one.unit)
	for _, table := range []string{"task_share", "task_file", "task_person"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE task_id = $1 AND unit_id = $2`, t.ID, one.unit); err != nil {
			return Share{}, fmt.Errorf("passing task %d on from unit %d: %w", t.ID, one.unit, err)
		}
	}
	if one.heir == 0 {
		return Share{}, nil
	}
	if had {
		own, err := ShareOf(ctx, tx, *t, one.heir)
		if err != nil || slices.Index(Stages[:], own.Stage) <= slices.Index(Stages[:], left.Stage) {
			return own, err
		}
		own.Stage, own.DoneAt, own.EndedAt = left.Stage, left.DoneAt, left.EndedAt
		return own, own.save(ctx, tx)
	}
	left.Unit, left.People = one.heir, nil // the people are the ended unit's; it falls back to the office
	if err := left.saveFiles(ctx, tx); err != nil {
		return Share{}, err
	}
	return left, left.save(ctx, tx)
}
