package news

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/board"
)

// PublishCommand gives the public the text that was read.
type PublishCommand struct {
	Article  int64
	Revision int64  // of the text that was read
	Note     string // what was corrected; not asked of the first version
	// Boards are what bound figures are held against; needed for a text that has some.
	Boards *board.Boards
}

// Publish gives the public a desk's text: as the first version, or as a correction of the
// one before, with a note of what was corrected. Whoever may publish approves it by that;
// what is approved the desk publishes too, with the note of its approval. The address stays,
// whatever becomes of the headline. Publishing the same again changes nothing. Faults:
// Forbidden; Conflict where somebody saved meanwhile, or it was withdrawn; Invalid at
// "lead", "note" and "figures", one for each figure that is not the board's, and
// "pictures", where one is not described.
func Publish(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd PublishCommand) (Article, error) {
	a, err := lock(ctx, tx, cmd.Article)
	if err != nil {
		return Article{}, err
	}
	err = actor.May(access.NewsPublish, a.Unit)
	if err != nil && a.approved() {
		cmd.Note, err = a.Note, actor.May(access.NewsWrite, a.Unit)
	}
	if err != nil {
		return Article{}, err
	}
	if err := a.complete(cmd.Revision); err != nil {
		return Article{}, err
	}
	if same, err := a.Public(ctx, tx); err != nil || same {
		return a, err
	}
	if a.approved() && cmd.Note == "" {
		cmd.Note = a.Note
	}
	note, err := a.corrects(cmd.Note)
	if err != nil {
		return Article{}, err
	}
	return a.give(ctx, tx, actor.Name, note, cmd.Boards)
}

// give gives the public the desk's text, by a name. Where that is refused, nothing was
// written.
func (a Article) give(ctx context.Context, tx *ledger.Tx, by, note string, boards *board.Boards) (Article, error) {
	if err := a.Text.hold(ctx, tx, boards); err != nil {
		return Article{}, err
	}
	kind := WasCorrected
	if a.Version == 0 {
		kind, a.Slug, a.PublishedAt = WasPublished, cmp.Or(slug(a.Text.Headline), "bai"), tx.Now()
	}
	a.State, a.Version, a.ChangedAt = Published, a.Version+1, tx.Now()
	a.Stage, a.StageBy, a.StageAt, a.Note, a.Due = Writing, by, tx.Now(), "", time.Time{}
	if err := a.keepVersion(ctx, tx, by, note); err != nil {
		return Article{}, err
	}
	if err := a.show(ctx, tx, a.Text); err != nil {
		return Article{}, err
	}
	if err := a.save(ctx, tx); err != nil {
		return Article{}, err
	}
	return a, a.tell(tx, kind, Act{Version: a.Version, Text: &a.Text, Note: note, Name: by})
}

// Public says whether the public was given the desk's text already.
func (a Article) Public(ctx context.Context, q store.Querier) (bool, error) {
	if a.Version == 0 {
		return false, nil
	}
	public, err := Version(ctx, q, a.ID, a.Version)
	return public.Text.Same(a.Text), err
}

// corrects is the note of what is corrected; "" for a first version, which corrects
// nothing.
func (a Article) corrects(note string) (string, error) {
	note = strings.TrimSpace(note)
	if a.Version == 0 {
		return "", nil
	}
	if n := utf8.RuneCountInString(note); n == 0 || n > MostNote {
		return "", fault.New(fault.Invalid, "news.note", "most", MostNote).At("note")
	}
	return note, nil
}

func (a Article) keepVersion(ctx context.Context, tx *ledger.Tx, editor, note string) error {
	text, err := json.Marshal(a.Text)
	if err != nil {
		return fmt.Errorf("encoding article %d: %w", a.ID, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO article_version (article_id, version, text, note, editor, published_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		a.ID, a.Version, string(text), note, editor, store.Micro(a.ChangedAt))
	if err != nil {
		return fmt.Errorf("keeping version %d of article %d: %w", a.Version, a.ID, err)
	}
	return nil
}

// mostSlug bounds the words of an address, in bytes.
const mostSlug = 80

// slug is a headline as words of an address: "giao-ban-truc-tuyen"; "" where it has no
// letter or digit that an address has.
func slug(headline string) string {
	words := strings.FieldsFunc(fold.Key(headline), func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	said := ""
	for _, word := range words {
		if said != "" && len(said)+len(word) >= mostSlug {
			break
		}
		said = strings.TrimPrefix(said+"-"+word, "-")
	}
	return said[:min(len(said), mostSlug)]
}

// Withdraw takes an article from the public, with a reason, which stays at the desk.
// Withdrawing it again changes nothing. Faults: Forbidden; Conflict where it was never
// published; Invalid at "reason".
func Withdraw(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, reason string) (Article, error) {
	a, err := lock(ctx, tx, id)
	if err != nil {
		return Article{}, err
	}
	if err := actor.May(access.NewsPublish, a.Unit); err != nil {
		return Article{}, err
	}
	if a.State == Withdrawn {
		return a, nil
	}
	if a.State != Published {
		return Article{}, fault.New(fault.Conflict, "news.not-published")
	}
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n == 0 || n > MostNote {
		return Article{}, fault.New(fault.Invalid, "news.reason", "most", MostNote).At("reason")
	}
	a.State, a.Reason, a.ChangedAt = Withdrawn, reason, tx.Now()
	a.Stage, a.StageBy, a.StageAt, a.Note, a.Due = Writing, actor.Name, tx.Now(), "", time.Time{}
	if err := a.show(ctx, tx, Text{}); err != nil {
		return Article{}, err
	}
	if err := a.save(ctx, tx); err != nil {
		return Article{}, err
	}
	return a, a.tell(tx, WasWithdrawn, Act{Note: reason, Name: actor.Name})
}

// Given is what the public was given to read: one version of an article.
type Given struct {
	Article int64
	Version int64
	Text    Text
	Note    string // what was corrected; "" for the first
	Editor  string
	At      time.Time
}

// Version gives one version of an article. NotFound: there is none.
func Version(ctx context.Context, q store.Querier, article, version int64) (Given, error) {
	list, err := versions(ctx, q, `WHERE article_id = $1 AND version = $2`, article, version)
	if err != nil {
		return Given{}, err
	}
	if len(list) == 0 {
		return Given{}, fault.New(fault.NotFound, "news.not-found")
	}
	return list[0], nil
}

// Versions gives all versions of an article, the newest first.
func Versions(ctx context.Context, q store.Querier, article int64) ([]Given, error) {
	return versions(ctx, q, `WHERE article_id = $1 ORDER BY version DESC`, article)
}

func versions(ctx context.Context, q store.Querier, where string, args ...any) (list []Given, err error) {
	rows, err := q.QueryContext(ctx, `SELECT article_id, version, text, note, editor, published_at FROM article_version `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading versions of articles: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var g Given
		var text string
		var at int64
		if err := rows.Scan(&g.Article, &g.Version, &text, &g.Note, &g.Editor, &at); err != nil {
			return nil, fmt.Errorf("reading a version of an article: %w", err)
		}
		if err := json.Unmarshal([]byte(text), &g.Text); err != nil {
			return nil, fmt.Errorf("reading version %d of article %d: %w", g.Version, g.Article, err)
		}
		g.At = store.Moment(at)
		list = append(list, g)
	}
	return list, rows.Err()
}
