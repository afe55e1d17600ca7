package news

import (
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Decision is what a desk decided about a comment, on its way to the public side.
type Decision struct {
	Comment   int64        `json:"comment"` // on the public side
	Article   int64        `json:"article"`
	SentAt    time.Time    `json:"sent"` // the comment
	State     CommentState `json:"state"`
	At        time.Time    `json:"at"`
	Reason    string       `json:"reason,omitempty"`
	Cuts      []Passage    `json:"cuts,omitempty"`
	Reply     string       `json:"reply,omitempty"`
	RepliedAt time.Time    `json:"replied,omitzero"`
}

// CarryDecisions gives what was decided about the comments of a public side, by their
// numbers there.
func CarryDecisions(ctx context.Context, q store.Querier, side Side, each func(Decision) error) error {
	theirs, err := side.theirs(ctx, q)
	if err != nil {
		return err
	}
	list, err := comments(ctx, q, `JOIN news_side_comment m ON m.comment_id = c.id WHERE m.side = $1 AND c.decided_by <> '' ORDER BY m.theirs`, side.Key)
	if err != nil {
		return err
	}
	for _, c := range list {
		err := each(Decision{
			Comment: theirs[c.ID], Article: c.Article, SentAt: c.SentAt, State: c.State, At: c.DecidedAt, Reason: c.Reason,
			Cuts: c.Cuts, Reply: c.Reply, RepliedAt: c.RepliedAt,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// theirs are the numbers on the public side, by those here.
func (s Side) theirs(ctx context.Context, q store.Querier) (map[int64]int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT comment_id, theirs FROM news_side_comment WHERE side = $1`, s.Key)
	if err != nil {
		return nil, fmt.Errorf("reading the comments of the public side: %w", err)
	}
	defer rows.Close()
	all := map[int64]int64{}
	for rows.Next() {
		var here, there int64
		if err := rows.Scan(&here, &there); err != nil {
			return nil, fmt.Errorf("reading the comments of the public side: %w", err)
		}
		all[here] = there
	}
	return all, rows.Err()
}

// Take has readers see what a desk decided about a comment. What is so already changes
// nothing, and neither does what is said of a comment that is not there any more. Faults:
// Forbidden; Invalid.
func (d Decision) Take(ctx context.Context, tx *ledger.Tx, actor access.Actor) (changed bool, err error) {
	if err := MayCarry(actor); err != nil {
		return false, err
	}
	c, err := lockComment(ctx, tx, d.Comment)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) { // who sent it took it back
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !c.SentAt.Equal(d.SentAt) { // its number was given again, to another: see [Side.ours]
		return false, nil
	}
	if !d.fits(c) {
		return false, fault.New(fault.Invalid, "news.carried.opinion", "id", d.Comment)
	}
	before := c
	c.State, c.Reason, c.Cuts, c.Reply, c.RepliedAt = d.State, d.Reason, d.Cuts, d.Reply, d.RepliedAt
	kinds := before.differs(c)
	if len(kinds) == 0 && before.DecidedBy != "" {
		return false, nil
	}
	c.DecidedBy, c.DecidedAt = actor.Name, d.At
	for _, kind := range kinds {
		if err := c.tell(tx, kind, Decided{Comment: c.ID, Article: c.Article, Reason: c.Reason, Reply: c.Reply, Cuts: c.Cuts, Name: actor.Name}); err != nil {
			return false, err
		}
	}
	return true, c.save(ctx, tx)
}

// fits says whether a decision is one about the comment.
func (d Decision) fits(c Comment) bool {
	if c.Article != d.Article || d.State != Waiting && d.State != Shown && d.State != Refused {
		return false
	}
	if utf8.RuneCountInString(d.Reason) > MostNote || utf8.RuneCountInString(d.Reply) > MostOpinion {
		return false
	}
	from := 0
	for _, cut := range d.Cuts {
		if cut.From < from || cut.To <= cut.From || cut.To > len(c.Text) || !boundary(string(c.Text), cut.From) || !boundary(string(c.Text), cut.To) {
			return false
		}
		from = cut.To
	}
	return true
}

// boundary says whether a character begins at a place of a text, or the text ends there.
func boundary(text string, at int) bool { return at == len(text) || utf8.RuneStart(text[at]) }

// differs gives the events that make the other comment of this one.
func (c Comment) differs(other Comment) (kinds []ledger.Kind) {
	if c.State != other.State || c.Reason != other.Reason {
		kinds = append(kinds, map[CommentState]ledger.Kind{Waiting: CommentReopened, Shown: CommentShown, Refused: CommentRefused}[other.State])
	}
	if !slices.Equal(c.Cuts, other.Cuts) {
		kinds = append(kinds, CommentCut)
	}
	if c.Reply != other.Reply {
		kinds = append(kinds, CommentReplied)
	}
	return kinds
}
