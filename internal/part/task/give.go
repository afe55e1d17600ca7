package task

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// Bounds of what is written, in characters, and of files.
const (
	MostTitle = 300
	MostText  = 5000
	MostFiles = 5
)

// GiveCommand gives a task.
type GiveCommand struct {
	Key       string // of the form, or of the point of a document: same key, same task
	Giver     tree.UnitID
	Source    Source
	Title     string
	Text      string
	Marks     marking.Marks
	Units     []tree.UnitID // the giver or any below it; fixed from then on
	Body      string        // of the profile; "" for the office
	Deadline  clock.Date    // the last day
	Directive int64         // 0 for none
	Milestone string        // that ends a share when the board has it; "" for a report with evidence
	Verifier  tree.UnitID   // whose office verifies; 0 for the giver's
	Announced bool          // it is told, and binds from [Bind] on
	// Signature signs a task for committees that no document carries; the zero value
	// where a signed document does, or for offices.
	Signature account.Signature
}

// carried says that a document which is signed and issued by itself gives the task.
func carried(s Source) bool { return s.Kind == FromConclusion || s.Kind == FromDirective }

// Give gives a task to a set of units, all or none, however many they are. An office
// gives work to offices below it; a task for a committee needs the signature of its
// superior committee. Faults: Forbidden; Invalid at "title", "text", "units", "body",
// "deadline", "milestone", "verifier", "source", "signature" and at those of the marks.
func Give(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd GiveCommand) (Task, error) {
	if err := actor.May(access.TaskGive, cmd.Giver); err != nil {
		return Task{}, err
	}
	if cmd.Key == "" {
		return Task{}, fmt.Errorf("giving a task of unit %d: a key is needed", cmd.Giver)
	}
	known, err := read(ctx, tx, `WHERE t.key = $1 AND t.giver_id = $2`, cmd.Key, cmd.Giver)
	if err != nil {
		return Task{}, err
	}
	if len(known) > 0 {
		return known[0], nil
	}
	p, err := org.Profile(ctx, tx)
	if err != nil {
		return Task{}, err
	}
	cmd = cmd.filled()
	if err := cmd.check(ctx, tx, actor, p); err != nil {
		return Task{}, err
	}
	t := Task{
		Giver: cmd.Giver, GivenBy: actor.Person, Name: actor.Name, GivenAt: tx.Now(), Source: cmd.Source, Title: cmd.Title, Text: cmd.Text, Marks: cmd.Marks,
		Body: cmd.Body, Deadline: cmd.Deadline, Directive: cmd.Directive, Milestone: cmd.Milestone, Verifier: cmd.Verifier, State: Live, Units: NewSet(cmd.Units),
	}
	if cmd.Announced {
		t.State = Announced
	}
	if err := cmd.sign(actor, t); err != nil {
		return Task{}, err
	}
	if err := t.insert(ctx, tx, cmd.Key); err != nil {
		return Task{}, err
	}
	return t, t.tell(tx, WasGiven, t.given(cmd.Signature))
}

// filled is the command with what may be left out, and texts without their margins.
func (cmd GiveCommand) filled() GiveCommand {
	cmd.Title, cmd.Text = strings.TrimSpace(cmd.Title), strings.TrimSpace(cmd.Text)
	if cmd.Verifier == 0 {
		cmd.Verifier = cmd.Giver
	}
	if cmd.Body == "" {
		cmd.Body = OfOffice
	}
	return cmd
}

// sign refuses a task for committees that nobody signed for the superior one.
func (cmd GiveCommand) sign(actor access.Actor, t Task) error {
	if t.Body == OfOffice || carried(cmd.Source) {
		return nil
	}
	if actor.May(access.TaskSign, t.Giver) != nil || cmd.Signature.Person != actor.Person || cmd.Signature.Method == "" {
		return fault.New(fault.Invalid, "task.committee").At("signature")
	}
	return cmd.Signature.Covers(t.given(cmd.Signature).statement())
}

