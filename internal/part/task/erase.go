package task

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// NamesOfAssignees is what tasks keep of a person with an account to whom a leader gave
// a share: the name, in the rows and in the events that gave it. Who gave, did and
// verified a task acted for an office, and that stays:
// docs/decisions/0072-names-on-lists.md.
var NamesOfAssignees = account.Elsewhere{
	Kinds: []ledger.Kind{WasAssigned}, Find: assignments,
	Clear: func(ctx context.Context, tx *ledger.Tx, person int64, nameless string) error {
		if _, err := tx.ExecContext(ctx, `UPDATE task_person SET name = $1 WHERE person_id = $2`, nameless, person); err != nil {
			return fmt.Errorf("erasing who was given tasks: %w", err)
		}
		return nil
	},
}

// assignments gives the positions of the events that gave a person a share, in the units
// where the person has or had a role, and that are not erased yet.
func assignments(ctx context.Context, q store.Querier, person int64) (positions []int64, err error) {
	units, err := account.UnitsOf(ctx, q, person)
	if err != nil {
		return nil, err
	}
	tasks, err := everyID(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, unit := range units {
		for _, task := range tasks {
			steps, err := Steps(ctx, q, task, unit)
			if err != nil {
				return nil, err
			}
			for _, one := range steps {
				if one.Kind == WasAssigned && slices.ContainsFunc(one.People, func(a Assignee) bool { return a.Person == person }) {
					positions = append(positions, one.Position)
				}
			}
		}
	}
	return positions, nil
}

// everyID gives the ids of all tasks: the row of a share that passed to an heir is gone,
// and the log alone says who had it.
func everyID(ctx context.Context, q store.Querier) (tasks []int64, err error) {
	rows, err := q.QueryContext(ctx, `SELECT id FROM task ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("reading the ids of tasks: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var task int64
		if err := rows.Scan(&task); err != nil {
			return nil, fmt.Errorf("reading the id of a task: %w", err)
		}
		tasks = append(tasks, task)
	}
	return tasks, rows.Err()
}
