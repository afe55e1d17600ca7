package account

import (
	"context"
	"crypto/subtle"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Factor is somebody's second factor: codes of six digits that change every half
// minute (RFC 6238), counted by an application on a telephone.
type Factor struct {
	Secret    string // base 32, for who cannot scan
	Link      string // what the QR code holds
	Confirmed time.Time
	Recovery  int // recovery codes left

	step int64
}

const (
	factorPeriod  = 30 // seconds
	factorSkew    = 1  // periods that a telephone's clock may be off
	factorMost    = 5  // wrong codes by one person
	recoveryCodes = 10
	halfLife      = 5 * time.Minute // from the password to the code
)

// FactorOf gives a person's second factor; ok is false without any, also while
// one is only being set up.
func FactorOf(ctx context.Context, q store.Querier, person int64) (f Factor, ok bool, err error) {
	f, found, err := findFactor(ctx, q, person)
	return f, found && !f.Confirmed.IsZero(), err
}

func findFactor(ctx context.Context, q store.Querier, person int64) (f Factor, found bool, err error) {
	var confirmed int64
	var login string
	err = q.QueryRowContext(ctx, `SELECT f.secret, f.confirmed, f.step, COALESCE(p.login, ''),
		(SELECT COUNT(*) FROM recovery_code c WHERE c.person = f.person AND c.used = 0)
		FROM second_factor f JOIN person p ON p.id = f.person WHERE f.person = $1`, person).
		Scan(&f.Secret, &confirmed, &f.step, &login, &f.Recovery)
	if store.Missing(err) {
		return Factor{}, false, nil
	}
	if err != nil {
		return Factor{}, false, fmt.Errorf("reading a second factor: %w", err)
	}
	f.Confirmed = store.Moment(confirmed)
	f.Link = "otpauth://totp/giaoban:" + login + "?secret=" + f.Secret + "&issuer=giaoban"
	return f, true, nil
}

// BeginFactor makes a new secret for whoever confirmed the password. It counts
// once a code of it was typed: [ConfirmFactor]. Faults: Conflict for who has one;
// Forbidden for who has to come by a passkey.
func BeginFactor(ctx context.Context, tx store.Querier, by Confirmation) (Factor, error) {
	person := by.session.Person
	if _, held, err := FactorOf(ctx, tx, person); err != nil || held {
		return Factor{}, orConflict(err, "account.factor.held")
	}
	if err := mayAddFactor(ctx, tx, by.session); err != nil {
		return Factor{}, err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "giaoban", AccountName: "giaoban"})
	if err != nil {
		return Factor{}, fmt.Errorf("making a second factor: %w", err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO second_factor (person, secret) VALUES ($1, $2)
		ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, confirmed = 0, step = 0`, person, key.Secret())
	if err != nil {
		return Factor{}, fmt.Errorf("keeping a second factor: %w", err)
	}
	f, _, err := findFactor(ctx, tx, person)
	return f, err
}

// PendingFactor gives the factor that a person is setting up. Faults: NotFound.
func PendingFactor(ctx context.Context, q store.Querier, person int64) (Factor, error) {
	f, found, err := findFactor(ctx, q, person)
	if err == nil && (!found || !f.Confirmed.IsZero()) {
		err = fault.New(fault.NotFound, "account.factor.missing")
	}
	return f, err
}

// ConfirmFactor makes the factor count that the session's person set up, by a
// code of it, and gives the recovery codes, which are shown this once. Faults:
// NotFound when nothing is being set up; Invalid at "code". Whoever calls it has
// counted the attempt: [CountFactor].
func ConfirmFactor(ctx context.Context, tx *ledger.Tx, s Session, code string, now time.Time) ([]Code, error) {
	f, err := PendingFactor(ctx, tx, s.Person)
	if err != nil {
		return nil, err
	}
	step, right := f.match(code, now)
	if !right {
		return nil, wrongFactor()
	}
	_, err = tx.ExecContext(ctx, `UPDATE second_factor SET confirmed = $1, step = $2 WHERE person = $3`, store.Micro(now), step, s.Person)
	if err != nil {
		return nil, fmt.Errorf("confirming a second factor: %w", err)
	}
	// A session that somebody else may have opened by the password alone ends.
	if err := endSessions(ctx, tx, s.Person, s.ID); err != nil {
		return nil, err
	}
	codes, err := newRecovery(ctx, tx, s.Person)
	if err != nil {
		return nil, err
	}
	return codes, tx.Append(ledger.New{Kind: FactorAdded, Subject: subject(s.Person), Payload: none{}})
}

// RenewRecovery gives whoever confirmed the password other recovery codes; the
// old ones end. Faults: NotFound for who has no second factor.
func RenewRecovery(ctx context.Context, tx *ledger.Tx, by Confirmation) ([]Code, error) {
	person := by.session.Person
	if _, held, err := FactorOf(ctx, tx, person); err != nil {
		return nil, err
	} else if !held {
		return nil, fault.New(fault.NotFound, "account.factor.missing")
	}
	codes, err := newRecovery(ctx, tx, person)
	if err != nil {
		return nil, err
	}
	return codes, tx.Append(ledger.New{Kind: RecoveryRenewed, Subject: subject(person), Payload: none{}})
}

// newRecovery replaces a person's recovery codes.
func newRecovery(ctx context.Context, tx *ledger.Tx, person int64) ([]Code, error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM recovery_code WHERE person = $1`, person); err != nil {
		return nil, fmt.Errorf("clearing recovery codes: %w", err)
	}
	var codes []Code
	for range recoveryCodes {
		made, err := NewCode()
		if err != nil {
			return nil, err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO recovery_code (code, person) VALUES ($1, $2)`, made.hash(), person); err != nil {
			return nil, fmt.Errorf("keeping a recovery code: %w", err)
		}
		codes = append(codes, made)
	}
	return codes, nil
}

// RemoveFactor takes the second factor and the recovery codes of whoever
// confirmed the password away. Having none is no error.
func RemoveFactor(ctx context.Context, tx *ledger.Tx, by Confirmation) error {
	person := by.session.Person
	_, held, err := FactorOf(ctx, tx, person)
	if err != nil || !held {
		return err
	}
	if err := dropFactor(ctx, tx, person); err != nil {
		return err
	}
	return tx.Append(ledger.New{Kind: FactorRemoved, Subject: subject(person), Payload: none{}})
}

// ResetFactor takes the second factor and the passkeys of somebody else away, who
// has lost them, and ends the person's sessions. The log says who did it.
// The actor must be able to take all of the person's roles. Faults: Forbidden,
// also about oneself; NotFound.
func ResetFactor(ctx context.Context, tx *ledger.Tx, actor access.Actor, person int64) error {
	if err := mayManage(ctx, tx, actor, person); err != nil {
		return err
	}
	if person == actor.Person {
		return fault.New(fault.Forbidden, "account.factor.reset-self")
	}
	_, held, err := FactorOf(ctx, tx, person)
	if err != nil {
		return err
	}
	lost, err := PasskeysOf(ctx, tx, person)
	if err != nil {
		return err
	}
	if !held && len(lost) == 0 {
		return fault.New(fault.NotFound, "account.factor.none")
	}
	for _, p := range lost {
		if err := p.drop(ctx, tx); err != nil {
			return err
		}
	}
	if err := dropFactor(ctx, tx, person); err != nil {
		return err
	}
	if err := endSessions(ctx, tx, person, 0); err != nil {
		return err
	}
	return tx.Append(ledger.New{Kind: FactorReset, Subject: subject(person), Payload: none{}})
}

// mayAddFactor refuses to add a second factor, or a further passkey, in a session
// that came by the password alone where the person has a passkey and the
// installation asks for two steps: whoever knows the password must not get around
// the passkey. Who has lost it asks an administrator above: [ResetFactor].
func mayAddFactor(ctx context.Context, q store.Querier, s Session) error {
	if !s.Owes {
		return nil
	}
	held, err := PasskeysOf(ctx, q, s.Person)
	if err == nil && len(held) > 0 {
		err = fault.New(fault.Forbidden, "account.factor.use-passkey")
	}
	return err
}

// dropFactor forgets a person's second factor, recovery codes and half sign-ins.
func dropFactor(ctx context.Context, tx *ledger.Tx, person int64) error {
	for _, table := range []string{"second_factor", "recovery_code", "half_sign_in"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE person = $1`, person); err != nil {
			return fmt.Errorf("removing a second factor: %w", err)
		}
	}
	return nil
}

// match says whether a code is one of this moment that was not taken before, and
// of which period it is.
func (f Factor) match(typed string, now time.Time) (step int64, right bool) {
	typed = strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\u00a0' {
			return -1
		}
		return r
	}, typed)
	at := now.Unix() / factorPeriod
	for step := at - factorSkew; step <= at+factorSkew; step++ {
		code, err := totp.GenerateCodeCustom(f.Secret, time.Unix(step*factorPeriod, 0), totp.ValidateOpts{Period: factorPeriod, Digits: otp.DigitsSix})
		if err == nil && step > f.step && subtle.ConstantTimeCompare([]byte(code), []byte(typed)) == 1 {
			return step, true
		}
	}
	return 0, false
}

func wrongFactor() error { return fault.New(fault.Invalid, "account.factor.wrong").At("code") }

func orConflict(err error, key string) error {
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, key)
}
