package briefing

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/board"
	"giaoban/internal/part/conclusion"
)

// Meeting is what conclusions know of a briefing.
func (b Briefing) Meeting() conclusion.Meeting {
	held := b.OpenedAt
	if held.IsZero() {
		held = b.Begins
	}
	return conclusion.Meeting{ID: b.ID, Unit: b.Unit, Directive: b.Directive, Title: b.Title, Held: held, Chair: b.Chair.Name}
}

// ApproveConclusions gives the chair's word for drafts of conclusions, during the meeting
// or after it: by the chair, or by a secretary "by the chair's word". Faults: Forbidden;
// Conflict before the meeting, and those of [conclusion.Approve].
func ApproveConclusions(ctx context.Context, tx *ledger.Tx, actor access.Actor, boards *board.Boards, id int64, drafts []conclusion.Version) error {
	b, byWord, err := concluding(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	return conclusion.Approve(ctx, tx, actor, b.Meeting(), conclusion.ApproveCommand{Drafts: drafts, ByWord: byWord, Boards: boards})
}

// RecallConclusion takes the chair's word back for a conclusion that is not issued yet:
// it is a draft again. Faults: as of [ApproveConclusions], and those of
// [conclusion.Recall].
func RecallConclusion(ctx context.Context, tx *ledger.Tx, actor access.Actor, id, approved int64) error {
	b, byWord, err := concluding(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	return conclusion.Recall(ctx, tx, actor, b.Meeting(), approved, byWord)
}

// concluding is as lead, once the meeting has begun.
func concluding(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (b Briefing, byWord bool, err error) {
	if b, byWord, err = lead(ctx, tx, actor, id); err != nil {
		return b, byWord, err
	}
	if b.State != Open && b.State != Ended {
		return b, byWord, notOpen(b)
	}
	return b, byWord, nil
}
