package app

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/mod/sumdb/note"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// The files by which a data directory is known.
const (
	lockFile     = "giaoban.lock"
	databaseFile = "giaoban.db"
	keyFile      = "ledger.key"
)

// ErrServed means that another process works on the data directory.
var ErrServed = errors.New("another giaoban is at work in this data directory")

// Records is an installation's directory, database and log, taken for this
// process alone: what commands work on. Nothing of it is held in memory, so that
// a command is quick on a long log and can look at a broken one.
type Records struct {
	config Config
	lock   *flock.Flock

	DB     *store.DB
	Ledger *ledger.Ledger
	Key    ledger.Key

	merkle follow.Durable
}

// openRecords takes the directory and opens what lies in it. The error is
// ErrServed when another process has the directory.
func openRecords(ctx context.Context, config Config) (*Records, error) {
	r := &Records{config: config.filled()}
	if err := r.take(); err != nil {
		return nil, err
	}
	if err := r.open(ctx); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// take makes the directory when it is not there, and takes it.
func (r *Records) take() error {
	dir := r.config.Data
	for {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return refusedDirectory(dir, err)
		}
		r.lock = flock.New(r.path(lockFile), flock.SetPermissions(0o600))
		taken, err := r.lock.TryLock()
		if err != nil {
			return refusedDirectory(dir, err)
		}
		if !taken {
			return fault.New(fault.Unavailable, "app.directory.busy", "dir", dir).Because(ErrServed)
		}
		// A command that leaves nothing behind removes its lock, too. Who opened it
		// before has a lock on nothing.
		mine, err := r.lock.Stat()
		there, gone := os.Stat(r.path(lockFile))
		if err == nil && gone == nil && os.SameFile(mine, there) {
			return nil
		}
		if err := r.lock.Close(); err != nil {
			return refusedDirectory(dir, err)
		}
	}
}

func (r *Records) open(ctx context.Context) error {
	if err := r.openDatabase(ctx); err != nil {
		return err
	}
	if err := r.openKey(ctx); err != nil {
		return err
	}
	if r.config.Business == nil {
		business, err := r.clock(ctx)
		if err != nil {
			return err
		}
		r.config.Business = business
	}
	r.Ledger = ledger.Open(r.DB, r.config.Business)
	r.merkle = follow.Durable{
		Name: "merkle", Ledger: r.Ledger,
		Apply: func(ctx context.Context, tx *sql.Tx, events []ledger.Event) error {
			return ledger.Grow(ctx, tx, r.Key.Signer, events[len(events)-1].Position)
		},
	}
	return nil
}

func (r *Records) openDatabase(ctx context.Context) error {
	source := r.config.Database
	if source == "" {
		source = r.path(databaseFile)
		if r.has(keyFile) && !r.has(databaseFile) {
			return fault.New(fault.NotFound, "app.database.elsewhere", "dir", r.config.Data)
		}
		// What the database holds is for its owner's eyes; SQLite gives the files
		// beside it the same mode.
		file, err := os.OpenFile(source, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return refusedDirectory(r.config.Data, err)
		}
		if err := file.Close(); err != nil {
			return refusedDirectory(r.config.Data, err)
		}
	}
	var err error
	if r.DB, err = store.Open(ctx, source, Schemas()...); err != nil {
		return refusedDatabase(ctx, source, err)
	}
	return nil
}

// openKey loads the key that signs checkpoints, and makes it for an empty log.
func (r *Records) openKey(ctx context.Context) error {
	position, _, err := ledger.Head(ctx, r.DB.Reader())
	if err != nil {
		return err
	}
	if position > 0 && !r.has(keyFile) {
		return fault.New(fault.Conflict, "app.key.missing", "dir", r.config.Data)
	}
	r.Key, err = ledger.LoadKey(r.config.Data)
	return err
}

// signable refuses to go on with a log whose newest checkpoint this directory's
// key did not sign: it belongs to another directory, or was altered. Signed on
// with this key, nobody could prove it any more.
func (r *Records) signable(ctx context.Context) error {
	newest, err := ledger.Checkpoint(ctx, r.DB.Reader())
	if err != nil || newest == "" {
		return err
	}
	if _, err := note.Open([]byte(newest), note.VerifierList(r.Key.Verifier)); err != nil {
		return fault.New(fault.Conflict, "app.key.other", "dir", r.config.Data).Because(err)
	}
	return nil
}

// clock is the machine's. A made-up installation has one of its own, also for
// commands: it goes on from the last event.
func (r *Records) clock(ctx context.Context) (clock.Clock, error) {
	simulated, err := org.IsSimulated(ctx, r.DB.Reader())
	if err != nil {
		return nil, err
	}
	if !simulated && !r.has(demoMark) {
		return clock.Machine, nil
	}
	_, last, err := ledger.Head(ctx, r.DB.Reader())
	if err != nil {
		return nil, err
	}
	return demoClock(last), nil
}

// CommandLine is the actor of commands.
func (r *Records) CommandLine() access.Actor { return access.CommandLine(tree.New()) }

// Now is the present moment of the business clock.
func (r *Records) Now() time.Time { return r.config.Business.Now() }

// Close lets go of the directory.
func (r *Records) Close() error {
	var errs []error
	if r.DB != nil {
		errs = append(errs, r.DB.Close())
	}
	if r.lock != nil {
		errs = append(errs, r.lock.Unlock())
	}
	return errors.Join(errs...)
}

func (r *Records) path(name string) string { return filepath.Join(r.config.Data, name) }

func (r *Records) has(name string) bool { return exists(r.path(name)) }

// exists says whether there is a file; one that cannot be looked at is opened
// later, with the right complaint.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
