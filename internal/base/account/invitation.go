package account

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// InvitationLife is how long a one-time code lets somebody in, by the machine's
// clock.
const InvitationLife = 14 * 24 * time.Hour

// Invitation lets one person, whoever holds its code, make an account with
// roles at a unit; or, where Person is set, choose a new password.
type Invitation struct {
	ID      int64
	Code    Code // known only when it was just made
	Unit    tree.UnitID
	Roles   []access.Role // none where Person is set
	Name    string        // "" where whoever comes gives it
	Email   string
	Person  int64
	Created time.Time // by the business clock
	Expires time.Time // by the machine's clock
}

// Expired says whether the code has run out at now, by the machine's clock.
func (i Invitation) Expired(now time.Time) bool { return !now.Before(i.Expires) }

// InviteCommand invites somebody to a unit.
type InviteCommand struct {
	Unit  tree.UnitID
	Roles []access.Role // at least one
	Name  string
	Email string    // "" for a leaflet
	Now   time.Time // by the machine's clock
}

// Invite makes an invitation; its code is in the answer and nowhere else. The
// actor must be allowed to give each of the roles at the unit. Faults:
// Forbidden, Invalid at "role", "name" or "email".
func Invite(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd InviteCommand) (Invitation, error) {
	i := Invitation{
		Unit: cmd.Unit, Roles: cmd.Roles, Name: fold.Name(cmd.Name), Email: fold.Name(cmd.Email),
		Created: tx.Now(), Expires: cmd.Now.Add(InvitationLife),
	}
	if err := mayHandle(ctx, tx, actor, i); err != nil {
		return Invitation{}, err
	}
	if err := append(checkName(i.Name), checkEmail(i.Email)...).Err(); err != nil {
		return Invitation{}, err
	}
	return invite(ctx, tx, actor, i)
}

// Reset makes a code by which a person who forgot the password chooses a new
// one. Earlier codes of that kind end. The actor must be able to take all of
// the person's roles. Faults: Forbidden, NotFound, Conflict for somebody who
// has no login or is disabled.
func Reset(ctx context.Context, tx *ledger.Tx, actor access.Actor, person int64, now time.Time) (Invitation, error) {
	if err := mayManage(ctx, tx, actor, person); err != nil {
		return Invitation{}, err
	}
	p, err := Find(ctx, tx, person)
	if err != nil {
		return Invitation{}, err
	}
	if p.Login == "" || !p.Disabled.IsZero() {
		return Invitation{}, fault.New(fault.Conflict, "account.reset.impossible")
	}
	held, err := GrantsOf(ctx, tx, person)
	if err != nil {
		return Invitation{}, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE invitation SET withdrawn = $1 WHERE person = $2 AND accepted = 0 AND withdrawn = 0`,
		store.Micro(tx.Now()), person)
	if err != nil {
		return Invitation{}, fmt.Errorf("ending earlier codes: %w", err)
	}
	i := Invitation{Person: person, Name: p.Name, Email: p.Email, Created: tx.Now(), Expires: now.Add(InvitationLife)}
	if len(held) > 0 {
		i.Unit = held[0].Unit
	}
	return invite(ctx, tx, actor, i)
}

// invite writes an invitation with a new code; who may was decided before.
func invite(ctx context.Context, tx *ledger.Tx, actor access.Actor, i Invitation) (Invitation, error) {
	var err error
	if i.Code, err = NewCode(); err != nil {
		return Invitation{}, err
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO invitation (code, unit, roles, name, email, person, invited_by, created, expires)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
		i.Code.hash(), int64(i.Unit), joined(i.Roles), i.Name, i.Email, nullable(i.Person), nullable(actor.Person),
		store.Micro(i.Created), store.Micro(i.Expires)).Scan(&i.ID)
	if err != nil {
		return Invitation{}, fmt.Errorf("adding an invitation: %w", err)
	}
	payload := InvitedPayload{Roles: i.Roles, Person: i.Person}
	if i.Person == 0 {
		payload.Name = i.Name
	}
	return i, i.append(tx, Invited, payload)
}

// Renew gives an open invitation a new code and its full time again; the old
// code ends. Faults: NotFound, Forbidden.
func Renew(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64, now time.Time) (Invitation, error) {
	i, err := openInvitation(ctx, tx, actor, id)
	if err != nil {
		return Invitation{}, err
	}
	if i.Code, err = NewCode(); err != nil {
		return Invitation{}, err
	}
	i.Expires = now.Add(InvitationLife)
	_, err = tx.ExecContext(ctx, `UPDATE invitation SET code = $1, expires = $2 WHERE id = $3`, i.Code.hash(), store.Micro(i.Expires), i.ID)
	if err != nil {
		return Invitation{}, fmt.Errorf("renewing an invitation: %w", err)
	}
	return i, i.append(tx, InvitationRenewed, none{})
}

// Withdraw ends an open invitation. Faults: NotFound, Forbidden.
func Withdraw(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) error {
	i, err := openInvitation(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE invitation SET withdrawn = $1 WHERE id = $2`, store.Micro(tx.Now()), i.ID)
	if err != nil {
		return fmt.Errorf("withdrawing an invitation: %w", err)
	}
	return i.append(tx, InvitationWithdrawn, none{})
}

