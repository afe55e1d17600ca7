package task

import (
	"context"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/report"
)

// mostAtOnce is how many shares one transaction ends by rule.
const mostAtOnce = 500

// Reach ends, by rule, the shares of tasks whose milestone the board has of their units,
// and says how many; more may be left when that is a full batch. The program runs it
// when a report was accepted or a task given, and at start. By the program alone.
func Reach(ctx context.Context, tx *ledger.Tx, program access.Actor) (ended int, err error) {
	if err := program.May(access.SystemRun, 0); err != nil {
		return 0, err
	}
	list, err := read(ctx, tx, `WHERE t.state = $1 AND t.milestone <> '' ORDER BY t.id`, Live)
	if err != nil {
		return 0, err
	}
	for _, t := range list {
		n, err := t.reach(ctx, tx, mostAtOnce-ended)
		if ended += n; err != nil || ended == mostAtOnce {
			return ended, err
		}
	}
	return ended, nil
}

func (t Task) reach(ctx context.Context, tx *ledger.Tx, most int) (ended int, err error) {
	done, err := report.DoneUnits(ctx, tx, t.Directive, t.Milestone)
	if err != nil {
		return 0, err
	}
	over, err := verified(ctx, tx, t.ID)
	if err != nil {
		return 0, err
	}
	for _, unit := range done {
		if ended == most {
			break
		}
		if over[unit] || !t.Units.Has(unit) {
			continue
		}
		s, err := ShareOf(ctx, tx, t, unit)
		if err != nil {
			return ended, err
		}
		s.Stage, s.EndedAt, s.Asked, s.AskedWhy = Verified, tx.Now(), "", ""
		if s.DoneAt.IsZero() {
			s.DoneAt = tx.Now()
		}
		if err := s.record(ctx, tx, WasReached, Act{}); err != nil {
			return ended, err
		}
		ended++
	}
	return ended, nil
}

// verified are the units whose share of a task is over.
func verified(ctx context.Context, q store.Querier, task int64) (map[tree.UnitID]bool, error) {
	rows, err := q.QueryContext(ctx, `SELECT unit_id FROM task_share WHERE task_id = $1 AND state = $2`, task, Verified)
	if err != nil {
		return nil, fmt.Errorf("reading what is over of task %d: %w", task, err)
	}
	defer rows.Close()
	over := map[tree.UnitID]bool{}
	for rows.Next() {
		var unit tree.UnitID
		if err := rows.Scan(&unit); err != nil {
			return nil, fmt.Errorf("reading what is over of task %d: %w", task, err)
		}
		over[unit] = true
	}
	return over, rows.Err()
}
