package app

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/authority"
	"giaoban/internal/edge/job"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/mail"
	"giaoban/internal/edge/media"
	"giaoban/internal/edge/web"
	"giaoban/internal/edge/witness"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/briefing/briefingui"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/letter"
	"giaoban/internal/part/news"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
	"giaoban/internal/part/remind"
	"giaoban/internal/part/report"
	"giaoban/internal/part/search"
	"giaoban/internal/part/task"
)

// Config says where an installation is and how it is served.
type Config struct {
	// Data is the installation's directory; it is made when it is not there.
	Data string
	// Database is a postgres:// URL; "" for SQLite in Data.
	Database string
	// Business is the clock of what happens; nil for the machine's, or in a
	// directory that a demonstration made for the demonstration's.
	Business clock.Clock
	// Address is where people find the program, as "https://giaoban.example.vn".
	Address string
	// PublicAddress is where people find the public pages alone, as
	// "https://tin.example.vn"; "" where they have no address of their own.
	PublicAddress string
	// Public is where that address leads, which [App.Serve] closes; nil for none.
	Public net.Listener
	// PublicTLS has Public speak HTTPS, with the certificate that Serve shows.
	PublicTLS bool
	// Secure is set when Address is HTTPS: cookies are marked Secure.
	Secure bool
	// Log takes what operators should know and, at the level of debugging, a line per
	// request; nil for slog's default.
	Log *slog.Logger
	// Lang is the language in which a process that serves the directory answers
	// commands.
	Lang text.Lang
	// Version of the program.
	Version string
	// Witness is an address outside that signed checkpoints are sent to; "" for
	// none.
	Witness string
	// Media finds the LiveKit that carries picture and sound of briefings; nil where
	// there is none.
	Media media.Finder
	// MadeUpSites has made-up sites take part in briefings with picture and sound, each
	// until somebody at a browser takes its seat.
	MadeUpSites bool
	// Mail is the server by which letters go out; nil for none: then none are written.
	Mail *mail.Server
	// Serving is called once everything is there and browsers get their pages; nil
	// when nobody waits for it.
	Serving func()
	// Waiting is called when a command has to wait for the process that serves the
	// directory to have started; nil when nobody is to be told.
	Waiting func()
}

// filled is the configuration with what was left out.
func (c Config) filled() Config {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c
}

// App is an installation: taken, and once it has started open.
type App struct {
	*Records

	start start

	Files  *file.Folder
	Tree   *tree.Tree
	Boards *board.Boards
	Tasks  *task.Index
	Hub    *live.Hub

	trees, boards, tasks, roles, heirs, pages *follow.Reader
	saved                                     atomic.Int64         // position of the boards' snapshot
	authority                                 *authority.Authority // its own; nil when there is none
	witness                                   *witness.Sender      // nil when there is none
	jobs                                      *job.Queue
	courier                                   *mail.Courier       // nil when there is no mail server
	briefings                                 *briefingui.Screens // nil until there are pages
	shares                                    *web.Shares         // answers that everybody is given alike
}

// Schemas is the migrations of all parts.
func Schemas() []fs.FS {
	return []fs.FS{
		ledger.Schema, follow.Schema, account.Schema, file.Schema, marking.Schema,
		org.Schema, register.Schema, directive.Schema, report.Schema, difficulty.Schema, task.Schema, conclusion.Schema, briefing.Schema, news.Schema, remind.Schema, letter.Schema, search.Schema, folder.Schema,
	}
}

// Open takes an installation's directory as [Take] does and brings tree and
// boards up to date.
func Open(ctx context.Context, config Config) (*App, error) {
	a, err := Take(ctx, config)
	if err != nil {
		return nil, err
	}
	return a.opened(ctx)
}

// Take takes the directory of an installation, empty or not, for this process
// alone. [App.Serve] brings tree and boards up to date; until then there are none.
// ErrServed means that another process has the directory.
func Take(ctx context.Context, config Config) (*App, error) {
	records, err := openRecords(ctx, config)
	if err != nil {
		return nil, err
	}
	return over(records), nil
}

// over is an installation over records of which nothing is in memory yet.
func over(records *Records) *App {
	return &App{Records: records, start: newStart(), shares: web.NewShares()}
}

