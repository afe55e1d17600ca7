package letter

import (
	"context"
	"embed"
	"fmt"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Schema is the outbox.
//
//go:embed schema
var Schema embed.FS

// Texts are what letters say.
//
//go:embed texts.yaml
var Texts embed.FS

// Kind is what a letter is about.
type Kind string

// The kinds.
const (
	Invited   Kind = "invited"
	Changed   Kind = "changed"   // of time
	Cancelled Kind = "cancelled" // the briefing is called off
	Withdrawn Kind = "withdrawn" // the site is called no longer
	Reminded  Kind = "reminded"  // of an answer that is missing
	Digest    Kind = "digest"    // of a day's reminders
	Urged     Kind = "urged"     // by the unit above, by hand
)

// State is how far a letter has come.
type State string

// The states.
const (
	Waiting State = "waiting"
	Sent    State = "sent"
	Failed  State = "failed"  // for good, unless somebody has it sent again
	Dropped State = "dropped" // something newer was to be said before it was sent
)

// Trouble is why a letter was not sent.
type Trouble string

// The troubles.
const (
	NoTrouble   Trouble = ""
	NoAddress   Trouble = "no-address"  // the person has none, or no account that works
	Address     Trouble = "address"     // the server does not take this one
	Full        Trouble = "full"        // the person's box is
	Refused     Trouble = "refused"     // the server does not take the letter
	Later       Trouble = "later"       // the server asks to come again
	Unreachable Trouble = "unreachable" // no server answers
	Login       Trouble = "login"       // the server does not take the name and password
	Certificate Trouble = "certificate" // the server cannot be trusted, or does not encrypt
	Sender      Trouble = "sender"      // the server does not take the sender's address
	TooLate     Trouble = "too-late"    // the meeting had begun, or was called off
)

// Letter is one e-mail to one person about a briefing, or about reminders.
type Letter struct {
	ID       int64
	Briefing int64       // 0 for one about reminders
	Unit     tree.UnitID // for whose site; the host for who leads the meeting
	Person   int64
	Kind     Kind
	Cause    int64     // position of the event because of which it is written
	Begins   time.Time // of the briefing, by this letter
	Minutes  int
	Was      time.Time // when it began by the letter before; zero for none
	MadeAt   time.Time
	State    State
	Attempts int
	Due      time.Time // by the machine's clock: not sent before
	SentAt   time.Time // zero until it was
	Trouble  Trouble
	Said     string // by the server
	After    int64  // a digest is about the reminders after this one, up to To; the reader to whom one goes
	To       int64
	Job      int64 // that carries it; 0 for none yet
}

const columns = `id, briefing_id, unit_id, person_id, kind, cause, begins_at, minutes, was_at, made_at, state, attempts, due_at, sent_at, trouble, said, after_id, to_id, job_id`

func read(ctx context.Context, q store.Querier, where string, args ...any) ([]Letter, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+columns+` FROM letter `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("reading letters: %w", err)
	}
	defer rows.Close()
	var list []Letter
	for rows.Next() {
		var l Letter
		var begins, was, made, due, sent int64
		err := rows.Scan(&l.ID, &l.Briefing, &l.Unit, &l.Person, &l.Kind, &l.Cause, &begins, &l.Minutes, &was, &made, &l.State, &l.Attempts, &due, &sent, &l.Trouble, &l.Said, &l.After, &l.To, &l.Job)
		if err != nil {
			return nil, fmt.Errorf("reading a letter: %w", err)
		}
		l.Begins, l.Was, l.MadeAt = store.Moment(begins), store.Moment(was), store.Moment(made)
		l.Due, l.SentAt = store.Moment(due), store.Moment(sent)
		list = append(list, l)
	}
	return list, rows.Err()
}

// Of gives the letters about a briefing in the order in which they were written,
// without those that were dropped.
func Of(ctx context.Context, q store.Querier, briefing int64) ([]Letter, error) {
	return read(ctx, q, `WHERE briefing_id = $1 AND state <> 'dropped' ORDER BY id`, briefing)
}

// add writes a letter into the outbox; one about the same event to the same person
// is there already and stays.
func (l Letter) add(ctx context.Context, tx store.Querier) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO letter (briefing_id, unit_id, person_id, kind, cause, begins_at, minutes, was_at, made_at,
		state, attempts, due_at, sent_at, trouble, said, after_id, to_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', 0, 0, 0, '', '', $10, $11)
		ON CONFLICT (briefing_id, person_id, cause) DO NOTHING`,
		l.Briefing, l.Unit, l.Person, l.Kind, l.Cause, store.Micro(l.Begins), l.Minutes, store.Micro(l.Was), store.Micro(l.MadeAt), l.After, l.To)
	if err != nil {
		return fmt.Errorf("writing a letter: %w", err)
	}
	return nil
}

// Traces is what the outbox keeps of a person: what a server said may hold the
// address.
var Traces = account.Elsewhere{
	Find: func(context.Context, store.Querier, int64) ([]int64, error) { return nil, nil },
	Clear: func(ctx context.Context, tx *ledger.Tx, person int64, _ string) error {
		if _, err := tx.ExecContext(ctx, `UPDATE letter SET said = '' WHERE person_id = $1`, person); err != nil {
			return fmt.Errorf("erasing what servers said of an address: %w", err)
		}
		return nil
	},
}
