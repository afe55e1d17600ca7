package account

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// CheckCode finds the invitation that somebody at a network address holds the
// code of. Faults at "code": Invalid for what is no code of ours, TooLate for one
// that was used, withdrawn or ran out; Unavailable after too many wrong ones.
func CheckCode(ctx context.Context, db *store.DB, typed, address string, now time.Time) (Invitation, error) {
	target := "code:" + address
	if err := count(ctx, db, now, quota{target, codeMost}); err != nil {
		return Invitation{}, err
	}
	i, err := findCode(ctx, db.Reader(), typed, now)
	if err != nil {
		return Invitation{}, err
	}
	return i, db.Update(ctx, func(tx *sql.Tx) error { return forgive(ctx, tx, now, target) })
}

func findCode(ctx context.Context, q store.Querier, typed string, now time.Time) (Invitation, error) {
	unknown := fault.New(fault.Invalid, "account.code.unknown").At("code")
	code, ok := ParseCode(typed)
	if !ok {
		return Invitation{}, unknown
	}
	var id, accepted, withdrawn int64
	err := q.QueryRowContext(ctx, `SELECT id, accepted, withdrawn FROM invitation WHERE code = $1`, code.hash()).
		Scan(&id, &accepted, &withdrawn)
	if store.Missing(err) {
		return Invitation{}, unknown
	}
	if err != nil {
		return Invitation{}, fmt.Errorf("finding an invitation: %w", err)
	}
	if accepted != 0 {
		return Invitation{}, fault.New(fault.TooLate, "account.code.used").At("code")
	}
	if withdrawn != 0 {
		return Invitation{}, fault.New(fault.TooLate, "account.code.withdrawn").At("code")
	}
	list, err := invitations(ctx, q, `id = $1`, id)
	if err != nil {
		return Invitation{}, err
	}
	i := list[0]
	if i.Expired(now) {
		return Invitation{}, fault.New(fault.TooLate, "account.code.expired").At("code")
	}
	i.Code = code
	return i, nil
}

// AcceptCommand is what somebody with a code enters.
type AcceptCommand struct {
	Code     string // as typed
	Name     string // "" takes the invitation's
	Login    string // not asked for where a new password is chosen
	Password Password
	Now      time.Time // by the machine's clock
}

// Accept makes the account that a code invites to, with its roles at once, or
// sets the new password that it is for. Faults: those of [CheckCode] but
// Unavailable, and Invalid or Conflict at "name" or "login".
func Accept(ctx context.Context, tx *ledger.Tx, cmd AcceptCommand) (Person, error) {
	i, err := findCode(ctx, tx, cmd.Code, cmd.Now)
	if err != nil {
		return Person{}, err
	}
	if err := i.take(ctx, tx); err != nil {
		return Person{}, err
	}
	var p Person
	if i.Person != 0 {
		p, err = renewPassword(ctx, tx, i.Person, cmd.Password)
	} else {
		p, err = come(ctx, tx, i, cmd)
	}
	if err != nil {
		return Person{}, err
	}
	tx.As(subject(p.ID))
	if err := i.takenBy(ctx, tx, p.ID); err != nil {
		return Person{}, err
	}
	return p, i.append(tx, InvitationAccepted, AcceptedPayload{Person: p.ID})
}

// Join gives the roles that a code invites to to somebody who has an account and
// is signed in, instead of a second account: one person, several posts. Roles that
// the person holds already stay. Faults: those of [Accept]; Forbidden for a guest
// and for a code that is for a new password; Conflict when there is nothing to add.
func Join(ctx context.Context, tx *ledger.Tx, actor access.Actor, code string, now time.Time) (Invitation, error) {
	i, err := findCode(ctx, tx, code, now)
	if err != nil {
		return Invitation{}, err
	}
	if actor.Person == 0 || i.Person != 0 {
		return Invitation{}, fault.New(fault.Forbidden, "access.refused")
	}
	if err := i.take(ctx, tx); err != nil {
		return Invitation{}, err
	}
	held, err := GrantsOf(ctx, tx, actor.Person)
	if err != nil {
		return Invitation{}, err
	}
	added := 0
	for _, role := range i.Roles {
		if slices.ContainsFunc(held, func(g Grant) bool { return g.Unit == i.Unit && g.Role == role }) {
			continue
		}
		if err := give(ctx, tx, actor.Person, access.Grant{Unit: i.Unit, Role: role}); err != nil {
			return Invitation{}, err
		}
		added++
	}
	if added == 0 {
		return Invitation{}, fault.New(fault.Conflict, "account.role.held")
	}
	if err := i.takenBy(ctx, tx, actor.Person); err != nil {
		return Invitation{}, err
	}
	return i, i.append(tx, InvitationAccepted, AcceptedPayload{Person: actor.Person})
}

// takenBy keeps who took the invitation up, so that it is found when that person's
// data is erased.
func (i Invitation) takenBy(ctx context.Context, tx *ledger.Tx, person int64) error {
	if _, err := tx.ExecContext(ctx, `UPDATE invitation SET taker = $1 WHERE id = $2`, person, i.ID); err != nil {
		return fmt.Errorf("keeping who took an invitation up: %w", err)
	}
	return nil
}

// take uses the invitation's code up, whoever comes first with it.
func (i Invitation) take(ctx context.Context, tx *ledger.Tx) error {
	result, err := tx.ExecContext(ctx, `UPDATE invitation SET accepted = $1 WHERE id = $2 AND accepted = 0 AND withdrawn = 0`,
		store.Micro(tx.Now()), i.ID)
	if err != nil {
		return fmt.Errorf("accepting an invitation: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		// Somebody else was quicker with the same code.
		return fault.New(fault.TooLate, "account.code.used").At("code").Because(err)
	}
	return nil
}

// come makes the account of somebody invited.
func come(ctx context.Context, tx *ledger.Tx, i Invitation, cmd AcceptCommand) (Person, error) {
	account := CreateCommand{Name: cmd.Name, Login: cmd.Login, Password: cmd.Password, Email: i.Email}
	if account.Name == "" {
		account.Name = i.Name
	}
	if account.Login == "" {
		return Person{}, fault.New(fault.Invalid, "account.login.form").At("login")
	}
	for _, role := range i.Roles {
		account.Grants = append(account.Grants, access.Grant{Unit: i.Unit, Role: role})
	}
	return createAccount(ctx, tx, account)
}

func renewPassword(ctx context.Context, tx *ledger.Tx, person int64, chosen Password) (Person, error) {
	p, err := Find(ctx, tx, person)
	if err != nil {
		return Person{}, err
	}
	return p, setPassword(ctx, tx, person, 0, chosen)
}
