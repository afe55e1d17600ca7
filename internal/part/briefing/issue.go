package briefing

import (
	"context"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
)

// MinutesKind is the profile's kind of paper that minutes are. Of a profile without it no
// minutes come into a register: their number is typed by the secretary.
const MinutesKind = "minutes"

const minutesSubject = "minutes:"

// MinutesSubject is how the register names a briefing's minutes.
func MinutesSubject(id int64) string { return minutesSubject + strconv.FormatInt(id, 10) }

// MinutesNamed is the briefing whose minutes a subject of the register names; ok is false
// for another subject.
func MinutesNamed(subject string) (id int64, ok bool) {
	number, ok := strings.CutPrefix(subject, minutesSubject)
	if !ok {
		return 0, false
	}
	id, err := strconv.ParseInt(number, 10, 64)
	return id, err == nil
}

// MinutesInRegister gives a briefing's minutes as the register of the host's office has
// them; ok is false where it has none.
func MinutesInRegister(ctx context.Context, q store.Querier, id int64) (p register.Paper, ok bool, err error) {
	list, err := register.Of(ctx, q, MinutesSubject(id))
	if err != nil || len(list) == 0 {
		return register.Paper{}, false, err
	}
	return list[0], true, nil
}

// enter has signed minutes stand in the register of the host's office, to be numbered.
func (m Minutes) enter(ctx context.Context, tx *ledger.Tx, actor access.Actor, b Briefing) error {
	if _, kept, err := MinutesWays(ctx, tx); err != nil || !kept {
		return err
	}
	content, err := m.content(b)
	if err != nil {
		return err
	}
	_, err = register.Enter(ctx, tx, actor, register.EnterCommand{
		DraftCommand: paperOf(b), Content: content, Signer: m.Signer, Method: m.Method, SignedAt: m.SignedAt,
	})
	return err
}

// IssueMinutes issues signed minutes, by the clerk of the host's office: under the next
// number of its register and the day on which the meeting ended, unless they have a number
// already. Issuing them again changes nothing. Faults: Forbidden; Conflict where they are
// not signed, or their number was cancelled; NotFound where the profile has no such papers.
func IssueMinutes(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (register.Paper, error) {
	b, err := lock(ctx, tx, id)
	if err != nil {
		return register.Paper{}, err
	}
	if err := actor.May(access.PaperNumber, b.Unit); err != nil {
		return register.Paper{}, err
	}
	m, err := MinutesOf(ctx, tx, id)
	if err != nil {
		return register.Paper{}, err
	}
	if !m.Signed() {
		return register.Paper{}, fault.New(fault.Conflict, "briefing.minutes-unsigned")
	}
	if err := m.enter(ctx, tx, actor, b); err != nil { // those that were signed before there was a register
		return register.Paper{}, err
	}
	p, ok, err := MinutesInRegister(ctx, tx, id)
	if err != nil {
		return register.Paper{}, err
	}
	if !ok {
		return register.Paper{}, fault.New(fault.NotFound, "briefing.minutes-unregistered")
	}
	if p.State == register.Issued {
		return p, nil
	}
	if p.State == register.Signed {
		rules, err := org.Profile(ctx, tx)
		if err != nil {
			return register.Paper{}, err
		}
		if p, err = register.Number(ctx, tx, actor, register.NumberCommand{Paper: p.ID, Dated: clock.DateOf(b.EndedAt, rules.Location())}); err != nil {
			return register.Paper{}, err
		}
	}
	if p, err = register.Issue(ctx, tx, actor, p.ID); err != nil {
		return register.Paper{}, err
	}
	return p, b.tell(tx, MinutesIssued, b.Unit, IssuedMinutes{Briefing: b.ID, Unit: b.Unit, Paper: p.ID, Number: p.NumberText})
}
