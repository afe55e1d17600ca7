package difficulty

import (
	"context"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Inherit gives what is not over to the heirs of ended units: what a unit had raised
// to its first heir, what its office was to answer to that heir's office, whose time
// of silence begins anew. Where the heir itself was asked, the office above it is from
// then on. The program runs it when it has seen a reorganisation, and at start; it may
// be run any number of times.
func Inherit(ctx context.Context, tx *ledger.Tx, program access.Actor) error {
	if err := program.May(access.SystemRun, 0); err != nil {
		return err
	}
	for {
		left, err := leftBehind(ctx, tx, program.Tree)
		if err != nil || len(left) == 0 {
			return err
		}
		for _, l := range left { // whose heir has ended too, it is found anew
			if err := l.pass(ctx, tx, program); err != nil {
				return err
			}
		}
	}
}

// left is a difficulty that an ended unit raised, or whose office has it.
type left struct {
	id         int64
	unit, heir tree.UnitID
}

func leftBehind(ctx context.Context, tx *ledger.Tx, t *tree.Tree) (list []left, err error) {
	const of = `SELECT s.act_id, d.id, s.unit_id, s.heir_id FROM reorganisation_unit s JOIN difficulty d ON d.%s = s.unit_id
		WHERE s.rank = 1 AND s.heir_id <> 0 AND d.ended_at = 0`
	rows, err := tx.QueryContext(ctx, fmt.Sprintf(of, "unit_id")+` UNION `+fmt.Sprintf(of, "at_id")+` ORDER BY 1, 2`)
	if err != nil {
		return nil, fmt.Errorf("looking for difficulties of ended units: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var l left
		var act int64
		if err := rows.Scan(&act, &l.id, &l.unit, &l.heir); err != nil {
			return nil, fmt.Errorf("reading a difficulty of an ended unit: %w", err)
		}
		if _, lives := t.Unit(l.unit); !lives {
			list = append(list, l)
		}
	}
	return list, rows.Err()
}

// pass gives a difficulty from an ended unit to its heir.
func (l left) pass(ctx context.Context, tx *ledger.Tx, program access.Actor) error {
	d, err := lock(ctx, tx, l.id)
	if err != nil {
		return err
	}
	if d.Unit != l.unit && d.At != l.unit {
		return nil // passed already, by an act before
	}
	at := d.At
	if d.Unit == l.unit {
		d.Unit = l.heir
	}
	if at == l.unit {
		at = l.heir
	}
	if above := Above(program.Tree, d.Unit); at == d.Unit && len(above) > 0 {
		at = above[0].ID
	}
	if at != d.At {
		if err := d.move(ctx, tx, program, at); err != nil {
			return err
		}
	}
	if err := d.save(ctx, tx); err != nil {
		return err
	}
	return d.tell(tx, WasInherited, d.Unit, Act{Difficulty: d.ID, Unit: d.Unit, By: l.unit, To: l.heir})
}
