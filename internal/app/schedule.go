package app

import (
	"context"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news"
)

// PublishDue publishes the articles whose moment has come by the business clock. It is run
// every second while the program serves; what fell due while it did not is published when
// it does again.
func (a *App) PublishDue(ctx context.Context) error {
	for {
		due, err := news.Due(ctx, a.DB.Reader(), a.Ledger.Now())
		if err != nil || !due {
			return err
		}
		_, err = a.Ledger.Update(ctx, "program", func(tx *ledger.Tx) error {
			_, err := news.PublishDue(ctx, tx, access.Program(a.Tree), a.Boards)
			return err
		})
		if err != nil {
			return err
		}
	}
}

// publishDue keeps the desks' moments until ctx ends.
func (a *App) publishDue(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := a.PublishDue(ctx); err != nil && ctx.Err() == nil {
				a.config.Log.ErrorContext(ctx, "publishing articles that are due", "error", err)
			}
		case <-ctx.Done():
			return
		}
	}
}
