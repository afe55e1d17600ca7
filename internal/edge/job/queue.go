package job

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"

	"giaoban/internal/base/store"
)

// The limits of a job's time.
const (
	// AtMost is how long a job may take before its context ends. What is not done by
	// then is done at the next attempt.
	AtMost = 2 * time.Minute
	// lost is when a job is given to somebody else though nobody has said that it
	// ended: the machine on which it ran is gone.
	lost = 5 * time.Minute
)

const (
	look     = 500 * time.Millisecond // between two looks at what there is to do
	kept     = 24 * time.Hour         // what was done
	patience = 5 * time.Second        // with a job that is being done when the program is told to end
)

// quiet leaves out what River tells of its own comings and goings.
func quiet(log *slog.Logger) *slog.Logger { return slog.New(warnings{log.Handler()}) }

type warnings struct{ slog.Handler }

// Enabled says whether something is told.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// Config is what a queue is built from.
type Config struct {
	DB *store.DB
	// Name is this process's; no other that is alive has the same. After its death
	// the next of the name goes on with what it left.
	Name string
	// Lanes are the names of the queues of which this process works, one job of each
	// at a time.
	Lanes []string
	Log   *slog.Logger
}

// Queue is the jobs in a database.
type Queue struct {
	config  Config
	workers *river.Workers
	client  *river.Client[*sql.Tx]
}

// Open makes the tables of jobs where they are not there and a client on them, which
// does nothing until [Queue.Run].
func Open(ctx context.Context, config Config) (*Queue, error) {
	driver := driverOf(config.DB)
	if err := migrate(ctx, config.DB, driver); err != nil {
		return nil, fmt.Errorf("making the tables of jobs: %w", err)
	}
	lanes := map[string]river.QueueConfig{}
	for _, lane := range config.Lanes {
		lanes[lane] = river.QueueConfig{MaxWorkers: 1}
	}
	q := &Queue{config: config, workers: river.NewWorkers()}
	var err error
	q.client, err = river.NewClient(driver, &river.Config{
		ID: config.Name, Logger: quiet(config.Log), Queues: lanes, Workers: q.workers,
		// SQLite has nobody to tell that there is a job, and a transaction that waits for
		// its only writing connection is worse than half a second.
		PollOnly: true, FetchPollInterval: look, FetchCooldown: 10 * time.Millisecond,
		JobTimeout: AtMost, RescueStuckJobsAfter: lost, SoftStopTimeout: patience,
		CompletedJobRetentionPeriod: kept, CancelledJobRetentionPeriod: kept,
	})
	if err != nil {
		return nil, fmt.Errorf("opening the queue of jobs: %w", err)
	}
	return q, nil
}

// Do has a worker do the jobs of a kind. It is called before [Queue.Run].
func Do[T river.JobArgs](q *Queue, worker river.Worker[T]) { river.AddWorker(q.workers, worker) }

func driverOf(db *store.DB) riverdriver.Driver[*sql.Tx] {
	if db.Engine() == store.SQLite {
		return riversqlite.New(db.Writer())
	}
	return riverdatabasesql.New(db.Writer())
}

// Add puts a job into the queue, to be done once tx is committed, and gives its number.
// One that is there already and not done is not put there again: by its arguments,
// where they say so.
func (q *Queue) Add(ctx context.Context, tx *sql.Tx, args river.JobArgs) (int64, error) {
	added, err := q.client.InsertTx(ctx, tx, args, nil)
	if err != nil {
		return 0, fmt.Errorf("putting a job %s into the queue: %w", args.Kind(), err)
	}
	return added.Job.ID, nil
}

// Ended says which of some jobs nobody will do any more: they are done, given up, or
// stand in another database.
func (q *Queue) Ended(ctx context.Context, jobs []int64) (ended []int64, err error) {
	for _, id := range jobs {
		found, err := q.client.JobGet(ctx, id)
		if err != nil && !missing(err) {
			return nil, fmt.Errorf("looking for job %d: %w", id, err)
		}
		if err != nil || found.FinalizedAt != nil {
			ended = append(ended, id)
		}
	}
	return ended, nil
}

// Run does jobs until ctx ends, then waits for those that it is doing.
func (q *Queue) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := q.takeBack(ctx)
		if err == nil {
			err = q.client.Start(ctx)
		}
		if err == nil {
			<-q.client.Stopped()
			return
		}
		q.config.Log.ErrorContext(ctx, "jobs wait; it is tried again", "error", err)
		select {
		case <-time.After(look):
		case <-ctx.Done():
		}
	}
}

// takeBack puts what a process of this name was doing when it died back into the queue.
func (q *Queue) takeBack(ctx context.Context) error {
	running, err := q.client.JobList(ctx, river.NewJobListParams().States(rivertype.JobStateRunning).First(100))
	if err != nil {
		return fmt.Errorf("looking for jobs that were broken off: %w", err)
	}
	return q.config.DB.Update(ctx, func(tx *sql.Tx) error {
		for _, j := range running.Jobs {
			if n := len(j.AttemptedBy); n == 0 || j.AttemptedBy[n-1] != q.config.Name {
				continue
			}
			if _, err := tx.ExecContext(ctx, `UPDATE river_job SET state = 'available' WHERE id = $1 AND state = 'running'`, j.ID); err != nil {
				return fmt.Errorf("taking job %d back: %w", j.ID, err)
			}
		}
		return nil
	})
}

// Undone are the states of a job that is still to be done, or being done: among these
// one that is told by its arguments is there once.
func Undone() []rivertype.JobState {
	return []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}
}

// Later is what a worker gives for a job that is to be done again after a while; it
// counts as no failure.
func Later(after time.Duration) error { return river.JobSnooze(max(after, 0)) }
