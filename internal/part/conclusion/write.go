package conclusion

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// Bounds of what is written, in characters, and of how many there may be.
const (
	MostTitle = 300
	MostText  = 5000
	Most      = 50 // conclusions of one notice
)

// WriteCommand writes a conclusion down, or changes one that is still a draft.
type WriteCommand struct {
	ID        int64  // 0 for a new one
	Key       string // of the form of a new one: same key, same conclusion
	Revision  int64  // of the conclusion that was read; 0 for a new one
	Title     string
	Text      string
	To        Assignees
	Deadline  clock.Date
	Milestone string
	Verifier  tree.UnitID // 0 for the host
}

// Write keeps a conclusion of a meeting, for the host's office. Nothing is announced
// by it. Faults: Forbidden; Conflict when somebody else changed it meanwhile, when it is
// no draft any more or there are too many; Invalid at "title", "text", "deadline",
// "milestone", "verifier" and those of [Assignees].
func Write(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, cmd WriteCommand) (Conclusion, error) {
	if err := actor.May(access.BriefingCall, m.Unit); err != nil {
		return Conclusion{}, err
	}
	c, known, err := m.draft(ctx, tx, cmd)
	if err != nil || known {
		return c, err
	}
	cmd.Title, cmd.Text = strings.TrimSpace(cmd.Title), strings.TrimSpace(cmd.Text)
	if cmd.Verifier == 0 {
		cmd.Verifier = m.Unit
	}
	if err := cmd.check(ctx, tx, actor, m, c); err != nil {
		return Conclusion{}, err
	}
	c.Title, c.Text, c.To, c.Deadline, c.Milestone, c.Verifier = cmd.Title, cmd.Text, cmd.To, cmd.Deadline, cmd.Milestone, cmd.Verifier
	c.Writer, c.WrittenAt = actor.Name, tx.Now()
	if c.ID == 0 {
		c.Revision = 1
		return c, c.insert(ctx, tx, cmd.Key, actor.Person)
	}
	return c, c.save(ctx, tx)
}

// draft is the draft that a command writes: a new one at the end, or the one that was
// read. known says that the same form wrote it before.
func (m Meeting) draft(ctx context.Context, tx *ledger.Tx, cmd WriteCommand) (c Conclusion, known bool, err error) {
	if cmd.ID != 0 {
		c, err := m.unchanged(ctx, tx, cmd.ID, cmd.Revision)
		return c, false, err
	}
	if cmd.Key == "" {
		return Conclusion{}, false, fmt.Errorf("writing a conclusion of briefing %d: a key is needed", m.ID)
	}
	same, err := read(ctx, tx, `WHERE c.key = $1 AND c.briefing_id = $2`, cmd.Key, m.ID)
	if err != nil {
		return Conclusion{}, false, err
	}
	if len(same) > 0 {
		return same[0], true, nil
	}
	return m.fresh(ctx, tx)
}

// fresh is a new draft, behind the others.
func (m Meeting) fresh(ctx context.Context, tx *ledger.Tx) (Conclusion, bool, error) {
	others, err := open(ctx, tx, m.ID)
	if err != nil {
		return Conclusion{}, false, err
	}
	if len(others) >= Most {
		return Conclusion{}, false, fault.New(fault.Conflict, "conclusion.many", "most", Most)
	}
	return Conclusion{Briefing: m.ID, Unit: m.Unit, Number: len(others) + 1, Directive: m.Directive, State: Drafted}, false, nil
}

// unchanged locks a draft that nobody changed since it was read.
func (m Meeting) unchanged(ctx context.Context, tx *ledger.Tx, id, revision int64) (Conclusion, error) {
	c, err := lock(ctx, tx, id)
	switch {
	case err != nil:
		return Conclusion{}, err
	case c.Briefing != m.ID:
		return Conclusion{}, notFound()
	case c.State != Drafted:
		return Conclusion{}, fault.New(fault.Conflict, "conclusion.not-draft")
	case c.Revision != revision:
		return Conclusion{}, fault.New(fault.Conflict, "conclusion.changed-meanwhile", "name", c.Writer)
	}
	return c, nil
}