func (i Invitation) append(tx *ledger.Tx, kind ledger.Kind, payload any) error {
	return tx.Append(ledger.New{
		Unit: int64(i.Unit), Kind: kind, Subject: "invitation:" + strconv.FormatInt(i.ID, 10), Payload: payload,
	})
}

// openInvitation gives an invitation that the actor may handle and that was
// neither accepted nor withdrawn.
func openInvitation(ctx context.Context, tx *ledger.Tx, actor access.Actor, id int64) (Invitation, error) {
	list, err := invitations(ctx, tx, `id = $1 AND accepted = 0 AND withdrawn = 0`, id)
	if err != nil {
		return Invitation{}, err
	}
	if len(list) == 0 {
		return Invitation{}, fault.New(fault.NotFound, "account.invitation.missing")
	}
	return list[0], mayHandle(ctx, tx, actor, list[0])
}

// mayHandle says whether the actor may make, renew or withdraw an invitation.
func mayHandle(ctx context.Context, q store.Querier, actor access.Actor, i Invitation) error {
	if i.Person != 0 {
		return mayManage(ctx, q, actor, i.Person)
	}
	if len(i.Roles) == 0 {
		return fault.New(fault.Invalid, "account.role.none").At("role")
	}
	for _, role := range i.Roles {
		if err := mayGive(actor, i.Unit, role); err != nil {
			return err
		}
	}
	return nil
}

// Pending gives the open invitations to a unit and to the units directly below
// it, also those whose time is over, the newest first.
func Pending(ctx context.Context, q store.Querier, actor access.Actor, unit tree.UnitID) ([]Invitation, error) {
	if err := actor.May(access.AccountRead, unit); err != nil {
		return nil, err
	}
	units := []tree.UnitID{unit}
	for _, child := range actor.Tree.Children(unit) {
		if actor.May(access.AccountRead, child.ID) == nil {
			units = append(units, child.ID)
		}
	}
	list, args := among(units)
	return invitations(ctx, q, `unit IN (`+list+`) AND accepted = 0 AND withdrawn = 0`, args...)
}

func invitations(ctx context.Context, q store.Querier, where string, args ...any) ([]Invitation, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, unit, roles, name, email, COALESCE(person, 0), created, expires
		FROM invitation WHERE `+where+` ORDER BY id DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("reading invitations: %w", err)
	}
	defer rows.Close()
	var list []Invitation
	for rows.Next() {
		var i Invitation
		var roles string
		var created, expires int64
		if err := rows.Scan(&i.ID, &i.Unit, &roles, &i.Name, &i.Email, &i.Person, &created, &expires); err != nil {
			return nil, fmt.Errorf("reading an invitation: %w", err)
		}
		for role := range strings.FieldsSeq(roles) {
			i.Roles = append(i.Roles, access.Role(role))
		}
		i.Created, i.Expires = store.Moment(created), store.Moment(expires)
		list = append(list, i)
	}
	return list, rows.Err()
}

// joined is roles or actions as one column holds them.
func joined[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, word := range list {
		words[i] = string(word)
	}
	return strings.Join(words, " ")
}

// nullable is an identifier as a column that may be empty.
func nullable(id int64) sql.NullInt64 { return sql.NullInt64{Int64: id, Valid: id != 0} }

// among makes "$1,$2" and the arguments for units.
func among(units []tree.UnitID) (places string, args []any) {
	var b strings.Builder
	for i, unit := range units {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("$" + strconv.Itoa(i+1))
		args = append(args, int64(unit))
	}
	return b.String(), args
}
