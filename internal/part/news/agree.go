package news

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// MostAgree is how many browsers of one range of addresses count for a comment: a home or
// a small office, but nobody who throws cookies away.
const MostAgree = 3

// Browser is what a browser's cookie says: a number that nobody can guess, with the proof
// that this installation gave it.
type Browser string

// NewBrowser gives a browser a number of its own.
func (o Origins) NewBrowser() Browser {
	var number [16]byte
	rand.Read(number[:]) // never fails
	said := hex.EncodeToString(number[:])
	return Browser(said + "." + o.proof(said))
}

// Gave says whether this installation gave the browser what it says.
func (o Origins) Gave(b Browser) bool {
	said, proof, _ := strings.Cut(string(b), ".")
	return hmac.Equal([]byte(proof), []byte(o.proof(said)))
}

func (o Origins) proof(said string) string {
	mac := hmac.New(sha256.New, o.key[:])
	mac.Write([]byte("browser " + said))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// AgreeCommand has a reader agree with a comment.
type AgreeCommand struct {
	Article int64
	Comment int64
	Browser Browser // that [Origins.Gave] knows
	Origin  Origin
}

// Agree counts that a reader agrees with a comment that is shown: a browser once, and no
// more than [MostAgree] of one range of addresses. What does not count changes nothing.
// NotFound: no such comment is shown.
func Agree(ctx context.Context, tx *ledger.Tx, cmd AgreeCommand) (Comment, error) {
	c, err := lockComment(ctx, tx, cmd.Comment)
	if err != nil {
		return Comment{}, err
	}
	if c.Article != cmd.Article || c.State != Shown {
		return Comment{}, fault.New(fault.NotFound, "news.comment.not-found")
	}
	sum := sha256.Sum256([]byte(cmd.Browser))
	browser := hex.EncodeToString(sum[:])
	var same, near int
	err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM news_agreement WHERE comment_id = $1 AND browser = $2`, c.ID, browser).Scan(&same)
	if err == nil {
		err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM news_agreement WHERE comment_id = $1 AND origin = $2`, c.ID, string(cmd.Origin)).Scan(&near)
	}
	if err != nil {
		return Comment{}, fmt.Errorf("counting who agrees with comment %d: %w", c.ID, err)
	}
	if same > 0 || near >= MostAgree {
		return c, nil
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO news_agreement (comment_id, browser, origin, agreed_at) VALUES ($1, $2, $3, $4)`, c.ID, browser, string(cmd.Origin), store.Micro(tx.Now()))
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE news_comment SET agreed = agreed + 1 WHERE id = $1`, c.ID)
	}
	if err != nil {
		return Comment{}, fmt.Errorf("counting that somebody agrees with comment %d: %w", c.ID, err)
	}
	c.Agreed++
	return c, c.tell(tx, CommentAgreed, Decided{Comment: c.ID, Article: c.Article})
}
