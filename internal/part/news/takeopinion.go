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

// Opinion is a reader's comment on its way to the desk.
type Opinion struct {
	ID      int64        `json:"id"` // on the public side
	Article int64        `json:"article"`
	Parent  int64        `json:"parent,omitempty"` // the comment that it answers, on the public side
	Name    string       `json:"name"`
	Email   string       `json:"email,omitempty"`
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
		err := each(Opinion{ID: c.ID, Article: c.Article, Parent: c.Parent, Name: c.Name, Email: c.Email, Text: string(c.Text), SentAt: c.SentAt, Met: c.Met, State: c.State})
		if err != nil {
			return err
		}
	}
	return nil
}

// Take has a comment that came from the public side wait for its desk, each once however
// often it is brought; taken says whether it was not known yet. Faults: Forbidden; Invalid.
func (o Opinion) Take(ctx context.Context, tx *ledger.Tx, actor access.Actor, side Side) (taken bool, err error) {
	if err := actor.May(access.SystemRun, 0); err != nil {
		return false, err
	}
	if id, err := side.ours(ctx, tx, o.ID); err != nil || id != 0 {
		return false, err
	}
	c, err := o.comment(ctx, tx, side)
	if err != nil {
		return false, err
	}
	if err := c.insert(ctx, tx); err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO news_side_comment (side, theirs, comment_id) VALUES ($1, $2, $3)`, side.Key, o.ID, c.ID)
	if err != nil {
		return false, fmt.Errorf("noting where comment %d comes from: %w", c.ID, err)
	}
	return true, c.tell(tx, CommentSent, Sent{Comment: c.ID, Article: c.Article, Name: c.Name, Email: c.Email, Text: string(c.Text), Met: c.Met, State: c.State, Parent: c.Parent})
}

// ours is the number here of a comment of the public side; 0 for none.
func (s Side) ours(ctx context.Context, q store.Querier, theirs int64) (id int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT comment_id FROM news_side_comment WHERE side = $1 AND theirs = $2`, s.Key, theirs).Scan(&id)
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
	if fault.Is(err, fault.NotFound) || err == nil && a.Version == 0 {
		return Comment{}, wrong
	}
	if err != nil {
		return Comment{}, err
	}
	c, err := SendCommand{Name: o.Name, Email: o.Email, Text: o.Text}.comment(a, o.SentAt)
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
	c.Parent, err = side.ours(ctx, q, o.Parent)
	if err == nil && c.Parent == 0 {
		err = wrong
	}
	return c, err
}

// Decision is what a desk decided about a comment, on its way to the public side.
type Decision struct {
	Comment   int64        `json:"comment"` // on the public side
	Article   int64        `json:"article"`
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
			Comment: theirs[c.ID], Article: c.Article, State: c.State, At: c.DecidedAt, Reason: c.Reason,
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
	if err := actor.May(access.SystemRun, 0); err != nil {
		return false, err
	}
	c, err := lockComment(ctx, tx, d.Comment)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) { // who sent it took it back
		return false, nil
	}
	if err != nil {
		return false, err
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
