package directive

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// CreateCommand begins a draft.
type CreateCommand struct {
	Unit  tree.UnitID // that will issue it
	Key   string      // of the form: the same key gives the same directive
	Draft Draft
}

// Create begins a draft. Sent twice with the same key, it gives the draft that
// the first made. Drafts append no events: nobody below has heard of them. What
// is above the installation's ceiling of secrecy is refused at "secrecy", and
// not kept.
func Create(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd CreateCommand) (Directive, error) {
	if err := actor.May(access.DirectiveDraft, cmd.Unit); err != nil {
		return Directive{}, err
	}
	if cmd.Key == "" {
		return Directive{}, fmt.Errorf("creating a directive: a key is needed")
	}
	if err := checkFile(ctx, tx, cmd.Unit, cmd.Draft.Document.File); err != nil {
		return Directive{}, err
	}
	if err := marking.Check(ctx, tx, cmd.Draft.Document.Marks); err != nil {
		return Directive{}, err
	}
	content, err := json.Marshal(cmd.Draft)
	if err != nil {
		return Directive{}, fmt.Errorf("encoding a draft: %w", err)
	}
	var id int64
	err = tx.QueryRowContext(ctx, `INSERT INTO directive
		(key, unit_id, state, version, revision, draft, drafted_by, drafted_at, issued_at, closed_at)
		VALUES ($1, $2, 'draft', 0, 1, $3, $4, $5, 0, 0)
		ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING id`,
		cmd.Key, cmd.Unit, string(content), actor.Person, tx.Now().UnixMicro()).Scan(&id)
	if err != nil {
		return Directive{}, fmt.Errorf("creating a directive: %w", err)
	}
	d, err := Get(ctx, tx, id)
	if err == nil && d.Unit != cmd.Unit {
		return Directive{}, notFound() // a key of somebody else's form
	}
	return d, err
}

// SaveCommand writes a draft over the one that its writer read.
type SaveCommand struct {
	Directive int64
	Revision  int64 // of the draft that was read
	Draft     Draft
}

// Save keeps a draft. When somebody else saved meanwhile, it changes nothing
// and answers Conflict: the other's text is kept here, the writer's own stays
// in the writer's form. Saving what stands there already is no conflict. What is
// above the ceiling of secrecy is refused as by [Create].
func Save(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SaveCommand) (Directive, error) {
	d, err := openDraft(ctx, tx, actor, cmd.Directive)
	if err != nil {
		return Directive{}, err
	}
	if d.Draft.Same(cmd.Draft) {
		return d, nil
	}
	if d.Revision != cmd.Revision {
		return Directive{}, fault.New(fault.Conflict, "directive.draft.conflict")
	}
	if err := checkFile(ctx, tx, d.Unit, cmd.Draft.Document.File); err != nil {
		return Directive{}, err
	}
	if err := marking.Check(ctx, tx, cmd.Draft.Document.Marks); err != nil {
		return Directive{}, err
	}
	return d, keepDraft(ctx, tx, actor, &d, &cmd.Draft)
}

// BeginRevision makes a copy of the issued version to be changed into the next
// one. When one is being written already, it gives that.
func BeginRevision(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Directive, error) {
	d, err := lock(ctx, tx, id)
	if err != nil {
		return Directive{}, err
	}
	if err := actor.May(access.DirectiveDraft, d.Unit); err != nil {
		return Directive{}, err
	}
	switch {
	case d.State == Ceased:
		return Directive{}, closedAlready()
	case d.Draft != nil:
		return d, nil
	}
	document, err := d.Document.copied()
	if err != nil {
		return Directive{}, fmt.Errorf("beginning the next version of directive %d: %w", id, err)
	}
	return d, keepDraft(ctx, tx, actor, &d, &Draft{Document: document})
}

// Discard throws the draft away: of a directive never issued, all there is; of
// an issued one, the version being written.
func Discard(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) error {
	d, err := openDraft(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	if d.State != Drafted {
		return keepDraft(ctx, tx, actor, &d, nil)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM directive WHERE id = $1`, id); err != nil {
		return fmt.Errorf("discarding directive %d: %w", id, err)
	}
	return nil
}

// Same says whether two drafts say the same.
func (d Draft) Same(other Draft) bool {
	a, errA := json.Marshal(d)
	b, errB := json.Marshal(other)
	return errA == nil && errB == nil && bytes.Equal(a, b)
}

// openDraft locks a directive that the actor may write on.
func openDraft(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Directive, error) {
	d, err := lock(ctx, tx, id)
	if err != nil {
		return Directive{}, err
	}
	if err := actor.May(access.DirectiveDraft, d.Unit); err != nil {
		return Directive{}, err
	}
	switch {
	case d.State == Ceased:
		return Directive{}, closedAlready()
	case d.Draft == nil:
		return Directive{}, fault.New(fault.Conflict, "directive.draft.none")
	}
	return d, nil
}

// keepDraft writes d's draft, nil for none, as its next revision.
func keepDraft(ctx context.Context, tx *ledger.Tx, actor access.Actor, d *Directive, draft *Draft) error {
	content := ""
	if draft != nil {
		encoded, err := json.Marshal(draft)
		if err != nil {
			return fmt.Errorf("encoding a draft: %w", err)
		}
		content = string(encoded)
	}
	d.Draft, d.Revision, d.DraftedBy, d.DraftedAt = draft, d.Revision+1, actor.Person, tx.Now()
	_, err := tx.ExecContext(ctx,
		`UPDATE directive SET draft = $1, revision = $2, drafted_by = $3, drafted_at = $4 WHERE id = $5`,
		content, d.Revision, d.DraftedBy, d.DraftedAt.UnixMicro(), d.ID)
	if err != nil {
		return fmt.Errorf("saving the draft of directive %d: %w", d.ID, err)
	}
	return nil
}

// checkFile refuses a file of another unit: naming it here would show it to all
// who read the directive.
func checkFile(ctx context.Context, q store.Querier, unit tree.UnitID, id string) error {
	if id == "" {
		return nil
	}
	attached, err := file.Get(ctx, q, id)
	if err != nil {
		return err
	}
	if tree.UnitID(attached.Unit) != unit {
		return fault.New(fault.NotFound, "file.not-found")
	}
	return nil
}
