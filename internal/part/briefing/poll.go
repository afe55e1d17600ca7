package briefing

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Poll is a quick show of hands.
type Poll struct {
	ID       int64
	Question string
	Opened   time.Time
	Closed   time.Time // zero while it goes on
	Shows    []SiteHands
}

// SiteHands is how many hands a site counted in its room.
type SiteHands struct {
	Unit             tree.UnitID
	Yes, No, Neither int
}

// Result is all hands together.
func (p Poll) Result() (yes, no, neither int) {
	for _, s := range p.Shows {
		yes, no, neither = yes+s.Yes, no+s.No, neither+s.Neither
	}
	return yes, no, neither
}

// OpenPoll asks all sites for a show of hands; one that goes on is closed. key is of
// the form: the same key asks once.
func OpenPoll(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, key, question string) (Poll, error) {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil {
		return Poll{}, err
	}
	question = strings.TrimSpace(question)
	switch n := utf8.RuneCountInString(question); {
	case key == "":
		return Poll{}, fmt.Errorf("opening a poll in briefing %d: a key is needed", id)
	case n == 0:
		return Poll{}, fault.New(fault.Invalid, "briefing.question-needed").At("question")
	case n > MostTopic:
		return Poll{}, fault.New(fault.Invalid, "briefing.long", "most", MostTopic).At("question")
	}
	known, err := readPolls(ctx, tx, `WHERE p.key = $1`, key)
	if err != nil {
		return Poll{}, err
	}
	if len(known) > 0 {
		return known[0], nil
	}
	if err := b.closePolls(ctx, tx, byWord); err != nil {
		return Poll{}, err
	}
	p := Poll{Question: question, Opened: tx.Now()}
	err = tx.QueryRowContext(ctx, `INSERT INTO briefing_poll (key, briefing_id, question, opened_at, closed_at) VALUES ($1, $2, $3, $4, 0) RETURNING id`,
		key, id, question, store.Micro(p.Opened)).Scan(&p.ID)
	if err != nil {
		return Poll{}, fmt.Errorf("opening a poll in briefing %d: %w", id, err)
	}
	return p, b.tell(tx, PollOpened, b.Unit, PollNow{Briefing: id, Poll: p.ID, Question: question, ByWord: byWord})
}

// ShowHands says how many hands a site counted; the last count holds. Invalid at
// "yes", "no" and "neither": less than none, or more than people can be in a room.
func ShowHands(ctx context.Context, tx *ledger.Tx, actor access.Actor, id, poll int64, hands SiteHands) error {
	b, s, err := at(ctx, tx, actor, id, hands.Unit)
	if err != nil {
		return err
	}
	p, err := onePoll(ctx, tx, id, poll)
	if err != nil {
		return err
	}
	if !p.Closed.IsZero() {
		return fault.New(fault.TooLate, "briefing.poll-closed")
	}
	for field, n := range map[string]int{"yes": hands.Yes, "no": hands.No, "neither": hands.Neither} {
		if n < 0 || n > MostHeads {
			return fault.New(fault.Invalid, "briefing.heads-wrong", "most", MostHeads).At(field)
		}
	}
	for _, before := range p.Shows {
		if before == hands {
			return nil
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO briefing_show (poll_id, site_id, yes, no, neither, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (poll_id, site_id) DO UPDATE SET yes = excluded.yes, no = excluded.no, neither = excluded.neither, at = excluded.at`,
		poll, s.ID, hands.Yes, hands.No, hands.Neither, store.Micro(tx.Now()))
	if err != nil {
		return fmt.Errorf("counting hands of site %d: %w", s.ID, err)
	}
	return b.tell(tx, HandsShown, s.Unit, ShowOfHands{
		Briefing: id, Poll: poll, Unit: s.Unit, Yes: hands.Yes, No: hands.No, Neither: hands.Neither,
	})
}

// ClosePoll ends a show of hands. Closing again changes nothing.
func ClosePoll(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) error {
	b, byWord, err := preside(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	return b.closePolls(ctx, tx, byWord)
}

func (b Briefing) closePolls(ctx context.Context, tx *ledger.Tx, byWord bool) error {
	open, err := readPolls(ctx, tx, `WHERE p.briefing_id = $1 AND p.closed_at = 0`, b.ID)
	if err != nil {
		return err
	}
	for _, p := range open {
		if _, err := tx.ExecContext(ctx, `UPDATE briefing_poll SET closed_at = $1 WHERE id = $2`, store.Micro(tx.Now()), p.ID); err != nil {
			return fmt.Errorf("closing poll %d: %w", p.ID, err)
		}
		yes, no, neither := p.Result()
		err := b.tell(tx, PollClosed, b.Unit, PollNow{
			Briefing: b.ID, Poll: p.ID, Question: p.Question, Yes: yes, No: no, Neither: neither, ByWord: byWord,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Polls gives the shows of hands of a briefing, in their order.
func Polls(ctx context.Context, q store.Querier, briefing int64) ([]Poll, error) {
	return readPolls(ctx, q, `WHERE p.briefing_id = $1`, briefing)
}

// LastPoll gives the latest show of hands of a briefing, which may have ended; ok is
// false when there was none.
func LastPoll(ctx context.Context, q store.Querier, briefing int64) (last Poll, ok bool, err error) {
	list, err := readPolls(ctx, q, `WHERE p.id = (SELECT id FROM briefing_poll WHERE briefing_id = $1 ORDER BY opened_at DESC, id DESC LIMIT 1)`, briefing)
	if err != nil || len(list) == 0 {
		return Poll{}, false, err
	}
	return list[0], true, nil
}

func onePoll(ctx context.Context, q store.Querier, briefing, id int64) (Poll, error) {
	list, err := readPolls(ctx, q, `WHERE p.briefing_id = $1 AND p.id = $2`, briefing, id)
	if err != nil {
		return Poll{}, err
	}
	if len(list) == 0 {
		return Poll{}, fault.New(fault.NotFound, "briefing.poll-unknown")
	}
	return list[0], nil
}

// readPolls reads shows of hands with what each site counted, in one query.
func readPolls(ctx context.Context, q store.Querier, where string, args ...any) ([]Poll, error) {
	rows, err := q.QueryContext(ctx, `SELECT p.id, p.question, p.opened_at, p.closed_at,
		COALESCE(s.unit_id, 0), COALESCE(h.yes, 0), COALESCE(h.no, 0), COALESCE(h.neither, 0)
		FROM briefing_poll p LEFT JOIN briefing_show h ON h.poll_id = p.id LEFT JOIN briefing_site s ON s.id = h.site_id `+where+`
		ORDER BY p.opened_at, p.id, s.place, s.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading shows of hands: %w", err)
	}
	defer rows.Close()
	var list []Poll
	for rows.Next() {
		var p Poll
		var one SiteHands
		var opened, closed int64
		if err := rows.Scan(&p.ID, &p.Question, &opened, &closed, &one.Unit, &one.Yes, &one.No, &one.Neither); err != nil {
			return nil, fmt.Errorf("reading a show of hands: %w", err)
		}
		if last := len(list) - 1; last < 0 || list[last].ID != p.ID {
			p.Opened, p.Closed = store.Moment(opened), store.Moment(closed)
			list = append(list, p)
		}
		if one.Unit != 0 { // a poll to which nobody has answered is a row without a site
			last := &list[len(list)-1]
			last.Shows = append(last.Shows, one)
		}
	}
	return list, rows.Err()
}
