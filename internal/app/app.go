package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/authority"
	"giaoban/internal/edge/live"
	"giaoban/internal/part/board"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// Config says where an installation is and how it is served.
type Config struct {
	// Data is the installation's directory; it is made when it is not there.
	Data string
	// Database is a postgres:// URL; "" for SQLite in Data.
	Database string
	// Business is the clock of what happens; nil for the machine's.
	Business clock.Clock
	// Address is where people find the program, as "https://giaoban.example.vn".
	Address string
	// Secure is set when Address is HTTPS: cookies are marked Secure.
	Secure bool
	// Log takes what operators should know; nil for slog's default.
	Log *slog.Logger
	// Version of the program.
	Version string
	// Authority is the installation's own certificate authority, which the page
	// on trust explains; nil when there is none.
	Authority *authority.Authority
}

// source is the database as store.Open takes it.
func (c Config) source() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "giaoban.db")
}

// ErrServed means that another process works on the data directory.
var ErrServed = errors.New("another giaoban is at work in this data directory")

// App is an open installation.
type App struct {
	config Config
	lock   *flock.Flock

	DB     *store.DB
	Ledger *ledger.Ledger
	Key    ledger.Key
	Files  *file.Folder
	Tree   *tree.Tree
	Boards *board.Boards
	Hub    *live.Hub

	trees, boards, roles *follow.Reader
	merkle               follow.Durable
}

// Schemas is the migrations of all parts.
func Schemas() []fs.FS {
	return []fs.FS{
		ledger.Schema, follow.Schema, account.Schema, file.Schema,
		org.Schema, directive.Schema, report.Schema,
	}
}

// Open opens an installation, empty or not, takes the data directory for this
// process alone and brings tree and boards up to date. ErrServed means that
// another process has the directory.
func Open(ctx context.Context, config Config) (*App, error) {
	if config.Business == nil {
		config.Business = clock.Machine
	}
	if config.Log == nil {
		config.Log = slog.Default()
	}
	a := &App{config: config}
	if err := a.takeDirectory(); err != nil {
		return nil, err
	}
	if err := a.open(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) takeDirectory() error {
	if err := os.MkdirAll(a.config.Data, 0o700); err != nil {
		return fmt.Errorf("making the data directory: %w", err)
	}
	a.lock = flock.New(filepath.Join(a.config.Data, "giaoban.lock"))
	taken, err := a.lock.TryLock()
	if err != nil {
		return fmt.Errorf("taking the data directory: %w", err)
	}
	if !taken {
		return ErrServed
	}
	return nil
}

func (a *App) open(ctx context.Context) error {
	var err error
	if a.DB, err = store.Open(ctx, a.config.source(), Schemas()...); err != nil {
		return err
	}
	if a.Key, err = ledger.LoadKey(a.config.Data); err != nil {
		return err
	}
	if a.Files, err = file.OpenFolder(a.config.Data); err != nil {
		return err
	}
	if a.Hub, err = live.Open(a.config.Log); err != nil {
		return err
	}
	a.Ledger = ledger.Open(a.DB, a.config.Business)
	a.merkle = follow.Durable{
		Name: "merkle", Ledger: a.Ledger,
		Apply: func(ctx context.Context, tx *sql.Tx, events []ledger.Event) error {
			return ledger.Grow(ctx, tx, a.Key.Signer, events[len(events)-1].Position)
		},
	}
	if err := a.openTree(ctx); err != nil {
		return err
	}
	a.Boards = board.New(a.config.Business)
	a.boards = follow.NewReader(a.Ledger, 0, a.Boards.Apply)
	if err := a.CatchUp(ctx); err != nil {
		return err
	}
	a.roles = follow.NewReader(a.Ledger, a.boards.Position(), a.cut)
	return nil
}

func (a *App) openTree(ctx context.Context) error {
	return a.DB.View(ctx, func(tx *sql.Tx) error {
		units, position, err := org.LoadTree(ctx, tx)
		if err != nil {
			return err
		}
		a.Tree = units
		a.trees = follow.NewReader(a.Ledger, position, func(events []ledger.Event) error {
			return org.ApplyTo(units, events)
		})
		return nil
	})
}

// CatchUp brings tree, boards and the Merkle tree up to the ledger's head.
func (a *App) CatchUp(ctx context.Context) error {
	for _, follower := range []func(context.Context) error{a.trees.CatchUp, a.boards.CatchUp, a.merkle.CatchUp} {
		if err := follower(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Follow keeps tree, boards and the Merkle tree up to date until ctx ends.
func (a *App) Follow(ctx context.Context) {
	var group sync.WaitGroup
	for _, run := range []func(context.Context){a.trees.Run, a.boards.Run, a.roles.Run, a.merkle.Run, a.advance} {
		group.Go(func() { run(ctx) })
	}
	group.Wait()
}

// cut closes the streams of people who lost a role or their account. Their
// browsers open them again where they still may.
func (a *App) cut(events []ledger.Event) error {
	for _, e := range events {
		if e.Kind != account.RoleEnded && e.Kind != account.Disabled {
			continue
		}
		if err := a.Hub.Cut(strings.TrimPrefix(e.Subject, "person:")); err != nil {
			return err
		}
	}
	return nil
}

// advance moves the boards with the clock: units become late at midnight.
func (a *App) advance(ctx context.Context) {
	tick := time.NewTicker(20 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			a.Boards.Advance()
		case <-ctx.Done():
			return
		}
	}
}

// Wait returns when tree and boards have seen the event at position; after two
// seconds it gives up.
func (a *App) Wait(ctx context.Context, position int64) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if err := a.trees.Wait(ctx, position); err != nil {
		return err
	}
	return a.boards.Wait(ctx, position)
}

// CommandLine is the actor of commands.
func (a *App) CommandLine() access.Actor { return access.CommandLine(a.Tree) }

// Now is the present moment of the business clock.
func (a *App) Now() time.Time { return a.config.Business.Now() }

// Close closes what Open opened.
func (a *App) Close() error {
	var errs []error
	if a.Hub != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		errs = append(errs, a.Hub.Close(ctx))
	}
	if a.DB != nil {
		errs = append(errs, a.DB.Close())
	}
	if a.lock != nil {
		errs = append(errs, a.lock.Unlock())
	}
	return errors.Join(errs...)
}
