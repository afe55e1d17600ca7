package news

import (
	"context"
	"encoding/json"
	"fmt"
	"net/mail"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/news/prose"
)

// CommentState is what became of a reader's comment.
type CommentState string

// The states of a comment.
const (
	Waiting CommentState = "waiting" // for the desk
	Shown   CommentState = "shown"
	Refused CommentState = "refused"

	TakenBack CommentState = "withdrawn" // by who sent it: neither desk nor readers have it any more
)

// Comment is a reader's opinion of an article.
type Comment struct {
	ID        int64
	Article   int64
	Unit      tree.UnitID // whose desk looks after it
	Name      string
	Email     string // never shown; "" for none
	Text      prose.Remark
	Met       []Rule    // rules that it met when it was sent
	Cuts      []Passage // that readers are not shown, in their order
	SentAt    time.Time
	State     CommentState
	DecidedBy string
	DecidedAt time.Time
	Reason    string // of a refusal
	Reply     string // of the desk; "" for none
	RepliedAt time.Time
	Parent    int64  // the comment that it answers; 0 for none
	Agreed    int    // readers who agree with it
	Topic     string // that the desk gave it; "" for none
	Handed    int64  // the difficulty that the desk made of it; 0 for none

	Wants bool // the reader wants to hear when it is shown

	reader int64  // of the address; 0 for none
	origin Origin // kept for a time
	words  string // hash of them
}

// Bounds of what a reader writes, in characters.
const (
	MostName    = 60
	MostEmail   = 254
	MostOpinion = 2000
)

// SendCommand sends a reader's comment.
type SendCommand struct {
	Article int64
	Check   string // names the check that the reader passed: it lets one comment in
	Name    string
	Email   string // "" for none
	Text    string
	Origin  Origin // "" where it is not known
	Parent  int64  // the comment that it answers; 0 for none
	Tell    bool   // an e-mail when it is shown
}

// Send takes a reader's comment, which the desk reads before others do. The same check
// with the same words gives the comment that it let in, and the same words within [SameFor]
// those that were sent first. Faults: NotFound where no such article is
// published; Conflict where it takes no comments, or none in answer to that one; Invalid at "code", "name", "email" and "text".
func Send(ctx context.Context, tx *ledger.Tx, cmd SendCommand) (Comment, error) {
	if cmd.Check == "" {
		return Comment{}, fmt.Errorf("sending a comment on article %d: a check is needed", cmd.Article)
	}
	if known, err := cmd.letIn(ctx, tx); err != nil || known.ID != 0 {
		return known, err
	}
	a, err := Get(ctx, tx, cmd.Article)
	switch {
	case err != nil:
		return Comment{}, err
	case a.State != Published:
		return Comment{}, fault.New(fault.NotFound, "news.not-found")
	case !a.Comments:
		return Comment{}, fault.New(fault.Conflict, "news.comments-closed")
	}
	rules, err := RulesOf(ctx, tx, a.Unit)
	if err != nil {
		return Comment{}, err
	}
	if ends := rules.Ends(a.PublishedAt); !ends.IsZero() && !tx.Now().Before(ends) {
		return Comment{}, fault.New(fault.Conflict, "news.comments-closed")
	}
	c, err := cmd.comment(a, tx.Now())
	if err == nil && rules.Email && c.Email == "" {
		err = fault.New(fault.Invalid, "news.comment.email-needed").At("email")
	}
	if err != nil {
		return Comment{}, err
	}
	if c.reader, err = readerOf(ctx, tx, c.Email); err != nil {
		return Comment{}, err
	}
	if err := c.answers(ctx, tx); err != nil {
		return Comment{}, err
	}
	known, err := c.sentBefore(ctx, tx)
	if err != nil {
		return Comment{}, err
	}
	if known.ID != 0 {
		return known, known.keepCheck(ctx, tx, cmd.Check)
	}
	if err := c.meet(ctx, tx, rules); err != nil {
		return Comment{}, err
	}
	if err := c.insert(ctx, tx); err != nil {
		return Comment{}, err
	}
	if err := c.keepSaid(ctx, tx); err != nil {
		return Comment{}, err
	}
	if err := c.keepCheck(ctx, tx, cmd.Check); err != nil {
		return Comment{}, err
	}
	return c, c.tell(tx, CommentSent, Sent{Comment: c.ID, Article: c.Article, Name: c.Name, Email: c.Email, Text: string(c.Text), Met: c.Met, State: c.State, Parent: c.Parent, Wants: c.Wants, Reader: c.reader})
}

