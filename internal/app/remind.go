package app

import (
	"context"
	"errors"

	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news/newsui"
	"giaoban/internal/part/remind"
	"giaoban/internal/part/remind/remindui"
)

// rounds makes reminders from what is in memory.
func (a *App) rounds() remind.Rounds {
	return remind.Rounds{Ledger: a.Ledger, Boards: a.Boards, Tasks: a.Tasks, Tree: a.Tree}
}

// Remind makes the reminders that are due by the business clock, once a working day.
func (a *App) Remind(ctx context.Context) error {
	if err := a.CatchUp(ctx); err != nil {
		return err
	}
	_, err := a.rounds().Make(ctx)
	return err
}

// ringBells tells those who look at a page that they were reminded, and desks that look at
// readers' opinions of others.
func (a *App) ringBells(ctx context.Context) {
	follow.NewReader(a.Ledger, a.boards.Position(), func(events []ledger.Event) error {
		return errors.Join(remindui.Ring(a.Hub, events), newsui.Ring(a.Hub, events))
	}).Run(ctx)
}
