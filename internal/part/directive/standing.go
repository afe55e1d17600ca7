package directive

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// Standing is what a unit is at a milestone of a directive beside done and not
// done, by a decision of a unit above it: exempt, postponed until a day, waiting
// for a merger. One for the milestone itself goes before one for all milestones.
type Standing struct {
	ID        int64
	Directive int64
	Milestone string // key; "" for all milestones
	Unit      tree.UnitID
	Key       string // of the profile's standings
	// Counts says that the unit stays in the denominator. One that does not is
	// not asked.
	Counts    bool
	Until     clock.Date // the unit's deadline; "" leaves that of the directive
	Decision  string     // its number
	Reason    string
	By        tree.UnitID // the unit that decided
	Signer    string      // name and post
	Method    string      // how it was signed: "passkey", "password"; "" where that was not kept
	SetAt     time.Time
	Ender     string    // name and post of who ended or replaced it; "" while it holds
	EndMethod string    // how that was signed
	EndedAt   time.Time // zero while it holds
}

// StandingCommand gives a unit a standing in place of the one it has at the
// same milestone.
type StandingCommand struct {
	Directive int64
	Milestone string // key; "" for all milestones
	Unit      tree.UnitID
	Standing  string // key of the profile's standings
	Until     clock.Date
	Decision  string
	Reason    string
	By        tree.UnitID // the unit that decides: above Unit
	Signature account.Signature
}

// The most characters that a decision's number and a reason may have.
const (
	MostDecision = 60
	MostReason   = 2000
)

// SetStanding gives a unit a standing, signed by a leader of a unit above it,
// with the number of the decision. Setting the same again changes nothing.
// Refusals stand at the fields "standing", "milestone", "until", "decision" and
// "reason". Who asks what there is to sign gets an *account.Unsigned.
func SetStanding(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd StandingCommand) (Standing, error) {
	cmd.Decision, cmd.Reason = strings.TrimSpace(cmd.Decision), strings.TrimSpace(cmd.Reason)
	d, err := lock(ctx, tx, cmd.Directive)
	if err != nil {
		return Standing{}, err
	}
	if err := maySetStanding(actor, d, cmd.Unit, cmd.By, cmd.Signature); err != nil {
		return Standing{}, err
	}
	organisation, err := org.Pinned(ctx, tx, d.Document.Profile)
	if err != nil {
		return Standing{}, err
	}
	kind, wrong := cmd.check(organisation, d, actor.Tree)
	if len(wrong) > 0 {
		return Standing{}, wrong
	}
	s := Standing{
		Directive: cmd.Directive, Milestone: cmd.Milestone, Unit: cmd.Unit, Key: kind.Key, Counts: !kind.NotCounted,
		Until: cmd.Until, Decision: cmd.Decision, Reason: cmd.Reason, By: cmd.By, Signer: cmd.Signature.String(), Method: cmd.Signature.Method, SetAt: tx.Now(),
	}
	before, held, err := standingAt(ctx, tx, cmd.Directive, cmd.Milestone, cmd.Unit)
	switch {
	case err != nil:
		return Standing{}, err
	case held && before.same(s) && !cmd.Signature.Asks():
		return before, nil
	}
	given, err := standingsGiven(ctx, tx, s)
	if err != nil {
		return Standing{}, err
	}
	event := s.event(cmd.Signature, given+1)
	if err := cmd.Signature.Covers(event.statement()); err != nil {
		return Standing{}, err
	}
	if held {
		if err := before.end(ctx, tx, cmd.Signature); err != nil {
			return Standing{}, err
		}
	}
	if err := s.insert(ctx, tx); err != nil {
		return Standing{}, err
	}
	if err := cmd.Signature.Use(ctx, tx, actor, access.DirectiveIssue, s.By, Subject(s.Directive)); err != nil {
		return Standing{}, err
	}
	return s, tx.Append(ledger.New{Unit: int64(s.Unit), Kind: StandingSet, Subject: Subject(s.Directive), Payload: event})
}

// event is what the log says of a standing.
func (s Standing) event(signature account.Signature, ordinal int) UnitStanding {
	return UnitStanding{
		Directive: s.Directive, Milestone: s.Milestone, Unit: s.Unit, Standing: s.Key, Counts: s.Counts, Until: s.Until,
		Decision: s.Decision, Reason: s.Reason, By: s.By, Ordinal: ordinal,
		Signer: s.Signer, Method: signature.Method, Passkey: signature.Passkey, Delegation: signature.Delegation,
	}
}

// EndStandingCommand ends the standing that a unit has.
type EndStandingCommand struct {
	Directive int64
	Milestone string // key; "" for the one for all milestones
	Unit      tree.UnitID
	By        tree.UnitID // the unit that decides: above Unit
	Signature account.Signature
}

// EndStanding takes a unit's standing back: it is asked again as the directive
// says. Ending what has ended changes nothing. Who asks what there is to sign gets
// an *account.Unsigned.
func EndStanding(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd EndStandingCommand) error {
	d, err := lock(ctx, tx, cmd.Directive)
	if err != nil {
		return err
	}
	if err := maySetStanding(actor, d, cmd.Unit, cmd.By, cmd.Signature); err != nil {
		return err
	}
	s, held, err := standingAt(ctx, tx, cmd.Directive, cmd.Milestone, cmd.Unit)
	if err != nil || !held {
		return err
	}
	given, err := standingsGiven(ctx, tx, s)
	if err != nil {
		return err
	}
	event := UnitStandingEnded{
		Directive: s.Directive, Milestone: s.Milestone, Unit: s.Unit, By: cmd.By, Ordinal: given,
		Signer: cmd.Signature.String(), Method: cmd.Signature.Method, Passkey: cmd.Signature.Passkey, Delegation: cmd.Signature.Delegation,
	}
	if err := cmd.Signature.Covers(event.statement()); err != nil {
		return err
	}
	if err := s.end(ctx, tx, cmd.Signature); err != nil {
		return err
	}
	if err := cmd.Signature.Use(ctx, tx, actor, access.DirectiveIssue, cmd.By, Subject(s.Directive)); err != nil {
		return err
	}
	return tx.Append(ledger.New{Unit: int64(s.Unit), Kind: StandingEnded, Subject: Subject(s.Directive), Payload: event})
}

