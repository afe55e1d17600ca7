package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/board"
)

// snapshotFile holds the boards, so that a start need not read the whole log.
// It is nobody's only copy of anything: without it the boards are built anew.
const snapshotFile = "board.snapshot"

const (
	// saveAfter is how many events may come before the boards are saved while
	// the program runs; a start reads as many in a second.
	saveAfter = 200_000
	// saveAtEnd is how many make it worth while when it ends.
	saveAtEnd = 20_000
)

// openBoards brings the boards up to date with the events after those of the
// snapshot, which reach to position begin.
func (a *App) openBoards(ctx context.Context, begin int64) error {
	a.saved.Store(begin)
	end, err := a.replay(ctx, begin)
	if err != nil {
		return err
	}
	a.boards = follow.NewReader(a.Ledger, end, a.Boards.Apply)
	return a.CatchUp(ctx)
}

// replayed is how many events a replay reads at once.
const replayed = 5000

// replay has the boards count what the log holds after a position, and gives the
// position of the last. The next events are read while the last are counted:
// either takes about half of the time.
func (a *App) replay(ctx context.Context, position int64) (int64, error) {
	progress, err := a.progress(ctx, position)
	if err != nil {
		return position, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	batches, failed := make(chan []ledger.Event, 1), make(chan error, 1)
	go func() {
		defer close(batches)
		failed <- a.readOn(ctx, position, batches)
	}()
	for events := range batches {
		if err := a.Boards.Apply(events); err != nil {
			return position, err
		}
		position = events[len(events)-1].Position
		progress(position)
	}
	return position, <-failed
}

// readOn sends the events after a position on, until there are no more.
func (a *App) readOn(ctx context.Context, position int64, to chan<- []ledger.Event) error {
	for {
		events, err := ledger.After(ctx, a.DB.Reader(), position, replayed)
		if err != nil || len(events) == 0 {
			return err
		}
		position = events[len(events)-1].Position
		select {
		case to <- events:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// loadSnapshot takes the snapshot up and gives its position; 0 when there is
// none that is good.
func (a *App) loadSnapshot(ctx context.Context) int64 {
	file := a.path(snapshotFile)
	stamp, err := a.Boards.Load(file, func(s board.Stamp) error { return a.fits(ctx, s) })
	switch {
	case err == nil:
		return stamp.Position
	case !errors.Is(err, fs.ErrNotExist):
		a.config.Log.WarnContext(ctx, "the boards' snapshot is thrown away; they are built anew from the log", "because", err)
		if err := os.Remove(file); err != nil {
			a.config.Log.WarnContext(ctx, "removing the snapshot", "error", err)
		}
	}
	return 0
}

// fits says whether a snapshot is of this log and of this program.
func (a *App) fits(ctx context.Context, s board.Stamp) error {
	if s.Program != a.config.Version {
		return fmt.Errorf("it is of version %q of the program, and this is %q", s.Program, a.config.Version)
	}
	leaf, found, err := ledger.LeafAt(ctx, a.DB.Reader(), s.Position)
	if err != nil {
		return err
	}
	if !found || leaf != s.Leaf {
		return fmt.Errorf("it is of another log: event %d is not the one that it ends with", s.Position)
	}
	return nil
}

// progress tells whoever comes, and every few seconds the log, how far the boards
// are.
func (a *App) progress(ctx context.Context, begin int64) (func(position int64), error) {
	head, _, err := ledger.Head(ctx, a.DB.Reader())
	if err != nil {
		return nil, err
	}
	const every = 3 * time.Second
	last := time.Now()
	a.start.total.Store(head - begin)
	return func(position int64) {
		a.start.read.Store(position - begin)
		if time.Since(last) < every {
			return
		}
		last = time.Now()
		a.config.Log.InfoContext(ctx, "the boards are being built from the log", "events", position-begin, "of", head-begin)
	}, nil
}

// SaveBoards writes the boards' snapshot when at least so many events came since
// the last one.
func (a *App) SaveBoards(ctx context.Context, least int64) error {
	if a.boards.Position()-a.saved.Load() < least {
		return nil
	}
	stamp, err := a.Boards.Save(a.path(snapshotFile), a.config.Version, func(position int64) ([32]byte, error) {
		leaf, found, err := ledger.LeafAt(ctx, a.DB.Reader(), position)
		if err == nil && !found {
			err = fmt.Errorf("there is no event %d", position)
		}
		return leaf, err
	})
	if err != nil {
		return err
	}
	a.saved.Store(stamp.Position)
	return nil
}

// keepSnapshot saves the boards now and then, and when ctx ends.
func (a *App) keepSnapshot(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		least := int64(saveAfter)
		if ctx.Err() != nil {
			least = saveAtEnd
		}
		if err := a.SaveBoards(context.WithoutCancel(ctx), least); err != nil {
			a.config.Log.ErrorContext(ctx, "keeping the boards' snapshot", "error", err)
		}
		if ctx.Err() != nil {
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}
