package conclusion

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/register"
	"giaoban/internal/part/task"
)

// Kind is the profile's kind of paper that a notice of conclusions is.
const Kind = "notice"

// MostRecipients bounds the recipients of a notice, in lines.
const MostRecipients = 30

// Head is what stands on a notice beside the conclusions, as the office wrote it.
type Head struct {
	Above      string   `json:"above,omitempty"` // the organisation above; "" for none
	Issuer     string   `json:"issuer"`
	Place      string   `json:"place,omitempty"` // where the office sits
	Subject    string   `json:"subject"`
	Recipients []string `json:"recipients,omitempty"`
}

// Notice is the notice by which an office issues conclusions.
type Notice struct {
	ID         int64
	Briefing   int64
	Unit       tree.UnitID
	Head       Head
	PreparedAt time.Time
	IssuedAt   time.Time // zero before that
	Paper      register.Paper
}

// NoticeSubject is how the register names a notice.
func NoticeSubject(id int64) string { return "notice:" + strconv.FormatInt(id, 10) }

// Notices gives the notices of a briefing, the first first.
func Notices(ctx context.Context, q store.Querier, briefing int64) ([]Notice, error) {
	return notices(ctx, q, `WHERE n.briefing_id = $1 ORDER BY n.id`, briefing)
}

// NoticeOf gives one notice of a briefing. NotFound: there is none.
func NoticeOf(ctx context.Context, q store.Querier, briefing, id int64) (Notice, error) {
	list, err := notices(ctx, q, `WHERE n.briefing_id = $1 AND n.id = $2`, briefing, id)
	if err != nil {
		return Notice{}, err
	}
	if len(list) == 0 {
		return Notice{}, fault.New(fault.NotFound, "conclusion.notice-unknown")
	}
	return list[0], nil
}

// NoticeNamed gives the notice that the register calls by a subject. NotFound: there is
// none.
func NoticeNamed(ctx context.Context, q store.Querier, subject string) (Notice, error) {
	id, _ := strconv.ParseInt(strings.TrimPrefix(subject, "notice:"), 10, 64) // none is no notice
	list, err := notices(ctx, q, `WHERE n.id = $1`, id)
	if err != nil {
		return Notice{}, err
	}
	if len(list) == 0 {
		return Notice{}, fault.New(fault.NotFound, "conclusion.notice-unknown")
	}
	return list[0], nil
}