func (t Task) given(signature account.Signature) Given {
	g := Given{
		Task: t.ID, Giver: t.Giver, Source: t.Source, Title: t.Title, Text: t.Text, Marks: t.Marks, Body: t.Body, Deadline: t.Deadline,
		Directive: t.Directive, Milestone: t.Milestone, Verifier: t.Verifier, State: t.State, Units: t.Units.Bytes(), Count: t.Units.Len(), Name: t.Name,
	}
	if signature.Method != "" {
		g.Signer, g.Method, g.Passkey, g.Delegation = signature.String(), signature.Method, signature.Passkey, signature.Delegation
	}
	return g
}

func (cmd GiveCommand) check(ctx context.Context, tx *ledger.Tx, actor access.Actor, p *profile.Profile) error {
	var wrong fault.List
	add := func(field, key string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(field))
	}
	switch n := utf8.RuneCountInString(cmd.Title); {
	case n == 0:
		add("title", "task.needed")
	case n > MostTitle:
		add("title", "task.long", "most", MostTitle)
	}
	if utf8.RuneCountInString(cmd.Text) > MostText {
		add("text", "task.long", "most", MostText)
	}
	if !knownKind(cmd.Source.Kind) {
		add("source", "task.source-needed")
	}
	if !slices.ContainsFunc(p.Bodies, func(b profile.Body) bool { return b.Key == cmd.Body }) && cmd.Body != OfOffice {
		add("body", "task.body-needed")
	}
	if err := checkDeadline(cmd.Deadline, clock.DateOf(tx.Now(), p.Location())); err != nil {
		wrong = append(wrong, err.At("deadline"))
	}
	if err := cmd.checkUnits(actor.Tree); err != nil {
		wrong = append(wrong, err)
	}
	if _, known := actor.Tree.Unit(cmd.Verifier); !known {
		add("verifier", "task.verifier-unknown")
	}
	for _, check := range []func() error{
		func() error { return marking.Check(ctx, tx, cmd.Marks) },
		func() error { return cmd.reachable(ctx, tx) },
	} {
		err := check()
		if err != nil && !fault.Is(err, fault.Invalid) {
			return err
		}
		wrong = append(wrong, fault.All(err)...)
	}
	return wrong.Err()
}

// checkDeadline refuses no day and one that is over.
func checkDeadline(day, today clock.Date) *fault.Error {
	if _, err := clock.ParseDate(string(day)); err != nil {
		return fault.New(fault.Invalid, "task.deadline-needed")
	}
	if day < today {
		return fault.New(fault.Invalid, "task.deadline-past", "today", today)
	}
	return nil
}

// checkUnits refuses no unit, and one that is not of the giver's.
func (cmd GiveCommand) checkUnits(t *tree.Tree) *fault.Error {
	if len(cmd.Units) == 0 {
		return fault.New(fault.Invalid, "task.units-needed").At("units")
	}
	for _, unit := range cmd.Units {
		if !t.Within(unit, cmd.Giver) || cmd.Source.Kind == FromTask && unit == cmd.Giver {
			return fault.New(fault.Invalid, "task.unit-not-below").At("units")
		}
	}
	return nil
}

// reachable refuses a milestone that no directive in force has.
func (cmd GiveCommand) reachable(ctx context.Context, q store.Querier) error {
	if cmd.Directive == 0 && cmd.Milestone == "" {
		return nil
	}
	unknown := fault.New(fault.Invalid, "task.milestone-unknown").At("milestone")
	d, err := directive.Get(ctx, q, cmd.Directive)
	if fault.Is(err, fault.NotFound) {
		return unknown
	}
	if err != nil {
		return err
	}
	known := cmd.Milestone == "" || slices.ContainsFunc(d.Document.Milestones, func(m directive.Milestone) bool { return m.Key == cmd.Milestone })
	if d.State != directive.InForce || !known {
		return unknown
	}
	return nil
}

