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
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Bounds of the minutes' text.
const (
	MostSections = 30
	MostSection  = 20_000 // characters

	MostRecipients = 30 // lines
)

// Section is one part of the minutes as the secretary wrote it.
type Section struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Letterhead is what stands on minutes as a paper beside their text, as the
// secretary wrote it.
type Letterhead struct {
	Above      string   `json:"above,omitempty"`  // the organisation above; "" for none
	Issuer     string   `json:"issuer,omitempty"` // whose paper it is
	Number     string   `json:"number,omitempty"` // and symbol; "" while there is none
	Place      string   `json:"place,omitempty"`  // where the host sits
	Recipients []string `json:"recipients,omitempty"`
}

// Body is what minutes say: the secretary's text, and once they are signed the
// record that it stands on.
type Body struct {
	Letterhead Letterhead `json:"letterhead,omitzero"`
	Sections   []Section  `json:"sections"`
	Record     *Record    `json:"record,omitempty"`
}

// Minutes are the minutes of a briefing.
type Minutes struct {
	Body      Body
	Revision  int64 // counts the saves; 0 while nothing was written
	WrittenBy int64 // a person
	WrittenAt time.Time
	Signer    string // name and post; "" until they are signed
	Method    string // how: account.ByPasskey, account.ByPassword, register.ByPen, register.ByToken; "" before that
	SignedAt  time.Time
}

// Signed says whether the chair has signed.
func (m Minutes) Signed() bool { return m.Signer != "" }