func (cmd WriteCommand) check(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, c Conclusion) error {
	var wrong fault.List
	add := func(field, key string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(field))
	}
	bound := func(field, text string, most int) {
		if utf8.RuneCountInString(text) > most {
			add(field, "conclusion.long", "most", most)
		}
	}
	if cmd.Title == "" {
		add("title", "conclusion.needed")
	}
	bound("title", cmd.Title, MostTitle)
	bound("text", cmd.Text, MostText)
	if c.Ends {
		return wrong.Err() // it gives nobody work
	}
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return err
	}
	_, malformed := clock.ParseDate(string(cmd.Deadline))
	switch {
	case cmd.Deadline == "":
		add("deadline", "conclusion.deadline-needed")
	case malformed != nil || past(cmd.Deadline, clock.DateOf(tx.Now(), p.Location())):
		add("deadline", "conclusion.deadline-past")
	}
	if !actor.Tree.Within(cmd.Verifier, m.Unit) {
		add("verifier", "conclusion.not-below")
	}
	wrong = append(wrong, cmd.To.check()...)
	if _, err := cmd.To.named(actor.Tree, m.Unit); cmd.To.Way == Named && err != nil {
		wrong = append(wrong, fault.All(err)...)
	}
	for field, milestone := range map[string]string{"milestone": cmd.Milestone, "figure": cmd.To.Milestone} {
		if milestone == "" || cmd.To.Way != Condition && field == "figure" {
			continue
		}
		known, err := asked(ctx, tx, m.Directive, milestone)
		if err != nil {
			return err
		}
		if !known {
			add(field, "conclusion.milestone-unknown")
		}
	}
	return wrong.Err()
}

// asked says whether a directive asks for a milestone.
func asked(ctx context.Context, tx *ledger.Tx, id int64, milestone string) (bool, error) {
	d, err := directive.Get(ctx, tx, id)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for _, m := range d.Document.Milestones {
		if m.Key == milestone {
			return true, nil
		}
	}
	return false, nil
}

// Remove takes a draft away, for the host's office; those behind it move up. Faults:
// Forbidden; Conflict when somebody changed it meanwhile, or it is no draft any more.
func Remove(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, id, revision int64) error {
	if err := actor.May(access.BriefingCall, m.Unit); err != nil {
		return err
	}
	if _, err := m.unchanged(ctx, tx, id, revision); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM conclusion WHERE id = $1`, id); err != nil {
		return fmt.Errorf("removing conclusion %d: %w", id, err)
	}
	return m.renumber(ctx, tx)
}

// Move puts a draft one place up or down among what is in no notice yet, for the host's
// office. At the end it stays. Faults: as of [Remove].
func Move(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, id, revision int64, up bool) error {
	if err := actor.May(access.BriefingCall, m.Unit); err != nil {
		return err
	}
	c, err := m.unchanged(ctx, tx, id, revision)
	if err != nil {
		return err
	}
	list, err := open(ctx, tx, m.ID)
	if err != nil {
		return err
	}
	to := c.Number
	if up {
		to -= 2
	}
	if to < 0 || to >= len(list) {
		return nil
	}
	other := list[to]
	c.Number, other.Number = other.Number, c.Number
	if err := other.save(ctx, tx); err != nil {
		return err
	}
	return c.save(ctx, tx)
}

// renumber numbers what is in no notice yet from 1.
func (m Meeting) renumber(ctx context.Context, tx *ledger.Tx) error {
	list, err := open(ctx, tx, m.ID)
	if err != nil {
		return err
	}
	for i, c := range list {
		if c.Number == i+1 {
			continue
		}
		c.Number = i + 1
		if err := c.save(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// Amend begins a draft that changes an issued conclusion, or withdraws it: it takes
// effect when a notice with it is issued. One that was begun before is given again.
// Faults: Forbidden; Conflict where it is not issued.
func Amend(ctx context.Context, tx *ledger.Tx, actor access.Actor, m Meeting, id int64, withdraw bool, key string) (Conclusion, error) {
	if err := actor.May(access.BriefingCall, m.Unit); err != nil {
		return Conclusion{}, err
	}
	old, err := lock(ctx, tx, id)
	switch {
	case err != nil:
		return Conclusion{}, err
	case old.Briefing != m.ID:
		return Conclusion{}, notFound()
	case old.State != Issued || old.Ends: // what withdraws asks for nothing that could be changed
		return Conclusion{}, fault.New(fault.Conflict, "conclusion.not-issued")
	}
	begun, err := read(ctx, tx, `WHERE c.replaces_id = $1 AND c.state IN ($2, $3)`, id, Drafted, Approved)
	if err != nil {
		return Conclusion{}, err
	}
	if len(begun) > 0 {
		return begun[0], nil
	}
	c, _, err := m.fresh(ctx, tx)
	if err != nil {
		return Conclusion{}, err
	}
	number := c.Number
	c = old
	c.ID, c.Number, c.State, c.Revision, c.Replaces, c.Ends = 0, number, Drafted, 1, old.ID, withdraw
	c.ApprovedAt, c.Task, c.Count, c.Notice, c.Writer, c.WrittenAt = old.ApprovedAt, 0, 0, 0, actor.Name, tx.Now()
	return c, c.insert(ctx, tx, key, actor.Person)
}
