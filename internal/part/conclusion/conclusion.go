package conclusion

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Schema is the tables of conclusions.
//
//go:embed schema
var Schema embed.FS

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// Meeting is what conclusions need to know of the meeting in which they were drawn.
type Meeting struct {
	ID        int64       // of the briefing
	Unit      tree.UnitID // the host, whose office writes them down
	Directive int64       // whose board it was about; 0 for none
	Title     string
	Held      time.Time // when it began
	Chair     string    // name and post
}

// State is how far a conclusion has come.
type State string

// The states.
const (
	Drafted   State = "drafted"
	Approved  State = "approved" // by the chair: announced, not binding yet
	Issued    State = "issued"   // in a notice: it binds
	Replaced  State = "replaced" // by one in a later notice
	Withdrawn State = "withdrawn"
)

// Conclusion is one conclusion as it stands now.
type Conclusion struct {
	ID        int64
	Briefing  int64
	Unit      tree.UnitID // the host
	Number    int         // from 1, among those of one notice
	Title     string      // what is to be done
	Text      string      // in more words; "" for none
	To        Assignees
	Deadline  clock.Date
	Directive int64       // of the milestone, and of the condition; 0 for none
	Milestone string      // that closes it by itself when it is reached; "" for a report with evidence
	Verifier  tree.UnitID // whose office verifies
	State     State
	Revision  int64 // counts the saves
	Writer    string
	WrittenAt time.Time

	ApprovedAt time.Time
	Task       int64 // the task that it became; 0 before it was approved
	Count      int   // of its units; 0 before it was approved
	Notice     int64 // in which it is or will be issued; 0 for none yet
	Replaces   int64 // an issued conclusion; 0 for none
	Ends       bool  // it withdraws the one that it replaces, and asks for nothing itself
}

// Subject is how events name a conclusion.
func Subject(id int64) string { return subjects + strconv.FormatInt(id, 10) }

const subjects = "conclusion:"

const columns = `c.id, c.briefing_id, c.unit_id, c.place, c.title, c.body, c.assignees, c.deadline, c.directive_id, c.milestone, c.verifier_id,
	c.state, c.revision, c.writer, c.written_at, c.approved_at, c.task_id, c.units, c.notice_id, c.replaces_id, c.ends`

func (c *Conclusion) scan(row func(...any) error) error {
	var to string
	var written, approved int64
	err := row(&c.ID, &c.Briefing, &c.Unit, &c.Number, &c.Title, &c.Text, &to, &c.Deadline, &c.Directive, &c.Milestone, &c.Verifier,
		&c.State, &c.Revision, &c.Writer, &written, &approved, &c.Task, &c.Count, &c.Notice, &c.Replaces, &c.Ends)
	if err != nil {
		return err
	}
	c.WrittenAt, c.ApprovedAt = store.Moment(written), store.Moment(approved)
	return json.Unmarshal([]byte(to), &c.To)
}

// Get gives one conclusion. NotFound: there is none.
func Get(ctx context.Context, q store.Querier, id int64) (Conclusion, error) {
	list, err := read(ctx, q, `WHERE c.id = $1`, id)
	if err != nil {
		return Conclusion{}, err
	}
	if len(list) == 0 {
		return Conclusion{}, notFound()
	}
	return list[0], nil
}

// Of gives the conclusions of a briefing: those of each notice in its order, the first
// notice first, and then what is in none yet.
func Of(ctx context.Context, q store.Querier, briefing int64) ([]Conclusion, error) {
	return read(ctx, q, `WHERE c.briefing_id = $1 ORDER BY CASE WHEN c.notice_id = 0 THEN 1 ELSE 0 END, c.notice_id, c.place, c.id`, briefing)
}

// InNotice gives the conclusions of a notice, in their order.
func InNotice(ctx context.Context, q store.Querier, notice int64) ([]Conclusion, error) {
	return read(ctx, q, `WHERE c.notice_id = $1 ORDER BY c.place, c.id`, notice)
}

// open gives what is in no notice yet, in its order.
func open(ctx context.Context, q store.Querier, briefing int64) ([]Conclusion, error) {
	return read(ctx, q, `WHERE c.briefing_id = $1 AND c.notice_id = 0 ORDER BY c.place, c.id`, briefing)
}

func read(ctx context.Context, q store.Querier, where string, args ...any) ([]Conclusion, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+` FROM conclusion c `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading conclusions: %w", err)
	}
	defer rows.Close()
	var list []Conclusion
	for rows.Next() {
		var c Conclusion
		if err := c.scan(rows.Scan); err != nil {
			return nil, fmt.Errorf("reading a conclusion: %w", err)
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// lock reads a conclusion and keeps everybody else from changing it until the
// transaction ends.
func lock(ctx context.Context, tx *ledger.Tx, id int64) (Conclusion, error) {
	if _, err := tx.ExecContext(ctx, `UPDATE conclusion SET revision = revision WHERE id = $1`, id); err != nil {
		return Conclusion{}, fmt.Errorf("locking conclusion %d: %w", id, err)
	}
	return Get(ctx, tx, id)
}

// hold locks all conclusions of a meeting, before what is done to several of them is
// decided.
func (m Meeting) hold(ctx context.Context, tx *ledger.Tx) error {
	if _, err := tx.ExecContext(ctx, `UPDATE conclusion SET revision = revision WHERE briefing_id = $1`, m.ID); err != nil {
		return fmt.Errorf("locking the conclusions of briefing %d: %w", m.ID, err)
	}
	return nil
}

func (c *Conclusion) insert(ctx context.Context, tx *ledger.Tx, key string, by int64) error {
	to, err := json.Marshal(c.To)
	if err != nil {
		return fmt.Errorf("encoding who a conclusion is for: %w", err)
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO conclusion (key, briefing_id, unit_id, place, title, body, assignees, deadline, directive_id, milestone,
		verifier_id, state, revision, written_by, writer, written_at, approved_at, task_id, units, notice_id, replaces_id, ends)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, 0, 0, 0, $17, $18) RETURNING id`,
		key, c.Briefing, c.Unit, c.Number, c.Title, c.Text, string(to), c.Deadline, c.Directive, c.Milestone, c.Verifier,
		c.State, c.Revision, by, c.Writer, store.Micro(c.WrittenAt), c.Replaces, c.Ends).Scan(&c.ID)
	if err != nil {
		return fmt.Errorf("writing a conclusion of briefing %d: %w", c.Briefing, err)
	}
	return nil
}

// save writes what can change.
func (c *Conclusion) save(ctx context.Context, tx *ledger.Tx) error {
	to, err := json.Marshal(c.To)
	if err != nil {
		return fmt.Errorf("encoding who conclusion %d is for: %w", c.ID, err)
	}
	c.Revision++
	_, err = tx.ExecContext(ctx, `UPDATE conclusion SET place = $1, title = $2, body = $3, assignees = $4, deadline = $5, milestone = $6, verifier_id = $7,
		state = $8, revision = $9, writer = $10, written_at = $11, approved_at = $12, task_id = $13, units = $14, notice_id = $15, directive_id = $16 WHERE id = $17`,
		c.Number, c.Title, c.Text, string(to), c.Deadline, c.Milestone, c.Verifier, c.State, c.Revision, c.Writer, store.Micro(c.WrittenAt),
		store.Micro(c.ApprovedAt), c.Task, c.Count, c.Notice, c.Directive, c.ID)
	if err != nil {
		return fmt.Errorf("changing conclusion %d: %w", c.ID, err)
	}
	return nil
}

func notFound() *fault.Error { return fault.New(fault.NotFound, "conclusion.not-found") }
