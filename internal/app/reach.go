package app

import (
	"context"
	"errors"
	"os"
	"time"

	"giaoban/internal/part/org"
)

// Purpose is what a command wants of a directory.
type Purpose uint8

// The purposes of commands.
const (
	ToRead   Purpose = iota // there must be an installation
	ToCreate                // where there is none, the command makes it
)

// Reach opens an installation for a command, through the process that serves it
// when there is one. A command that is at work in the directory is waited for,
// for a few seconds.
func Reach(ctx context.Context, config Config, purpose Purpose) (Commands, error) {
	const patience, again = 15 * time.Second, 100 * time.Millisecond
	ctx, cancel := context.WithTimeoutCause(ctx, patience, ErrServed)
	defer cancel()
	for {
		v, err := newVisit(ctx, config, purpose)
		if !errors.Is(err, ErrServed) {
			return v, err
		}
		if r := newRemote(config); r.answers(ctx) {
			return r, nil
		}
		select {
		case <-time.After(again):
		case <-ctx.Done():
			if errors.Is(context.Cause(ctx), ErrServed) {
				return nil, err
			}
			return nil, ctx.Err()
		}
	}
}

// visit is a command's stay in a directory that nobody serves.
type visit struct {
	*Records
	// made are the files that the visit made, and the directory: nothing is left
	// of a visit that made no installation.
	made []string
}

// newVisit opens a directory for a command.
func newVisit(ctx context.Context, config Config, purpose Purpose) (Commands, error) {
	v, err := openVisit(ctx, config, purpose)
	if err != nil {
		return nil, err
	}
	if err := v.MakeEffective(ctx); err != nil {
		// A log that is so broken that nothing can be made is what a command may
		// have come to look at.
		v.config.Log.WarnContext(ctx, "making planned changes", "error", err)
	}
	return v, nil
}

// openVisit opens a directory.
func openVisit(ctx context.Context, config Config, purpose Purpose) (*visit, error) {
	r := &Records{config: config.filled()}
	fresh := !r.has(keyFile)
	if fresh && purpose == ToRead {
		return nil, nothingIn(config.Data)
	}
	v := &visit{}
	for _, path := range []string{
		r.path(databaseFile), r.path(databaseFile + "-wal"), r.path(databaseFile + "-shm"), r.path(keyFile), r.path(lockFile), config.Data,
	} {
		if fresh && !exists(path) {
			v.made = append(v.made, path)
		}
	}
	var err error
	if v.Records, err = openRecords(ctx, config); err != nil {
		if !errors.Is(err, ErrServed) {
			err = errors.Join(err, v.sweep())
		}
		return nil, err
	}
	return v, nil
}

// Close lets go of the directory. What is swept away goes first, while nobody
// else can take the directory.
func (v *visit) Close() error {
	if len(v.made) == 0 {
		return v.Records.Close()
	}
	founded, err := org.IsFounded(context.Background(), v.DB.Reader())
	err = errors.Join(err, v.DB.Close())
	if err == nil && !founded {
		err = v.sweep()
	}
	return errors.Join(err, v.lock.Unlock())
}

// undo ends a visit that failed and leaves nothing of it.
func (v *visit) undo() error {
	err := v.DB.Close()
	return errors.Join(err, v.sweep(), v.lock.Unlock())
}

// sweep removes what the visit made.
func (v *visit) sweep() error {
	for _, path := range v.made {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}
