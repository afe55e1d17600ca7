package directive

import (
	"context"
	"encoding/json"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/part/org"
)

// IssueCommand signs a draft, of a directive or of its next version.
type IssueCommand struct {
	Directive int64
	Revision  int64 // of the draft that was read before signing
	Signature account.Signature
}

// Issue signs a draft and sends it to the levels it names: version 1. Sent
// twice, it issues once. A draft that somebody changed since it was read is a
// Conflict; every rule that it breaks is told at its field. Who asks what there
// is to sign gets an *account.Unsigned.
func Issue(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd IssueCommand) (Directive, error) {
	return publish(ctx, tx, actor, cmd, Drafted)
}

// Revise signs the draft of the next version. What was reported stays valid
// where the milestone's key is the same; tightened deadlines stay too, and so
// does the version of the profile that the first one was issued under.
func Revise(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd IssueCommand) (Directive, error) {
	return publish(ctx, tx, actor, cmd, InForce)
}

// publish turns the draft of a directive, which must be in a state, into its
// next version.
func publish(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd IssueCommand, state State) (Directive, error) {
	d, err := lock(ctx, tx, cmd.Directive)
	if err != nil {
		return Directive{}, err
	}
	if err := actor.May(access.DirectiveIssue, d.Unit); err != nil {
		return Directive{}, err
	}
	earlier, err := Versions(ctx, tx, d.ID)
	if err != nil {
		return Directive{}, err
	}
	if n := len(earlier); n > 0 && earlier[n-1].Revision == cmd.Revision {
		return d, nil // signed twice
	}
	if err := mayPublish(d, cmd, state); err != nil {
		return Directive{}, err
	}
	if cmd.Signature.Method == "" || cmd.Signature.Person != actor.Person {
		return Directive{}, fault.New(fault.Forbidden, "directive.signature.none")
	}
	if err := Ready(ctx, tx, actor, d); err != nil {
		return Directive{}, err
	}
	if err := marking.Check(ctx, tx, d.Draft.Document.Marks); err != nil {
		return Directive{}, err // the ceiling was lowered since
	}
	d, err = addVersion(ctx, tx, d, cmd.Signature)
	if err != nil {
		return Directive{}, err
	}
	return d, cmd.Signature.Use(ctx, tx, actor, access.DirectiveIssue, d.Unit, Subject(d.ID))
}

// mayPublish says why d's draft cannot be issued now.
func mayPublish(d Directive, cmd IssueCommand, state State) error {
	switch {
	case d.State == Ceased:
		return closedAlready()
	case d.State != state && state == Drafted:
		return fault.New(fault.Conflict, "directive.issued.already")
	case d.State != state:
		return fault.New(fault.Conflict, "directive.issued.not")
	case d.Draft == nil:
		return fault.New(fault.Conflict, "directive.draft.none")
	case d.Revision != cmd.Revision:
		return fault.New(fault.Conflict, "directive.draft.changed")
	}
	return nil
}

// Ready gives everything that keeps the draft of d from being issued, each at
// its field; nil when nothing does.
func Ready(ctx context.Context, q store.Querier, actor access.Actor, d Directive) error {
	if d.Draft == nil {
		return fault.New(fault.Conflict, "directive.draft.none")
	}
	profile, err := org.Pinned(ctx, q, d.Document.Profile)
	if err != nil {
		return err
	}
	issuer, ok := actor.Tree.Unit(d.Unit)
	if !ok {
		return fault.New(fault.Conflict, "directive.issuer.gone")
	}
	earlier, err := Versions(ctx, q, d.ID)
	if err != nil {
		return err
	}
	var wrong fault.List
	for _, field := range sortedKeys(d.Draft.Typed) {
		wrong = append(wrong, fault.New(fault.Invalid, "directive.unread", "typed", d.Draft.Typed[field]).At(field))
	}
	document := d.Draft.Document
	for _, one := range append(document.Check(LevelsBelow(profile, issuer.Level)), document.checkAgainst(earlier)...) {
		if _, unread := d.Draft.Typed[one.Field]; !unread { // something stands there, and is wrong already
			wrong = append(wrong, one)
		}
	}
	if len(wrong) == 0 && len(earlier) > 0 && len(Changes(earlier[len(earlier)-1].Document, document)) == 0 {
		wrong = append(wrong, fault.New(fault.Invalid, "directive.unchanged"))
	}
	return wrong.Err()
}

