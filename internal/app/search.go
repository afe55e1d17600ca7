package app

import (
	"context"
	"database/sql"

	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/search"
)

// index is what can be found.
func (a *App) index() search.Index {
	return search.New(a.DB.Engine(), a.Tree)
}

// followWords keeps the index of what can be found up with the log, and makes it anew
// when there is none of this version. Meanwhile less is found.
func (a *App) followWords(ctx context.Context) {
	index := a.index()
	follow.Durable{
		Name: search.Follower, Ledger: a.Ledger, Begin: index.Begin,
		Apply: func(ctx context.Context, tx *sql.Tx, events []ledger.Event) error {
			if err := a.trees.Wait(ctx, events[len(events)-1].Position); err != nil {
				return err
			}
			return index.Apply(ctx, tx, events)
		},
	}.Run(ctx)
}