func (t *Task) insert(ctx context.Context, tx *ledger.Tx, key string) error {
	err := tx.QueryRowContext(ctx, `INSERT INTO task (key, giver_id, given_by, giver, given_at, source, source_id, source_part, source_title, title, body_text,
		secrecy, urgency, body, deadline, directive_id, milestone, verifier_id, state, bound_by, units, unit_count, ended_at, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '', $20, $21, 0, 1) RETURNING id`,
		key, t.Giver, t.GivenBy, t.Name, store.Micro(t.GivenAt), t.Source.Kind, t.Source.ID, t.Source.Part, t.Source.Title, t.Title, t.Text,
		t.Secrecy, t.Urgency, t.Body, t.Deadline, t.Directive, t.Milestone, t.Verifier, t.State, t.Units.Bytes(), t.Units.Len()).Scan(&t.ID)
	if err != nil {
		return fmt.Errorf("giving a task of unit %d: %w", t.Giver, err)
	}
	t.revision = 1
	return nil
}

// Bind has the announced tasks of a source bind; by names the document that was issued,
// as "Thông báo số 12-TB/TU". The part that issues it calls this in the transaction in
// which it does. Faults: Forbidden.
func Bind(ctx context.Context, tx *ledger.Tx, actor access.Actor, kind string, source int64, by string) error {
	list, err := BySource(ctx, tx, kind, source)
	if err != nil {
		return err
	}
	for _, announced := range list {
		t, err := lock(ctx, tx, announced.ID)
		if err != nil {
			return err
		}
		if t.State != Announced {
			continue
		}
		if err := actor.May(access.TaskGive, t.Giver); err != nil {
			return err
		}
		t.State, t.BoundBy = Live, by
		if err := t.save(ctx, tx); err != nil {
			return err
		}
		if err := t.tell(tx, WasBound, Changed{Task: t.ID, Text: by, Name: actor.Name}); err != nil {
			return err
		}
	}
	return nil
}

// Withdraw takes a task back, with a reason, and with it what was handed down of it.
// Withdrawing again changes nothing. Faults: Forbidden; Invalid at "text".
func Withdraw(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, reason string) (Task, error) {
	t, err := lock(ctx, tx, id)
	if err != nil {
		return Task{}, err
	}
	if err := actor.May(access.TaskGive, t.Giver); err != nil {
		return Task{}, err
	}
	if t.Body != OfOffice && !carried(t.Source) && actor.May(access.TaskSign, t.Giver) != nil {
		return Task{}, fault.New(fault.Forbidden, "task.committee")
	}
	if reason, err = said(reason); err != nil {
		return Task{}, err
	}
	return t, t.withdraw(ctx, tx, actor, reason)
}

func (t *Task) withdraw(ctx context.Context, tx *ledger.Tx, actor access.Actor, reason string) error {
	if t.State == Withdrawn {
		return nil
	}
	t.State, t.EndedAt = Withdrawn, tx.Now()
	if err := t.save(ctx, tx); err != nil {
		return err
	}
	if err := t.tell(tx, WasWithdrawn, Changed{Task: t.ID, Text: reason, Name: actor.Name}); err != nil {
		return err
	}
	below, err := BySource(ctx, tx, FromTask, t.ID)
	if err != nil {
		return err
	}
	for _, one := range below {
		split, err := lock(ctx, tx, one.ID)
		if err != nil {
			return err
		}
		if err := split.withdraw(ctx, tx, actor, reason); err != nil {
			return err
		}
	}
	return nil
}

// said is a text that must be there, without its margins.
func said(text string) (string, error) {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return "", fault.New(fault.Invalid, "task.needed").At("text")
	case n > MostText:
		return "", fault.New(fault.Invalid, "task.long", "most", MostText).At("text")
	}
	return text, nil
}
