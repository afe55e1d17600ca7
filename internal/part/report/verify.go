package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Altered is a report whose row is not what the log says of it.
type Altered struct {
	Report   int64
	Position int64  // of the last event about the report; 0 when no event names it
	What     string // text key
}

// Verification compares the rows of reports with the log. It sees every event
// in order by [Verification.Each], as ledger.Verify gives them out, and then
// holds the rows against them by [Verification.Compare]. The zero value is
// ready.
type Verification struct {
	Rows int // that Compare has read

	keys     account.Keyring
	expected map[int64]*expected
	waiting  map[Slot]int64
	done     map[Slot]int64
	last     ledger.Event // without its payload
	wrong    []Altered    // of the log by itself, in the order of events
}

// expected is what the log says of a report's row.
type expected struct {
	Report
	position int64
	// submitted and decided say whether the event's time is the row's to the
	// microsecond; an event that was pushed forward by the one before it is later.
	submitted, decided exact
}

type exact struct {
	at   time.Time
	tied bool
}

// fits says whether a row's moment is that of the event.
func (e exact) fits(at time.Time) bool {
	if e.tied {
		return at.Equal(e.at)
	}
	return !at.After(e.at)
}

// Each takes an event up.
func (v *Verification) Each(e ledger.Event) error {
	if v.expected == nil {
		v.expected, v.waiting, v.done = map[int64]*expected{}, map[Slot]int64{}, map[Slot]int64{}
	}
	// The log pushes a time forward only to that of the event before.
	moment := exact{at: e.Time, tied: e.Position == v.last.Position+1 && e.Time.After(v.last.Time)}
	v.last = ledger.Event{Position: e.Position, Time: e.Time}
	if err := v.keys.Each(e); err != nil {
		return err
	}
	switch e.Kind {
	case Submitted:
		var payload VersionSubmitted
		if err := e.Decode(&payload); err != nil {
			return err
		}
		v.submitted(e, payload, moment)
	case Told:
		var payload VersionTold
		if err := e.Decode(&payload); err != nil {
			return err
		}
		v.told(e, payload, moment)
	case TellingWithdrawn:
		var payload TellingTakenBack
		if err := e.Decode(&payload); err != nil {
			return err
		}
		v.withdrawn(e, payload)
	case Accepted, Returned:
		var payload Decided
		if err := e.Decode(&payload); err != nil {
			return err
		}
		v.decided(e, payload, moment)
	}
	return nil
}

func (v *Verification) submitted(e ledger.Event, p VersionSubmitted, at exact) {
	v.version(p.Content, expected{position: e.Position, submitted: at, Report: Report{
		ID: p.Report, Slot: Slot{p.Directive, p.Milestone, p.Unit}, Version: p.Version, State: Waiting, Hash: p.Hash,
		Signer: p.Signer, Committee: p.Committee, SubmittedBy: person(e.Actor), Marks: p.Marks,
	}})
	if what := v.keys.Check(e, p.Method, p.Passkey, p.Statement()); what != "" {
		v.find(p.Report, e.Position, what)
	}
}

func (v *Verification) told(e ledger.Event, p VersionTold, at exact) {
	v.version(p.Content, expected{position: e.Position, submitted: at, Report: Report{
		ID: p.Report, Slot: Slot{p.Directive, p.Milestone, p.Unit}, Version: p.Version, State: Provisional, Hash: p.Hash,
		Signer: p.Name, SubmittedBy: person(e.Actor), Telling: Telling{p.By, p.Source, p.Said, p.ToldAt, p.File}, Marks: p.Marks,
	}})
}

// version takes up a new version of a slot; the hash stands for the content.
func (v *Verification) version(content string, e expected) {
	if before := v.expected[v.waiting[e.Slot]]; before != nil {
		before.State, before.position = Superseded, e.position
	}
	if hashOf(content) != e.Hash {
		v.find(e.ID, e.position, "verify.report-hash")
	}
	v.waiting[e.Slot] = e.ID
	v.expected[e.ID] = &e
}

