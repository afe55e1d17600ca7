package report

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
)

// Draft is what a unit is writing for its next version: values as they were
// typed, right or wrong. A unit has one draft at a milestone, however many
// people write it.
type Draft struct {
	Slot
	Key      string // becomes the report's
	Revision int64  // counts saves; 0 when nothing was saved yet
	Values   map[string]string
	Lang     text.Lang // in which numbers and dates were typed
	Person   int64     // who saved last
	Name     string    // of that person
	SavedAt  time.Time
	BegunAt  time.Time // the first save
}

// Overtaken is the refusal that somebody else was faster: with a newer draft,
// or with a report that has been sent. Both texts can be shown, since what the
// person typed is still in the form. It is a fault of kind Conflict.
type Overtaken struct {
	Draft  Draft  // the one that stands; the zero Draft when a report was sent
	Report Report // the one that was sent; the zero Report otherwise
	// Own says that it was the same person, in another window.
	Own bool
}

// Values are the values that stand.
func (o *Overtaken) Values() map[string]string {
	if o.Report.ID != 0 {
		return o.Report.Values()
	}
	return o.Draft.Values
}

// Error is the text for the log.
func (o *Overtaken) Error() string { return o.Unwrap().Error() }

// Unwrap is the refusal in the vocabulary of faults.
func (o *Overtaken) Unwrap() error {
	switch {
	case o.Report.ID != 0:
		return fault.New(fault.Conflict, "report.overtaken.sent", "name", o.Report.Signer)
	case o.Own:
		return fault.New(fault.Conflict, "report.overtaken.own")
	}
	return fault.New(fault.Conflict, "report.overtaken.draft", "name", o.Draft.Name)
}

// SaveCommand is a draft as it stands in somebody's form.
type SaveCommand struct {
	Slot
	Key      string // of the form; kept from the first save on
	Revision int64  // that the form is based on; 0 when it began empty
	After    int    // the newest version that the person saw; 0 for none
	Values   map[string]string
	Lang     text.Lang // in which numbers and dates are typed
}

// writing is the values of a draft as they are stored.
type writing struct {
	Lang   text.Lang         `json:"lang"`
	Values map[string]string `json:"values"`
}

// maxDraft is the most bytes that a draft's values may take together: also those
// of a committee with several hundred cells.
const maxDraft = 64 << 10

// SaveDraft keeps what was typed so far. Values may be wrong in a draft; it is
// no event. Faults: Forbidden; Conflict as [Overtaken] when the draft was saved
// by somebody else, or a version was sent, since the person's form was opened.
// Saving the same values again, as a retry does, changes nothing.
func SaveDraft(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SaveCommand) (Draft, error) {
	if err := actor.May(access.ReportDraft, cmd.Unit); err != nil {
		return Draft{}, err
	}
	if _, err := ask(ctx, tx, actor, cmd.Slot); err != nil {
		return Draft{}, err
	}
	if cmd.Key == "" {
		cmd.Key = NewKey()
	}
	standing, fresh, err := lock(ctx, tx, cmd.Slot, cmd.Key)
	if err != nil {
		return Draft{}, err
	}
	if err := notSince(ctx, tx, actor, cmd.Slot, cmd.After); err != nil {
		return Draft{}, err
	}
	return keep(ctx, tx, actor, ofReports, standing, fresh, cmd)
}

// keep puts what was typed in place of the draft that stands, unless somebody
// else saved that one since the person's form was opened.
func keep(ctx context.Context, tx *ledger.Tx, actor access.Actor, of drafted, standing Draft, fresh bool, cmd SaveCommand) (Draft, error) {
	content, err := encode(writing{cmd.Lang, cmd.Values})
	if err != nil {
		return Draft{}, err
	}
	if !fresh && standing.Revision != cmd.Revision {
		if standing.Lang == cmd.Lang && maps.Equal(standing.Values, cmd.Values) {
			return standing, nil
		}
		return Draft{}, overtaken(ctx, tx, actor, standing)
	}
	saved := Draft{
		Slot: cmd.Slot, Key: standing.Key, Revision: cmd.Revision + 1, Values: cmd.Values, Lang: cmd.Lang,
		Person: actor.Person, Name: actor.Name, SavedAt: tx.Now(), BegunAt: standing.BegunAt,
	}
	if saved.BegunAt.IsZero() {
		saved.BegunAt = saved.SavedAt
	}
	_, err = tx.ExecContext(ctx, `UPDATE `+string(of)+` SET revision = $1, content = $2, person_id = $3, saved_at = $4, begun_at = $5
		WHERE directive_id = $6 AND milestone = $7 AND unit_id = $8`,
		saved.Revision, content, saved.Person, store.Micro(saved.SavedAt), store.Micro(saved.BegunAt), cmd.Directive, cmd.Milestone, cmd.Unit)
	if err != nil {
		return Draft{}, fmt.Errorf("saving a draft: %w", err)
	}
	return saved, nil
}

// NewKey makes the key of a form that has no draft yet.
func NewKey() string { return rand.Text() }

// encode makes a draft's content.
func encode(w writing) (string, error) {
	content, err := json.Marshal(w)
	if err != nil {
		return "", fmt.Errorf("encoding a draft: %w", err)
	}
	if len(content) > maxDraft {
		return "", fault.New(fault.Invalid, "report.draft-too-long", "limit", maxDraft>>10)
	}
	return string(content), nil
}

// drafted is the table that holds drafts.
type drafted string