// addVersion writes the next version of d and tells the ledger.
func addVersion(ctx context.Context, tx *ledger.Tx, d Directive, signature account.Signature) (Directive, error) {
	profile, err := org.Pinned(ctx, tx, d.Document.Profile)
	if err != nil {
		return Directive{}, err
	}
	revision := d.Revision
	kind := Revised
	if d.State == Drafted {
		kind, d.IssuedAt = Issued, tx.Now()
	}
	d.Document, d.Draft = d.Draft.Document, nil
	d.Document.Profile = profile.Pin()
	d.State, d.Version, d.Revision = InForce, d.Version+1, d.Revision+1
	content, err := json.Marshal(d.Document)
	if err != nil {
		return Directive{}, fmt.Errorf("encoding a version: %w", err)
	}
	event := VersionIssued{
		Directive: d.ID, Unit: d.Unit, Version: d.Version, Document: d.Document,
		Signer: signature.String(), Method: signature.Method, Passkey: signature.Passkey, Delegation: signature.Delegation,
	}
	if err := signature.Covers(event.statement(content)); err != nil {
		return Directive{}, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO directive_version
		(directive_id, version, revision, document, signer, issued_at, issued_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		d.ID, d.Version, revision, string(content), event.Signer, tx.Now().UnixMicro(), signature.Person)
	if err != nil {
		return Directive{}, fmt.Errorf("writing version %d of directive %d: %w", d.Version, d.ID, err)
	}
	_, err = tx.ExecContext(ctx,
		`UPDATE directive SET state = $1, version = $2, revision = $3, draft = '', issued_at = $4 WHERE id = $5`,
		string(d.State), d.Version, d.Revision, d.IssuedAt.UnixMicro(), d.ID)
	if err != nil {
		return Directive{}, fmt.Errorf("issuing directive %d: %w", d.ID, err)
	}
	return d, tx.Append(ledger.New{Unit: int64(d.Unit), Kind: kind, Subject: Subject(d.ID), Payload: event})
}

// Close ends a directive: nothing more is acknowledged, tightened or reported
// on it. Closing it again changes nothing.
func Close(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Directive, error) {
	d, err := lock(ctx, tx, id)
	if err != nil {
		return Directive{}, err
	}
	if err := actor.May(access.DirectiveIssue, d.Unit); err != nil {
		return Directive{}, err
	}
	switch d.State {
	case Ceased:
		return d, nil
	case Drafted:
		return Directive{}, fault.New(fault.Conflict, "directive.issued.not")
	}
	d.State, d.ClosedAt = Ceased, tx.Now()
	_, err = tx.ExecContext(ctx, `UPDATE directive SET state = $1, closed_at = $2 WHERE id = $3`,
		string(d.State), d.ClosedAt.UnixMicro(), id)
	if err != nil {
		return Directive{}, fmt.Errorf("closing directive %d: %w", id, err)
	}
	if err := account.As(actor, access.DirectiveIssue, d.Unit, "").Use(ctx, tx, actor, access.DirectiveIssue, d.Unit, Subject(id)); err != nil {
		return Directive{}, err
	}
	return d, tx.Append(ledger.New{Unit: int64(d.Unit), Kind: Closed, Subject: Subject(id), Payload: Ended{Directive: id}})
}

func closedAlready() *fault.Error { return fault.New(fault.Conflict, "directive.closed") }
