package account

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Erasable are the kinds of events of this package whose payloads can be erased:
// those that hold names. Roles, passkeys and what was signed with them cannot.
var Erasable = []ledger.Kind{Created, Changed, Invited}

// EraseCommand is whose personal data is erased, and why.
type EraseCommand struct {
	Person int64
	Reason string
	// Elsewhere is what later parts keep of people.
	Elsewhere []Elsewhere
}

// Elsewhere is what a later part keeps of people: the kinds of its events that
// hold names, those of one person, and how its rows forget that one, by whose
// number they say afterwards who it was; the account still has the name then.
type Elsewhere struct {
	Kinds []ledger.Kind
	Find  func(ctx context.Context, q store.Querier, person int64) ([]int64, error)
	Clear func(ctx context.Context, tx *ledger.Tx, person int64, nameless string) error
}

// Traces are where a person's personal data stands.
type Traces struct {
	Person Person
	Events []int64 // positions of events whose payloads hold it, not yet erased
}

// FindTraces finds what Erase would erase. Faults: NotFound, Forbidden.
func FindTraces(ctx context.Context, q store.Querier, actor access.Actor, person int64, elsewhere ...Elsewhere) (Traces, error) {
	p, err := Find(ctx, q, person)
	if err != nil {
		return Traces{}, err
	}
	if err := mayManage(ctx, q, actor, person); err != nil {
		return Traces{}, err
	}
	subjects, err := invitationsOf(ctx, q, person)
	if err != nil {
		return Traces{}, err
	}
	found := Traces{Person: p}
	for _, about := range append([]string{subject(person)}, subjects...) {
		events, err := ledger.About(ctx, q, about)
		if err != nil {
			return Traces{}, err
		}
		for _, e := range events {
			if slices.Contains(Erasable, e.Kind) && e.Payload != nil {
				found.Events = append(found.Events, e.Position)
			}
		}
	}
	for _, part := range elsewhere {
		events, err := part.Find(ctx, q, person)
		if err != nil {
			return Traces{}, err
		}
		found.Events = append(found.Events, events...)
	}
	slices.Sort(found.Events)
	return found, nil
}

// Erase erases the personal data of somebody who left: name, address, telephone,
// sign-in name, password, passkeys, second factor, sessions, the texts of
// invitations and what later parts keep of the name, in the rows and in the log,
// in one transaction. The person stays as a number, with the roles that were held;
// what was signed keeps its signature, which is part of what was signed. Doing it
// again is the same answer.
//
// Faults: NotFound, Forbidden, Conflict while the account works, Invalid at
// "reason".
func Erase(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd EraseCommand) (Traces, error) {
	found, err := FindTraces(ctx, tx, actor, cmd.Person, cmd.Elsewhere...)
	if err != nil {
		return Traces{}, err
	}
	if found.Person.Disabled.IsZero() {
		return Traces{}, fault.New(fault.Conflict, "account.erase.works")
	}
	erasable := slices.Clone(Erasable)
	for _, part := range cmd.Elsewhere {
		erasable = append(erasable, part.Kinds...)
	}
	if err := tx.Erase(ctx, erasable, found.Events, cmd.Reason); err != nil {
		return Traces{}, err
	}
	invitations, err := invitationsOf(ctx, tx, cmd.Person)
	if err != nil {
		return Traces{}, err
	}
	for _, about := range invitations {
		id, err := strconv.ParseInt(strings.TrimPrefix(about, invitationSubject), 10, 64)
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE invitation SET name = '', email = '' WHERE id = $1`, id)
		}
		if err != nil {
			return Traces{}, fmt.Errorf("erasing an invitation: %w", err)
		}
	}
	nameless := numbered + strconv.FormatInt(cmd.Person, 10)
	for _, part := range cmd.Elsewhere {
		if err := part.Clear(ctx, tx, cmd.Person, nameless); err != nil {
			return Traces{}, err
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE person SET name = $1, folded = $1, email = '', refused_at = 0, refused = '', phone = '', login = NULL, password = '', language = ''
		WHERE id = $2`, nameless, cmd.Person)
	if err != nil {
		return Traces{}, fmt.Errorf("erasing a person: %w", err)
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM passkey_challenge WHERE session IN (SELECT id FROM session WHERE person = $1)`, cmd.Person)
	if err != nil {
		return Traces{}, fmt.Errorf("erasing the passkeys that were being added: %w", err)
	}
	for _, table := range []string{"session", "passkey", "second_factor", "recovery_code", "half_sign_in"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE person = $1`, cmd.Person); err != nil {
			return Traces{}, fmt.Errorf("erasing a person's rows of %s: %w", table, err)
		}
	}
	return found, nil
}

// numbered begins what stands in place of an erased name.
const numbered = "#"

// Nameless says of a person's name whether it is what [Erase] left of it: a number.
func Nameless(name string) bool {
	number, ok := strings.CutPrefix(name, numbered)
	_, err := strconv.ParseUint(number, 10, 64)
	return ok && err == nil
}

const invitationSubject = "invitation:"

// invitationsOf are the invitations to a person, by the subject of their events:
// those to a new password, and those that the person took up. Of one that was
// taken up before that was kept, the log knows: whoever comes is created, gets the
// roles and has the invitation accepted in one transaction.
func invitationsOf(ctx context.Context, q store.Querier, person int64) ([]string, error) {
	var list []string
	rows, err := q.QueryContext(ctx, `SELECT id FROM invitation WHERE person = $1 OR taker = $1 ORDER BY id`, person)
	if err != nil {
		return nil, fmt.Errorf("finding invitations: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("finding an invitation: %w", err)
		}
		list = append(list, invitationSubject+strconv.FormatInt(id, 10))
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("finding invitations: %w", err)
	}
	events, err := ledger.About(ctx, q, subject(person))
	if err != nil || len(events) == 0 {
		return list, err
	}
	const most = 50 // events of one transaction in which somebody comes
	near, err := ledger.After(ctx, q, events[0].Position-1, most)
	if err != nil {
		return nil, err
	}
	for _, e := range near {
		var came AcceptedPayload
		if e.Kind == InvitationAccepted && e.Decode(&came) == nil && came.Person == person && !slices.Contains(list, e.Subject) {
			list = append(list, e.Subject)
		}
	}
	return list, nil
}
