package exchange

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/note"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/news"
)

// Taken is what taking a bundle changed.
type Taken struct {
	Sequence  int64
	Again     bool // it was taken before
	Articles  int  // that are others than before
	Boards    int  // public ones, the same
	Decisions int  // about readers' comments, the same
	Settings  int  // of the site and its desks, the same
	Files     int  // that were not there
	Opinions  int  // of readers, that were not known
	Gone      int  // of those: taken back meanwhile
	Left      int  // of those: left out, since what they are about is not here
}

// TakeCommand takes a bundle.
type TakeCommand struct {
	Bundle *Bundle
	From   news.Side // by [From]
	Files  Files     // of a bundle of news, by [TakeCommand.Place]
}

// From gives the installation that bundles in a role come from, with the key by which they
// are proven: the one that is given now, or else the one that was given before. own is the key of
// this installation. Faults: Invalid at "key"; Conflict where none was ever given.
func From(ctx context.Context, q store.Querier, role news.Role, given, own string) (news.Side, note.Verifier, error) {
	side, err := news.SideOf(ctx, q, role)
	if err != nil {
		return side, nil, err
	}
	switch {
	case given == "" && side.Key == "":
		return side, nil, fault.New(fault.Conflict, "exchange.key-needed").At("key")
	case given == own:
		return side, nil, fault.New(fault.Invalid, "exchange.own-key").At("key")
	case given != "" && given != side.Key: // its numbers are not those of the one before
		side = news.Side{Role: role, Key: given}
	}
	key, err := note.NewVerifier(side.Key)
	if err != nil {
		return side, nil, fault.New(fault.Invalid, "exchange.key").Because(err).At("key")
	}
	return side, key, nil
}

// again says whether the bundle was taken last. Faults: Invalid where it is of another
// kind; Conflict where a later one was taken.
func (cmd TakeCommand) again(kind Kind) (bool, error) {
	switch {
	case cmd.Bundle.Kind != kind:
		return false, fault.New(fault.Invalid, "exchange.kind."+string(kind)).At("file")
	case cmd.Bundle.Sequence < cmd.From.Sequence:
		return false, fault.New(fault.Conflict, "exchange.older", "n", cmd.Bundle.Sequence, "taken", cmd.From.Sequence)
	}
	return cmd.Bundle.Manifest == cmd.From.Manifest, nil
}

// Files are contents of a bundle that lie in the folder.
type Files map[string]file.Upload // by the file's id

// Place puts the contents that are not there yet into the folder of files. It happens
// outside of any transaction.
func (cmd TakeCommand) Place(ctx context.Context, q store.Querier, folder *file.Folder) (Files, error) {
	b, placed := cmd.Bundle, Files{}
	if again, err := cmd.again(News); err != nil || again {
		return placed, err
	}
	return placed, b.each(func(r record) error {
		if r.File == nil {
			return nil
		}
		_, err := file.Get(ctx, q, r.File.ID)
		if err == nil || !fault.Is(err, fault.NotFound) {
			return err
		}
		content, there := b.files[hashOf(*r.File)]
		if !there {
			return fault.New(fault.Invalid, "exchange.content", "name", r.File.Name).At("file")
		}
		placed[r.File.ID], err = folder.Take(r.File.Name, content.open())
		return err
	})
}

// each gives the records.
func (b *Bundle) each(do func(record) error) error {
	rows := bufio.NewScanner(b.records.open())
	rows.Buffer(nil, mostRecord)
	for rows.Scan() {
		r, err := decode(rows.Bytes())
		if err != nil {
			return err
		}
		if err := do(r); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return errNone.Because(err)
		}
		return fmt.Errorf("reading a bundle: %w", err)
	}
	return nil
}

// decode reads a record. What this version does not know is never left out quietly.
func decode(line []byte) (r record, err error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return r, errNewer.Because(err)
	}
	return r, nil
}

// TakeNews gives the public what a bundle of the inside says, all or nothing. The same
// again changes nothing. Faults: Forbidden; Conflict where a later one was taken, or this
// installation has articles of its own; Invalid at "file".
func TakeNews(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd TakeCommand) (t Taken, err error) {
	if err := news.MayCarry(actor); err != nil {
		return t, err
	}
	t.Sequence = cmd.Bundle.Sequence
	if t.Again, err = cmd.again(News); err != nil || t.Again {
		return t, err
	}
	if err := noDesk(ctx, tx); err != nil {
		return t, err
	}
	err = cmd.Bundle.each(func(r record) error { return t.news(ctx, tx, actor, cmd.Files, r) })
	if err != nil {
		return t, err
	}
	return t, cmd.took(ctx, tx, actor, t)
}

