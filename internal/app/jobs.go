package app

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"

	"github.com/riverqueue/river"

	"giaoban/internal/base/clock"
	"giaoban/internal/edge/job"
	"giaoban/internal/edge/mail"
)

// remindersLane is the lane of the queue in which rounds of reminders are made.
const remindersLane = "reminders"

// openJobs opens the queue of what waits to be done.
func (a *App) openJobs(ctx context.Context) error {
	name, err := a.name()
	if err != nil {
		return err
	}
	lanes := []string{remindersLane}
	if a.config.Mail != nil {
		lanes = append(lanes, mail.Lane)
	}
	if a.jobs, err = job.Open(ctx, job.Config{DB: a.DB, Name: name, Lanes: lanes, Log: a.config.Log}); err != nil {
		return err
	}
	job.Do(a.jobs, &rounder{app: a})
	return nil
}

// name tells this process from others at the same database: one process at a time has
// the directory.
func (a *App) name() (string, error) {
	host, err := os.Hostname()
	if err != nil {
		return "", fmt.Errorf("finding the machine's name: %w", err)
	}
	dir, err := filepath.Abs(a.config.Data)
	if err != nil {
		return "", fmt.Errorf("finding the data directory: %w", err)
	}
	return host + ":" + dir, nil
}

// round is the job of making a day's reminders, one for each day.
type round struct {
	Day clock.Date `json:"day"`
}

// Kind is its name in the queue.
func (round) Kind() string { return "reminders" }

// InsertOpts puts it into its lane, once while it is not done.
func (round) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: remindersLane, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: job.Undone()}}
}

// rounder makes the reminders that are due.
type rounder struct {
	river.WorkerDefaults[round]
	app *App
}

// Work makes what is due now, whichever day the job was for: the business clock may
// have jumped since. What fails is tried again.
func (r *rounder) Work(ctx context.Context, _ *river.Job[round]) error {
	err := r.app.Remind(ctx)
	if err != nil && ctx.Err() == nil {
		r.app.config.Log.ErrorContext(ctx, "reminding units of what they owe; it is tried again", "error", err)
	}
	return err
}

// askForRound puts the job of making the day's reminders into the queue once they are
// due.
func (a *App) askForRound(ctx context.Context) error {
	day, err := a.rounds().Due(ctx)
	if err != nil || day == "" {
		return err
	}
	return a.DB.Update(ctx, func(tx *sql.Tx) error {
		_, err := a.jobs.Add(ctx, tx, round{Day: day})
		return err
	})
}