func (v *Verification) withdrawn(e ledger.Event, p TellingTakenBack) {
	r := v.expected[p.Report]
	if r == nil || r.State != Provisional {
		v.find(p.Report, e.Position, "verify.report-telling")
		return
	}
	delete(v.waiting, r.Slot)
	r.State, r.position = Withdrawn, e.Position
}

func (v *Verification) decided(e ledger.Event, p Decided, at exact) {
	r := v.expected[p.Report]
	if r == nil || r.State != Waiting || r.Hash != p.Hash || r.Version != p.Version {
		v.find(p.Report, e.Position, "verify.report-decision")
		return
	}
	delete(v.waiting, r.Slot)
	r.position, r.decided = e.Position, at
	r.Decider, r.Reason, r.DecidedBy, r.State = p.Decider, p.Reason, person(e.Actor), SentBack
	if e.Kind == Returned {
		return
	}
	if before := v.expected[v.done[r.Slot]]; before != nil {
		before.State, before.position = Superseded, e.Position
	}
	r.State, v.done[r.Slot] = Done, r.ID
}

func (v *Verification) find(report, position int64, what string) {
	v.wrong = append(v.wrong, Altered{report, position, what})
}

// Compare reads every report's row and gives those that are not what the log
// says, in the order of their ids; nil when all are. It may be called once.
func (v *Verification) Compare(ctx context.Context, q store.Querier) ([]Altered, error) {
	altered := v.wrong
	rows, err := q.QueryContext(ctx, `SELECT `+columns+` FROM report r ORDER BY r.id`)
	if err != nil {
		return nil, fmt.Errorf("reading reports to verify: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scan(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("reading a report to verify: %w", err)
		}
		v.Rows++
		want := v.expected[r.ID]
		switch {
		case want == nil:
			altered = append(altered, Altered{r.ID, 0, "verify.report-unknown"})
		default:
			if what := want.differs(r); what != "" {
				altered = append(altered, Altered{r.ID, want.position, what})
			}
		}
		delete(v.expected, r.ID)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading reports to verify: %w", err)
	}
	return append(altered, v.missing()...), nil
}

// missing are the reports that the log names and that have no row.
func (v *Verification) missing() []Altered {
	var list []Altered
	for id, want := range v.expected {
		list = append(list, Altered{id, want.position, "verify.report-missing"})
	}
	slices.SortFunc(list, func(a, b Altered) int { return cmp.Compare(a.Report, b.Report) })
	return list
}

// differs says in what a row is not as expected; "" when it is.
func (want *expected) differs(r Report) string {
	switch {
	case r.Hash != want.Hash || hashOf(r.Content) != want.Hash:
		return "verify.report-content"
	case r.Slot != want.Slot || r.Version != want.Version || r.Committee != want.Committee || r.Marks != want.Marks:
		return "verify.report-place"
	case r.Signer != want.Signer || r.SubmittedBy != want.SubmittedBy || !want.submitted.fits(r.SubmittedAt):
		return "verify.report-signature"
	case !want.Telling.equal(r.Telling):
		return "verify.report-telling"
	case r.State != want.State:
		return "verify.report-state"
	case r.Decider != want.Decider || r.DecidedBy != want.DecidedBy || r.Reason != want.Reason,
		r.DecidedAt.IsZero() != want.decided.at.IsZero(), !r.DecidedAt.IsZero() && !want.decided.fits(r.DecidedAt):
		return "verify.report-decision"
	}
	return ""
}

// equal says whether two tellings are the same in everything.
func (t Telling) equal(u Telling) bool {
	at := t.At.Equal(u.At)
	t.At, u.At = time.Time{}, time.Time{}
	return at && t == u
}

// person is the person that an event's actor names; 0 for the command line.
func person(actor string) int64 {
	digits, ok := strings.CutPrefix(actor, "person:")
	if !ok {
		return 0
	}
	id, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	return id
}
