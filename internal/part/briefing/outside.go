package briefing

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// DraftMinutes has minutes wait in the register of the host's office to be signed outside
// the program, once the meeting is over; who drafts them has gone over them. Doing it again
// changes nothing. Faults: Forbidden; Conflict where they are signed, nothing was written,
// or the profile has no such way for minutes; NotFound where it has no such papers.
func DraftMinutes(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (register.Paper, error) {
	b, err := lock(ctx, tx, id)
	if err != nil {
		return register.Paper{}, err
	}
	if err := actor.May(access.PaperDraft, b.Unit); err != nil {
		return register.Paper{}, err
	}
	ways, kept, err := MinutesWays(ctx, tx)
	switch {
	case err != nil:
		return register.Paper{}, err
	case !kept:
		return register.Paper{}, fault.New(fault.NotFound, "briefing.minutes-unregistered")
	case !ways.Signs(profile.OnPaper) && !ways.Signs(profile.InPDF):
		return register.Paper{}, fault.New(fault.Conflict, "briefing.minutes-not-so")
	}
	m, err := MinutesOf(ctx, tx, id)
	if err != nil {
		return register.Paper{}, err
	}
	if err := b.toSign(m); err != nil {
		return register.Paper{}, err
	}
	content, err := m.asOf(ctx, tx, actor.Tree, b, tx.Now())
	if err != nil {
		return register.Paper{}, err
	}
	p, err := register.Draft(ctx, tx, actor, paperOf(b))
	if err != nil || p.Initialler != "" {
		return p, err
	}
	return register.Initial(ctx, tx, actor, p.ID, content)
}

// MinutesWays is how the profile has minutes signed; ok is false where it has no such
// papers, and they are signed in the program.
func MinutesWays(ctx context.Context, q store.Querier) (kind profile.PaperKind, ok bool, err error) {
	rules, err := org.Profile(ctx, q)
	if err != nil {
		return profile.PaperKind{}, false, err
	}
	kind, ok = rules.PaperKind(MinutesKind)
	return kind, ok, nil
}

// paperOf is a briefing's minutes as the register calls them.
func paperOf(b Briefing) register.DraftCommand {
	subject := MinutesSubject(b.ID)
	return register.DraftCommand{Key: subject, Unit: b.Unit, Kind: MinutesKind, Subject: subject, Title: b.Title}
}

// toSign refuses minutes that nobody can sign now.
func (b Briefing) toSign(m Minutes) error {
	switch {
	case b.State != Ended:
		return fault.New(fault.Conflict, "briefing.not-over")
	case m.Signed():
		return fault.New(fault.Conflict, "briefing.minutes-signed")
	case m.Revision == 0:
		return fault.New(fault.Conflict, "briefing.minutes-none")
	}
	return nil
}

// asOf has the minutes hold the record as it is now, and gives all that they then say.
func (m *Minutes) asOf(ctx context.Context, q store.Querier, t *tree.Tree, b Briefing, now time.Time) ([]byte, error) {
	record, err := RecordOf(ctx, q, t, b, now)
	if err != nil {
		return nil, err
	}
	m.Body.Record = &record
	return m.content(b)
}

// content is what the minutes say, as it is signed.
func (m Minutes) content(b Briefing) ([]byte, error) {
	content, err := json.Marshal(m.Body)
	if err != nil {
		return nil, fmt.Errorf("encoding the minutes of briefing %d: %w", b.ID, err)
	}
	return content, nil
}

// MinutesSaid is what minutes that wait to be signed outside say now, with the minutes as
// they then are. NotFound: there are none.
func MinutesSaid(ctx context.Context, q store.Querier, t *tree.Tree, b Briefing, now time.Time) (Minutes, []byte, error) {
	m, err := MinutesOf(ctx, q, b.ID)
	if err != nil {
		return m, nil, err
	}
	if m.Revision == 0 {
		return m, nil, fault.New(fault.NotFound, "briefing.minutes-none")
	}
	content, err := m.asOf(ctx, q, t, b, now)
	return m, content, err
}

// FollowRegister does what the register does about a paper of a subject, and has minutes be
// signed as it then has them: signed outside the program, they hold the record and change
// no more; a draft again, they can be written on. Another paper is none of its business.
// Conflict: the minutes say something else by now than what was signed.
func FollowRegister(ctx context.Context, tx *ledger.Tx, actor access.Actor, subject string, act func() (register.Paper, error)) error {
	id, ok := MinutesNamed(subject)
	if !ok {
		_, err := act()
		return err
	}
	b, err := lock(ctx, tx, id) // before the paper, as all that signs minutes does
	if err != nil {
		return err
	}
	p, err := act()
	if err != nil {
		return err
	}
	m, err := MinutesOf(ctx, tx, id)
	if err != nil {
		return err
	}
	switch {
	case p.State == register.Signed && !m.Signed():
		return m.signedOutside(ctx, tx, actor, b, p)
	case p.State == register.Drafted && m.Signed():
		return m.unsign(ctx, tx, b)
	}
	return nil
}

func (m Minutes) signedOutside(ctx context.Context, tx *ledger.Tx, actor access.Actor, b Briefing, p register.Paper) error {
	content, err := m.asOf(ctx, tx, actor.Tree, b, tx.Now())
	if err != nil {
		return err
	}
	if register.Hash(content) != p.Content {
		return fault.New(fault.Conflict, "briefing.changed-meanwhile")
	}
	m.Signer, m.Method, m.SignedAt = p.Signer, p.Method, p.SignedAt
	if err := m.save(ctx, tx, b.ID); err != nil {
		return err
	}
	return b.tell(tx, MinutesSigned, b.Unit, SignedMinutes{Briefing: b.ID, Unit: b.Unit, Revision: m.Revision, Body: m.Body, Signer: m.Signer, Method: m.Method})
}

// unsign takes the signature off, which the chair did not give.
func (m Minutes) unsign(ctx context.Context, tx *ledger.Tx, b Briefing) error {
	m.Signer, m.Method, m.SignedAt, m.Body.Record = "", "", time.Time{}, nil
	if err := m.save(ctx, tx, b.ID); err != nil {
		return err
	}
	return b.tell(tx, MinutesReturned, b.Unit, ReturnedMinutes{Briefing: b.ID, Unit: b.Unit})
}
