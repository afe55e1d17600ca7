package app

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"fmt"
	"net/http"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/accountui"
	"giaoban/internal/edge/office"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board/boardui"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/briefing/briefingui"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/difficulty/difficultyui"
	"giaoban/internal/part/directive/directiveui"
	"giaoban/internal/part/folder/folderui"
	"giaoban/internal/part/inbox"
	"giaoban/internal/part/inbox/inboxui"
	"giaoban/internal/part/letter"
	"giaoban/internal/part/letter/letterui"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/code"
	"giaoban/internal/part/news/exchangeui"
	"giaoban/internal/part/news/newsui"
	"giaoban/internal/part/news/prose/proseui"
	"giaoban/internal/part/org"
	"giaoban/internal/part/org/orgui"
	"giaoban/internal/part/register/registerui"
	"giaoban/internal/part/remind/remindui"
	"giaoban/internal/part/report/reportui"
	"giaoban/internal/part/search/searchui"
	"giaoban/internal/part/task"
	"giaoban/internal/part/task/taskui"
)

//go:embed page/*.html
var pages embed.FS

// Frame builds all screens.
func (a *App) Frame(ctx context.Context) (*web.Frame, error) {
	config, err := a.frameConfig(ctx)
	if err != nil {
		return nil, err
	}
	accounts := accountui.New(accountui.Config{
		Ledger: a.Ledger, Tree: a.Tree, Texts: config.Texts, Machine: clock.Machine, Zone: config.Zone, Dir: a.config.Data,
		Secure: a.config.Secure, Address: a.config.Address, Founding: a.founding(), Post: org.PostTitle, Elsewhere: []account.Elsewhere{org.NamesOfHolders, briefing.OfReaders, briefing.NamesAtSites, letter.Traces, task.NamesOfAssignees}, Cut: a.cutPerson, Log: a.config.Log,
	})
	config.Who, config.SignIn = accounts.Who, accounts.SignIn
	config.Bell = remindui.Bell
	config.Wait, config.Rail, config.Ready, config.Metrics, config.Operator = a.Wait, a.rail, a.ready, a.metrics(), a.operator
	config.Checkpoint, config.Search = "/checkpoint", searchui.Path
	config.Bundles = []web.Bundle{accountui.Bundle, orgui.Bundle, directiveui.Bundle, reportui.Bundle, boardui.Bundle, taskui.Bundle, briefingui.Bundle, briefingui.Drawing, proseui.Bundle, newsui.Bundle}
	config.Shares, config.Dress = a.shares, newsui.Dress
	secret, err := news.Secret(ctx, a.DB)
	if err != nil {
		return nil, err
	}
	frame, err := web.New(config)
	if err != nil {
		return nil, err
	}
	accounts.Add(frame)
	orgui.Add(frame, orgui.Config{Dir: a.config.Data, Open: inbox.OpenAt, Hindered: difficulty.Count, Owes: a.Tasks.OwedBy})
	boardui.Add(frame, a.Boards, a.Tree, a.Hub)
	directiveui.Add(frame, directiveui.Config{Folder: a.Files})
	reportui.Add(frame, reportui.Config{Machine: clock.Machine, Key: a.Key.Verifier, Address: a.config.Address, Folder: a.Files})
	_, prints := office.Find()
	a.briefings = briefingui.Add(frame, briefingui.Config{
		Boards: a.Boards, Tasks: a.Tasks, Tree: a.Tree, Hub: a.Hub, DB: a.DB, Folder: a.Files, Machine: clock.Machine, Prints: prints, Address: a.config.Address, Now: a.Ledger.Now,
		Media: a.config.Media, Ledger: a.Ledger, Recordings: a.path(recordingsFolder), Log: a.config.Log,
	})
	registerui.Add(frame, registerui.Config{Find: papersPlace, Say: a.briefings.Said, Follow: briefing.FollowRegister, Folder: a.Files, Data: a.config.Data, Machine: clock.Machine, Address: a.config.Address})
	difficultyui.Add(frame, a.Files)
	taskui.Add(frame, taskui.Config{Folder: a.Files, Tree: a.Tree, Index: a.Tasks, Hub: a.Hub, Address: a.config.Address})
	remindui.Add(frame, remindui.Config{Boards: a.Boards, Hub: a.Hub, Address: a.config.Address, Mailed: a.courier != nil})
	letterui.Add(frame, a.courier)
	searchui.Add(frame, a.index())
	inboxui.Add(frame, a.Boards, a.Tasks)
	newsui.Add(frame, newsui.Config{Tree: a.Tree, Boards: a.Boards, Guard: code.New(secret), Secure: a.config.Secure, Hub: a.Hub, Origins: news.NewOrigins(secret), Links: news.NewLinks(secret), Mailed: a.courier != nil, Machine: clock.Machine, Folder: a.Files, Address: cmp.Or(a.config.PublicAddress, a.config.Address), Engine: a.DB.Engine()})
	exchangeui.Add(frame, exchangeui.Config{Folder: a.Files, Key: a.Key, Signable: a.signable})
	folderui.Add(frame, folderui.Config{Folder: a.Files, Tree: a.Tree, Tasks: a.Tasks, Address: a.config.Address})
	frame.Add(web.Route{Pattern: "GET /{$}", Action: access.Public, Handle: a.home})
	frame.Add(a.trustRoutes(frame)...)
	frame.Add(a.checkpointRoutes()...)
	return frame, nil
}

