package report

import (
	"context"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/org"
)

// SignatureSince is since when a unit's place waits for its leader's signature:
// since its draft was first saved, or since something was told on its behalf; the
// zero time while nothing waits.
func SignatureSince(draft Draft, standing Standing) time.Time {
	switch {
	case draft.Revision > 0:
		return draft.BegunAt
	case standing.Provisional():
		return standing.Newest.SubmittedAt
	}
	return time.Time{}
}

// ToSign is the actor with the power to sign in a slot where it is the deputy's
// turn; otherwise the actor is as before.
func ToSign(ctx context.Context, q store.Querier, actor access.Actor, s Slot, now time.Time) (access.Actor, error) {
	if actor.May(access.ReportSubmit, s.Unit) == nil {
		return actor, nil
	}
	draft, _, err := DraftOf(ctx, q, s)
	if err != nil {
		return actor, err
	}
	standing, err := StandingOf(ctx, q, s)
	if err != nil {
		return actor, err
	}
	return org.InTurn(ctx, q, actor, access.ReportSubmit, s.Unit, SignatureSince(draft, standing), now)
}

// ToDecide is the actor with the power to decide about a report where it is the
// turn of the deputy of the unit that counts it; otherwise the actor is as before.
func ToDecide(ctx context.Context, q store.Querier, actor access.Actor, r Report, now time.Time) (access.Actor, error) {
	parent, err := parentOf(ctx, q, r.Unit)
	if err != nil {
		return actor, err
	}
	return org.InTurn(ctx, q, actor, access.ReportDecide, parent, r.SubmittedAt, now)
}

// mayStill is refused, or nil where the actor's own report under the same key was
// taken before: a deputy's turn ends with the signature, and sent again it is the
// same report.
func mayStill(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SubmitCommand, refused error) error {
	before, ok, err := byKey(ctx, tx, cmd.Key)
	if err != nil || ok && before.SubmittedBy == actor.Person && before.Slot == cmd.Slot {
		return err
	}
	return refused
}
