package news

import (
	"context"
	"fmt"
	"slices"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Erasable are the kinds of events whose payloads can be erased: what a reader wrote.
var Erasable = []ledger.Kind{CommentSent}

// FindComment gives a comment, for whoever holds a link to it. NotFound: there is none.
func FindComment(ctx context.Context, q store.Querier, id int64) (Comment, error) {
	list, err := comments(ctx, q, `WHERE c.id = $1`, id)
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "news.comment.not-found")
	}
	if err != nil {
		return Comment{}, err
	}
	return list[0], nil
}

// TakeBack takes a comment from the desk and from readers, for who sent it. Twice changes
// nothing. NotFound: there is none.
func TakeBack(ctx context.Context, tx *ledger.Tx, id int64) (Comment, error) {
	c, err := lockAny(ctx, tx, id)
	if err != nil || c.State == TakenBack {
		return c, err
	}
	c.State, c.Reason, c.DecidedBy, c.DecidedAt = TakenBack, "", "", tx.Now()
	if err := c.save(ctx, tx); err != nil {
		return Comment{}, err
	}
	if err := c.unsay(ctx, tx); err != nil {
		return Comment{}, err
	}
	return c, c.tell(tx, CommentTakenBack, Decided{Comment: c.ID, Article: c.Article})
}

// unsay lets the same words be sent again.
func (c Comment) unsay(ctx context.Context, tx *ledger.Tx) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM news_said WHERE comment_id = $1`, c.ID); err != nil {
		return fmt.Errorf("forgetting what comment %d said: %w", c.ID, err)
	}
	return nil
}

// EraseReader takes back all that an address wrote and erases it with the address, in the
// rows and in the log, which still proves that something was sent and when; it gives how
// many comments those were. What the desk made of one is the desk's and stays. NotFound:
// there is no such reader, or no longer. Invalid at "reason": there is none.
func EraseReader(ctx context.Context, tx *ledger.Tx, reader int64, reason string) (int, error) {
	// What is sent with the address meanwhile waits, and is of another reader then.
	if _, err := tx.ExecContext(ctx, `UPDATE news_reader SET address = address WHERE id = $1`, reader); err != nil {
		return 0, fmt.Errorf("locking reader %d: %w", reader, err)
	}
	if _, err := ReaderByID(ctx, tx, reader); err != nil {
		return 0, err
	}
	list, err := SentBy(ctx, tx, reader)
	if err != nil {
		return 0, err
	}
	for _, c := range list {
		if _, err := TakeBack(ctx, tx, c.ID); err != nil {
			return 0, err
		}
	}
	if err := eraseComments(ctx, tx, list, reason); err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE news_reader SET address = $1, confirmed_at = 0 WHERE id = $2`, erasedAddress(reader), reader)
	if err != nil {
		return 0, fmt.Errorf("erasing what reader %d wrote: %w", reader, err)
	}
	return len(list), nil
}

// sendings gives the positions of the events by which comments were sent.
func sendings(ctx context.Context, q store.Querier, list []Comment) (positions []int64, err error) {
	of := map[int64][]int64{} // comments by article
	for _, c := range list {
		of[c.Article] = append(of[c.Article], c.ID)
	}
	for article, ids := range of {
		events, err := ledger.About(ctx, q, Subject(article))
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			if e.Kind != CommentSent || e.Payload == nil {
				continue
			}
			var sent Sent
			if err := e.Decode(&sent); err != nil {
				return nil, err
			}
			if slices.Contains(ids, sent.Comment) {
				positions = append(positions, e.Position)
			}
		}
	}
	slices.Sort(positions)
	return positions, nil
}
