package mail

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"giaoban/internal/edge/job"
	"giaoban/internal/part/letter"
)

// Lane is the lane of the queue in which letters are carried.
const Lane = "letters"

// load is the job of carrying some letters. Which they are stands with the letters, so
// that each is carried by one job at a time.
type load struct {
	First int64 `json:"first"` // of them, for whoever looks at the queue
}

// Kind is its name in the queue.
func (load) Kind() string { return "letters" }

// InsertOpts puts it into its lane. It is tried for as long as there is something to
// carry.
func (load) InsertOpts() river.InsertOpts { return river.InsertOpts{Queue: Lane} }

// entrust gives all letters that wait to jobs, in the transaction in which they were
// written.
func (c *Courier) entrust(ctx context.Context, tx *sql.Tx) error {
	for {
		letters, err := letter.Unentrusted(ctx, tx)
		if err != nil || len(letters) == 0 {
			return err
		}
		id, err := c.config.Jobs.Add(ctx, tx, load{First: letters[0]})
		if err != nil {
			return err
		}
		if err := letter.Entrust(ctx, tx, letters, id); err != nil {
			return err
		}
	}
}

// Begin takes letters back from jobs that will not carry them: of a queue that was not
// in the backup from which the database comes.
func (c *Courier) Begin(ctx context.Context) error {
	db := c.config.Ledger.DB()
	jobs, err := letter.Carriers(ctx, db.Reader())
	if err != nil {
		return err
	}
	ended, err := c.config.Jobs.Ended(ctx, jobs)
	if err != nil || len(ended) == 0 {
		return err
	}
	return db.Update(ctx, func(tx *sql.Tx) error {
		for _, id := range ended {
			if err := letter.TakeFrom(ctx, tx, id); err != nil {
				return fmt.Errorf("beginning to carry letters: %w", err)
			}
		}
		return nil
	})
}

// worker does the jobs of carrying letters.
type worker struct {
	river.WorkerDefaults[load]
	courier *Courier
}

// The pauses between two attempts to find a server.
const (
	firstWait = 4 * time.Second
	lastWait  = time.Minute
)

// Work carries the letters of a job. That no server answers is no failure of the job:
// it is tried again after a pause that grows with the time that it has waited.
func (w *worker) Work(ctx context.Context, j *river.Job[load]) error {
	c := w.courier
	again, err := c.Carry(ctx, j.ID)
	if err != nil {
		if ctx.Err() != nil {
			return job.Later(0) // the program ends, or it took too long: the others are next
		}
		wait := min(max(c.config.Machine.Now().Sub(j.CreatedAt)/4, firstWait), lastWait)
		c.config.Log.ErrorContext(ctx, "letters wait; it is tried again", "server", c.config.Server.Address, "after", wait, "error", err)
		return job.Later(wait)
	}
	if again.IsZero() {
		return nil
	}
	return job.Later(again.Sub(c.config.Machine.Now()))
}
