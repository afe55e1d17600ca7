package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
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
	mark, err := readMark(config.Data)
	if err != nil {
		return nil, err
	}
	made := mark == told && !fresh
	if mark != "" && !made {
		if err := clearDemo(config.Data); err != nil {
			return nil, err
		}
	}
	begin := simulate.Morning()
	if made {
		if begin, err = lastEvent(ctx, config); err != nil {
			return nil, err
		}
	}
	config.Business = clock.From(begin)
	a, err := Open(ctx, config)
	if err != nil || made {
		return a, err
	}
	if err := a.tellDemo(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// readMark gives a demonstration's mark; "" for a directory that is empty or not
// there. Any other is refused.
func readMark(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("looking into the directory: %w", err)
	}
	mark, err := os.ReadFile(filepath.Join(dir, demoMark))
	if err != nil {
		return "", fault.New(fault.Conflict, "app.demo.foreign", "dir", dir)
	}
	return string(mark), nil
}

func writeMark(dir, mark string) error {
	return os.WriteFile(filepath.Join(dir, demoMark), []byte(mark), 0o600)
}

// clearDemo empties a demonstration's directory, under its lock, so that none
// is taken away from under a running one.
func clearDemo(dir string) error {
	a := &App{config: Config{Data: dir}}
	if err := a.takeDirectory(); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	for _, entry := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, entry.Name())))
	}
	return errors.Join(err, a.Close())
}

// lastEvent is the moment of a demonstration's last event.
func lastEvent(ctx context.Context, config Config) (at time.Time, err error) {
	db, err := store.Open(ctx, config.source(), Schemas()...)
	if err != nil {
		return at, err
	}
	err = db.View(ctx, func(tx *sql.Tx) error {
		_, at, err = ledger.Head(ctx, tx)
		return err
	})
	if at.Before(simulate.Morning()) {
		at = simulate.Morning()
	}
	return at, errors.Join(err, db.Close())
}

// tellDemo writes the story. One that broke off is begun again the next time.
func (a *App) tellDemo(ctx context.Context) error {
	if err := writeMark(a.config.Data, begun); err != nil {
		return err
	}
	story := simulate.Demo{Ledger: a.Ledger, Tree: a.Tree, CatchUp: a.trees.CatchUp}
	if err := story.Write(ctx); err != nil {
		return fmt.Errorf("writing the demonstration: %w", err)
	}
	if err := a.CatchUp(ctx); err != nil {
		return err
	}
	return writeMark(a.config.Data, told)
}