// frameConfig is what every frame is built from, also that of a start.
func (a *App) frameConfig(ctx context.Context) (web.Config, error) {
	catalog, err := Texts()
	if err != nil {
		return web.Config{}, err
	}
	zone, err := a.zone(ctx)
	if err != nil {
		return web.Config{}, err
	}
	simulated, err := org.IsSimulated(ctx, a.DB.Reader())
	if err != nil {
		return web.Config{}, err
	}
	return web.Config{
		Texts: catalog, Ledger: a.Ledger, Clock: a.config.Business, Machine: clock.Machine, Zone: zone,
		Secure: a.config.Secure, Address: a.config.Address, PublicAddress: a.config.PublicAddress, Log: a.config.Log, Version: a.config.Version, Simulated: simulated,
	}, nil
}

// Handler answers browsers.
func (a *App) Handler(ctx context.Context) (http.Handler, error) {
	frame, err := a.Frame(ctx)
	if err != nil {
		return nil, err
	}
	return frame.Handler(), nil
}

// home leads to the person's work.
func (a *App) home(r *web.Request) error {
	if !r.SignedIn() {
		return r.See("/sign-in")
	}
	return r.See("/work")
}

// zone is the installation's; before it has one, that of the profile it will
// most likely follow.
func (a *App) zone(ctx context.Context) (*time.Location, error) {
	var zone *time.Location
	err := a.DB.View(ctx, func(tx *sql.Tx) error {
		founded, err := org.IsFounded(ctx, tx)
		if err != nil {
			return err
		}
		p, err := profile.Get(profile.Default)
		if founded {
			p, err = org.Profile(ctx, tx)
		}
		if err != nil {
			return err
		}
		zone = p.Location()
		return nil
	})
	return zone, err
}

// founding lets whoever sets the program up choose what it follows.
func (a *App) founding() *accountui.Founding {
	return &accountui.Founding{
		Profiles: func(lang text.Lang) []web.Option {
			var options []web.Option
			for _, name := range profile.Shipped() {
				p, err := profile.Get(name)
				if err != nil {
					continue // what ships parses: a test says so
				}
				options = append(options, web.Option{Value: name, Label: p.Title.In(lang)})
			}
			return options
		},
		Found: func(ctx context.Context, tx *ledger.Tx, name, rootName string) (tree.UnitID, error) {
			p, err := profile.Get(name)
			if err != nil {
				return 0, fault.New(fault.Invalid, "app.profile.unknown").At("profile")
			}
			root, err := org.Found(ctx, tx, access.Program(a.Tree), org.FoundCommand{Profile: p, RootName: rootName})
			return root.ID, err
		},
	}
}

// ready says why this node cannot serve yet, or nil.
func (a *App) ready(ctx context.Context) error {
	if err := a.DB.Ping(ctx); err != nil {
		return err
	}
	head, _, err := ledger.Head(ctx, a.DB.Reader())
	if err != nil {
		return err
	}
	const most = 10_000 // events that a node may be behind and still show figures worth reading
	if behind := head - a.boards.Position(); behind > most {
		return fmt.Errorf("the board is %d events behind", behind)
	}
	return nil
}

func (a *App) operator(r *web.Request) bool {
	root, ok := a.Tree.Root()
	return ok && r.Actor.May(access.SystemRun, root.ID) == nil
}
