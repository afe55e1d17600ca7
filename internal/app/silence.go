package app

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
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
