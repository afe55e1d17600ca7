package app

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// MakeEffective makes the planned changes whose day has come by the business
// clock, the first day first and each in a transaction of its own. One that
// cannot be made any more is marked with the reason, for a person to settle; it
// holds up no other. It is run at start, by every command before its work, and
// every few seconds while the program serves.
func (r *Records) MakeEffective(ctx context.Context) error {
	due, err := r.due(ctx)
	if err != nil || len(due) == 0 {
		return err
	}
	if err := r.signable(ctx); err != nil {
		return err
	}
	for _, plan := range due {
		_, err := r.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
			_, err := org.MakeEffective(ctx, tx, access.Program(tree.New()), plan)
			return err
		})
		if faults := fault.All(err); len(faults) > 0 {
			err = r.markStuck(ctx, plan, faults)
		}
		if err != nil {
			return err
		}
	}
	return r.inherit(ctx)
}

// due are the planned changes whose day has come; none before there is an
// installation.
func (r *Records) due(ctx context.Context) (due []int64, err error) {
	err = r.DB.View(ctx, func(tx *sql.Tx) error {
		p, err := org.Profile(ctx, tx)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		due, err = org.Due(ctx, tx, clock.DateOf(r.Now(), p.Location()))
		return err
	})
	return due, err
}

func (r *Records) markStuck(ctx context.Context, plan int64, faults fault.List) error {
	texts, err := Texts()
	if err != nil {
		return err
	}
	why := text.Words{VI: texts.T(text.VI, faults[0].Key, faults[0].Args...), EN: texts.T(text.EN, faults[0].Key, faults[0].Args...)}
	r.config.Log.WarnContext(ctx, "a planned change could not be made on its day", "plan", plan, "why", why.EN)
	_, err = r.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
		_, err := org.MarkStuck(ctx, tx, plan, why)
		return err
	})
	return err
}

// inherit gives heirs the reports that their predecessors had begun.
func (r *Records) inherit(ctx context.Context) error {
	return r.DB.Update(ctx, func(tx *sql.Tx) error { return report.Inherit(ctx, tx) })
}

// passOn follows the ledger: after a reorganisation the heirs get what was begun.
func (a *App) passOn(events []ledger.Event) error {
	if !slices.ContainsFunc(events, func(e ledger.Event) bool { return e.Kind == org.Reorganised }) {
		return nil
	}
	return a.inherit(context.Background())
}

// comeDue makes what is due now and brings tree and boards up to it.
func (a *App) comeDue(ctx context.Context) error {
	return errors.Join(a.MakeEffective(ctx), a.CatchUp(ctx))
}
