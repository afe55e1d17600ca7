package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/part/report"
)

// arriving is how many reports a second arrive while a backup is made.
const arriving = 100

// backup measures a backup while reports arrive: how long it takes, how long the
// reports wait meanwhile, and whether any of them is lost.
func (b *bench) backup(ctx context.Context) error {
	s, err := b.served(ctx)
	if err != nil {
		return err
	}
	// Enough for a backup of three times the time; a longer one is told.
	w, err := b.work(ctx, s.App, 3*arriving*int(b.Time/time.Second))
	if err != nil {
		return err
	}
	var made archived
	var done atomic.Bool
	ended := make(chan error, 1)
	go func() {
		defer done.Store(true)
		var err error
		made, err = s.archive(ctx)
		ended <- err
	}()
	began := time.Now()
	least := began.Add(b.Time / 4)
	var took times
	var acknowledged atomic.Int64
	failed := many(ctx, len(w.open), deciders, func(i int) error {
		if done.Load() && time.Now().After(least) {
			return nil
		}
		due := began.Add(time.Duration(i) * time.Second / arriving)
		time.Sleep(time.Until(due))
		// From when it was due: who waits for a free hand waits, too.
		_, err := w.submit(ctx, w.open[i])
		took.add(time.Since(due))
		acknowledged.Add(1)
		return err
	})
	arrived := time.Since(began)
	if err := errors.Join(failed, <-ended); err != nil {
		return err
	}
	kept, err := w.kept(ctx)
	if err != nil {
		return err
	}
	b.tell("backup.time", made.took.Seconds(), "s")
	b.tell("backup.size", float64(made.size)/(1<<20), "MiB")
	b.tell("backup.rows", float64(made.Rows), "rows")
	b.tell("backup.reports", float64(acknowledged.Load()), "reports")
	b.tell("backup.reports.time", arrived.Seconds(), "s")
	b.tell("backup.reports.p99", took.percentile(99), "ms")
	b.tell("backup.lost", float64(acknowledged.Load()-kept), "reports")
	return nil
}

// archived is a backup that was made.
type archived struct {
	app.Backup
	took time.Duration
	size int64 // of the file, in bytes
}

// archive writes a backup as the command does, to a file beside the data that is
// gone at the end.
func (s *serving) archive(ctx context.Context) (made archived, err error) {
	began := time.Now()
	dir, err := os.MkdirTemp(filepath.Dir(s.data), "giaoban-bench-backup-")
	if err != nil {
		return archived{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	written, err := os.Create(filepath.Join(dir, "backup.tar.zst"))
	if err != nil {
		return archived{}, err
	}
	defer func() { err = errors.Join(err, written.Close()) }()
	if made.Backup, err = s.Backup(ctx, written, func(int, int) {}); err != nil {
		return archived{}, err
	}
	if err := written.Sync(); err != nil {
		return archived{}, err
	}
	about, err := written.Stat()
	if err != nil {
		return archived{}, err
	}
	made.took, made.size = time.Since(began), about.Size()
	return made, nil
}

// kept is how many of the reports are in the log.
func (w *work) kept(ctx context.Context) (number int64, err error) {
	err = w.app.DB.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM event e JOIN report r ON e.subject = 'report:' || r.id
		WHERE r.directive_id = $1 AND e.kind = $2`, w.directive, string(report.Submitted)).Scan(&number)
	if err != nil {
		return 0, fmt.Errorf("counting the reports: %w", err)
	}
	return number, nil
}
