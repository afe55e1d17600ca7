package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"

	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/exchange"
	"giaoban/internal/part/org"
)

// BundleRequest says which bundle of another installation is taken up, and by which key it
// is proven.
type BundleRequest struct {
	Kind exchange.Kind
	Key  string // "" for the one that was given before
}

// handleBundles adds the commands that carry news between two installations.
func (a *App) handleBundles(mux *http.ServeMux) {
	mux.HandleFunc("POST /key", answer(a, func(r *http.Request, _ struct{}, _ func(done, total int)) (string, error) {
		return a.PublicKey(r.Context())
	}))
	mux.HandleFunc("POST /export-news", answerFile(a, func(r *http.Request, kind exchange.Kind, say *speaker) (exchange.Written, error) {
		return a.ExportNews(r.Context(), kind, say)
	}))
	mux.HandleFunc("POST /import-news", answerTaking(a, func(r *http.Request, request BundleRequest, from io.Reader, _ *speaker) (exchange.Taken, error) {
		return a.ImportNews(r.Context(), request, from)
	}))
}

// PublicKey gives the key by which others prove what this installation signs.
func (r *Records) PublicKey(ctx context.Context) (string, error) {
	return r.Key.Public, r.signable(ctx)
}

// ExportNews writes a bundle for another installation, of one moment.
func (r *Records) ExportNews(ctx context.Context, kind exchange.Kind, to io.Writer) (w exchange.Written, err error) {
	if err := r.signable(ctx); err != nil {
		return w, err
	}
	folder, err := file.OpenFolder(r.config.Data)
	if err != nil {
		return w, err
	}
	return w, r.DB.View(ctx, func(tx *sql.Tx) error {
		if err := r.founded(ctx, tx); err != nil {
			return err
		}
		if kind == exchange.Opinions {
			w, err = exchange.WriteOpinions(ctx, tx, r.Key.Signer, to)
			return err
		}
		w, err = exchange.WriteNews(ctx, tx, folder, r.Key.Signer, to)
		return err
	})
}

// ImportNews takes up a bundle, all or nothing; news begin an installation where there is
// none yet. What comes is kept aside first: what is proven and what is taken are the same.
func (r *Records) ImportNews(ctx context.Context, request BundleRequest, from io.Reader) (t exchange.Taken, err error) {
	if err := r.signable(ctx); err != nil {
		return t, err
	}
	role := news.Inside
	if request.Kind == exchange.Opinions {
		role = news.Outside
	}
	side, key, err := exchange.From(ctx, r.DB.Reader(), role, request.Key, r.Key.Public)
	if err != nil {
		return t, err
	}
	aside, size, err := r.aside(from)
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, aside.Close(), os.Remove(aside.Name())) }()
	bundle, err := exchange.Read(aside, size, key)
	if err != nil {
		return t, err
	}
	cmd := exchange.TakeCommand{Bundle: bundle, From: side}
	if request.Kind == exchange.Opinions {
		t, err = r.takeOpinions(ctx, cmd)
	} else {
		t, err = r.takeNews(ctx, cmd)
	}
	if err != nil {
		return t, err
	}
	return t, r.merkle.CatchUp(ctx)
}

// aside keeps what comes in a file of the directory that nobody else finds.
func (r *Records) aside(from io.Reader) (*os.File, int64, error) {
	to, err := os.CreateTemp(r.config.Data, ".bundle-")
	if err != nil {
		return nil, 0, refusedDirectory(r.config.Data, err)
	}
	size, err := io.Copy(to, from)
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("receiving a bundle: %w", err), to.Close(), os.Remove(to.Name()))
	}
	return to, size, nil
}

func (r *Records) takeNews(ctx context.Context, cmd exchange.TakeCommand) (t exchange.Taken, err error) {
	folder, err := file.OpenFolder(r.config.Data)
	if err != nil {
		return t, err
	}
	if cmd.Files, err = cmd.Place(ctx, r.DB.Reader(), folder); err != nil {
		return t, err
	}
	_, err = r.Ledger.Update(ctx, r.CommandLine().Name, func(tx *ledger.Tx) error {
		if err := r.begin(ctx, tx); err != nil {
			return err
		}
		t, err = exchange.TakeNews(ctx, tx, r.CommandLine(), cmd)
		return err
	})
	return t, err
}

// begin makes an installation of the usual profile where there is none: the public side
// needs no more of its own.
func (r *Records) begin(ctx context.Context, tx *ledger.Tx) error {
	founded, err := org.IsFounded(ctx, tx)
	if err != nil || founded {
		return err
	}
	p, err := profile.Get(profile.Default)
	if err != nil {
		return err
	}
	_, err = org.Found(ctx, tx, r.CommandLine(), org.FoundCommand{Profile: p})
	return err
}

func (r *Records) takeOpinions(ctx context.Context, cmd exchange.TakeCommand) (t exchange.Taken, err error) {
	_, err = r.Ledger.Update(ctx, r.CommandLine().Name, func(tx *ledger.Tx) error {
		if err := r.founded(ctx, tx); err != nil {
			return err
		}
		t, err = exchange.TakeOpinions(ctx, tx, r.CommandLine(), cmd)
		return err
	})
	return t, err
}

// ImportNews takes up a bundle; every page shows what came by the time it answers.
func (a *App) ImportNews(ctx context.Context, request BundleRequest, from io.Reader) (exchange.Taken, error) {
	t, err := a.Records.ImportNews(ctx, request, from)
	if err != nil {
		return exchange.Taken{}, err
	}
	return t, a.CatchUp(ctx)
}

// PublicKey has the serving process give the key.
func (c *remote) PublicKey(ctx context.Context) (key string, err error) {
	return key, c.call(ctx, "/key", struct{}{}, nil, &key)
}

// ExportNews has the serving process write a bundle.
func (c *remote) ExportNews(ctx context.Context, kind exchange.Kind, to io.Writer) (w exchange.Written, err error) {
	return w, c.callFile(ctx, "/export-news", kind, to, nil, &w)
}

// ImportNews has the serving process take up a bundle.
func (c *remote) ImportNews(ctx context.Context, r BundleRequest, from io.Reader) (t exchange.Taken, err error) {
	return t, c.callBringing(ctx, "/import-news", r, from, io.Discard, nil, &t)
}
