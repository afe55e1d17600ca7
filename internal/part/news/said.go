package news

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// SameFor is how long the same words by the same name on the same article are the same
// comment, sent again.
const SameFor = 24 * time.Hour

// said names what a comment says: the same for the same name and words in any case.
func (c Comment) said() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\n%d\n%s\n%s", c.Article, c.Parent, strings.ToLower(c.Name), strings.ToLower(string(c.Text))))
	return hex.EncodeToString(sum[:])
}

// sentBefore gives the comment that said the same lately; the zero one for none. Two that
// say the same at once wait here for each other.
func (c Comment) sentBefore(ctx context.Context, tx *ledger.Tx) (Comment, error) {
	var id, sent int64
	err := tx.QueryRowContext(ctx, `INSERT INTO news_said (said, comment_id, sent_at) VALUES ($1, 0, 0)
		ON CONFLICT (said) DO UPDATE SET said = excluded.said RETURNING comment_id, sent_at`, c.said()).Scan(&id, &sent)
	if err != nil {
		return Comment{}, fmt.Errorf("looking whether a comment was sent before: %w", err)
	}
	if id == 0 || tx.Now().Sub(store.Moment(sent)) > SameFor {
		return Comment{}, nil
	}
	known, err := comments(ctx, tx, `WHERE c.id = $1`, id)
	if err != nil || len(known) == 0 {
		return Comment{}, err
	}
	return known[0], nil
}

// keepSaid notes what a comment that is kept now says.
func (c Comment) keepSaid(ctx context.Context, tx *ledger.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE news_said SET comment_id = $1, sent_at = $2 WHERE said = $3`, c.ID, store.Micro(c.SentAt), c.said())
	if err != nil {
		return fmt.Errorf("noting what comment %d says: %w", c.ID, err)
	}
	return nil
}
