package news

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// MostRevisions is how many of an article's revisions are kept, the newest.
const MostRevisions = 50

// sitting is how long one person's saves, made one after another, are one revision: a
// text that saves itself every few seconds would leave nothing else to be read.
const sitting = 10 * time.Minute

// Revision is a text as it stood at a desk.
type Revision struct {
	ID       int64
	Article  int64
	Revision int64 // of the article; of a text set aside, the one it was written on
	Aside    bool  // written at the same time as another, and not taken
	Text     Text
	Editor   string
	At       time.Time
}

const (
	savedKind = "saved"
	asideKind = "aside"
)

// Revisions gives what is kept of what a desk saved on an article, the newest first.
func Revisions(ctx context.Context, q store.Querier, article int64) (list []Revision, err error) {
	rows, err := q.QueryContext(ctx, `SELECT id, article_id, revision, kind, text, editor, saved_at FROM article_revision WHERE article_id = $1 ORDER BY id DESC`, article)
	if err != nil {
		return nil, fmt.Errorf("reading revisions of article %d: %w", article, err)
	}
	defer rows.Close()
	for rows.Next() {
		var one Revision
		var kind, text string
		var at int64
		if err := rows.Scan(&one.ID, &one.Article, &one.Revision, &kind, &text, &one.Editor, &at); err != nil {
			return nil, fmt.Errorf("reading a revision of article %d: %w", article, err)
		}
		if err := json.Unmarshal([]byte(text), &one.Text); err != nil {
			return nil, fmt.Errorf("reading revision %d of article %d: %w", one.Revision, article, err)
		}
		one.Aside, one.At = kind == asideKind, store.Moment(at)
		list = append(list, one)
	}
	return list, rows.Err()
}

// SetAside keeps what somebody wrote on a text that another saved meanwhile, and takes
// nothing of it: the article stays as it is. Faults: Forbidden; Invalid at the fields of
// the text.
func SetAside(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SaveCommand) error {
	a, err := lock(ctx, tx, cmd.Article)
	if err != nil {
		return err
	}
	if err := actor.May(access.NewsWrite, a.Unit); err != nil {
		return err
	}
	written, err := cmd.Text.clean()
	if err != nil {
		return err
	}
	return Revision{Article: a.ID, Revision: cmd.Revision, Aside: true, Text: written, Editor: actor.Name, At: tx.Now()}.add(ctx, tx)
}

// keepRevision keeps the text that was just saved: as the revision of the sitting that
// goes on, or as a new one.
func (a Article) keepRevision(ctx context.Context, tx *ledger.Tx) error {
	one := Revision{Article: a.ID, Revision: a.Revision, Text: a.Text, Editor: a.Editor, At: a.SavedAt}
	var editor string
	var begun int64
	err := tx.QueryRowContext(ctx, `SELECT id, editor, begun_at FROM article_revision WHERE article_id = $1 AND kind = $2 ORDER BY id DESC LIMIT 1`, a.ID, savedKind).
		Scan(&one.ID, &editor, &begun)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("reading the newest revision of article %d: %w", a.ID, err)
	}
	if err == nil && editor == a.Editor && a.SavedAt.Sub(store.Moment(begun)) < sitting {
		return one.update(ctx, tx)
	}
	return one.add(ctx, tx)
}

func (r Revision) update(ctx context.Context, tx *ledger.Tx) error {
	text, err := json.Marshal(r.Text)
	if err != nil {
		return fmt.Errorf("encoding revision %d of article %d: %w", r.Revision, r.Article, err)
	}
	_, err = tx.ExecContext(ctx, `UPDATE article_revision SET revision = $1, text = $2, saved_at = $3 WHERE id = $4`, r.Revision, string(text), store.Micro(r.At), r.ID)
	if err != nil {
		return fmt.Errorf("keeping revision %d of article %d: %w", r.Revision, r.Article, err)
	}
	return nil
}

// add keeps a revision more, and no more of the oldest than may be kept.
func (r Revision) add(ctx context.Context, tx *ledger.Tx) error {
	text, err := json.Marshal(r.Text)
	if err != nil {
		return fmt.Errorf("encoding revision %d of article %d: %w", r.Revision, r.Article, err)
	}
	kind := savedKind
	if r.Aside {
		kind = asideKind
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO article_revision (article_id, revision, kind, text, editor, begun_at, saved_at) VALUES ($1, $2, $3, $4, $5, $6, $6)`,
		r.Article, r.Revision, kind, string(text), r.Editor, store.Micro(r.At))
	if err != nil {
		return fmt.Errorf("keeping revision %d of article %d: %w", r.Revision, r.Article, err)
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM article_revision WHERE article_id = $1 AND id <= (SELECT id FROM article_revision WHERE article_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)`,
		r.Article, MostRevisions)
	if err != nil {
		return fmt.Errorf("dropping old revisions of article %d: %w", r.Article, err)
	}
	return nil
}