// maySetStanding says why the actor cannot decide on a unit's standing for the
// unit by.
func maySetStanding(actor access.Actor, d Directive, unit, by tree.UnitID, signature account.Signature) error {
	if err := actor.May(access.StandingSet, unit); err != nil {
		return err
	}
	if err := actor.May(access.DirectiveIssue, by); err != nil {
		return err
	}
	switch {
	case by == unit || !actor.Tree.Within(unit, by):
		return fault.New(fault.Forbidden, "access.refused")
	case d.State == Drafted, unit == d.Unit, !Concerns(actor.Tree, d, unit):
		return notFound()
	case d.State == Ceased:
		return closedAlready()
	case signature.Method == "" || signature.Person != actor.Person:
		return fault.New(fault.Forbidden, "directive.signature.none")
	}
	return nil
}

// check gives the profile's standing that is meant and everything that is wrong
// in the command, each at its field.
func (cmd StandingCommand) check(p *profile.Profile, d Directive, t *tree.Tree) (profile.Standing, fault.List) {
	var wrong fault.List
	add := func(field, key string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, key, args...).At(field))
	}
	kind, known := p.Standing(cmd.Standing)
	if !known {
		add("standing", "directive.standing.none")
	}
	unit, _ := t.Unit(cmd.Unit)
	if !d.Document.reports(cmd.Milestone, unit.Level) {
		add("milestone", "directive.standing.not-asked")
	}
	day, err := clock.ParseDate(string(cmd.Until))
	switch {
	case err != nil:
		add("until", "directive.unread", "typed", string(cmd.Until))
	case day == "" && kind.Until == profile.UntilRequired:
		add("until", "directive.standing.until-needed")
	case day != "" && kind.Until == "" && known:
		add("until", "directive.standing.until-not")
	case day != "" && day < d.Document.Date:
		add("until", "directive.deadline.early", "date", d.Document.Date)
	}
	switch n := utf8.RuneCountInString(cmd.Decision); {
	case n == 0:
		add("decision", "directive.standing.decision-needed")
	case n > MostDecision:
		add("decision", "directive.long", "most", MostDecision)
	}
	switch n := utf8.RuneCountInString(cmd.Reason); {
	case n == 0:
		add("reason", "directive.standing.reason-needed")
	case n > MostReason:
		add("reason", "directive.long", "most", MostReason)
	}
	return kind, wrong
}

// reports says whether units of a level report a milestone, or any where key is "".
func (d Document) reports(key, level string) bool {
	return slices.ContainsFunc(d.Milestones, func(m Milestone) bool {
		_, asked := m.Deadline(level)
		return asked && (key == "" || m.Key == key)
	})
}

// same says whether two standings decide the same by the same decision.
func (s Standing) same(t Standing) bool {
	return s.Key == t.Key && s.Counts == t.Counts && s.Until == t.Until && s.Decision == t.Decision && s.Reason == t.Reason && s.By == t.By
}

func (s *Standing) insert(ctx context.Context, tx *ledger.Tx) error {
	err := tx.QueryRowContext(ctx, `INSERT INTO directive_standing
		(directive_id, milestone, unit_id, standing, counts, until_date, decision, reason, set_for, signer, set_at, ender, ended_at, method)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', 0, $12) RETURNING id`,
		s.Directive, s.Milestone, s.Unit, s.Key, number(s.Counts), string(s.Until), s.Decision, s.Reason, s.By, s.Signer,
		s.SetAt.UnixMicro(), s.Method).Scan(&s.ID)
	if err != nil {
		return fmt.Errorf("setting a standing of unit %d: %w", s.Unit, err)
	}
	return nil
}

// end marks a standing as ended.
func (s Standing) end(ctx context.Context, tx *ledger.Tx, by account.Signature) error {
	_, err := tx.ExecContext(ctx, `UPDATE directive_standing SET ender = $1, ended_at = $2, end_method = $3 WHERE id = $4`,
		by.String(), tx.Now().UnixMicro(), by.Method, s.ID)
	if err != nil {
		return fmt.Errorf("ending a standing of unit %d: %w", s.Unit, err)
	}
	return nil
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// StandingAt finds, among standings that hold, that of a unit at a milestone of a
// directive: one for the milestone itself before one for all. The zero Standing,
// which moves no deadline, means that there is none.
func StandingAt(list []Standing, directive int64, milestone string, unit tree.UnitID) (found Standing) {
	for _, s := range list {
		if s.Directive == directive && s.Unit == unit && (s.Milestone == milestone || s.Milestone == "" && found.Key == "") {
			found = s
		}
	}
	return found
}

// Exempt says that the unit is not asked.
func (s Standing) Exempt() bool { return s.Key != "" && !s.Counts }

// Deadline is the unit's deadline where it would be day without the standing.
func (s Standing) Deadline(day clock.Date) clock.Date {
	if day == "" || s.Until == "" {
		return day
	}
	return s.Until
}
