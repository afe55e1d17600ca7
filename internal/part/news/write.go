package news

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/news/prose"
)

// Bounds of what is written, in characters.
const (
	MostHeadline = 200
	MostLead     = 1000
	MostWord     = 100 // source, category, each author, each tag
	MostNote     = 500 // of a correction, a withdrawal, a refusal
)

// Bounds of lists.
const (
	MostAuthors = 5
	MostTags    = 10
	MostRelated = 6
)

// BeginCommand begins an article.
type BeginCommand struct {
	Key  string // of the form: same key, same article
	Unit tree.UnitID
	Text Text
}

// Begin begins an article at a unit's desk. Faults: Forbidden; Conflict where the news
// come from another installation; Invalid at the fields of the text.
func Begin(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd BeginCommand) (Article, error) {
	if err := actor.May(access.NewsWrite, cmd.Unit); err != nil {
		return Article{}, err
	}
	if err := ownDesk(ctx, tx); err != nil {
		return Article{}, err
	}
	if cmd.Key == "" {
		return Article{}, fmt.Errorf("beginning an article of unit %d: a key is needed", cmd.Unit)
	}
	known, err := read(ctx, tx, `WHERE a.key = $1 AND a.unit_id = $2`, cmd.Key, cmd.Unit)
	if err != nil {
		return Article{}, err
	}
	if len(known) > 0 {
		return known[0], nil
	}
	written, err := cmd.Text.clean()
	if err == nil {
		err = written.bound(ctx, tx, actor, Text{})
	}
	if err != nil {
		return Article{}, err
	}
	if err := written.own(ctx, tx, cmd.Unit); err != nil {
		return Article{}, err
	}
	if written, err = written.filed(ctx, tx, cmd.Unit, ""); err != nil {
		return Article{}, err
	}
	a := Article{Unit: cmd.Unit, State: Draft, Text: written, Revision: 1, Editor: actor.Name, SavedAt: tx.Now(), Comments: true, Stage: Writing}
	text, err := json.Marshal(a.Text)
	if err != nil {
		return Article{}, fmt.Errorf("encoding an article: %w", err)
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO article (key, unit_id, state, slug, text, revision, editor, saved_at, headline, version, published_at, changed_at, reason, comments)
		VALUES ($1, $2, $3, '', $4, 1, $5, $6, $7, 0, 0, 0, '', 'open') RETURNING id`,
		cmd.Key, a.Unit, a.State, string(text), a.Editor, store.Micro(a.SavedAt), a.Text.Headline).Scan(&a.ID)
	if err != nil {
		return Article{}, fmt.Errorf("beginning an article of unit %d: %w", cmd.Unit, err)
	}
	if err := a.keepRevision(ctx, tx); err != nil {
		return Article{}, err
	}
	return a, a.tell(tx, WasBegun, Act{Name: actor.Name})
}

// SaveCommand saves what somebody wrote on the text that was read.
type SaveCommand struct {
	Article  int64
	Revision int64  // of the text that was read
	Page     string // that saves again and again, by a name nobody else has; "" for one that saves once
	Text     Text
}

// Save saves an article's text at its desk; the public reads on what was published.
// A text that was approved and is another now is so no more. What a page saved before is
// not in its own way, though it may not have heard of it. Faults: Forbidden; Conflict
// where somebody else saved meanwhile, or it was withdrawn; Invalid at the fields of the
// text.
func Save(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SaveCommand) (Article, error) {
	a, err := lock(ctx, tx, cmd.Article)
	if err != nil {
		return Article{}, err
	}
	if err := actor.May(access.NewsWrite, a.Unit); err != nil {
		return Article{}, err
	}
	written, err := cmd.Text.clean()
	if err == nil {
		err = written.bound(ctx, tx, actor, a.Text)
	}
	if err != nil {
		return Article{}, err
	}
	if err := written.own(ctx, tx, a.Unit); err != nil {
		return Article{}, err
	}
	if written, err = written.filed(ctx, tx, a.Unit, a.Text.Category); err != nil {
		return Article{}, err
	}
	switch {
	case a.State == Withdrawn:
		return Article{}, fault.New(fault.Conflict, "news.was-withdrawn")
	case a.Text.Same(written):
		return a, nil
	case a.Revision != cmd.Revision && !a.savedFrom(cmd):
		return Article{}, fault.New(fault.Conflict, "news.saved-meanwhile", "name", a.Editor)
	}
	if cmd.Page == "" || cmd.Page != a.Page {
		a.Page, a.PageSince = cmd.Page, a.Revision
	}
	a.Text, a.Revision, a.Editor, a.SavedAt = written, a.Revision+1, actor.Name, tx.Now()
	if a, err = a.reopen(tx, actor.Name); err != nil {
		return Article{}, err
	}
	if err := a.keepRevision(ctx, tx); err != nil {
		return Article{}, err
	}
	return a, a.save(ctx, tx) // not an event: what the public was given is
}

// savedFrom says whether whatever was saved after the text that was read came from the very
// page that saves now.
func (a Article) savedFrom(cmd SaveCommand) bool {
	return cmd.Page != "" && cmd.Page == a.Page && cmd.Revision >= a.PageSince
}

// clean is the text as it is stored: without margins, with a body that holds what may
// stand there and nothing else.
func (t Text) clean() (Text, error) {
	for _, field := range []*string{&t.Source, &t.Category, &t.Headline, &t.Lead, &t.Body} {
		*field = strings.TrimSpace(*field)
	}
	t.Authors, t.Tags, t.Related = words(t.Authors), words(t.Tags), each(t.Related)
	t.Files = each(t.Files)
	wrong := t.check()
	if t.Picture != nil {
		lead, err := t.Picture.Clean()
		t.Picture, wrong = lead, append(wrong, fault.All(err)...)
	}
	document, err := prose.Typed(t.Body)
	if err == nil {
		t.Body, _, err = document.Field()
	}
	if err != nil && fault.All(err) == nil {
		return Text{}, err
	}
	return t, append(wrong, fault.All(err)...).Err()
}

// Document is the body.
func (t Text) Document() (prose.Document, error) { return prose.Typed(t.Body) }

func (t Text) check() (wrong fault.List) {
	bound := func(field, said string, most int) {
		if utf8.RuneCountInString(said) > most {
			wrong = append(wrong, fault.New(fault.Invalid, "news.long", "most", most).At(field))
		}
	}
	if t.Headline == "" {
		wrong = append(wrong, fault.New(fault.Invalid, "news.headline").At("headline"))
	}
	bound("headline", t.Headline, MostHeadline)
	bound("lead", t.Lead, MostLead)
	bound("source", t.Source, MostWord)
	bound("category", t.Category, MostWord)
	list := func(field string, n, most int) {
		if n > most {
			wrong = append(wrong, fault.New(fault.Invalid, "news.many", "most", most).At(field))
		}
	}
	list("authors", len(t.Authors), MostAuthors)
	list("tags", len(t.Tags), MostTags)
	list("related", len(t.Related), MostRelated)
	bound("authors", longest(t.Authors), MostWord)
	bound("tags", longest(t.Tags), MostWord)
	return wrong
}

// words are those that say something, each once, however it is written: "Đại hội" and
// "dai hoi" are one tag.
func words(said []string) (kept []string) {
	known := map[string]bool{}
	for _, word := range said {
		word = fold.Name(word)
		if key := fold.Key(word); word != "" && !known[key] {
			known[key] = true
			kept = append(kept, word)
		}
	}
	return kept
}

// each gives every one once, in their order.
func each[T comparable](all []T) (kept []T) {
	for _, id := range all {
		if !slices.Contains(kept, id) {
			kept = append(kept, id)
		}
	}
	return kept
}

// longest gives the longest of some words; "" of none.
func longest(said []string) (most string) {
	for _, word := range said {
		if utf8.RuneCountInString(word) > utf8.RuneCountInString(most) {
			most = word
		}
	}
	return most
}
