package news

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Secret gives the installation's key by which the checks of readers' comments are made;
// it is made with the first that is asked for, and the same on every node.
func Secret(ctx context.Context, db *store.DB) (key [32]byte, err error) {
	rand.Read(key[:]) // never fails
	err = db.Update(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO news_secret (id, secret) VALUES (1, $1) ON CONFLICT (id) DO NOTHING`, hex.EncodeToString(key[:])); err != nil {
			return fmt.Errorf("keeping the key of readers' checks: %w", err)
		}
		var kept string
		if err := tx.QueryRowContext(ctx, `SELECT secret FROM news_secret WHERE id = 1`).Scan(&kept); err != nil {
			return fmt.Errorf("reading the key of readers' checks: %w", err)
		}
		n, err := hex.Decode(key[:], []byte(kept))
		if err != nil || n != len(key) {
			return fmt.Errorf("the key of readers' checks is damaged: %d bytes (%w)", n, err)
		}
		return nil
	})
	return key, err
}

// UseUp has a check let no comment in any more: a code that was guessed wrongly is not
// to be guessed on.
func UseUp(ctx context.Context, tx *ledger.Tx, check string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO news_check (nonce, comment_id, used_at) VALUES ($1, 0, $2) ON CONFLICT (nonce) DO NOTHING`, check, store.Micro(tx.Now()))
	if err != nil {
		return fmt.Errorf("using up a check: %w", err)
	}
	return nil
}

// letIn gives the comment that the check let in; the zero one where it was never used.
// Invalid at "code": it was used up, or let in what another reader said, or elsewhere.
func (cmd SendCommand) letIn(ctx context.Context, q store.Querier) (Comment, error) {
	var id int64
	err := q.QueryRowContext(ctx, `SELECT comment_id FROM news_check WHERE nonce = $1`, cmd.Check).Scan(&id)
	if store.Missing(err) {
		return Comment{}, nil
	}
	if err != nil {
		return Comment{}, fmt.Errorf("looking for a check: %w", err)
	}
	known, err := comments(ctx, q, `WHERE c.id = $1 AND c.article_id = $2`, id, cmd.Article)
	if err == nil && (len(known) == 0 || !cmd.says(known[0])) {
		return Comment{}, fault.New(fault.Invalid, "news.check-used").At("code")
	}
	if err != nil {
		return Comment{}, err
	}
	return known[0], nil
}

// says says whether a comment has the command's name and words.
func (cmd SendCommand) says(known Comment) bool {
	c, err := cmd.comment(Article{ID: cmd.Article}, known.SentAt)
	return err == nil && c.said() == known.said()
}
