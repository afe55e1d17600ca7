package exchangeui

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/exchange"
)

// Texts are the words of this page.
//
//go:embed texts.yaml
var Texts embed.FS

//go:embed page/*.html
var pages embed.FS

// path is where the page is.
const path = "/settings/bundles"

// limit is how large a bundle may be that a browser sends, in bytes. Commands take any.
const limit = 1 << 30

// Config is what the page stands on beside the frame.
type Config struct {
	Folder *file.Folder
	Key    ledger.Key
	// Signable refuses to sign where the key is not the one that signed before.
	Signable func(context.Context) error
}

type screens struct {
	Config

	bundles *web.Screen
}

// Add declares the page's routes in a frame.
func Add(f *web.Frame, config Config) {
	s := &screens{config, f.Screen(pages, "page/bundles.html")}
	f.Add(
		web.Route{Pattern: "GET " + path, Action: access.SystemRun, Handle: s.show},
		web.Route{Pattern: "POST " + path, Action: access.SystemRun, Handle: s.take, Limit: limit},
		web.Route{Pattern: "GET " + path + "/bundle.tar", Action: access.SystemRun, Handle: s.give},
	)
}

// bundlesPage is what goes out and comes in here.
type bundlesPage struct {
	Gives, Takes exchange.Kind
	From         news.Side // whose bundles are taken
	Key          string    // of this installation
	Most         int       // MiB of a bundle that is sent
	Form         *web.Form
}

// Hint is which word stands beside the field of the other side's key.
func (p bundlesPage) Hint() string {
	if p.From.Key == "" {
		return "first"
	}
	return "again"
}

// of says what this installation gives and takes: the public one has no desk.
func (s *screens) of(r *web.Request) (page bundlesPage, err error) {
	page = bundlesPage{Gives: exchange.News, Takes: exchange.Opinions, Key: s.Key.Public, Most: limit >> 20}
	err = r.View(func(q store.Querier) error {
		inside, err := news.SideOf(r.Context(), q, news.Inside)
		if err != nil || inside.Key == "" {
			page.From, err = news.SideOf(r.Context(), q, news.Outside)
			return err
		}
		page.Gives, page.Takes, page.From = exchange.Opinions, exchange.News, inside
		return nil
	})
	return page, err
}

func (s *screens) show(r *web.Request) error {
	if err := news.MayCarry(r.Actor); err != nil {
		return err
	}
	page, err := s.of(r)
	if err != nil {
		return err
	}
	return s.render(r, page, r.NewForm("bundle"))
}

func (s *screens) render(r *web.Request, page bundlesPage, form *web.Form) error {
	page.Form = form
	layout := r.Layout()
	layout.Title, layout.Rail, layout.Narrow = r.T("exchangeui.title"), "/settings", true
	layout.Crumb(r.T("exchangeui.settings"), "/settings").Crumb(r.T("exchangeui.title"), "")
	return r.RenderStatus(form.Status(), s.bundles, page)
}

// give gives a bundle to be saved. It lies aside while it is sent: a slow line is not to
// hold a transaction open.
func (s *screens) give(r *web.Request) (err error) {
	if err := news.MayCarry(r.Actor); err != nil {
		return err
	}
	page, err := s.of(r)
	if err != nil {
		return err
	}
	if err := s.Signable(r.Context()); err != nil {
		return err
	}
	aside, err := os.CreateTemp("", "giaoban-bundle-")
	if err != nil {
		return fmt.Errorf("making room for a bundle: %w", err)
	}
	defer func() { err = errors.Join(err, aside.Close(), os.Remove(aside.Name())) }()
	var written exchange.Written
	err = r.View(func(q store.Querier) error {
		written, err = s.write(r.Context(), q, page.Gives, aside)
		return err
	})
	if err != nil {
		return err
	}
	r.Play("application/x-tar", fmt.Sprintf("giaoban-%s-%d.tar", page.Gives, written.Sequence), time.Time{}, aside)
	return nil
}

func (s *screens) write(ctx context.Context, q store.Querier, kind exchange.Kind, to io.Writer) (exchange.Written, error) {
	if kind == exchange.Opinions {
		return exchange.WriteOpinions(ctx, q, s.Key.Signer, to)
	}
	return exchange.WriteNews(ctx, q, s.Folder, s.Key.Signer, to)
}

// take takes a bundle up and says what that changed.
func (s *screens) take(r *web.Request) error {
	if err := news.MayCarry(r.Actor); err != nil {
		return err
	}
	page, err := s.of(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("bundle")
	if err != nil {
		return err
	}
	taken, err := s.taken(r, page, form)
	if err := form.Refused(err); err != nil {
		return err
	}
	if !form.OK() {
		return s.render(r, page, form)
	}
	notice := "exchangeui.taken." + string(page.Takes)
	if taken.Again {
		notice = "exchangeui.again"
	}
	r.Notice(notice, "n", taken.Sequence, "articles", taken.Articles, "boards", taken.Boards, "decisions", taken.Decisions, "opinions", taken.Opinions, "gone", taken.Gone, "left", taken.Left)
	return r.See(path)
}

// taken proves the bundle that a form brings and takes it up. Invalid at "key" and "file".
func (s *screens) taken(r *web.Request, page bundlesPage, form *web.Form) (t exchange.Taken, err error) {
	given := form.Text("key")
	if given == "" && page.From.Key == "" {
		return t, fault.New(fault.Invalid, "exchangeui.other.needed").At("key")
	}
	cmd := exchange.TakeCommand{}
	sent, err := form.File("file")
	if errors.Is(err, fs.ErrNotExist) {
		return t, fault.New(fault.Invalid, "exchangeui.file.needed").At("file")
	}
	if err != nil {
		return t, err
	}
	bundle, err := sent.Open()
	if err != nil {
		return t, fmt.Errorf("opening a bundle that was sent: %w", err)
	}
	defer bundle.Close()
	err = r.View(func(q store.Querier) error {
		side, key, err := exchange.From(r.Context(), q, page.From.Role, given, s.Key.Public)
		if err != nil {
			return err
		}
		cmd.From = side
		if cmd.Bundle, err = exchange.Read(bundle, sent.Size, key); err != nil || page.Takes != exchange.News {
			return err
		}
		cmd.Files, err = cmd.Place(r.Context(), q, s.Folder)
		return err
	})
	if err != nil {
		return t, err
	}
	take := exchange.TakeOpinions
	if page.Takes == exchange.News {
		take = exchange.TakeNews
	}
	err = r.Update(func(tx *ledger.Tx) error {
		t, err = take(r.Context(), tx, r.Actor, cmd)
		return err
	})
	return t, err
}
