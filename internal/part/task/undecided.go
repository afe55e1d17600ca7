package task

import (
	"context"
	"fmt"

	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Undecided is a share about which whoever verifies has to decide: its unit says that it
// is done, or asks for a later day.
type Undecided struct {
	Task  Task
	Share Share
}

// ToDecide gives the shares about which a unit that verifies has to decide, those that
// wait the longest first, no more than limit.
func ToDecide(ctx context.Context, q store.Querier, verifier tree.UnitID, limit int) (list []Undecided, err error) {
	shares, err := undecided(ctx, q, verifier, limit)
	if err != nil {
		return nil, err
	}
	for _, one := range shares {
		t, err := Get(ctx, q, one.Task)
		if err != nil {
			return nil, err
		}
		share, err := ShareOf(ctx, q, t, one.Unit)
		if err != nil {
			return nil, err
		}
		list = append(list, Undecided{t, share})
	}
	return list, nil
}

// undecided gives the ids of those shares alone.
func undecided(ctx context.Context, q store.Querier, verifier tree.UnitID, limit int) (list []Share, err error) {
	rows, err := q.QueryContext(ctx, `SELECT s.task_id, s.unit_id FROM task_share s JOIN task t ON t.id = s.task_id
		WHERE t.verifier_id = $1 AND t.state <> $2 AND (s.state = $3 OR s.asked <> '') ORDER BY s.done_at, s.task_id, s.unit_id LIMIT $4`,
		verifier, Withdrawn, Done, limit)
	if err != nil {
		return nil, fmt.Errorf("reading what unit %d has to verify: %w", verifier, err)
	}
	defer rows.Close()
	for rows.Next() {
		var one Share
		if err := rows.Scan(&one.Task, &one.Unit); err != nil {
			return nil, fmt.Errorf("reading what unit %d has to verify: %w", verifier, err)
		}
		list = append(list, one)
	}
	return list, rows.Err()
}