// MinutesOf gives the minutes of a briefing; zero ones while nothing was written.
func MinutesOf(ctx context.Context, q store.Querier, briefing int64) (Minutes, error) {
	var m Minutes
	var body string
	var written, signed int64
	err := q.QueryRowContext(ctx, `SELECT body, revision, written_by, written_at, signer, method, signed_at FROM briefing_minutes WHERE briefing_id = $1`,
		briefing).Scan(&body, &m.Revision, &m.WrittenBy, &written, &m.Signer, &m.Method, &signed)
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

// LastLetterhead is the letterhead of the unit's latest minutes, for the next to begin
// with; without their number. It is empty for a unit's first.
func LastLetterhead(ctx context.Context, q store.Querier, unit tree.UnitID) (Letterhead, error) {
	var body string
	err := q.QueryRowContext(ctx, `SELECT m.body FROM briefing_minutes m JOIN briefing b ON b.id = m.briefing_id
		WHERE b.unit_id = $1 ORDER BY m.written_at DESC, b.id DESC LIMIT 1`, unit).Scan(&body)
	if store.Missing(err) {
		return Letterhead{}, nil
	}
	if err != nil {
		return Letterhead{}, fmt.Errorf("reading the latest minutes of unit %d: %w", unit, err)
	}
	var last Body
	if err := json.Unmarshal([]byte(body), &last); err != nil {
		return Letterhead{}, fmt.Errorf("reading the text of the latest minutes of unit %d: %w", unit, err)
	}
	last.Letterhead.Number = ""
	return last.Letterhead, nil
}

// WriteMinutes keeps the secretary's text and letterhead, during the meeting and
// after it, until it is signed; the record is not the secretary's to give. revision is of the minutes that were read, 0 for none; when somebody
// else wrote meanwhile, it is a Conflict and changes nothing.
func WriteMinutes(ctx context.Context, tx *ledger.Tx, actor access.Actor, id, revision int64, body Body) (Minutes, error) {
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
	if err := body.check(); err != nil {
		return Minutes{}, err
	}
	m.Body = Body{Letterhead: body.Letterhead, Sections: body.Sections}
	m.Revision, m.WrittenBy, m.WrittenAt = m.Revision+1, actor.Person, tx.Now()
	return m, m.save(ctx, tx, id)
}

func (b Body) check() error {
	if len(b.Sections) > MostSections {
		return fault.New(fault.Invalid, "briefing.sections-many", "most", MostSections).At("sections")
	}
	if len(b.Letterhead.Recipients) > MostRecipients {
		return fault.New(fault.Invalid, "briefing.recipients-many", "most", MostRecipients).At("recipients")
	}
	var wrong fault.List
	bound := func(field, text string, most int) {
		if utf8.RuneCountInString(text) > most {
			wrong = append(wrong, fault.New(fault.Invalid, "briefing.long", "most", most).At(field))
		}
	}
	head := b.Letterhead
	bound("above", head.Above, MostTitle)
	bound("issuer", head.Issuer, MostTitle)
	bound("number", head.Number, MostTitle)
	bound("place", head.Place, MostTitle)
	for _, name := range head.Recipients {
		bound("recipients", name, MostTitle)
	}
	for i, s := range b.Sections {
		bound(fmt.Sprintf("section.%d.title", i), s.Title, MostTitle)
		bound(fmt.Sprintf("section.%d.text", i), s.Text, MostSection)
	}
	return wrong.Err()
}

func (m Minutes) save(ctx context.Context, tx *ledger.Tx, briefing int64) error {
	body, err := json.Marshal(m.Body)
	if err != nil {
		return fmt.Errorf("encoding the minutes of briefing %d: %w", briefing, err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO briefing_minutes (briefing_id, body, revision, written_by, written_at, signer, method, signed_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (briefing_id) DO UPDATE SET body = excluded.body, revision = excluded.revision,
		written_by = excluded.written_by, written_at = excluded.written_at, signer = excluded.signer, method = excluded.method, signed_at = excluded.signed_at`,
		briefing, string(body), m.Revision, m.WrittenBy, store.Micro(m.WrittenAt), m.Signer, m.Method, store.Micro(m.SignedAt))
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
// then hold the record as it is, change no more, and wait in the register of the host's
// office for their number. Signing the same again changes
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
	case m.Signed() && m.Revision == cmd.Revision:
		return m, nil
	}
	if err := b.toSign(m); err != nil {
		return Minutes{}, err
	}
	ways, kept, err := MinutesWays(ctx, tx)
	switch {
	case err != nil:
		return Minutes{}, err
	case kept && !ways.Signs(profile.InProgram):
		return Minutes{}, fault.New(fault.Conflict, "briefing.minutes-not-so")
	case m.Revision != cmd.Revision:
		return Minutes{}, fault.New(fault.Conflict, "briefing.changed-meanwhile")
	case cmd.Signature.Method == "" || cmd.Signature.Person != actor.Person:
		return Minutes{}, fault.New(fault.Forbidden, "briefing.signature-none")
	}
	body, err := m.asOf(ctx, tx, actor.Tree, b, tx.Now())
	if err != nil {
		return Minutes{}, err
	}
	m.Signer, m.Method, m.SignedAt = cmd.Signature.String(), cmd.Signature.Method, tx.Now()
	event := SignedMinutes{
		Briefing: b.ID, Unit: b.Unit, Revision: m.Revision, Body: m.Body, Signer: m.Signer, Method: cmd.Signature.Method,
		Passkey: cmd.Signature.Passkey, Delegation: cmd.Signature.Delegation,
	}
	if err := cmd.Signature.Covers(event.statement(body)); err != nil {
		return Minutes{}, err
	}
	if err := m.save(ctx, tx, b.ID); err != nil {
		return Minutes{}, err
	}
	if err := b.tell(tx, MinutesSigned, b.Unit, event); err != nil {
		return Minutes{}, err
	}
	return m, m.enter(ctx, tx, actor, b)
}

// statement is what is signed of minutes whose body is encoded.
func (s SignedMinutes) statement(body []byte) account.Statement {
	sum := sha256.Sum256(body)
	return account.NewStatement("minutes", "briefing", s.Briefing, "unit", s.Unit, "revision", s.Revision,
		"body", hex.EncodeToString(sum[:]), "signer", s.Signer)
}
