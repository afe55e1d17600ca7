package report

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

// SaveCells keeps what a committee has ticked of its cells so far. The command's
// slot is the committee's; the values are named by [CellField]. An officer's list
// is so the one that the leader signs. Values may be wrong in it; it is no event,
// and [ForCells] takes out of it what is reported. Faults are those of [SaveDraft].
func SaveCells(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SaveCommand) (Draft, error) {
	if err := actor.May(access.ReportDraft, cmd.Unit); err != nil {
		return Draft{}, err
	}
	d, err := directive.Get(ctx, tx, cmd.Directive)
	if err != nil {
		return Draft{}, err
	}
	if err := open(d); err != nil {
		return Draft{}, err
	}
	if _, ok := milestoneIn(d, cmd.Milestone); !ok || !actor.Tree.Within(cmd.Unit, d.Unit) {
		return Draft{}, fault.New(fault.NotFound, "report.not-asked")
	}
	if cmd.Key == "" {
		cmd.Key = NewKey()
	}
	standing, fresh, err := ofCells.lock(ctx, tx, cmd.Slot, cmd.Key)
	if err != nil {
		return Draft{}, err
	}
	return keep(ctx, tx, actor, ofCells, standing, fresh, cmd)
}

// CellsDraftOf gives what a committee has ticked at a milestone and not signed
// yet; ok is false when nothing was saved.
func CellsDraftOf(ctx context.Context, q store.Querier, committee Slot) (d Draft, ok bool, err error) {
	return ofCells.one(ctx, q, committee)
}

// untick takes reported cells out of a committee's tick list. What somebody ticked
// of others while the list was being signed stays.
func untick(ctx context.Context, tx *ledger.Tx, committee Slot, reported []Cell) error {
	d, fresh, err := ofCells.lock(ctx, tx, committee, NewKey())
	if err != nil {
		return err
	}
	maps.DeleteFunc(d.Values, func(field, _ string) bool {
		id, ok := cellOf(field)
		return !ok || slices.ContainsFunc(reported, func(c Cell) bool { return c.Unit == tree.UnitID(id) })
	})
	if fresh || len(d.Values) == 0 {
		return ofCells.drop(ctx, tx, committee)
	}
	content, err := encode(writing{d.Lang, d.Values})
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE cells_draft SET revision = revision + 1, content = $1 WHERE directive_id = $2 AND milestone = $3 AND unit_id = $4`,
		content, committee.Directive, committee.Milestone, committee.Unit)
	if err != nil {
		return fmt.Errorf("taking what was reported out of a tick list: %w", err)
	}
	return nil
}
