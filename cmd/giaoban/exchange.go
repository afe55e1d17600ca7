package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"giaoban/internal/app"
	"giaoban/internal/part/news/exchange"
)

// exportNews writes what the public reads, for the public side.
type exportNews struct {
	where
	File string `arg:"" help:"Where to write." type:"path"`
}

// Help teaches more than a line can.
func (exportNews) Help() string {
	return `Where the inside and the public page are two installations without a connection, a bundle is carried between them. It holds all that the public reads: articles with their pictures and files, what was corrected and withdrawn, figures that were cleared, the site's name, colours and logo, the desks' categories and rules, and what was decided about readers' comments; of drafts, of older texts and of who wrote them, nothing.

    giaoban export news NEWS.tar                                        inside
    giaoban import news NEWS.tar --data PUBLIC --key "$(giaoban export key)"   on the public side, the key the first time
    giaoban export opinions OPINIONS.tar --data PUBLIC                  on the public side
    giaoban import opinions OPINIONS.tar --key KEY                      inside, the key the first time

The bundle is signed. One that was changed by a byte is refused whole, and so is one that is older than the last; the same again changes nothing.`
}

// Run writes the file whole or not at all.
func (e exportNews) Run(ctx context.Context, c console) error {
	return e.bundle(ctx, c, exchange.News, e.File)
}

// exportOpinions writes what readers sent, for the inside.
type exportOpinions struct {
	where
	File string `arg:"" help:"Where to write." type:"path"`
}

// Help teaches more than a line can.
func (exportOpinions) Help() string {
	return `The bundle holds the readers' comments about which the inside has not decided yet, with their names, and which ones were taken back: guard it. The addresses that readers left stay here, and letters to them are written here. "giaoban export news --help" tells the whole way.`
}

// Run writes the file whole or not at all.
func (e exportOpinions) Run(ctx context.Context, c console) error {
	return e.bundle(ctx, c, exchange.Opinions, e.File)
}

// bundle writes one and says what it holds.
func (w where) bundle(ctx context.Context, c console, kind exchange.Kind, path string) error {
	return w.do(ctx, c, app.ToRead, func(at app.Commands) error {
		var written exchange.Written
		err := c.export(path, func(to io.Writer) (err error) {
			written, err = at.ExportNews(ctx, kind, to)
			return err
		})
		if err != nil {
			return err
		}
		fmt.Fprintln(c.err, c.t("cli.bundle.written."+string(kind), "n", written.Sequence,
			"articles", written.Articles, "boards", written.Boards, "files", written.Files, "decisions", written.Decisions, "opinions", written.Opinions, "gone", written.Gone))
		return nil
	})
}

// exportKey prints the key by which others prove what this installation signs.
type exportKey struct {
	where
}

// Run prints the key and nothing else.
func (e exportKey) Run(ctx context.Context, c console) error {
	return e.do(ctx, c, app.ToRead, func(at app.Commands) error {
		key, err := at.PublicKey(ctx)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(c.out, key)
		return err
	})
}

// importNews takes up what the inside gives the public.
type importNews struct {
	where
	File string `arg:"" help:"The bundle." type:"existingfile"`
	Key  string `help:"The other side's key, which giaoban export key prints there: needed once, and when it changes." placeholder:"KEY"`
}

// Help teaches more than a line can.
func (importNews) Help() string {
	return `In an empty directory it begins the installation of the public side. One that takes bundles has no desk of its own. "giaoban export news --help" tells the whole way.`
}

// Run takes the bundle up, all or nothing.
func (i importNews) Run(ctx context.Context, c console) error {
	return i.take(ctx, c, app.ToCreate, app.BundleRequest{Kind: exchange.News, Key: i.Key}, i.File)
}

// importOpinions has what readers sent wait for the desks.
type importOpinions struct {
	where
	File string `arg:"" help:"The bundle." type:"existingfile"`
	Key  string `help:"The other side's key, which giaoban export key prints there: needed once, and when it changes." placeholder:"KEY"`
}

// Help teaches more than a line can.
func (importOpinions) Help() string {
	return `The comments wait at the desks of their articles, each once however often it is brought. What is decided goes out with the next "giaoban export news".`
}

// Run takes the bundle up, all or nothing.
func (i importOpinions) Run(ctx context.Context, c console) error {
	return i.take(ctx, c, app.ToRead, app.BundleRequest{Kind: exchange.Opinions, Key: i.Key}, i.File)
}

// take takes a bundle up and says what that changed.
func (w where) take(ctx context.Context, c console, purpose app.Purpose, request app.BundleRequest, path string) error {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer from.Close()
	return w.do(ctx, c, purpose, func(at app.Commands) error {
		t, err := at.ImportNews(ctx, request, from)
		if err != nil {
			return err
		}
		key := "cli.bundle.taken." + string(request.Kind)
		if t.Again {
			key = "cli.bundle.again"
		}
		fmt.Fprintln(c.out, c.t(key, "n", t.Sequence, "articles", t.Articles, "boards", t.Boards, "files", t.Files, "decisions", t.Decisions, "settings", t.Settings, "opinions", t.Opinions, "gone", t.Gone, "left", t.Left))
		return nil
	})
}
