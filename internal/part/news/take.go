package news

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Take gives the public an article that another installation's desk wrote, as it is there:
// number, address, version, moments. What is so already changes nothing; changed says
// whether something did. Faults: Forbidden; Invalid.
func (c Carried) Take(ctx context.Context, tx *ledger.Tx, actor access.Actor) (changed bool, err error) {
	if err := MayCarry(actor); err != nil {
		return false, err
	}
	shown, err := c.check()
	if err != nil {
		return false, err
	}
	before, err := read(ctx, tx, `WHERE a.id = $1`, c.ID)
	if err != nil {
		return false, err
	}
	a := Article{
		ID: c.ID, Unit: c.Unit, State: c.State, Slug: c.Slug, Text: shown, Revision: c.Version, SavedAt: c.ChangedAt,
		Version: c.Version, PublishedAt: c.PublishedAt, ChangedAt: c.ChangedAt, Reason: c.Reason, Comments: c.Comments, Stage: Writing,
	}
	if len(before) > 0 && before[0].sameAs(a) {
		return false, nil
	}
	if err := a.insertCarried(ctx, tx, c.Desk); err != nil {
		return false, err
	}
	if err := c.keepEditions(ctx, tx); err != nil {
		return false, err
	}
	if err := a.show(ctx, tx, shown); err != nil {
		return false, err
	}
	return true, c.tell(tx, a, before, actor.Name)
}

// sameAs says whether the public is given the same.
func (a Article) sameAs(b Article) bool {
	return a.State == b.State && a.Slug == b.Slug && a.Version == b.Version && a.Reason == b.Reason && a.Comments == b.Comments &&
		a.PublishedAt.Equal(b.PublishedAt) && a.ChangedAt.Equal(b.ChangedAt) && a.Text.Same(b.Text)
}

// check gives the text that the public reads; none where it was withdrawn.
func (c Carried) check() (Text, error) {
	wrong := fault.New(fault.Invalid, "news.carried", "id", c.ID)
	published := c.State == Published && c.Text != nil
	withdrawn := c.State == Withdrawn && c.Text == nil
	switch {
	case c.ID < 1 || c.Version < 1 || int64(len(c.Editions)) != c.Version || !published && !withdrawn:
		return Text{}, wrong
	case c.Slug != slug(strings.ReplaceAll(c.Slug, "-", " ")) || utf8.RuneCountInString(c.Reason) > MostNote:
		return Text{}, wrong
	case withdrawn:
		return Text{}, nil
	}
	for i, e := range c.Editions {
		if e.Version != int64(i)+1 || utf8.RuneCountInString(e.Note) > MostNote {
			return Text{}, wrong
		}
	}
	shown, err := c.Text.clean()
	if err != nil {
		return Text{}, wrong.Because(err)
	}
	return shown, nil
}

// insertCarried writes the article's row, or writes it anew.
func (a Article) insertCarried(ctx context.Context, tx *ledger.Tx, desk string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO article (id, key, unit_id, state, slug, text, revision, editor, saved_at, headline, version, published_at, changed_at, reason, comments, desk)
		VALUES ($1, $2, $3, 'published', '', '{}', 0, '', 0, '', 0, 0, 0, '', 'open', $4) ON CONFLICT (id) DO UPDATE SET desk = excluded.desk`,
		a.ID, fmt.Sprint("carried ", a.ID), a.Unit, desk)
	if err != nil {
		return fmt.Errorf("taking article %d: %w", a.ID, err)
	}
	return a.save(ctx, tx)
}

// keepEditions keeps the versions: the text of the one that is read, and what the others
// corrected.
func (c Carried) keepEditions(ctx context.Context, tx *ledger.Tx) error {
	for _, e := range c.Editions {
		said := Text{}
		if e.Version == c.Version && c.Text != nil {
			said = *c.Text
		}
		text, err := json.Marshal(said)
		if err != nil {
			return fmt.Errorf("encoding article %d: %w", c.ID, err)
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO article_version (article_id, version, text, note, editor, published_at) VALUES ($1, $2, $3, $4, '', $5)
			ON CONFLICT (article_id, version) DO UPDATE SET text = excluded.text, note = excluded.note, published_at = excluded.published_at`,
			c.ID, e.Version, string(text), e.Note, store.Micro(e.At))
		if err != nil {
			return fmt.Errorf("keeping version %d of article %d: %w", e.Version, c.ID, err)
		}
	}
	return nil
}

// tell says what became of the article, in the events by which a desk of this installation
// would have said it: all that follows them follows these.
func (c Carried) tell(tx *ledger.Tx, a Article, before []Article, name string) error {
	note := c.Editions[len(c.Editions)-1].Note
	switch {
	case a.State == Withdrawn && (len(before) == 0 || before[0].State != Withdrawn):
		return a.tell(tx, WasWithdrawn, Act{Note: a.Reason, Name: name})
	case len(before) == 0:
		return a.tell(tx, WasPublished, Act{Version: a.Version, Text: &a.Text, Note: note, Name: name})
	case before[0].Comments != a.Comments && before[0].Version == a.Version && before[0].State == a.State:
		return a.tell(tx, OpinionsSet, Act{Open: a.Comments, Name: name})
	}
	return a.tell(tx, WasCorrected, Act{Version: a.Version, Text: &a.Text, Note: note, Name: name})
}

