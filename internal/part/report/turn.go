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

// cellActions are what a committee's signature under its tick list does.
var cellActions = []access.Action{access.ReportSubmit, access.ReportDecide}

// ToSignCells is the actor with the power to sign a committee's tick list where the
// list has waited so long that it is the deputy's turn; otherwise the actor is as
// before. The slot is the committee's.
func ToSignCells(ctx context.Context, q store.Querier, actor access.Actor, s Slot, now time.Time) (access.Actor, error) {
	if actor.May(access.ReportSubmit, s.Unit) == nil {
		return actor, nil
	}
	draft, _, err := CellsDraftOf(ctx, q, s)
	if err != nil {
		return actor, err
	}
	for _, action := range cellActions {
		if actor, err = org.InTurn(ctx, q, actor, action, s.Unit, draft.BegunAt, now); err != nil {
			return actor, err
		}
	}
	return actor, nil
}

// sentCells is refused, or gives the reports that the actor signed by the same list
// before: as [mayStill].
func sentCells(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd CellsCommand, refused error) ([]Report, error) {
	var list []Report
	for _, cell := range cmd.Cells {
		before, ok, err := byKey(ctx, tx, cellKey(cmd, cell))
		switch {
		case err != nil:
			return nil, err
		case !ok, before.SubmittedBy != actor.Person, before.Committee != cmd.Committee:
			return nil, refused
		}
		list = append(list, before)
	}
	if len(list) == 0 {
		return nil, refused
	}
	return list, nil
}
