package app

import (
	"context"
	"errors"

	"giaoban/internal/base/access"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/board/boardui"
	"giaoban/internal/part/difficulty"
)

// Escalate gives the difficulties on which an office was silent for too long to the
// office above it, by the business clock. It is run every few seconds while the
// program serves; what fell due while it did not goes up when it does again.
func (a *App) Escalate(ctx context.Context) error {
	for {
		moved := 0
		_, err := a.Ledger.Update(ctx, "program", func(tx *ledger.Tx) (err error) {
			moved, err = difficulty.Escalate(ctx, tx, access.Program(a.Tree))
			return err
		})
		if err != nil || moved == 0 {
			return err
		}
	}
}

// followDifficulties has open boards show what is in the way as soon as that changes.
func (a *App) followDifficulties(ctx context.Context) {
	follow.NewReader(a.Ledger, a.boards.Position(), func(events []ledger.Event) error { return a.hindered(ctx, events) }).Run(ctx)
}

func (a *App) hindered(ctx context.Context, events []ledger.Event) error {
	ids := difficulty.Told(events)
	if len(ids) == 0 {
		return nil
	}
	// A page is kept by its board's position: one that lags would be given out once more.
	errs := []error{a.boards.CatchUp(ctx)}
	for _, id := range ids {
		d, err := difficulty.Get(ctx, a.DB.Reader(), id)
		if err == nil {
			err = boardui.Hindered(a.Hub, a.Tree, d)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