// comment is what was typed, made clean. Invalid at "name", "email" and "text".
func (cmd SendCommand) comment(a Article, now time.Time) (Comment, error) {
	c := Comment{Article: a.ID, Unit: a.Unit, Name: fold.Name(cmd.Name), Email: strings.TrimSpace(cmd.Email), SentAt: now, State: Waiting, origin: cmd.Origin, Parent: cmd.Parent, Wants: cmd.Tell}
	var wrong fault.List
	if n := utf8.RuneCountInString(c.Name); n > MostName || !strings.ContainsFunc(c.Name, prose.Visible) {
		wrong = append(wrong, fault.New(fault.Invalid, "news.comment.name", "most", MostName).At("name"))
	}
	if c.Email != "" {
		if !isAddress(c.Email) {
			wrong = append(wrong, fault.New(fault.Invalid, "news.comment.email").At("email"))
		}
	}
	if c.Email == "" && cmd.Tell {
		wrong = append(wrong, fault.New(fault.Invalid, "news.comment.no-email").At("email"))
	}
	var err error
	if c.Text, err = prose.Comment(cmd.Text, MostOpinion); err != nil {
		wrong = append(wrong, fault.All(err)...)
	}
	return c, wrong.Err()
}

// isAddress says whether a letter can be sent to what was typed, and to nobody else.
func isAddress(typed string) bool {
	address, err := mail.ParseAddress(typed)
	plain := !strings.ContainsFunc(typed, func(r rune) bool { return r <= ' ' || r > '~' })
	return err == nil && address.Address == typed && plain && len(typed) <= MostEmail
}

func (c *Comment) insert(ctx context.Context, tx *ledger.Tx) error {
	err := tx.QueryRowContext(ctx, `INSERT INTO news_comment (article_id, unit_id, name, email, text, sent_at, state, decided_by, decided_at, reason, reply, replied_at, met, origin, words, parent, reader_id, wants)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, '', '', 0, $9, $10, $11, $12, $13, $14) RETURNING id`,
		c.Article, c.Unit, c.Name, c.Email, c.Text, store.Micro(c.SentAt), c.State, store.Micro(c.DecidedAt), metBy(c.Met), c.origin, c.words, c.Parent, c.reader, asNumber(c.Wants)).Scan(&c.ID)
	if err != nil {
		return fmt.Errorf("keeping a comment on article %d: %w", c.Article, err)
	}
	return nil
}

// answers says whether the comment answers one that readers are shown, and that answers
// none itself.
func (c Comment) answers(ctx context.Context, q store.Querier) error {
	if c.Parent == 0 {
		return nil
	}
	list, err := comments(ctx, q, `WHERE c.id = $1 AND c.article_id = $2`, c.Parent, c.Article)
	if err == nil && (len(list) == 0 || list[0].State != Shown || list[0].Parent != 0) {
		return fault.New(fault.Conflict, "news.comment.unanswered")
	}
	return err
}

