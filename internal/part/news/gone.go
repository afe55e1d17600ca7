package news

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Gone is a comment that a reader took back on the public side, on its way to the desk that
// may have it: no word of it goes along.
type Gone struct {
	Comment int64     `json:"comment"` // on the public side
	SentAt  time.Time `json:"sent"`
	Erased  bool      `json:"erased,omitempty"` // with all that its address wrote
}

// CarryGone gives the comments that readers took back, by their numbers.
func CarryGone(ctx context.Context, q store.Querier, each func(Gone) error) error {
	list, err := comments(ctx, q, `WHERE c.state = $1 ORDER BY c.id`, TakenBack)
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := each(Gone{c.ID, c.SentAt, c.Name == ""}); err != nil { // nobody sends one without a name
			return err
		}
	}
	return nil
}

// Take takes a comment from its desk that was taken back on the public side, and erases here
// what is erased there. What is so already changes nothing, and neither does one that never
// came. Faults: Forbidden.
func (g Gone) Take(ctx context.Context, tx *ledger.Tx, actor access.Actor, side Side) (changed bool, err error) {
	if err := MayCarry(actor); err != nil {
		return false, err
	}
	id, err := side.ours(ctx, tx, g.Comment, g.SentAt)
	if err != nil || id == 0 {
		return false, err
	}
	before, err := lockAny(ctx, tx, id)
	if err != nil {
		return false, err
	}
	if before.State == TakenBack && (!g.Erased || before.Name == "") {
		return false, nil
	}
	if _, err := TakeBack(ctx, tx, id); err != nil || !g.Erased {
		return true, err
	}
	return true, eraseComments(ctx, tx, []Comment{before}, carriedErasure)
}

// carriedErasure is why what a reader wrote is erased here.
const carriedErasure = "Người gửi đã yêu cầu xóa trên trang công khai."

// eraseComments erases what comments said, in the rows and in the log.
func eraseComments(ctx context.Context, tx *ledger.Tx, list []Comment, reason string) error {
	positions, err := sendings(ctx, tx, list)
	if err != nil {
		return err
	}
	if err := tx.Erase(ctx, Erasable, positions, reason); err != nil {
		return err
	}
	for _, c := range list {
		_, err := tx.ExecContext(ctx, `UPDATE news_comment SET name = '', email = '', text = '', words = '', origin = '', cuts = '', wants = 0, reader_id = 0 WHERE id = $1`, c.ID)
		if err != nil {
			return fmt.Errorf("erasing comment %d: %w", c.ID, err)
		}
	}
	return nil
}
