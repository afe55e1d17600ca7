package app

import (
	"context"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/news"
)

const (
	sweepEvery = 24 * time.Hour
	watchEvery = time.Minute
	// jitter is how far clocks may be apart and nobody minds.
	jitter = 2 * time.Minute
)

// housekeep does until ctx ends what a caretaker would: it sweeps away attached
// files that nothing names, recordings whose time is over and where readers' comments
// came from, at the start and daily, and watches the clock.
func (a *App) housekeep(ctx context.Context) {
	sweep, watch := time.NewTicker(sweepEvery), time.NewTicker(watchEvery)
	defer sweep.Stop()
	defer watch.Stop()
	a.sweepFiles(ctx)
	a.sweepRecordings(ctx)
	a.forgetOrigins(ctx)
	late := a.watchClock(ctx, false)
	for {
		select {
		case <-sweep.C:
			a.sweepFiles(ctx)
			a.sweepRecordings(ctx)
			a.forgetOrigins(ctx)
		case <-watch.C:
			late = a.watchClock(ctx, late)
		case <-ctx.Done():
			return
		}
	}
}

func (a *App) sweepFiles(ctx context.Context) {
	switch removed, err := a.Files.Sweep(ctx, a.DB, clock.Machine.Now()); {
	case ctx.Err() != nil:
	case err != nil:
		a.config.Log.WarnContext(ctx, "sweeping attached files", "error", err)
	case removed > 0:
		a.config.Log.InfoContext(ctx, "attached files that nothing names were swept away", "n", removed)
	}
}

// sweepRecordings deletes the recordings whose last day has passed, and what lies
// there of deleted ones.
func (a *App) sweepRecordings(ctx context.Context) {
	if a.briefings == nil {
		return
	}
	expired := 0
	_, err := a.Ledger.Update(ctx, "program", func(tx *ledger.Tx) (err error) {
		expired, err = briefing.ExpireRecordings(ctx, tx)
		return err
	})
	if err == nil {
		err = a.briefings.SweepRecordings(ctx)
	}
	switch {
	case ctx.Err() != nil:
	case err != nil:
		a.config.Log.WarnContext(ctx, "sweeping recordings", "error", err)
	case expired > 0:
		a.config.Log.InfoContext(ctx, "recordings whose last day had passed were deleted", "n", expired)
	}
}

// forgetOrigins removes where readers' comments came from once that is not needed.
func (a *App) forgetOrigins(ctx context.Context) {
	forgotten, err := news.ForgetOrigins(ctx, a.DB, a.Ledger.Now())
	switch {
	case ctx.Err() != nil:
	case err != nil:
		a.config.Log.WarnContext(ctx, "forgetting where comments came from", "error", err)
	case forgotten > 0:
		a.config.Log.InfoContext(ctx, "comments do not keep any more where they came from", "n", forgotten)
	}
}

// watchClock tells operators, once, of a clock that was set back behind the last
// event. The log goes on with that event's time until the clock has caught up.
func (a *App) watchClock(ctx context.Context, told bool) (late bool) {
	behind, err := a.clockBehind(ctx)
	if err != nil {
		return told // the database is away; others say so
	}
	late = behind > jitter
	if late && !told {
		a.config.Log.WarnContext(ctx, "the clock is behind the last event: it was set back, or ran ahead before; new events bear the last one's time until it has caught up",
			"behind", behind.Round(time.Second))
	}
	return late
}

// clockBehind is how far the business clock is behind the last event.
func (r *Records) clockBehind(ctx context.Context) (time.Duration, error) {
	_, last, err := ledger.Head(ctx, r.DB.Reader())
	if err != nil || last.IsZero() {
		return 0, err
	}
	return max(0, last.Sub(r.Now())), nil
}