const (
	ofReports drafted = "report_draft" // of units' own reports
	ofCells   drafted = "cells_draft"  // of committees' tick lists
)

// lock takes the row of a slot's report, as [drafted.lock].
func lock(ctx context.Context, tx *ledger.Tx, s Slot, key string) (d Draft, fresh bool, err error) {
	return ofReports.lock(ctx, tx, s, key)
}

// lock takes the slot's row, making one under key when there is none (fresh),
// and gives the draft in it. Whoever else writes in this slot waits until the
// transaction ends; a row made here is removed again by drop.
func (of drafted) lock(ctx context.Context, tx *ledger.Tx, s Slot, key string) (d Draft, fresh bool, err error) {
	var content string
	var saved, begun int64
	d.Slot = s
	err = tx.QueryRowContext(ctx, `INSERT INTO `+string(of)+` AS d
		(directive_id, milestone, unit_id, key, revision, content, person_id, saved_at)
		VALUES ($1, $2, $3, $4, 0, '{}', 0, 0)
		ON CONFLICT (directive_id, milestone, unit_id) DO UPDATE SET revision = d.revision
		RETURNING key, revision, content, person_id, saved_at, begun_at`,
		s.Directive, s.Milestone, s.Unit, key).Scan(&d.Key, &d.Revision, &content, &d.Person, &saved, &begun)
	if store.Unique(err) {
		return d, false, fault.New(fault.Conflict, "report.key-used")
	}
	if err != nil {
		return d, false, fmt.Errorf("taking a report's place: %w", err)
	}
	d.SavedAt, d.BegunAt = store.Moment(saved), store.Moment(begun)
	return d, d.Revision == 0, decodeDraft(&d, content)
}

func drop(ctx context.Context, tx *ledger.Tx, s Slot) error { return ofReports.drop(ctx, tx, s) }

func (of drafted) drop(ctx context.Context, tx *ledger.Tx, s Slot) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM `+string(of)+` WHERE directive_id = $1 AND milestone = $2 AND unit_id = $3`,
		s.Directive, s.Milestone, s.Unit)
	if err != nil {
		return fmt.Errorf("clearing a draft: %w", err)
	}
	return nil
}

func decodeDraft(d *Draft, content string) error {
	var w writing
	if err := json.Unmarshal([]byte(content), &w); err != nil {
		return fmt.Errorf("reading a draft: %w", err)
	}
	d.Lang, d.Values = w.Lang, w.Values
	return nil
}

// notSince refuses when the unit has sent a newer version than the person saw.
func notSince(ctx context.Context, tx *ledger.Tx, actor access.Actor, s Slot, after int) error {
	_, own, err := newestOf(ctx, tx, s)
	if err != nil || own.Version <= after {
		return err
	}
	return &Overtaken{Report: own, Own: own.SubmittedBy == actor.Person && actor.Person != 0}
}

func overtaken(ctx context.Context, q store.Querier, actor access.Actor, d Draft) error {
	named, err := named(ctx, q, d)
	if err != nil {
		return err
	}
	return &Overtaken{Draft: named, Own: d.Person == actor.Person && actor.Person != 0}
}

// named fills in the name of who saved the draft.
func named(ctx context.Context, q store.Querier, d Draft) (Draft, error) {
	err := q.QueryRowContext(ctx, `SELECT name FROM person WHERE id = $1`, d.Person).Scan(&d.Name)
	if err != nil && !store.Missing(err) {
		return d, fmt.Errorf("reading who saved a draft: %w", err)
	}
	return d, nil
}

// DraftOf gives the draft of a slot; ok is false when nothing was saved.
func DraftOf(ctx context.Context, q store.Querier, s Slot) (d Draft, ok bool, err error) {
	return ofReports.one(ctx, q, s)
}

func (of drafted) one(ctx context.Context, q store.Querier, s Slot) (d Draft, ok bool, err error) {
	list, err := of.all(ctx, q, `d.directive_id = $1 AND d.milestone = $2 AND d.unit_id = $3`, s.Directive, s.Milestone, s.Unit)
	if err != nil || len(list) == 0 {
		return Draft{}, false, err
	}
	return list[0], true, nil
}

// Drafts gives what is being written at a unit, the newest first.
func Drafts(ctx context.Context, q store.Querier, unit tree.UnitID) ([]Draft, error) {
	return ofReports.all(ctx, q, `d.unit_id = $1`, unit)
}

func (of drafted) all(ctx context.Context, q store.Querier, where string, args ...any) ([]Draft, error) {
	rows, err := q.QueryContext(ctx, `SELECT d.directive_id, d.milestone, d.unit_id, d.key, d.revision, d.content, d.person_id,
		d.saved_at, d.begun_at, COALESCE(p.name, '') FROM `+string(of)+` d LEFT JOIN person p ON p.id = d.person_id
		WHERE `+strings.TrimSpace(where)+` ORDER BY d.saved_at DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading drafts: %w", err)
	}
	defer rows.Close()
	var list []Draft
	for rows.Next() {
		var d Draft
		var content string
		var saved, begun int64
		err := rows.Scan(&d.Directive, &d.Milestone, &d.Unit, &d.Key, &d.Revision, &content, &d.Person, &saved, &begun, &d.Name)
		if err != nil {
			return nil, fmt.Errorf("reading a draft: %w", err)
		}
		d.SavedAt, d.BegunAt = store.Moment(saved), store.Moment(begun)
		if err := decodeDraft(&d, content); err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, rows.Err()
}