// asNumber is yes and no as a row keeps them.
func asNumber(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// metBy is rules as a row keeps them.
func metBy(rules []Rule) string {
	var names []string
	for _, rule := range rules {
		names = append(names, string(rule))
	}
	return strings.Join(names, " ")
}

// keepCheck notes the check that let the comment in. Invalid at "code": it let another in
// at the same moment.
func (c Comment) keepCheck(ctx context.Context, tx *ledger.Tx, check string) error {
	var id int64
	err := tx.QueryRowContext(ctx, `INSERT INTO news_check (nonce, comment_id, used_at) VALUES ($1, $2, $3)
		ON CONFLICT (nonce) DO UPDATE SET nonce = excluded.nonce RETURNING comment_id`, check, c.ID, store.Micro(tx.Now())).Scan(&id)
	if err != nil {
		return fmt.Errorf("noting the check of comment %d: %w", c.ID, err)
	}
	if id != c.ID {
		return fault.New(fault.Invalid, "news.check-used").At("code")
	}
	return nil
}

func (c Comment) tell(tx *ledger.Tx, kind ledger.Kind, payload any) error {
	return tx.Append(ledger.New{Unit: int64(c.Unit), Kind: kind, Subject: Subject(c.Article), Payload: payload})
}

const commentColumns = `c.id, c.article_id, c.unit_id, c.name, c.email, c.text, c.sent_at, c.state, c.decided_by, c.decided_at, c.reason, c.reply, c.replied_at, c.cuts, c.met, c.origin, c.words, c.parent, c.agreed, c.topic, c.difficulty_id, c.wants, c.reader_id`

// Opinions gives the comments on an article that are shown, the oldest first.
func Opinions(ctx context.Context, q store.Querier, article int64) ([]Comment, error) {
	return comments(ctx, q, `WHERE c.article_id = $1 AND c.state = $2 ORDER BY c.id`, article, Shown)
}

// MostQueued is how many comments the desk is shown at once.
const MostQueued = 100

// Queue gives the comments in a state that a unit's desk looks after: those that wait the
// oldest first, the others the newest.
func Queue(ctx context.Context, q store.Querier, unit tree.UnitID, state CommentState) ([]Comment, error) {
	order := "DESC"
	if state == Waiting {
		order = "ASC"
	}
	return comments(ctx, q, fmt.Sprintf(`WHERE c.unit_id = $1 AND c.state = $2 ORDER BY c.id %s LIMIT %d`, order, MostQueued), unit, state)
}

// CountQueue says how many comments are in a state, of those that a unit's desk looks after.
func CountQueue(ctx context.Context, q store.Querier, unit tree.UnitID, state CommentState) (n int, err error) {
	if err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM news_comment WHERE unit_id = $1 AND state = $2`, unit, state).Scan(&n); err != nil {
		return 0, fmt.Errorf("counting the comments of desk %d: %w", unit, err)
	}
	return n, nil
}

// Answered gives the comments that some answer, by their ids.
func Answered(ctx context.Context, q store.Querier, list []Comment) (map[int64]Comment, error) {
	var parents []string
	for _, c := range list {
		if c.Parent != 0 {
			parents = append(parents, strconv.FormatInt(c.Parent, 10))
		}
	}
	if len(parents) == 0 {
		return nil, nil
	}
	found, err := comments(ctx, q, `WHERE c.id IN (`+strings.Join(parents, ", ")+`)`)
	by := map[int64]Comment{}
	for _, c := range found {
		by[c.ID] = c
	}
	return by, err
}

func comments(ctx context.Context, q store.Querier, where string, args ...any) (list []Comment, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+commentColumns+` FROM news_comment c `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading comments: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c Comment
		var sent, decided, replied, wants int64
		var cuts, met string
		err := rows.Scan(&c.ID, &c.Article, &c.Unit, &c.Name, &c.Email, &c.Text, &sent, &c.State, &c.DecidedBy, &decided, &c.Reason, &c.Reply, &replied, &cuts, &met, &c.origin, &c.words, &c.Parent, &c.Agreed, &c.Topic, &c.Handed, &wants, &c.reader)
		if err != nil {
			return nil, fmt.Errorf("reading a comment: %w", err)
		}
		for rule := range strings.FieldsSeq(met) {
			c.Met = append(c.Met, Rule(rule))
		}
		if cuts != "" {
			if err := json.Unmarshal([]byte(cuts), &c.Cuts); err != nil {
				return nil, fmt.Errorf("reading what was cut of comment %d: %w", c.ID, err)
			}
		}
		c.Wants = wants != 0
		c.SentAt, c.DecidedAt, c.RepliedAt = store.Moment(sent), store.Moment(decided), store.Moment(replied)
		list = append(list, c)
	}
	return list, rows.Err()
}