// noDesk refuses an installation whose own desks have written something.
func noDesk(ctx context.Context, q store.Querier) error {
	before, err := news.SideOf(ctx, q, news.Inside)
	if err != nil || before.Key != "" {
		return err
	}
	own, err := news.HasArticles(ctx, q)
	if err == nil && own {
		err = fault.New(fault.Conflict, "exchange.has-desk")
	}
	return err
}

// took notes that the bundle was taken.
func (cmd TakeCommand) took(ctx context.Context, tx *ledger.Tx, actor access.Actor, t Taken) error {
	side := cmd.From
	side.Sequence, side.Manifest = cmd.Bundle.Sequence, cmd.Bundle.Manifest
	return side.Took(ctx, tx, actor, news.SideTaken{
		Articles: t.Articles, Boards: t.Boards, Decisions: t.Decisions, Settings: t.Settings, Opinions: t.Opinions, Gone: t.Gone, Left: t.Left,
	})
}

// news takes one record of a bundle of news.
func (t *Taken) news(ctx context.Context, tx *ledger.Tx, actor access.Actor, files Files, r record) (err error) {
	changed := false
	count := func(n *int) {
		if changed {
			*n++
		}
	}
	switch {
	case r.File != nil:
		if upload, placed := files[r.File.ID]; placed {
			t.Files++
			return r.File.Take(ctx, tx, upload)
		}
	case r.Picture != nil:
		return r.Picture.Take(ctx, tx)
	case r.Site != nil:
		changed, err = r.Site.Take(ctx, tx, actor)
		count(&t.Settings)
	case r.Rules != nil:
		changed, err = r.Rules.Take(ctx, tx, actor)
		count(&t.Settings)
	case r.Categories != nil:
		changed, err = r.Categories.Take(ctx, tx, actor)
		count(&t.Settings)
	case r.Article != nil:
		changed, err = r.Article.Take(ctx, tx, actor)
		count(&t.Articles)
	case r.Board != nil:
		changed, err = r.Board.Take(ctx, tx, actor)
		count(&t.Boards)
	case r.Decision != nil:
		changed, err = r.Decision.Take(ctx, tx, actor)
		count(&t.Decisions)
	default:
		err = errNewer
	}
	return err
}

// TakeOpinions has the comments of a bundle of the public side wait for their desks, all or
// nothing, each once. Faults: Forbidden; Conflict where a later one was taken, or the news
// come from another installation; Invalid at "file".
func TakeOpinions(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd TakeCommand) (t Taken, err error) {
	if err := news.MayCarry(actor); err != nil {
		return t, err
	}
	t.Sequence = cmd.Bundle.Sequence
	if t.Again, err = cmd.again(Opinions); err != nil || t.Again {
		return t, err
	}
	inside, err := news.SideOf(ctx, tx, news.Inside)
	if err != nil {
		return t, err
	}
	if inside.Key != "" {
		return t, fault.New(fault.Conflict, "exchange.no-news")
	}
	if err := cmd.From.Known(ctx, tx); err != nil {
		return t, err
	}
	err = cmd.Bundle.each(func(r record) error { return t.opinion(ctx, tx, actor, cmd.From, r) })
	if err != nil {
		return t, err
	}
	return t, cmd.took(ctx, tx, actor, t)
}

// opinion takes one record of a bundle of opinions.
func (t *Taken) opinion(ctx context.Context, tx *ledger.Tx, actor access.Actor, from news.Side, r record) error {
	switch {
	case r.Opinion != nil:
		taken, err := r.Opinion.Take(ctx, tx, actor, from)
		switch {
		case fault.Is(err, fault.NotFound):
			t.Left++
			return nil
		case taken:
			t.Opinions++
		}
		return err
	case r.Gone != nil:
		gone, err := r.Gone.Take(ctx, tx, actor, from)
		if gone {
			t.Gone++
		}
		return err
	}
	return errNewer
}
