package marking

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// CeilingSet is the kind of event by which the ceiling changes; payload [Raised].
const CeilingSet ledger.Kind = "marking.ceiling-set"

// Raised is the ceiling from now on.
type Raised struct {
	Ceiling Secrecy `json:"ceiling"`
}

// Ceiling is the highest secrecy that this installation takes in: ordinary until
// somebody who answers for the machine says otherwise.
func Ceiling(ctx context.Context, q store.Querier) (Secrecy, error) {
	var ceiling Secrecy
	if err := q.QueryRowContext(ctx, `SELECT level FROM ceiling WHERE id = 1`).Scan(&ceiling); err != nil {
		return Ordinary, fmt.Errorf("reading the ceiling of secrecy: %w", err)
	}
	return ceiling, nil
}

// Check holds marks against the ceiling: [Marks.Check].
func Check(ctx context.Context, q store.Querier, m Marks) error {
	if !m.Any() {
		return nil
	}
	ceiling, err := Ceiling(ctx, q)
	if err != nil {
		return err
	}
	return m.Check(ceiling)
}

// SetCeiling sets the ceiling, by whoever runs the system at the root. Lowering
// it hides nothing that is there. Faults: Forbidden; Invalid at "ceiling".
func SetCeiling(ctx context.Context, tx *ledger.Tx, actor access.Actor, root tree.UnitID, ceiling Secrecy) error {
	if err := actor.May(access.SystemRun, root); err != nil {
		return err
	}
	if !slices.Contains(Secrecies, ceiling) {
		return fault.New(fault.Invalid, "marking.unknown").At("ceiling")
	}
	before, err := Ceiling(ctx, tx)
	if err != nil || before == ceiling {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE ceiling SET level = $1 WHERE id = 1`, string(ceiling)); err != nil {
		return fmt.Errorf("setting the ceiling of secrecy: %w", err)
	}
	return tx.Append(ledger.New{Unit: int64(root), Kind: CeilingSet, Subject: "unit:" + strconv.FormatInt(int64(root), 10), Payload: Raised{ceiling}})
}
