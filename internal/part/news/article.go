package news

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/news/prose"
)

// Schema is the tables of the public page.
//
//go:embed schema
var Schema embed.FS

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// State is how far an article has come.
type State string

// The states.
const (
	Draft     State = "draft"
	Published State = "published"
	Withdrawn State = "withdrawn"
)

// Text is what an article says.
type Text struct {
	Source   string `json:"source,omitempty"` // tag before the lead, "BTV"; "" for none
	Category string `json:"category,omitempty"`
	Headline string `json:"headline"`
	Lead     string `json:"lead,omitempty"`
	Body     string `json:"body,omitempty"` // a prose.Document, as a form's field holds it

	Picture *prose.Picture `json:"picture,omitempty"` // leads the article; nil for none
	Files   []string       `json:"files,omitempty"`   // ids of what is attached, in its order

	Authors []string `json:"authors,omitempty"` // names of its by-line, in their order
	Tags    []string `json:"tags,omitempty"`    // what it is about, in few words each
	Related []int64  `json:"related,omitempty"` // articles to read beside it
}

// Same says whether two texts say the same.
func (t Text) Same(other Text) bool { return reflect.DeepEqual(t, other) }

// Article is an article as its desk has it now.
type Article struct {
	ID       int64
	Unit     tree.UnitID // whose desk writes it
	State    State
	Slug     string // of its address; "" before it was published
	Text     Text   // that the desk writes on
	Revision int64  // counts the saves
	Editor   string // name of who saved last
	SavedAt  time.Time

	Version     int64 // that the public reads; 0 before the first
	PublishedAt time.Time
	ChangedAt   time.Time // when the public text last changed
	Reason      string    // of a withdrawal
	Comments    bool      // readers may send theirs

	Stage   Stage     // of the desk's text
	StageBy string    // name of who brought it there
	StageAt time.Time // when
	Note    string    // why it was sent back; of what is approved, what was corrected
	Due     time.Time // when a scheduled one is published

	Page      string // that saved last; "" for none that goes on saving
	PageSince int64  // revision that the run of its saves began on
}

// Subject is how events name an article.
func Subject(id int64) string { return Subjects + strconv.FormatInt(id, 10) }

// Subjects is what the subjects of articles begin with.
const Subjects = "article:"

const columns = `a.id, a.unit_id, a.state, a.slug, a.text, a.revision, a.editor, a.saved_at, a.version, a.published_at, a.changed_at, a.reason, a.comments, a.stage, a.stage_by, a.stage_at, a.stage_note, a.due_at, a.page, a.page_since`

const (
	open   = "open"
	closed = "closed"
)

// Get gives one article as its desk has it. NotFound: there is none.
func Get(ctx context.Context, q store.Querier, id int64) (Article, error) {
	list, err := read(ctx, q, `WHERE a.id = $1`, id)
	if err != nil {
		return Article{}, err
	}
	if len(list) == 0 {
		return Article{}, fault.New(fault.NotFound, "news.not-found")
	}
	return list[0], nil
}

func read(ctx context.Context, q store.Querier, where string, args ...any) (list []Article, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+` FROM article a `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading articles: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a Article
		var text, comments string
		var saved, published, changed, staged, due int64
		err := rows.Scan(&a.ID, &a.Unit, &a.State, &a.Slug, &text, &a.Revision, &a.Editor, &saved, &a.Version, &published, &changed, &a.Reason, &comments, &a.Stage, &a.StageBy, &staged, &a.Note, &due, &a.Page, &a.PageSince)
		if err != nil {
			return nil, fmt.Errorf("reading an article: %w", err)
		}
		if err := json.Unmarshal([]byte(text), &a.Text); err != nil {
			return nil, fmt.Errorf("reading the text of article %d: %w", a.ID, err)
		}
		a.SavedAt, a.PublishedAt, a.ChangedAt, a.Comments = store.Moment(saved), store.Moment(published), store.Moment(changed), comments == open
		a.StageAt, a.Due = store.Moment(staged), store.Moment(due)
		list = append(list, a)
	}
	return list, rows.Err()
}

// lock reads an article and keeps everybody else from changing it until the transaction
// ends. Conflict: it is another installation's.
func lock(ctx context.Context, tx *ledger.Tx, id int64) (Article, error) {
	if err := ownDesk(ctx, tx); err != nil {
		return Article{}, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE article SET revision = revision WHERE id = $1`, id); err != nil {
		return Article{}, fmt.Errorf("locking article %d: %w", id, err)
	}
	return Get(ctx, tx, id)
}

// save writes what can change.
func (a Article) save(ctx context.Context, tx *ledger.Tx) error {
	text, err := json.Marshal(a.Text)
	if err != nil {
		return fmt.Errorf("encoding article %d: %w", a.ID, err)
	}
	_, err = tx.ExecContext(ctx, `UPDATE article SET state = $1, slug = $2, text = $3, revision = $4, editor = $5, saved_at = $6, headline = $7, version = $8,
		published_at = $9, changed_at = $10, reason = $11, comments = $12, stage = $13, stage_by = $14, stage_at = $15, stage_note = $16, due_at = $17, page = $18, page_since = $19 WHERE id = $20`,
		a.State, a.Slug, string(text), a.Revision, a.Editor, store.Micro(a.SavedAt), a.Text.Headline, a.Version,
		store.Micro(a.PublishedAt), store.Micro(a.ChangedAt), a.Reason, a.opinions(), a.Stage, a.StageBy, store.Micro(a.StageAt), a.Note, store.Micro(a.Due), a.Page, a.PageSince, a.ID)
	if err != nil {
		return fmt.Errorf("saving article %d: %w", a.ID, err)
	}
	return nil
}

func (a Article) opinions() string {
	if a.Comments {
		return open
	}
	return closed
}
