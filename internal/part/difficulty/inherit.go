package difficulty

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/org"
)

// Inherit gives what is not over to the heirs of ended units: what a unit had raised
// to its first heir, what its office was to answer to that heir's office, whose time
// of silence begins anew. Where the heir itself was asked, or nobody follows the unit
// that was, the office above is from then on. The program runs it when it has seen a reorganisation, and at start; it may
// be run any number of times.
func Inherit(ctx context.Context, tx *ledger.Tx, program access.Actor) error {
	if err := program.May(access.SystemRun, 0); err != nil {
		return err
	}
	ended, err := org.EndedUnits(ctx, tx, program.Tree)
	if err != nil || len(ended) == 0 {
		return err
	}
	open, err := read(ctx, tx, `WHERE d.ended_at = 0 ORDER BY d.id`)
	if err != nil {
		return err
	}
	for _, seen := range open {
		for _, one := range ended {
			if seen.Unit == one.Unit && one.Heir != 0 || seen.At == one.Unit && one.Deputy() != 0 {
				if err := pass(ctx, tx, program, seen.ID, one); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// pass gives a difficulty from an ended unit to who follows it.
func pass(ctx context.Context, tx *ledger.Tx, program access.Actor, id int64, one org.Ended) error {
	d, err := lock(ctx, tx, id)
	if err != nil {
		return err
	}
	at := d.At
	if d.Unit == one.Unit && one.Heir != 0 {
		d.Unit = one.Heir
	}
	if at == one.Unit {
		at = one.Deputy()
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
	return d.tell(tx, WasInherited, d.Unit, Act{Difficulty: d.ID, Unit: d.Unit, By: one.Unit, To: one.Heir})
}
