package report

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Schema is the tables of reports and their drafts.
//
//go:embed schema
var Schema embed.FS

// Texts are the texts of this package, a source for text.Load.
//
//go:embed texts.yaml
var Texts embed.FS

// State is where a version of a report stands.
type State string

// The states of a version. A draft is no version yet.
const (
	Waiting    State = "submitted"  // signed, undecided
	Done       State = "accepted"   // by the unit that counts the reporting one
	SentBack   State = "returned"   // with a reason
	Superseded State = "superseded" // by a newer version

	Provisional State = "provisional" // entered on behalf of the unit, which has not confirmed it
	Withdrawn   State = "withdrawn"   // entered on behalf, and taken back
)

// Slot is the place of a unit's report: a milestone of a directive. Its
// versions are numbered from 1 without gaps; at most one of them is waiting or
// provisional, and at most one is done.
type Slot struct {
	Directive int64
	Milestone string
	Unit      tree.UnitID
}

// Report is one version: signed by the unit, or told by it and entered on its
// behalf.
type Report struct {
	ID int64
	Slot
	Version       int
	Key           string // of the draft it came from: one draft, one report
	State         State
	Content       string      // the bytes that were signed: values by indicator, JSON with sorted keys
	Hash          string      // SHA-256 of Content, hex
	Signer        string      // name and post; of a telling the name of who entered it
	Committee     tree.UnitID // the unit that reported for it; 0 when it did itself
	marking.Marks             // within the installation's ceiling
	Telling       Telling     // the zero Telling for what the unit sent itself

	SubmittedAt time.Time
	SubmittedBy int64 // the person

	DecidedAt time.Time // the zero time while undecided
	DecidedBy int64     // the person, or who entered what was decided on paper
	Decider   string    // name and post
	Reason    string    // of a return
}

// Values are the report's canonical values by indicator.
func (r Report) Values() map[string]string {
	var values map[string]string
	if json.Unmarshal([]byte(r.Content), &values) != nil {
		return nil // altered behind the program's back: Verify names it
	}
	return values
}

// Told says whether the version was entered on behalf of the unit.
func (r Report) Told() bool { return r.Telling.Source != "" }

// Subject is how events name the report.
func (r Report) Subject() string { return subject(r.ID) }

func subject(id int64) string { return "report:" + strconv.FormatInt(id, 10) }

const columns = `r.id, r.directive_id, r.milestone, r.unit_id, r.version, r.key, r.state, r.content, r.hash,
	r.submitted_at, r.submitted_by, r.signer, r.committee, r.decided_at, r.decided_by, r.decider, r.reason,
	r.told_by, r.told_source, r.told_said, r.told_at, r.told_file, r.secrecy, r.urgency`

// scan reads columns and whatever columns follow them.
func scan(from func(...any) error, more ...any) (Report, error) {
	var r Report
	var submitted, decided, told int64
	into := append([]any{
		&r.ID, &r.Directive, &r.Milestone, &r.Unit, &r.Version, &r.Key, &r.State, &r.Content, &r.Hash,
		&submitted, &r.SubmittedBy, &r.Signer, &r.Committee, &decided, &r.DecidedBy, &r.Decider, &r.Reason,
		&r.Telling.By, &r.Telling.Source, &r.Telling.Said, &told, &r.Telling.File, &r.Secrecy, &r.Urgency,
	}, more...)
	if err := from(into...); err != nil {
		return Report{}, err
	}
	r.SubmittedAt, r.DecidedAt, r.Telling.At = store.Moment(submitted), store.Moment(decided), store.Moment(told)
	return r, nil
}

func query(ctx context.Context, q store.Querier, rest string, args ...any) ([]Report, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+` FROM report r `+rest, args...)
	if err != nil {
		return nil, fmt.Errorf("reading reports: %w", err)
	}
	defer rows.Close()
	var list []Report
	for rows.Next() {
		r, err := scan(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("reading a report: %w", err)
		}
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading reports: %w", err)
	}
	return list, nil
}

// one gives the only report that rest selects; ok is false when there is none.
func one(ctx context.Context, q store.Querier, rest string, args ...any) (r Report, ok bool, err error) {
	list, err := query(ctx, q, rest, args...)
	if err != nil || len(list) == 0 {
		return Report{}, false, err
	}
	return list[0], true, nil
}

// Get gives a version by its id; a fault of kind NotFound when there is none.
func Get(ctx context.Context, q store.Querier, id int64) (Report, error) {
	r, ok, err := one(ctx, q, `WHERE r.id = $1`, id)
	if err == nil && !ok {
		err = fault.New(fault.NotFound, "report.missing")
	}
	return r, err
}

// Versions gives all versions of a slot, the newest first.
func Versions(ctx context.Context, q store.Querier, s Slot) ([]Report, error) {
	return query(ctx, q, `WHERE r.directive_id = $1 AND r.milestone = $2 AND r.unit_id = $3 ORDER BY r.version DESC`,
		s.Directive, s.Milestone, s.Unit)
}

// Latest gives the newest version of a slot; ok is false when there is none.
func Latest(ctx context.Context, q store.Querier, s Slot) (r Report, ok bool, err error) {
	return one(ctx, q, `WHERE r.directive_id = $1 AND r.milestone = $2 AND r.unit_id = $3 ORDER BY r.version DESC LIMIT 1`,
		s.Directive, s.Milestone, s.Unit)
}

// newestOf gives a slot's newest version and the newest that the unit sent itself;
// the zero Report where there is none.
func newestOf(ctx context.Context, q store.Querier, s Slot) (newest, own Report, err error) {
	newest, _, err = Latest(ctx, q, s)
	if err != nil || !newest.Told() {
		return newest, newest, err
	}
	own, _, err = one(ctx, q, `WHERE r.directive_id = $1 AND r.milestone = $2 AND r.unit_id = $3 AND r.told_source = ''
		ORDER BY r.version DESC LIMIT 1`, s.Directive, s.Milestone, s.Unit)
	return newest, own, err
}

func byKey(ctx context.Context, q store.Querier, key string) (Report, bool, error) {
	return one(ctx, q, `WHERE r.key = $1`, key)
}

// changed says whether a statement changed a row.
func changed(result sql.Result) (bool, error) {
	n, err := result.RowsAffected()
	return n > 0, err
}
