package report

import (
	"context"
	"database/sql"
	"fmt"

	"giaoban/internal/base/tree"
)

// Inherit gives the reports that an ended unit had begun to its first heir, unless
// that one has begun the same report itself. What a committee had ticked of its
// cells goes where each cell went. What was sent stays as it is. The
// program runs it when it has seen a reorganisation, and at start: the
// organisation comes before this part and cannot. It may be run any number of
// times. Drafts are no events, so nothing is appended.
func Inherit(ctx context.Context, tx *sql.Tx) error {
	list, err := leftDrafts(ctx, tx)
	if err != nil {
		return err
	}
	for _, l := range list {
		_, err := tx.ExecContext(ctx, `UPDATE report_draft SET unit_id = $1 WHERE directive_id = $2 AND milestone = $3 AND unit_id = $4
			AND NOT EXISTS (SELECT 1 FROM report_draft h WHERE h.directive_id = $2 AND h.milestone = $3 AND h.unit_id = $1)`,
			l.heir, l.Directive, l.Milestone, l.Unit)
		if err != nil {
			return fmt.Errorf("giving a draft of unit %d to unit %d: %w", l.Unit, l.heir, err)
		}
	}
	return inheritCells(ctx, tx)
}

// leftDraft is a draft of an ended unit.
type leftDraft struct {
	Slot
	heir tree.UnitID // that gets it
}

func leftDrafts(ctx context.Context, tx *sql.Tx) ([]leftDraft, error) {
	rows, err := tx.QueryContext(ctx, `SELECT d.directive_id, d.milestone, d.unit_id, s.heir_id
		FROM reorganisation_unit s JOIN report_draft d ON d.unit_id = s.unit_id
		WHERE s.rank = 1 AND s.heir_id <> 0
		AND NOT EXISTS (SELECT 1 FROM reorganisation_unit own WHERE own.act_id = s.act_id AND own.unit_id = s.unit_id AND own.heir_id = s.unit_id)
		ORDER BY s.act_id, d.directive_id, d.milestone, d.unit_id`)
	if err != nil {
		return nil, fmt.Errorf("looking for drafts of ended units: %w", err)
	}
	defer rows.Close()
	var list []leftDraft
	for rows.Next() {
		var l leftDraft
		if err := rows.Scan(&l.Directive, &l.Milestone, &l.Unit, &l.heir); err != nil {
			return nil, fmt.Errorf("reading a draft of an ended unit: %w", err)
		}
		list = append(list, l)
	}
	return list, rows.Err()
}
