package account

import (
	"context"
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// ChangeCommand is what a person is called and how the person is reached.
type ChangeCommand struct {
	Person int64
	Name   string
	Email  string
	Phone  string
}

// Change changes a person's name, e-mail address and telephone number: the
// person's own, or those of somebody whom the actor manages. Faults: Forbidden,
// NotFound, Invalid at "name", "email" or "phone".
func Change(ctx context.Context, tx *ledger.Tx, actor access.Actor, cmd ChangeCommand) error {
	if actor.Person != cmd.Person {
		if err := mayManage(ctx, tx, actor, cmd.Person); err != nil {
			return err
		}
	}
	p, err := Find(ctx, tx, cmd.Person)
	if err != nil {
		return err
	}
	address := p.Email
	p.Name, p.Email, p.Phone = fold.Name(cmd.Name), fold.Name(cmd.Email), fold.Name(cmd.Phone)
	wrong := append(checkName(p.Name), checkEmail(p.Email)...)
	if len([]rune(p.Phone)) > phoneLimit {
		wrong = append(wrong, fault.New(fault.Invalid, "account.phone.long", "limit", phoneLimit).At("phone"))
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if p.Email != address { // nobody knows of the new one yet that it is refused
		p.RefusedAt, p.Refused = time.Time{}, ""
	}
	_, err = tx.ExecContext(ctx, `UPDATE person SET name = $1, email = $2, phone = $3, folded = $4, refused_at = $5, refused = $6 WHERE id = $7`,
		p.Name, p.Email, p.Phone, folded(p), store.Micro(p.RefusedAt), p.Refused, p.ID)
	if err != nil {
		return fmt.Errorf("changing a person: %w", err)
	}
	return tx.Append(ledger.New{Kind: Changed, Subject: subject(p.ID), Payload: ChangedPayload{Name: p.Name}})
}

// SetLanguage keeps the language that a person chose. It is no event.
func SetLanguage(ctx context.Context, tx store.Querier, person int64, language string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE person SET language = $1 WHERE id = $2`, language, person); err != nil {
		return fmt.Errorf("keeping a language: %w", err)
	}
	return nil
}

// ChangePassword gives the person of the confirmation another password and ends
// the person's other sessions.
func ChangePassword(ctx context.Context, tx *ledger.Tx, by Confirmation, chosen Password) error {
	if by.session.Person == 0 {
		return fault.New(fault.Forbidden, "access.refused")
	}
	return setPassword(ctx, tx, by.session.Person, by.session.ID, chosen)
}

// setPassword writes a password and ends all sessions except one; 0 for none.
func setPassword(ctx context.Context, tx *ledger.Tx, person, except int64, chosen Password) error {
	if _, err := tx.ExecContext(ctx, `UPDATE person SET password = $1 WHERE id = $2`, chosen.hash, person); err != nil {
		return fmt.Errorf("changing a password: %w", err)
	}
	if err := endSessions(ctx, tx, person, except); err != nil {
		return err
	}
	return tx.Append(ledger.New{Kind: PasswordChanged, Subject: subject(person), Payload: none{}})
}

// Disable closes a person's account and ends the sessions at once; the roles
// stay, without effect. Faults: NotFound, Forbidden, Conflict for oneself and
// for the last system administrator.
func Disable(ctx context.Context, tx *ledger.Tx, actor access.Actor, person int64) error {
	if err := mayManage(ctx, tx, actor, person); err != nil {
		return err
	}
	if person == actor.Person {
		return fault.New(fault.Conflict, "account.disable-self")
	}
	admin, err := grants(ctx, tx, `person = $1 AND role = $2 AND ended = 0`, person, string(access.SystemAdmin))
	if err != nil {
		return err
	}
	if len(admin) > 0 {
		if err := refuseLast(ctx, tx, person); err != nil {
			return err
		}
	}
	if err := endSessions(ctx, tx, person, 0); err != nil {
		return err
	}
	return setDisabled(ctx, tx, person, tx.Now(), Disabled)
}

// Enable opens a disabled account again. Faults: NotFound, Forbidden.
func Enable(ctx context.Context, tx *ledger.Tx, actor access.Actor, person int64) error {
	if err := mayManage(ctx, tx, actor, person); err != nil {
		return err
	}
	return setDisabled(ctx, tx, person, time.Time{}, Enabled)
}

func setDisabled(ctx context.Context, tx *ledger.Tx, person int64, since time.Time, kind ledger.Kind) error {
	if _, err := tx.ExecContext(ctx, `UPDATE person SET disabled = $1 WHERE id = $2`, store.Micro(since), person); err != nil {
		return fmt.Errorf("disabling or enabling an account: %w", err)
	}
	return tx.Append(ledger.New{Kind: kind, Subject: subject(person), Payload: none{}})
}

// mayManage says whether the actor may change the account as a whole: whoever
// could take all the roles that the person holds, or held last. Who manages nobody
// does not learn which accounts there are: one that does not exist is refused like
// one that may not be changed.
func mayManage(ctx context.Context, q store.Querier, actor access.Actor, person int64) error {
	if _, err := Find(ctx, q, person); err != nil {
		manages := actor.Person == 0 || len(actor.Units(access.AccountManage))+len(actor.Units(access.SystemRun)) > 0
		if !manages && fault.Is(err, fault.NotFound) {
			err = fault.New(fault.Forbidden, "access.refused")
		}
		return err
	}
	held, err := GrantsOf(ctx, q, person)
	if err == nil && len(held) == 0 {
		held, err = PastGrantsOf(ctx, q, person)
	}
	if err != nil {
		return err
	}
	if len(held) == 0 {
		return fault.New(fault.Forbidden, "access.refused")
	}
	for _, g := range held {
		if err := mayGive(actor, g.Unit, g.Role); err != nil {
			return err
		}
	}
	return nil
}
