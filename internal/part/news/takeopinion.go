package news

import (
	"context"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Opinion is a reader's comment on its way to the desk. The address it was sent with stays
// where the letters to it are written.
type Opinion struct {
	ID      int64        `json:"id"` // on the public side
	Article int64        `json:"article"`
	Parent  int64        `json:"parent,omitempty"` // the comment that it answers, on the public side
	After   time.Time    `json:"after,omitzero"`   // when that one was sent
	Name    string       `json:"name"`
	Text    string       `json:"text"`
	SentAt  time.Time    `json:"sent"`
	Met     []Rule       `json:"met,omitempty"`
	State   CommentState `json:"state"` // waiting, or refused by a rule
}

// CarryOpinions gives the comments about which no desk has decided, by their numbers.
func CarryOpinions(ctx context.Context, q store.Querier, each func(Opinion) error) error {
	list, err := comments(ctx, q, `WHERE c.decided_by = '' AND c.state IN ($1, $2) ORDER BY c.id`, Waiting, Refused)
	if err != nil {
		return err
	}
	for _, c := range list {
		o := Opinion{ID: c.ID, Article: c.Article, Parent: c.Parent, Name: c.Name, Text: string(c.Text), SentAt: c.SentAt, Met: c.Met, State: c.State}
		if o.Parent != 0 {
			answered, err := FindComment(ctx, q, o.Parent)
			if err != nil {
				return err
			}
			o.After = answered.SentAt
		}
		if err := each(o); err != nil {
			return err
		}
	}
	return nil
}

// Take has a comment that came from the public side wait for its desk, each once however
// often it is brought; taken says whether it was not known yet. Faults: Forbidden; NotFound
// where the article, or the comment that it answers, is not here; Invalid.
func (o Opinion) Take(ctx context.Context, tx *ledger.Tx, actor access.Actor, side Side) (taken bool, err error) {
	if err := MayCarry(actor); err != nil {
		return false, err
	}
	if id, err := side.ours(ctx, tx, o.ID, o.SentAt); err != nil || id != 0 {
		return false, err
	}
	c, err := o.comment(ctx, tx, side)
	if err != nil {
		return false, err
	}
	if err := c.insert(ctx, tx); err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO news_side_comment (side, theirs, comment_id) VALUES ($1, $2, $3)
		ON CONFLICT (side, theirs) DO UPDATE SET comment_id = excluded.comment_id`, side.Key, o.ID, c.ID)
	if err != nil {
		return false, fmt.Errorf("noting where comment %d comes from: %w", c.ID, err)
	}
	return true, c.tell(tx, CommentSent, Sent{Comment: c.ID, Article: c.Article, Name: c.Name, Text: string(c.Text), Met: c.Met, State: c.State, Parent: c.Parent})
}

// Known has what came from the public side stay known under the key that it has now. Two
// sides do not take each other's comments for their own: a number holds with its moment alone.
func (s Side) Known(ctx context.Context, tx *ledger.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE news_side_comment SET side = $1 WHERE side <> $1`, s.Key)
	if err != nil {
		return fmt.Errorf("noting the public side's key: %w", err)
	}
	return nil
}

// ours is the number here of a comment that was sent to the public side at a moment; 0 for
// none. A public side that was restored from a backup gives numbers a second time: the moment
// tells the comments apart.
func (s Side) ours(ctx context.Context, q store.Querier, theirs int64, sent time.Time) (id int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT c.id FROM news_side_comment m JOIN news_comment c ON c.id = m.comment_id
		WHERE m.side = $1 AND m.theirs = $2 AND c.sent_at = $3`, s.Key, theirs, store.Micro(sent)).Scan(&id)
	if store.Missing(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("looking for comment %d of the public side: %w", theirs, err)
	}
	return id, nil
}

// comment is the opinion as the desk has it, held to the bounds of those that are sent here.
func (o Opinion) comment(ctx context.Context, q store.Querier, side Side) (Comment, error) {
	wrong := fault.New(fault.Invalid, "news.carried.opinion", "id", o.ID)
	a, err := Get(ctx, q, o.Article)
	if err != nil {
		return Comment{}, err
	}
	if a.Version == 0 {
		return Comment{}, wrong
	}
	c, err := SendCommand{Name: o.Name, Text: o.Text}.comment(a, o.SentAt)
	if err != nil {
		return Comment{}, wrong.Because(err)
	}
	if o.ID < 1 || o.SentAt.IsZero() || o.State != Waiting && o.State != Refused {
		return Comment{}, wrong
	}
	c.words, c.State = c.hash(), o.State
	if c.State == Refused {
		c.DecidedAt = c.SentAt
	}
	for _, rule := range []Rule{HasLinks, Repeated, HasWords, TooMany} {
		if slices.Contains(o.Met, rule) {
			c.Met = append(c.Met, rule)
		}
	}
	if o.Parent == 0 {
		return c, nil
	}
	c.Parent, err = side.ours(ctx, q, o.Parent, o.After)
	if err == nil && c.Parent == 0 {
		err = fault.New(fault.NotFound, "news.comment.not-found")
	}
	return c, err
}
