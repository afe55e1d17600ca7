package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/simulate"
)

// demoMark is the file by which a directory is known as a demonstration's. Its
// content says whether the story was told to its end.
const (
	demoMark = "demonstration"
	begun    = "begun\n"
	told     = "told\n"
)

// OpenDemo opens the demonstration in a directory: a new one begins at 08:00 on
// 10 July 2020; an old one goes on from its last event. fresh begins again, in
// a directory that a demonstration made and in no other.
func OpenDemo(ctx context.Context, config Config, fresh bool) (*App, error) {
	if _, err := readMark(config.Data); err != nil {
		return nil, err
	}
	records := &Records{config: config.filled()}
	if err := records.take(); err != nil {
		return nil, err
	}
	old, err := records.readyDemo(fresh)
	if err == nil {
		err = records.open(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, records.Close())
	}
	a, err := over(records).opened(ctx)
	if err != nil || old {
		return a, err
	}
	if err := a.tellDemo(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// readyDemo empties the directory for a story to be told, unless there is one
// that was told to its end and is wanted.
func (r *Records) readyDemo(fresh bool) (old bool, err error) {
	mark, err := readMark(r.config.Data)
	if err != nil || mark == told && !fresh {
		return err == nil, err
	}
	entries, err := os.ReadDir(r.config.Data)
	for _, entry := range entries {
		// The mark goes last: a directory that was emptied halfway is still known.
		if name := entry.Name(); name != lockFile && name != demoMark {
			err = errors.Join(err, os.RemoveAll(r.path(name)))
		}
	}
	return false, errors.Join(err, writeMark(r.config.Data, begun))
}

// readMark gives a demonstration's mark; "" for a directory that is empty or not
// there. Any other is refused.
func readMark(dir string) (string, error) {
	mark, err := os.ReadFile(filepath.Join(dir, demoMark))
	if err == nil {
		return string(mark), nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", refusedDirectory(dir, err)
	}
	for _, entry := range entries {
		if entry.Name() != lockFile { // the lock alone is nobody's work
			return "", fault.New(fault.Conflict, "app.demo.foreign", "dir", dir)
		}
	}
	return "", nil
}

func writeMark(dir, mark string) error {
	if err := os.WriteFile(filepath.Join(dir, demoMark), []byte(mark), 0o600); err != nil {
		return refusedDirectory(dir, err)
	}
	return nil
}

// demoClock is the clock of a demonstration whose last event was at a moment.
func demoClock(last time.Time) clock.Clock {
	if last.Before(simulate.Morning()) {
		last = simulate.Morning()
	}
	return clock.From(last)
}

// tellDemo writes the story. One that broke off is begun again the next time.
func (a *App) tellDemo(ctx context.Context) error {
	texts, err := Texts()
	if err != nil {
		return err
	}
	story := simulate.Demo{Ledger: a.Ledger, Tree: a.Tree, Boards: a.Boards, Files: a.Files, Texts: texts, CatchUp: a.CatchUp}
	if err := story.Write(ctx); err != nil {
		return fmt.Errorf("writing the demonstration: %w", err)
	}
	if err := a.CatchUp(ctx); err != nil {
		return err
	}
	return writeMark(a.config.Data, told)
}
