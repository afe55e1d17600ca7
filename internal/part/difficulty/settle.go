package difficulty

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
)

// Confirm says, for the unit that raised it, that an answered difficulty is settled.
// Confirming again changes nothing. Faults: Forbidden; Conflict where it is not answered.
func Confirm(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Difficulty, error) {
	d, err := own(ctx, tx, actor, id)
	switch {
	case err != nil || d.State == Settled:
		return d, err
	case d.State != Answered:
		return Difficulty{}, fault.New(fault.Conflict, "difficulty.not-answered")
	}
	d.State, d.EndedAt = Settled, tx.Now()
	return d, d.ends(ctx, tx, actor, WasConfirmed, "")
}

// Reopen says, for the unit that raised it, that an answer does not settle a
// difficulty, and why: the office that answered has it again, by itself. Faults:
// Forbidden; Conflict where it is not answered; Invalid at "text".
func Reopen(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, reason string) (Difficulty, error) {
	d, err := own(ctx, tx, actor, id)
	if err != nil {
		return Difficulty{}, err
	}
	if d.State != Answered {
		return Difficulty{}, fault.New(fault.Conflict, "difficulty.not-answered")
	}
	if reason, err = said(reason); err != nil {
		return Difficulty{}, err
	}
	d.State, d.Head, d.Since = Open, 0, tx.Now()
	if err := d.renew(ctx, tx, actor); err != nil {
		return Difficulty{}, err
	}
	return d, d.ends(ctx, tx, actor, WasReopened, reason)
}

// Withdraw takes a difficulty back that is not in the way any more, with a reason.
// Faults: Forbidden; Conflict where it is over; Invalid at "text".
func Withdraw(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, reason string) (Difficulty, error) {
	d, err := own(ctx, tx, actor, id)
	if err != nil {
		return Difficulty{}, err
	}
	if !d.State.Live() {
		return Difficulty{}, fault.New(fault.Conflict, "difficulty.over")
	}
	if reason, err = said(reason); err != nil {
		return Difficulty{}, err
	}
	if err := d.disband(ctx, tx, actor); err != nil {
		return Difficulty{}, err
	}
	d.State, d.Head, d.EndedAt = Withdrawn, 0, tx.Now()
	return d, d.ends(ctx, tx, actor, WasWithdrawn, reason)
}

// own locks a difficulty for the unit that raised it.
func own(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Difficulty, error) {
	d, err := lock(ctx, tx, id)
	if err != nil {
		return Difficulty{}, err
	}
	return d, actor.May(access.DifficultyRaise, d.Unit)
}

// ends writes what the unit that raised it decided.
func (d *Difficulty) ends(ctx context.Context, tx *ledger.Tx, actor access.Actor, kind ledger.Kind, text string) error {
	if err := d.save(ctx, tx); err != nil {
		return err
	}
	return d.tell(tx, kind, d.Unit, Act{Difficulty: d.ID, Unit: d.Unit, By: d.Unit, Text: text, Name: actor.Name, Paper: actor.Paper})
}
