package report

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
)

// DecideCommand is a decision about a waiting version.
type DecideCommand struct {
	Report  int64
	Decider string // name and post of who decides
	Reason  string // of a return: required there
}

// Accept says that the report is right: its unit is done at the milestone, and
// an earlier accepted version is superseded. Only a leader of the unit that
// counts the reporting one may, and its deputy once the turn has come. Accepting again is the same answer; a version
// that was returned or overtaken meanwhile is a fault of kind Conflict.
func Accept(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd DecideCommand) (Report, error) {
	cmd.Reason = ""
	return decide(ctx, tx, actor, cmd, Done)
}

// maxReason is the most letters that a reason may have.
const maxReason = 2000

// Return gives the report back with a reason; a version accepted before stays
// so. Who may, and what happens when it was decided before, is as with Accept.
func Return(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd DecideCommand) (Report, error) {
	cmd.Reason = strings.TrimSpace(cmd.Reason)
	switch {
	case cmd.Reason == "":
		return Report{}, fault.New(fault.Invalid, "report.reason-needed").At("reason")
	case len([]rune(cmd.Reason)) > maxReason:
		return Report{}, fault.New(fault.Invalid, "report.reason-too-long", "limit", maxReason).At("reason")
	}
	return decide(ctx, tx, actor, cmd, SentBack)
}

// AcceptAll accepts several reports. Those that cannot be accepted any more are
// left as they are and named in refused, each at the field "report." and its id.
func AcceptAll(ctx context.Context, tx *ledger.Tx, actor access.Actor, reports []int64, decider string) (accepted []Report, refused fault.List, err error) {
	ids := slices.Clone(reports)
	slices.Sort(ids) // two people with the same list lock its rows in the same order
	for _, id := range slices.Compact(ids) {
		r, err := Accept(ctx, tx, actor, DecideCommand{Report: id, Decider: decider})
		if faults := fault.All(err); len(faults) > 0 {
			refused = append(refused, faults[0].At("report."+strconv.FormatInt(id, 10)))
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		accepted = append(accepted, r)
	}
	return accepted, refused, nil
}

func decide(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd DecideCommand, to State) (Report, error) {
	r, err := Get(ctx, tx, cmd.Report)
	if err != nil {
		return Report{}, err
	}
	parent, err := parentOf(ctx, tx, r.Unit)
	if err != nil {
		return Report{}, err
	}
	if actor, err = org.InTurn(ctx, tx, actor, access.ReportDecide, parent, r.SubmittedAt, tx.Now()); err != nil {
		return Report{}, err
	}
	if err := actor.May(access.ReportDecide, parent); err != nil {
		return Report{}, err
	}
	if r.State == to {
		return r, nil
	}
	by(tx, actor)
	as := account.As(actor, access.ReportDecide, parent, "")
	if !strings.HasPrefix(cmd.Decider, as.Authority) {
		cmd.Decider = as.Named(cmd.Decider)
	}
	if err := stillOpen(ctx, tx, r.Directive); err != nil {
		return Report{}, err
	}
	taken, err := take(ctx, tx, actor, &r, cmd, to)
	if err != nil {
		return Report{}, err
	}
	if !taken {
		return decidedMeanwhile(ctx, tx, r.ID, to)
	}
	if err := announce(tx, actor, r, parent, as.Delegation); err != nil {
		return Report{}, err
	}
	return r, as.Use(ctx, tx, actor, access.ReportDecide, parent, r.Subject())
}

// take moves a version out of waiting, whoever comes first, and says whether it
// was this one.
func take(ctx context.Context, tx *ledger.Tx, actor access.Actor, r *Report, cmd DecideCommand, to State) (bool, error) {
	result, err := tx.ExecContext(ctx, `UPDATE report SET state = $1, decided_at = $2, decided_by = $3, decider = $4, reason = $5
		WHERE id = $6 AND state = $7`, to, store.Micro(tx.Now()), actor.Hand(), cmd.Decider, cmd.Reason, r.ID, Waiting)
	if err != nil {
		return false, fmt.Errorf("deciding report %d: %w", r.ID, err)
	}
	if first, err := changed(result); err != nil || !first {
		return false, err
	}
	r.State, r.DecidedAt, r.DecidedBy, r.Decider, r.Reason = to, tx.Now(), actor.Hand(), cmd.Decider, cmd.Reason
	if to != Done || r.Version == 1 { // before the first there is none to supersede
		return true, nil
	}
	_, err = tx.ExecContext(ctx, `UPDATE report SET state = $1
		WHERE directive_id = $2 AND milestone = $3 AND unit_id = $4 AND state = $5 AND id <> $6`,
		Superseded, r.Directive, r.Milestone, r.Unit, Done, r.ID)
	if err != nil {
		return false, fmt.Errorf("superseding the version before report %d: %w", r.ID, err)
	}
	return true, nil
}

// decidedMeanwhile answers who came second: the same answer for the same
// decision, else what happened.
func decidedMeanwhile(ctx context.Context, tx *ledger.Tx, id int64, to State) (Report, error) {
	r, err := Get(ctx, tx, id)
	if err != nil {
		return Report{}, err
	}
	if r.State == to {
		return r, nil
	}
	switch {
	case r.Told():
		return Report{}, fault.New(fault.Conflict, "report.not-confirmed")
	case r.State == SentBack:
		return Report{}, fault.New(fault.Conflict, "report.was-returned", "name", r.Decider)
	case r.State == Superseded && r.Decider == "":
		return Report{}, fault.New(fault.Conflict, "report.was-overtaken")
	}
	return Report{}, fault.New(fault.Conflict, "report.was-accepted", "name", r.Decider)
}

// announce appends the event of a decision.
func announce(tx *ledger.Tx, actor access.Actor, r Report, by tree.UnitID, delegation int64) error {
	kind := Accepted
	if r.State == SentBack {
		kind = Returned
	}
	return tx.Append(ledger.New{Unit: int64(r.Unit), Kind: kind, Subject: r.Subject(), Payload: Decided{
		Report: r.ID, Directive: r.Directive, Milestone: r.Milestone, Unit: r.Unit, By: by,
		Version: r.Version, Hash: r.Hash, Decider: r.Decider, Reason: r.Reason, Delegation: delegation, Paper: actor.Paper,
	}})
}
