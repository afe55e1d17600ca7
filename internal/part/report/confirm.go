package report

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
)

// ConfirmCommand makes what was told on behalf of a unit its own report.
type ConfirmCommand struct {
	Report    int64  // the provisional version that was read before signing
	Key       string // of the form: sent twice, it is one report
	Signature account.Signature
}

// Confirm signs and sends what was told as the unit's own next version. Its
// faults are those of [Submit]; a telling that was replaced or taken back since
// it was read is a Conflict.
func Confirm(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ConfirmCommand) (Report, error) {
	told, err := Get(ctx, tx, cmd.Report)
	if err != nil {
		return Report{}, err
	}
	before, sent, err := byKey(ctx, tx, cmd.Key)
	if err != nil {
		return Report{}, err
	}
	turn, err := ToSign(ctx, tx, actor, told.Slot, tx.Now())
	if err != nil {
		return Report{}, err
	}
	refused := turn.May(access.ReportSubmit, told.Unit)
	switch {
	case sent && (refused == nil || before.SubmittedBy == actor.Person) && before.Slot == told.Slot && before.Content == told.Content:
		return before, nil
	case refused != nil:
		return Report{}, refused
	case told.State != Provisional:
		return Report{}, fault.New(fault.Conflict, "report.told-changed")
	}
	return Submit(ctx, tx, actor, SubmitCommand{
		Slot: told.Slot, Key: cmd.Key, After: told.Version, Values: told.Values(), Lang: text.EN, // as canonical values are written
		Marks: told.Marks, Signature: cmd.Signature,
	})
}
