package report

import (
	"context"
	"fmt"
	"maps"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// SubmitCommand is a report as a leader signs it.
type SubmitCommand struct {
	Slot
	Key       string            // of the draft or of the form: same key, same report
	Revision  int64             // of the draft that the form is based on; 0 for none
	After     int               // the newest version that the person saw; 0 for none
	Values    map[string]string // as typed, by indicator
	Lang      text.Lang         // in which numbers and dates were typed
	Marks     marking.Marks
	Signature account.Signature
}

// Submit signs and sends a unit's report as its next version. A version that
// still waits is superseded; one that is accepted stays so until the new one is
// accepted. The same key, or the same content sent from a second window, gives
// the report that exists and no second event.
//
// Faults: Forbidden for anybody but the unit's leader, or its deputy before the
// turn has come, and for an unopened
// signing window; *account.Unsigned for who asks what there is to sign; Invalid at each indicator that is wrong, as a fault.List;
// Conflict, as [Overtaken], when somebody else saved or sent meanwhile; TooLate
// when the directive is closed; NotFound where the unit is not asked.
func Submit(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SubmitCommand) (Report, error) {
	actor, err := ToSign(ctx, tx, actor, cmd.Slot, tx.Now())
	if err != nil {
		return Report{}, err
	}
	if err := actor.May(access.ReportSubmit, cmd.Unit); err != nil {
		if err := mayStill(ctx, tx, actor, cmd, err); err != nil {
			return Report{}, err
		}
	}
	if err := signed(actor, cmd.Signature); err != nil {
		return Report{}, err
	}
	by(tx, actor)
	if cmd.Key == "" {
		cmd.Key = NewKey()
	}
	draft, fresh, err := lock(ctx, tx, cmd.Slot, cmd.Key)
	if err != nil {
		return Report{}, err
	}
	if before, ok, err := sentBefore(ctx, tx, cmd, fresh); ok || err != nil {
		return before, err
	}
	asked, err := ask(ctx, tx, actor, cmd.Slot)
	if err != nil {
		return Report{}, err
	}
	content, err := canonical(asked.milestone, cmd.Lang, cmd.Values)
	if err != nil {
		return Report{}, err
	}
	if err := marking.Check(ctx, tx, cmd.Marks); err != nil {
		return Report{}, err
	}
	again, version, err := sentAlready(ctx, tx, actor, cmd, hashOf(content))
	if version == 0 || err != nil {
		return again, err
	}
	if !fresh && draft.Revision != cmd.Revision && !maps.Equal(draft.Values, cmd.Values) {
		return Report{}, overtaken(ctx, tx, actor, draft)
	}
	if err := drop(ctx, tx, cmd.Slot); err != nil {
		return Report{}, err
	}
	r := Report{
		Slot: cmd.Slot, Version: version, Key: cmd.Key, State: Waiting, Content: content, Hash: hashOf(content),
		SubmittedAt: tx.Now(), SubmittedBy: actor.Person, Signer: cmd.Signature.String(), Marks: cmd.Marks,
	}
	if err := send(ctx, tx, &r, asked.level, cmd.Signature); err != nil {
		return r, err
	}
	return r, cmd.Signature.Use(ctx, tx, actor, access.ReportSubmit, cmd.Unit, r.Subject())
}

// by makes the actor the author of the events: the log and the rows name the
// same person.
func by(tx *ledger.Tx, actor access.Actor) {
	if actor.Hand() == 0 {
		tx.As(actor.Name)
		return
	}
	tx.As("person:" + strconv.FormatInt(actor.Hand(), 10))
}

// signed refuses a signature that is none, or somebody else's.
func signed(actor access.Actor, s account.Signature) error {
	if s.Method == "" || s.Name == "" || s.Person != actor.Person && actor.Person != 0 {
		return fault.New(fault.Forbidden, "account.window.closed")
	}
	return nil
}

// sentBefore gives the report that the same key made before. Other values
// under the same key are a conflict: they would be lost without a word.
func sentBefore(ctx context.Context, tx *ledger.Tx, cmd SubmitCommand, fresh bool) (Report, bool, error) {
	before, ok, err := byKey(ctx, tx, cmd.Key)
	if err != nil || !ok {
		return Report{}, false, err
	}
	if before.Slot != cmd.Slot {
		return Report{}, false, fault.New(fault.Conflict, "report.key-used")
	}
	asked, err := milestoneOf(ctx, tx, cmd.Slot)
	if err != nil {
		return Report{}, false, err
	}
	content, err := canonical(asked, cmd.Lang, cmd.Values)
	if err != nil || content != before.Content {
		return Report{}, false, &Overtaken{Report: before, Own: before.SubmittedBy == cmd.Signature.Person}
	}
	if !fresh {
		return before, true, nil // somebody writes a correction already
	}
	return before, true, drop(ctx, tx, cmd.Slot)
}

// sentAlready compares with what the unit sent itself, when the person has not
// seen it: the same content is the same report, anything else was overtaken.
// What was told on its behalf overtakes nobody. Otherwise it gives the number of
// the next version; 0 with the report that exists.
func sentAlready(
	ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SubmitCommand, hash string,
) (again Report, next int, err error) {
	newest, own, err := newestOf(ctx, tx, cmd.Slot)
	if err != nil {
		return Report{}, 0, err
	}
	if own.Version <= cmd.After && cmd.After <= newest.Version {
		return Report{}, newest.Version + 1, nil
	}
	if own.Hash != hash || own.Version != cmd.After+1 {
		return Report{}, 0, &Overtaken{Report: own, Own: own.SubmittedBy == actor.Person && actor.Person != 0}
	}
	return own, 0, drop(ctx, tx, cmd.Slot)
}

// send inserts a signed version and appends the event. It fills in the id. A
// signature that does not stand under this version is refused.
func send(ctx context.Context, tx *ledger.Tx, r *Report, level string, signature account.Signature) error {
	event := VersionSubmitted{
		Directive: r.Directive, Milestone: r.Milestone, Unit: r.Unit, Level: level, Version: r.Version,
		Content: r.Content, Hash: r.Hash, Signer: r.Signer, Method: signature.Method, Committee: r.Committee, Passkey: signature.Passkey,
		Delegation: signature.Delegation, Marks: r.Marks,
	}
	if err := signature.Covers(event.Statement()); err != nil {
		return err
	}
	if err := r.insert(ctx, tx); err != nil {
		return err
	}
	event.Report = r.ID
	return tx.Append(ledger.New{Unit: int64(r.Unit), Kind: Submitted, Subject: r.Subject(), Payload: event})
}

// insert adds a version that is new and supersedes the one that waited or was
// provisional. It fills in the id.
func (r *Report) insert(ctx context.Context, tx *ledger.Tx) error {
	if r.Version > 1 { // before the first there is none
		_, err := tx.ExecContext(ctx, `UPDATE report SET state = $1
			WHERE directive_id = $2 AND milestone = $3 AND unit_id = $4 AND state IN ($5, $6)`,
			Superseded, r.Directive, r.Milestone, r.Unit, Waiting, Provisional)
		if err != nil {
			return fmt.Errorf("superseding the version before: %w", err)
		}
	}
	err := tx.QueryRowContext(ctx, `INSERT INTO report (directive_id, milestone, unit_id, version, key, state, content, hash,
		submitted_at, submitted_by, signer, committee, decided_at, decided_by, decider, reason,
		told_by, told_source, told_said, told_at, told_file, secrecy, urgency)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, '', '', $13, $14, $15, $16, $17, $18, $19) RETURNING id`,
		r.Directive, r.Milestone, r.Unit, r.Version, r.Key, r.State, r.Content, r.Hash,
		store.Micro(r.SubmittedAt), r.SubmittedBy, r.Signer, r.Committee,
		r.Telling.By, string(r.Telling.Source), r.Telling.Said, store.Micro(r.Telling.At), r.Telling.File, string(r.Secrecy), string(r.Urgency)).Scan(&r.ID)
	if store.Unique(err) {
		return fault.New(fault.Conflict, "report.key-used")
	}
	if err != nil {
		return fmt.Errorf("adding a report: %w", err)
	}
	return nil
}

// parentOf is the unit that counts a unit now.
func parentOf(ctx context.Context, q store.Querier, unit tree.UnitID) (tree.UnitID, error) {
	p, err := placeOf(ctx, q, unit)
	return p.parent, err
}