func notices(ctx context.Context, q store.Querier, where string, args ...any) (list []Notice, err error) {
	rows, err := q.QueryContext(ctx, `SELECT n.id, n.briefing_id, n.unit_id, n.paper_id, n.head, n.prepared_at, n.issued_at FROM notice n `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading notices of conclusions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n Notice
		var head string
		var prepared, issued int64
		if err := rows.Scan(&n.ID, &n.Briefing, &n.Unit, &n.Paper.ID, &head, &prepared, &issued); err != nil {
			return nil, fmt.Errorf("reading a notice of conclusions: %w", err)
		}
		if err := json.Unmarshal([]byte(head), &n.Head); err != nil {
			return nil, fmt.Errorf("reading the head of notice %d: %w", n.ID, err)
		}
		n.PreparedAt, n.IssuedAt = store.Moment(prepared), store.Moment(issued)
		list = append(list, n)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close() // a transaction of PostgreSQL reads one thing at a time
	for i := range list {
		if list[i].Paper, err = register.Get(ctx, q, list[i].Paper.ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// PrepareCommand prepares a notice.
type PrepareCommand struct {
	Key  string // of the form: same key, same notice
	Head Head
}

// Prepare makes a notice of all that the chair has approved and no notice holds yet, for
// the host's office: a draft in the register. Faults: Forbidden; Conflict where nothing is
// approved, or an earlier notice is not issued yet; Invalid at "issuer", "subject",
// "place", "above" and "recipients".
func Prepare(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, cmd PrepareCommand) (Notice, error) {
	if err := actor.May(access.PaperDraft, m.Unit); err != nil {
		return Notice{}, err
	}
	if cmd.Key == "" {
		return Notice{}, fmt.Errorf("preparing a notice of briefing %d: a key is needed", m.ID)
	}
	if err := m.hold(ctx, tx); err != nil {
		return Notice{}, err
	}
	known, err := notices(ctx, tx, `WHERE n.key = $1 AND n.briefing_id = $2`, cmd.Key, m.ID)
	if err != nil {
		return Notice{}, err
	}
	if len(known) > 0 {
		return known[0], nil
	}
	list, err := m.toIssue(ctx, tx)
	if err != nil {
		return Notice{}, err
	}
	cmd.Head = cmd.Head.trimmed()
	if err := cmd.Head.check(); err != nil {
		return Notice{}, err
	}
	n := Notice{Briefing: m.ID, Unit: m.Unit, Head: cmd.Head, PreparedAt: tx.Now()}
	if err := n.insert(ctx, tx, cmd.Key); err != nil {
		return Notice{}, err
	}
	n.Paper, err = register.Draft(ctx, tx, actor, register.DraftCommand{
		Key: cmd.Key, Unit: m.Unit, Kind: Kind, Subject: NoticeSubject(n.ID), Title: cmd.Head.Subject,
	})
	if err != nil {
		return Notice{}, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE notice SET paper_id = $1 WHERE id = $2`, n.Paper.ID, n.ID); err != nil {
		return Notice{}, fmt.Errorf("entering notice %d in the register: %w", n.ID, err)
	}
	for i, c := range list {
		c.Notice, c.Number = n.ID, i+1
		if err := c.save(ctx, tx); err != nil {
			return Notice{}, err
		}
	}
	return n, m.renumber(ctx, tx)
}

// toIssue is what a notice would hold.
func (m Meeting) toIssue(ctx context.Context, tx *ledger.Tx) (list []Conclusion, err error) {
	earlier, err := Notices(ctx, tx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, n := range earlier {
		if n.IssuedAt.IsZero() && n.Paper.State != register.Cancelled {
			return nil, fault.New(fault.Conflict, "conclusion.notice-open")
		}
	}
	all, err := open(ctx, tx, m.ID)
	for _, c := range all {
		if c.State == Approved {
			list = append(list, c)
		}
	}
	if err == nil && len(list) == 0 {
		err = fault.New(fault.Conflict, "conclusion.none-approved")
	}
	return list, err
}

func (h Head) trimmed() Head {
	h.Above, h.Issuer, h.Place, h.Subject = strings.TrimSpace(h.Above), strings.TrimSpace(h.Issuer), strings.TrimSpace(h.Place), strings.TrimSpace(h.Subject)
	return h
}

func (h Head) check() error {
	var wrong fault.List
	for field, text := range map[string]string{"above": h.Above, "issuer": h.Issuer, "place": h.Place, "subject": h.Subject} {
		switch n := utf8.RuneCountInString(text); {
		case n == 0 && (field == "issuer" || field == "subject"):
			wrong = append(wrong, fault.New(fault.Invalid, "conclusion.needed").At(field))
		case n > MostTitle:
			wrong = append(wrong, fault.New(fault.Invalid, "conclusion.long", "most", MostTitle).At(field))
		}
	}
	if len(h.Recipients) > MostRecipients {
		wrong = append(wrong, fault.New(fault.Invalid, "conclusion.recipients-many", "most", MostRecipients).At("recipients"))
	}
	return wrong.Err()
}

func (n *Notice) insert(ctx context.Context, tx *ledger.Tx, key string) error {
	head, err := json.Marshal(n.Head)
	if err != nil {
		return fmt.Errorf("encoding the head of a notice: %w", err)
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO notice (key, briefing_id, unit_id, paper_id, head, prepared_at, issued_at)
		VALUES ($1, $2, $3, 0, $4, $5, 0) RETURNING id`, key, n.Briefing, n.Unit, string(head), store.Micro(n.PreparedAt)).Scan(&n.ID)
	if err != nil {
		return fmt.Errorf("preparing a notice of briefing %d: %w", n.Briefing, err)
	}
	return nil
}

// DiscardNotice gives a draft of a notice up, or one whose number was cancelled: what it held is approved and in no notice, as
// before it was prepared. Faults: as of [register.Discard].
func DiscardNotice(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, id int64) error {
	if err := m.hold(ctx, tx); err != nil {
		return err
	}
	n, err := NoticeOf(ctx, tx, m.ID, id)
	if err != nil {
		return err
	}
	if _, err := register.Discard(ctx, tx, actor, n.Paper.ID); err != nil {
		return err
	}
	list, err := InNotice(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, c := range list {
		c.Notice, c.Number = 0, 0 // before what was written meanwhile
		if err := c.save(ctx, tx); err != nil {
			return err
		}
	}
	return m.renumber(ctx, tx)
}

// signed is what is signed of a notice.
type signed struct {
	Briefing    int64   `json:"briefing"`
	Head        Head    `json:"head"`
	Conclusions []point `json:"conclusions"`
}

// point is a conclusion as it is signed.
type point struct {
	ID        int64       `json:"id"`
	Number    int         `json:"number"`
	Title     string      `json:"title"`
	Text      string      `json:"text,omitempty"`
	To        Assignees   `json:"to"`
	Task      int64       `json:"task,omitempty"`
	Count     int         `json:"count,omitempty"`
	Deadline  clock.Date  `json:"deadline"`
	Milestone string      `json:"milestone,omitempty"`
	Verifier  tree.UnitID `json:"verifier,omitempty"`
	Replaces  int64       `json:"replaces,omitempty"`
	Ends      bool        `json:"ends,omitempty"`
}

// Content is the bytes that are signed of a notice.
func (n Notice) Content(ctx context.Context, q store.Querier) ([]byte, error) {
	list, err := InNotice(ctx, q, n.ID)
	if err != nil {
		return nil, err
	}
	s := signed{Briefing: n.Briefing, Head: n.Head}
	for _, c := range list {
		s.Conclusions = append(s.Conclusions, point{c.ID, c.Number, c.Title, c.Text, c.To, c.Task, c.Count, c.Deadline, c.Milestone, c.Verifier, c.Replaces, c.Ends})
	}
	content, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("encoding notice %d: %w", n.ID, err)
	}
	return content, nil
}

// InitialNotice says that somebody of the office has gone over a draft. Faults: as of
// [register.Initial].
func InitialNotice(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, id int64) error {
	n, err := NoticeOf(ctx, tx, m.ID, id)
	if err != nil {
		return err
	}
	content, err := n.Content(ctx, tx)
	if err != nil {
		return err
	}
	_, err = register.Initial(ctx, tx, actor, n.Paper.ID, content)
	return err
}

// SignNotice signs a notice under an authority. Faults: as of [register.Sign].
func SignNotice(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, id int64, authority string, signature account.Signature) error {
	n, err := NoticeOf(ctx, tx, m.ID, id)
	if err != nil {
		return err
	}
	content, err := n.Content(ctx, tx)
	if err != nil {
		return err
	}
	_, err = register.Sign(ctx, tx, actor, register.SignCommand{Paper: n.Paper.ID, Content: content, Authority: authority, Signature: signature})
	return err
}

// IssueNotice issues a numbered notice: what it holds binds its units from now on, and
// what it replaces or withdraws is over. Issuing it again changes nothing. Faults: as of
// [register.Issue].
func IssueNotice(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, id int64) error {
	if err := m.hold(ctx, tx); err != nil {
		return err
	}
	n, err := NoticeOf(ctx, tx, m.ID, id)
	if err != nil || !n.IssuedAt.IsZero() {
		return err
	}
	if n.Paper, err = register.Issue(ctx, tx, actor, n.Paper.ID); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE notice SET issued_at = $1 WHERE id = $2`, store.Micro(tx.Now()), id); err != nil {
		return fmt.Errorf("issuing notice %d: %w", id, err)
	}
	list, err := InNotice(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := c.issue(ctx, tx, actor, n); err != nil {
			return err
		}
	}
	return nil
}

// issue has a conclusion bind by its notice.
func (c Conclusion) issue(ctx context.Context, tx *ledger.Tx, actor access.Actor, n Notice) error {
	if !c.Ends {
		if err := task.Bind(ctx, tx, actor, task.FromConclusion, c.ID, n.Paper.NumberText); err != nil {
			return err
		}
	}
	if c.Replaces != 0 {
		if err := c.supersede(ctx, tx, actor, n); err != nil {
			return err
		}
	}
	c.State = Issued
	if err := c.save(ctx, tx); err != nil {
		return err
	}
	return c.tell(tx, WasIssued, false, actor.Name)
}

// supersede ends what a conclusion replaces or withdraws.
func (c Conclusion) supersede(ctx context.Context, tx *ledger.Tx, actor access.Actor, n Notice) error {
	old, err := lock(ctx, tx, c.Replaces)
	if err != nil {
		return err
	}
	kind := WasReplaced
	old.State = Replaced
	if c.Ends {
		kind, old.State = WasEnded, Withdrawn
	}
	if _, err := task.Withdraw(ctx, tx, actor, old.Task, n.Paper.NumberText); err != nil {
		return err
	}
	if err := old.save(ctx, tx); err != nil {
		return err
	}
	old.Notice = n.ID // that says so
	return old.tell(tx, kind, false, actor.Name)
}
