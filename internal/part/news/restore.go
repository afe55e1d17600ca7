package news

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
)

// RestoreCommand has the desk go on from a text that is kept.
type RestoreCommand struct {
	Article  int64
	Revision int64 // of the text that was read
	From     int64 // the id of a Revision of the article
}

// Restore saves an earlier text as what the desk writes on; the one that stood there until
// then is kept among the revisions. Faults: as [Save], and NotFound where that text is not
// kept any more.
func Restore(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd RestoreCommand) (Article, error) {
	a, err := lock(ctx, tx, cmd.Article)
	if err != nil {
		return Article{}, err
	}
	if err := actor.May(access.NewsWrite, a.Unit); err != nil {
		return Article{}, err
	}
	var kept string
	err = tx.QueryRowContext(ctx, `SELECT text FROM article_revision WHERE id = $1 AND article_id = $2`, cmd.From, a.ID).Scan(&kept)
	if errors.Is(err, sql.ErrNoRows) {
		return Article{}, fault.New(fault.NotFound, "news.revision-gone")
	}
	if err != nil {
		return Article{}, fmt.Errorf("reading revision %d of article %d: %w", cmd.From, a.ID, err)
	}
	var text Text
	if err := json.Unmarshal([]byte(kept), &text); err != nil {
		return Article{}, fmt.Errorf("reading revision %d of article %d: %w", cmd.From, a.ID, err)
	}
	// What is left now ends the sitting, which would write over it.
	if _, err := tx.ExecContext(ctx, `UPDATE article_revision SET begun_at = 0 WHERE article_id = $1`, a.ID); err != nil {
		return Article{}, fmt.Errorf("ending the sitting of article %d: %w", a.ID, err)
	}
	return Save(ctx, tx, actor, SaveCommand{Article: a.ID, Revision: cmd.Revision, Text: text})
}
