package news

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// DecideCommand decides about a comment.
type DecideCommand struct {
	Comment int64
	Seen    CommentState // as who decides saw it; "" for whatever it is
	To      CommentState // [Shown] or [Refused]
	Reason  string       // of a refusal
	Reply   string       // of the desk, beneath one that is shown; "" for none
}

// Decide shows a reader's comment or refuses it, for the desk, also otherwise than before.
// Deciding the same again changes nothing. Faults: Forbidden; NotFound; Conflict where
// the news come from another installation, and where somebody decided otherwise after it
// was seen; Invalid at "to", "reason" and "reply".
func Decide(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd DecideCommand) (Comment, error) {
	c, err := lockComment(ctx, tx, cmd.Comment)
	if err != nil {
		return Comment{}, err
	}
	if err := actor.May(access.NewsModerate, c.Unit); err != nil {
		return Comment{}, err
	}
	if err := ownDesk(ctx, tx); err != nil {
		return Comment{}, err
	}
	cmd.Reason, cmd.Reply = strings.TrimSpace(cmd.Reason), strings.TrimSpace(cmd.Reply)
	if err := cmd.check(); err != nil {
		return Comment{}, err
	}
	if cmd.Seen != "" && c.State != cmd.Seen && c.State != cmd.To {
		return Comment{}, fault.New(fault.Conflict, "news.comment.decided", "reader", c.Name, "name", c.DecidedBy)
	}
	if cmd.To == Shown {
		return c.show(ctx, tx, actor, cmd.Reply)
	}
	if c.State == Refused && c.Reason == cmd.Reason {
		return c, nil
	}
	c.State, c.Reason, c.DecidedBy, c.DecidedAt = Refused, cmd.Reason, actor.Name, tx.Now()
	if err := c.save(ctx, tx); err != nil {
		return Comment{}, err
	}
	return c, c.tell(tx, CommentRefused, Decided{Comment: c.ID, Article: c.Article, Reason: c.Reason, Name: actor.Name})
}

func (cmd DecideCommand) check() error {
	switch {
	case cmd.To != Shown && cmd.To != Refused:
		return fault.New(fault.Invalid, "news.comment.to").At("to")
	case cmd.To == Refused && (cmd.Reason == "" || utf8.RuneCountInString(cmd.Reason) > MostNote):
		return fault.New(fault.Invalid, "news.reason", "most", MostNote).At("reason")
	case utf8.RuneCountInString(cmd.Reply) > MostOpinion:
		return fault.New(fault.Invalid, "news.long", "most", MostOpinion).At("reply")
	}
	return nil
}

func (c Comment) show(ctx context.Context, tx *ledger.Tx, actor access.Actor, reply string) (Comment, error) {
	if c.State != Shown {
		c.State, c.Reason, c.DecidedBy, c.DecidedAt = Shown, "", actor.Name, tx.Now()
		if err := c.tell(tx, CommentShown, Decided{Comment: c.ID, Article: c.Article, Name: actor.Name}); err != nil {
			return Comment{}, err
		}
	}
	if reply != "" && reply != c.Reply {
		c.Reply, c.RepliedAt = reply, tx.Now()
		if err := c.tell(tx, CommentReplied, Decided{Comment: c.ID, Article: c.Article, Reply: reply, Name: actor.Name}); err != nil {
			return Comment{}, err
		}
	}
	return c, c.save(ctx, tx)
}

// lockComment reads a comment for its desk and keeps others from changing it. Faults:
// NotFound; Conflict once its reader took it back.
func lockComment(ctx context.Context, tx *ledger.Tx, id int64) (Comment, error) {
	c, err := lockAny(ctx, tx, id)
	if err == nil && c.State == TakenBack {
		err = fault.New(fault.Conflict, "news.comment.taken-back")
	}
	return c, err
}

func lockAny(ctx context.Context, tx *ledger.Tx, id int64) (Comment, error) {
	if _, err := tx.ExecContext(ctx, `UPDATE news_comment SET state = state WHERE id = $1`, id); err != nil {
		return Comment{}, fmt.Errorf("locking comment %d: %w", id, err)
	}
	return FindComment(ctx, tx, id)
}

func (c Comment) save(ctx context.Context, tx *ledger.Tx) error {
	cuts, err := kept(c.Cuts)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE news_comment SET state = $1, decided_by = $2, decided_at = $3, reason = $4, reply = $5, replied_at = $6, cuts = $7 WHERE id = $8`,
		c.State, c.DecidedBy, store.Micro(c.DecidedAt), c.Reason, c.Reply, store.Micro(c.RepliedAt), cuts, c.ID)
	if err != nil {
		return fmt.Errorf("changing comment %d: %w", c.ID, err)
	}
	return nil
}
