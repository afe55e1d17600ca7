package news

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Bounds of what is written, in characters.
const (
	MostHeadline = 200
	MostLead     = 1000
	MostBody     = 100_000
	MostWord     = 100 // source, category, by-line
	MostNote     = 500 // of a correction, a withdrawal, a refusal
)

// BeginCommand begins an article.
type BeginCommand struct {
	Key  string // of the form: same key, same article
	Unit tree.UnitID
	Text Text
}

// Begin begins an article at a unit's desk. Faults: Forbidden; Invalid at the fields of
// the text.
func Begin(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd BeginCommand) (Article, error) {
	if err := actor.May(access.NewsWrite, cmd.Unit); err != nil {
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
	a := Article{Unit: cmd.Unit, State: Draft, Text: cmd.Text.trimmed(), Revision: 1, Editor: actor.Name, SavedAt: tx.Now(), Comments: true}
	if err := a.Text.check(); err != nil {
		return Article{}, err
	}
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
	return a, a.tell(tx, WasBegun, Act{Name: actor.Name})
}

// SaveCommand saves what somebody wrote on the text that was read.
type SaveCommand struct {
	Article  int64
	Revision int64 // of the text that was read
	Text     Text
}

// Save saves an article's text at its desk; the public reads on what was published.
// Faults: Forbidden; Conflict where somebody else saved meanwhile, or it was withdrawn;
// Invalid at the fields of the text.
func Save(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SaveCommand) (Article, error) {
	a, err := lock(ctx, tx, cmd.Article)
	if err != nil {
		return Article{}, err
	}
	if err := actor.May(access.NewsWrite, a.Unit); err != nil {
		return Article{}, err
	}
	cmd.Text = cmd.Text.trimmed()
	switch {
	case a.State == Withdrawn:
		return Article{}, fault.New(fault.Conflict, "news.was-withdrawn")
	case a.Text == cmd.Text:
		return a, nil
	case a.Revision != cmd.Revision:
		return Article{}, fault.New(fault.Conflict, "news.saved-meanwhile", "name", a.Editor)
	}
	if err := cmd.Text.check(); err != nil {
		return Article{}, err
	}
	a.Text, a.Revision, a.Editor, a.SavedAt = cmd.Text, a.Revision+1, actor.Name, tx.Now()
	return a, a.save(ctx, tx) // not an event: what the public was given is
}

func (t Text) trimmed() Text {
	for _, field := range []*string{&t.Source, &t.Category, &t.Headline, &t.Lead, &t.Body, &t.Byline} {
		*field = strings.TrimSpace(*field)
	}
	return t
}

func (t Text) check() error {
	var wrong fault.List
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
	bound("body", t.Body, MostBody)
	bound("source", t.Source, MostWord)
	bound("category", t.Category, MostWord)
	bound("byline", t.Byline, MostWord)
	return wrong.Err()
}