// Take makes a content that was proven and lies on disk a file of the public page.
func (f CarriedFile) Take(ctx context.Context, tx *ledger.Tx, upload file.Upload) error {
	if err := file.Carry(ctx, tx, f.ID, upload, int64(f.Unit)); err != nil {
		return err
	}
	if !f.Text {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO news_file (id, key, unit_id, added_by, added_at) VALUES ($1, $1, $2, '', $3) ON CONFLICT (id) DO NOTHING`,
		f.ID, f.Unit, store.Micro(tx.Now()))
	if err != nil {
		return fmt.Errorf("taking file %s: %w", f.ID, err)
	}
	return nil
}

// Take makes a picture one of the public page; its files are taken before.
func (p CarriedPicture) Take(ctx context.Context, tx *ledger.Tx) error {
	known, err := pictures(ctx, tx, `WHERE p.id = $1`, p.ID)
	if err != nil || len(known) > 0 {
		return err
	}
	for _, size := range p.Sizes {
		if _, err := file.Get(ctx, tx, size.File); err != nil {
			return fault.New(fault.Invalid, "news.carried.picture", "id", p.ID).Because(err)
		}
	}
	return Picture{ID: p.ID, Unit: p.Unit, Sizes: p.Sizes}.insert(ctx, tx, p.ID, "")
}

// Take gives the public a board's figures that were cleared elsewhere. What is so already
// changes nothing; changed says whether something did. Faults: Forbidden; Invalid.
func (c CarriedBoard) Take(ctx context.Context, tx *ledger.Tx, actor access.Actor) (changed bool, err error) {
	if err := MayCarry(actor); err != nil {
		return false, err
	}
	if c.ID < 1 || c.Cleared.Board != c.ID || c.Cleared.Version < 1 || c.Cleared.Title == "" || c.Slug != slug(strings.ReplaceAll(c.Slug, "-", " ")) {
		return false, fault.New(fault.Invalid, "news.carried.board", "id", c.ID)
	}
	before, err := readBoards(ctx, tx, `WHERE id = $1`, c.ID)
	if err != nil {
		return false, err
	}
	b := PublicBoard{
		ID: c.ID, Unit: c.Unit, Title: c.Cleared.Title, Slug: c.Slug, Version: c.Cleared.Version,
		WithdrawnAt: c.WithdrawnAt, WithdrawnBy: c.WithdrawnBy, Reason: c.Reason,
	}
	if len(before) > 0 && before[0].Version == b.Version && before[0].WithdrawnAt.Equal(b.WithdrawnAt) {
		return false, nil
	}
	if err := b.insertCarried(ctx, tx); err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM public_board_cleared WHERE board_id = $1 AND version = $2`, b.ID, b.Version); err != nil {
		return false, fmt.Errorf("taking public board %d: %w", b.ID, err)
	}
	if err := c.Cleared.keep(ctx, tx); err != nil {
		return false, err
	}
	if b.Shown() {
		return true, b.tell(tx, BoardCleared, c.Cleared)
	}
	return true, b.tell(tx, BoardWithdrawn, BoardTaken{Board: b.ID, Unit: b.Unit, Version: b.Version, Reason: b.Reason, By: b.WithdrawnBy})
}

func (b PublicBoard) insertCarried(ctx context.Context, tx *ledger.Tx) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO public_board (id, key, unit_id, directive_id, title, slug, cells, asked_for, asked_by, asked_at, version, withdrawn_at, withdrawn_by, reason)
		VALUES ($1, $2, $3, 0, $4, $5, '[]', 0, '', 0, 0, 0, '', '') ON CONFLICT (id) DO UPDATE SET title = excluded.title`,
		b.ID, fmt.Sprint("carried ", b.ID), b.Unit, b.Title, b.Slug)
	if err != nil {
		return fmt.Errorf("taking public board %d: %w", b.ID, err)
	}
	return b.save(ctx, tx)
}

// Take has a desk's rules hold where readers send their comments. changed says whether
// they are others than before. Faults: Forbidden; Invalid.
func (c CarriedRules) Take(ctx context.Context, tx *ledger.Tx, actor access.Actor) (changed bool, err error) {
	if err := MayCarry(actor); err != nil {
		return false, err
	}
	before, err := RulesOf(ctx, tx, c.Unit)
	if err != nil {
		return false, err
	}
	if reflect.DeepEqual(before, c.Rules) {
		return false, nil
	}
	_, err = c.Rules.keep(ctx, tx, c.Unit, actor.Name)
	return true, err
}