// opened brings everything into memory, or lets go of the installation.
func (a *App) opened(ctx context.Context) (*App, error) {
	if err := a.begin(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) open(ctx context.Context) error {
	if err := a.signable(ctx); err != nil {
		return err
	}
	var err error
	if a.Files, err = file.OpenFolder(a.config.Data); err != nil {
		return refusedDirectory(a.config.Data, err)
	}
	a.openWitness()
	if a.Hub, err = live.Open(a.config.Log); err != nil {
		return err
	}
	if err := a.openMemory(ctx); err != nil {
		return err
	}
	if err := a.openJobs(ctx); err != nil {
		return err
	}
	if err := a.openMail(ctx); err != nil {
		return err
	}
	if err := a.comeDue(ctx); err != nil {
		return err
	}
	a.roles = follow.NewReader(a.Ledger, a.boards.Position(), a.cut)
	a.heirs = follow.NewReader(a.Ledger, a.boards.Position(), a.passOn)
	return errors.Join(a.inheritAll(ctx), a.reachAll(ctx))
}

// openMemory brings the tree and the boards into memory, side by side as far as
// they do not need each other.
func (a *App) openMemory(ctx context.Context) error {
	a.Boards = board.New(a.config.Business)
	loaded := make(chan int64)
	go func() { loaded <- a.loadSnapshot(ctx) }()
	err := a.openTree(ctx)
	begin := <-loaded
	if err != nil {
		return err
	}
	if err := a.openTasks(ctx); err != nil {
		return err
	}
	if err := a.openBoards(ctx, begin); err != nil {
		return err
	}
	a.pages = follow.NewReader(a.Ledger, a.boards.Position(), a.turnPages)
	debug.FreeOSMemory() // what the start needed is not needed again
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

// CatchUp brings tree, boards, tasks and the Merkle tree up to the ledger's head.
func (a *App) CatchUp(ctx context.Context) error {
	for _, follower := range []func(context.Context) error{a.trees.CatchUp, a.boards.CatchUp, a.tasks.CatchUp, a.merkle.CatchUp} {
		if err := follower(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Follow keeps tree, boards, tasks and the Merkle tree up to date until ctx ends.
func (a *App) Follow(ctx context.Context) {
	var group sync.WaitGroup
	for _, run := range []func(context.Context){a.trees.Run, a.boards.Run, a.tasks.Run, a.jobs.Run, a.roles.Run, a.heirs.Run, a.pages.Run, a.merkle.Run, a.advance, a.housekeep, a.keepSnapshot, a.keepSparing, a.followBriefings, a.followDifficulties, a.ringBells, a.followWords, a.followTasks, a.printHandouts, a.tendRooms, a.playSites, a.publishDue} {
		group.Go(func() { run(ctx) })
	}
	if a.DB.Engine() == store.Postgres { // there are other nodes
		group.Go(func() { a.Ledger.Watch(ctx) })
	}
	if a.witness != nil {
		group.Go(func() { a.witness.Run(ctx) })
	}
	if a.courier != nil {
		group.Go(func() { a.courier.Run(ctx) })
	}
	group.Wait()
}

// followBriefings pushes what happens in briefings to those who sit there.
func (a *App) followBriefings(ctx context.Context) {
	if a.briefings == nil {
		return
	}
	follow.NewReader(a.Ledger, a.boards.Position(), a.briefings.Follow).Run(ctx)
}

// tendRooms keeps rooms with picture and sound as their briefings say.
func (a *App) tendRooms(ctx context.Context) {
	if a.briefings != nil {
		a.briefings.TendRooms(ctx)
	}
}

// advance moves the boards with the clock, since units become late at midnight,
// and makes the planned changes whose day has come.
func (a *App) advance(ctx context.Context) {
	tick := time.NewTicker(20 * time.Second)
	defer tick.Stop()
	day := a.day(ctx)
	for {
		select {
		case <-tick.C:
			if err := a.MakeEffective(ctx); err != nil && ctx.Err() == nil {
				a.config.Log.ErrorContext(ctx, "making planned changes", "error", err)
			}
			if err := a.Escalate(ctx); err != nil && ctx.Err() == nil {
				a.config.Log.ErrorContext(ctx, "moving difficulties up that nobody answered", "error", err)
			}
			a.Boards.Advance()
			if err := a.askForRound(ctx); err != nil && ctx.Err() == nil {
				a.config.Log.ErrorContext(ctx, "asking for the day's reminders", "error", err)
			}
			today := a.day(ctx)
			if err := a.Midnight(day, today); err != nil {
				a.config.Log.Error("ending delegations at midnight", "error", err)
				continue
			}
			day = today
		case <-ctx.Done():
			return
		}
	}
}

// day is the business day in the installation's zone; "" while it cannot be read.
func (a *App) day(ctx context.Context) clock.Date {
	zone, err := a.zone(ctx)
	if err != nil {
		return ""
	}
	return clock.DateOf(a.Ledger.Now(), zone)
}

// Wait returns when tree, boards and tasks have seen the event at position; after two
// seconds it gives up.
func (a *App) Wait(ctx context.Context, position int64) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	for _, reader := range []*follow.Reader{a.trees, a.tasks, a.boards, a.pages} {
		if err := reader.Wait(ctx, position); err != nil {
			return err
		}
	}
	return nil
}

// CommandLine is the actor of commands.
func (a *App) CommandLine() access.Actor { return access.CommandLine(a.Tree) }

// ImportUnits takes a list up as [Records.ImportUnits] does, and returns when
// tree and boards have seen it.
func (a *App) ImportUnits(ctx context.Context, r ImportRequest, progress func(done, total int)) (org.Result, error) {
	result, err := a.Records.ImportUnits(ctx, r, progress)
	if err != nil {
		return org.Result{}, err
	}
	return result, a.CatchUp(ctx)
}

// Close closes what Open opened.
func (a *App) Close() error {
	var err error
	if a.Hub != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		err = a.Hub.Close(ctx)
	}
	return errors.Join(err, a.Records.Close())
}
