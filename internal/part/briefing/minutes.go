package briefing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Bounds of the minutes' text.
const (
	MostSections = 30
	MostSection  = 20_000 // characters
)

// Section is one part of the minutes as the secretary wrote it.
type Section struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Body is what minutes say: the secretary's text, and once they are signed the
// record that it stands on.
type Body struct {
	Sections []Section `json:"sections"`
	Record   *Record   `json:"record,omitempty"`
}

// Minutes are the minutes of a briefing.
type Minutes struct {
	Body      Body
	Revision  int64 // counts the saves; 0 while nothing was written
	WrittenBy int64 // a person
	WrittenAt time.Time
	Signer    string // name and post; "" until they are signed
	SignedAt  time.Time
}

// Signed says whether the chair has signed.
func (m Minutes) Signed() bool { return m.Signer != "" }

// MinutesOf gives the minutes of a briefing; zero ones while nothing was written.
func MinutesOf(ctx context.Context, q store.Querier, briefing int64) (Minutes, error) {
	var m Minutes
	var body string
	var written, signed int64
	err := q.QueryRowContext(ctx, `SELECT body, revision, written_by, written_at, signer, signed_at FROM briefing_minutes WHERE briefing_id = $1`,
		briefing).Scan(&body, &m.Revision, &m.WrittenBy, &written, &m.Signer, &signed)
	if store.Missing(err) {
		return Minutes{}, nil
	}
	if err != nil {
		return Minutes{}, fmt.Errorf("reading the minutes of briefing %d: %w", briefing, err)
	}
	m.WrittenAt, m.SignedAt = store.Moment(written), store.Moment(signed)
	if err := json.Unmarshal([]byte(body), &m.Body); err != nil {
		return Minutes{}, fmt.Errorf("reading the text of the minutes of briefing %d: %w", briefing, err)
	}
	return m, nil
}

// WriteMinutes keeps the secretary's text, during the meeting and after it, until it
// is signed. revision is of the minutes that were read, 0 for none; when somebody
// else wrote meanwhile, it is a Conflict and changes nothing.
func WriteMinutes(ctx context.Context, tx *ledger.Tx, actor access.Actor, id, revision int64, sections []Section) (Minutes, error) {
	b, err := lock(ctx, tx, id)
	if err != nil {
		return Minutes{}, err
	}
	if err := actor.May(access.BriefingCall, b.Unit); err != nil {
		return Minutes{}, err
	}
	if b.State != Open && b.State != Ended {
		return Minutes{}, notOpen(b)
	}
	m, err := MinutesOf(ctx, tx, id)
	switch {
	case err != nil:
		return Minutes{}, err
	case m.Signed():
		return Minutes{}, fault.New(fault.Conflict, "briefing.minutes-signed")
	case m.Revision != revision:
		return Minutes{}, fault.New(fault.Conflict, "briefing.changed-meanwhile")
	}
	if err := checkSections(sections); err != nil {
		return Minutes{}, err
	}
	m.Body = Body{Sections: sections}
	m.Revision, m.WrittenBy, m.WrittenAt = m.Revision+1, actor.Person, tx.Now()
	return m, m.save(ctx, tx, id)
}

func checkSections(sections []Section) error {
	if len(sections) > MostSections {
		return fault.New(fault.Invalid, "briefing.sections-many", "most", MostSections).At("sections")
	}
	var wrong fault.List
	for i, s := range sections {
		if utf8.RuneCountInString(s.Title) > MostTitle {
			wrong = append(wrong, fault.New(fault.Invalid, "briefing.long", "most", MostTitle).At(fmt.Sprintf("section.%d.title", i)))
		}
		if utf8.RuneCountInString(s.Text) > MostSection {
			wrong = append(wrong, fault.New(fault.Invalid, "briefing.long", "most", MostSection).At(fmt.Sprintf("section.%d.text", i)))
		}
	}
	return wrong.Err()
}

func (m Minutes) save(ctx context.Context, tx *ledger.Tx, briefing int64) error {
	body, err := json.Marshal(m.Body)
	if err != nil {
		return fmt.Errorf("encoding the minutes of briefing %d: %w", briefing, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO briefing_minutes (briefing_id, body, revision, written_by, written_at, signer, signed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (briefing_id) DO UPDATE SET body = excluded.body, revision = excluded.revision,
		written_by = excluded.written_by, written_at = excluded.written_at, signer = excluded.signer, signed_at = excluded.signed_at`,
		briefing, string(body), m.Revision, m.WrittenBy, store.Micro(m.WrittenAt), m.Signer, store.Micro(m.SignedAt))
	if err != nil {
		return fmt.Errorf("writing the minutes of briefing %d: %w", briefing, err)
	}
	return nil
}

// SignCommand signs the minutes that were read.
type SignCommand struct {
	Briefing  int64
	Revision  int64 // of the minutes that were read
	Signature account.Signature
}

// SignMinutes signs the minutes, by the chair alone, once the meeting is over; they
// then hold the record as it is, and change no more. Signing the same again changes
// nothing. Who asks what there is to sign gets an *account.Unsigned.
func SignMinutes(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd SignCommand) (Minutes, error) {
	b, byWord, err := lead(ctx, tx, actor, cmd.Briefing)
	if err != nil {
		return Minutes{}, err
	}
	m, err := MinutesOf(ctx, tx, b.ID)
	switch {
	case err != nil:
		return Minutes{}, err
	case byWord:
		return Minutes{}, fault.New(fault.Forbidden, "briefing.chair-signs")
	case b.State != Ended:
		return Minutes{}, fault.New(fault.Conflict, "briefing.not-over")
	case m.Signed() && m.Revision == cmd.Revision:
		return m, nil
	case m.Signed():
		return Minutes{}, fault.New(fault.Conflict, "briefing.minutes-signed")
	case m.Revision == 0:
		return Minutes{}, fault.New(fault.Conflict, "briefing.minutes-none")
	case m.Revision != cmd.Revision:
		return Minutes{}, fault.New(fault.Conflict, "briefing.changed-meanwhile")
	case cmd.Signature.Method == "" || cmd.Signature.Person != actor.Person:
		return Minutes{}, fault.New(fault.Forbidden, "briefing.signature-none")
	}
	record, err := RecordOf(ctx, tx, actor.Tree, b, tx.Now())
	if err != nil {
		return Minutes{}, err
	}
	m.Body.Record = &record
	m.Signer, m.SignedAt = cmd.Signature.String(), tx.Now()
	event := SignedMinutes{
		Briefing: b.ID, Unit: b.Unit, Revision: m.Revision, Body: m.Body, Signer: m.Signer, Method: cmd.Signature.Method,
		Passkey: cmd.Signature.Passkey, Delegation: cmd.Signature.Delegation,
	}
	statement, err := event.statement()
	if err != nil {
		return Minutes{}, err
	}
	if err := cmd.Signature.Covers(statement); err != nil {
		return Minutes{}, err
	}
	if err := m.save(ctx, tx, b.ID); err != nil {
		return Minutes{}, err
	}
	return m, b.tell(tx, MinutesSigned, b.Unit, event)
}

// statement is what is signed of minutes.
func (s SignedMinutes) statement() (account.Statement, error) {
	body, err := json.Marshal(s.Body)
	if err != nil {
		return "", fmt.Errorf("encoding minutes: %w", err)
	}
	sum := sha256.Sum256(body)
	return account.NewStatement("minutes", "briefing", s.Briefing, "unit", s.Unit, "revision", s.Revision,
		"body", hex.EncodeToString(sum[:]), "signer", s.Signer), nil
}
