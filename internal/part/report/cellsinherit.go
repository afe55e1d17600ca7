package report

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// inheritCells gives what ended committees had ticked of their cells to the
// committees that have these cells now. What such a committee has ticked itself
// stands. Ticks of cells that are gone go too.
func inheritCells(ctx context.Context, tx *sql.Tx) error {
	left, err := ofCells.all(ctx, tx, `NOT EXISTS (SELECT 1 FROM unit_period u WHERE u.unit_id = d.unit_id AND u.to_date = '')`)
	if err != nil {
		return err
	}
	for _, draft := range left {
		lists, err := byCommittee(ctx, tx, draft)
		if err != nil {
			return err
		}
		for _, committee := range slices.Sorted(maps.Keys(lists)) {
			if err := addTicks(ctx, tx, committee, draft, lists[committee]); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM cells_draft WHERE directive_id = $1 AND milestone = $2 AND unit_id = $3`,
			draft.Directive, draft.Milestone, draft.Unit)
		if err != nil {
			return fmt.Errorf("clearing the tick list of unit %d: %w", draft.Unit, err)
		}
	}
	return nil
}

// byCommittee parts what is ticked by the units that count the cells now.
func byCommittee(ctx context.Context, q store.Querier, draft Draft) (map[tree.UnitID]map[string]string, error) {
	lists := map[tree.UnitID]map[string]string{}
	parents := map[int64]tree.UnitID{}
	for field, typed := range draft.Values {
		cell, ok := cellOf(field)
		if !ok {
			continue
		}
		parent, known := parents[cell]
		if !known {
			err := q.QueryRowContext(ctx, `SELECT parent_id FROM unit_period WHERE unit_id = $1 AND to_date = ''`, cell).Scan(&parent)
			if err != nil && !store.Missing(err) {
				return nil, fmt.Errorf("reading which committee has cell %d: %w", cell, err)
			}
			parents[cell] = parent
		}
		if parent == 0 {
			continue
		}
		if lists[parent] == nil {
			lists[parent] = map[string]string{}
		}
		lists[parent][field] = typed
	}
	return lists, nil
}

// cellOf is the cell that a field named by [CellField] is about.
func cellOf(field string) (int64, bool) {
	rest, ok := strings.CutPrefix(field, "cell.")
	number, _, _ := strings.Cut(rest, ".")
	id, err := strconv.ParseInt(number, 10, 64)
	return id, ok && err == nil
}

// addTicks puts a predecessor's ticks beside those of a committee. It waits for its
// leader since the earlier of the two was begun.
func addTicks(ctx context.Context, tx *sql.Tx, committee tree.UnitID, from Draft, ticks map[string]string) error {
	own, held, err := ofCells.one(ctx, tx, Slot{from.Directive, from.Milestone, committee})
	if err != nil {
		return err
	}
	if !held {
		own = from
		own.Key, own.Revision, own.Values = NewKey(), 0, map[string]string{}
	}
	if own.Lang != from.Lang {
		ticks = plain(ticks)
	}
	maps.Copy(ticks, own.Values) // what the committee typed itself goes first
	content, err := encode(writing{own.Lang, ticks})
	if fault.Is(err, fault.Invalid) {
		return nil // together they are too long: the committee's own list stands
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO cells_draft AS d
		(directive_id, milestone, unit_id, key, revision, content, person_id, saved_at, begun_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (directive_id, milestone, unit_id) DO UPDATE SET
		revision = excluded.revision, content = excluded.content, begun_at = excluded.begun_at`,
		from.Directive, from.Milestone, committee, own.Key, own.Revision+1, content, own.Person, store.Micro(own.SavedAt),
		store.Micro(earlier(own.BegunAt, from.BegunAt)))
	if err != nil {
		return fmt.Errorf("giving ticks of unit %d to unit %d: %w", from.Unit, committee, err)
	}
	return nil
}

// plain leaves out what the other language writes otherwise: figures with points or
// commas, to be typed again rather than misread.
func plain(ticks map[string]string) map[string]string {
	kept := map[string]string{}
	for field, typed := range ticks {
		if !strings.ContainsAny(typed, ".,") {
			kept[field] = typed
		}
	}
	return kept
}

func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}
