package report

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
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
	words    map[string]string // names and posts, each once: most stand under many reports
	last     ledger.Event      // without its payload
	wrong    []Altered         // of the log by itself, in the order of events
}

// expected is what the log says of a report's row, and no more: there is one for
// every version that was ever sent.
type expected struct {
	slot      Slot
	id        int64
	version   int
	state     State
	hash      [sha256.Size]byte // of the hash that stands in the row: half of its length
	signer    string
	committee tree.UnitID
	marks     marking.Marks
	telling   *Telling // nil for what the unit sent itself
	by        int64    // the person who sent it
	decider   string
	decidedBy int64
	reason    string
	position  int64 // of the last event about it
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
		v.words = map[string]string{}
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
	v.version(p.Content, p.Hash, expected{
		id: p.Report, slot: Slot{p.Directive, v.word(p.Milestone), p.Unit}, version: p.Version, state: Waiting, signer: v.word(p.Signer),
		committee: p.Committee, by: person(e.Actor), marks: p.Marks, position: e.Position, submitted: at,
	})
	if what := v.keys.Check(e, p.Method, p.Passkey, p.Statement()); what != "" {
		v.find(p.Report, e.Position, what)
	}
}

func (v *Verification) told(e ledger.Event, p VersionTold, at exact) {
	v.version(p.Content, p.Hash, expected{
		id: p.Report, slot: Slot{p.Directive, v.word(p.Milestone), p.Unit}, version: p.Version, state: Provisional, signer: v.word(p.Name),
		by: person(e.Actor), telling: &Telling{p.By, p.Source, p.Said, p.ToldAt, p.File}, marks: p.Marks, position: e.Position, submitted: at,
	})
}

// version takes up a new version of a slot; the hash stands for the content.
func (v *Verification) version(content, hash string, e expected) {
	if before := v.expected[v.waiting[e.slot]]; before != nil {
		before.state, before.position = Superseded, e.position
	}
	if hashOf(content) != hash {
		v.find(e.id, e.position, "verify.report-hash")
	}
	e.hash = sha256.Sum256([]byte(hash))
	v.waiting[e.slot] = e.id
	v.expected[e.id] = &e
}

// word is the one copy of a word that is kept.
func (v *Verification) word(s string) string {
	kept, ok := v.words[s]
	if !ok {
		kept = s
		v.words[s] = s
	}
	return kept
}

func (v *Verification) withdrawn(e ledger.Event, p TellingTakenBack) {
	r := v.expected[p.Report]
	if r == nil || r.state != Provisional {
		v.find(p.Report, e.Position, "verify.report-telling")
		return
	}
	delete(v.waiting, r.slot)
	r.state, r.position = Withdrawn, e.Position
}

func (v *Verification) decided(e ledger.Event, p Decided, at exact) {
	r := v.expected[p.Report]
	if r == nil || r.state != Waiting || r.hash != sha256.Sum256([]byte(p.Hash)) || r.version != p.Version {
		v.find(p.Report, e.Position, "verify.report-decision")
		return
	}
	delete(v.waiting, r.slot)
	r.position, r.decided = e.Position, at
	r.decider, r.reason, r.decidedBy, r.state = v.word(p.Decider), p.Reason, person(e.Actor), SentBack
	if e.Kind == Returned {
		return
	}
	if before := v.expected[v.done[r.slot]]; before != nil {
		before.state, before.position = Superseded, e.Position
	}
	r.state, v.done[r.slot] = Done, r.id
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
	case sha256.Sum256([]byte(r.Hash)) != want.hash || hashOf(r.Content) != r.Hash:
		return "verify.report-content"
	case r.Slot != want.slot || r.Version != want.version || r.Committee != want.committee || r.Marks != want.marks:
		return "verify.report-place"
	case r.Signer != want.signer || r.SubmittedBy != want.by || !want.submitted.fits(r.SubmittedAt):
		return "verify.report-signature"
	case !want.told().equal(r.Telling):
		return "verify.report-telling"
	case r.State != want.state:
		return "verify.report-state"
	case r.Decider != want.decider || r.DecidedBy != want.decidedBy || r.Reason != want.reason,
		r.DecidedAt.IsZero() != want.decided.at.IsZero(), !r.DecidedAt.IsZero() && !want.decided.fits(r.DecidedAt):
		return "verify.report-decision"
	}
	return ""
}

// told is how it was told; the zero Telling for what the unit sent itself.
func (want *expected) told() Telling {
	if want.telling == nil {
		return Telling{}
	}
	return *want.telling
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
