package account_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
)

// factor gives the session's person a second factor.
func (h *house) factor(s account.Session) (account.Factor, []account.Code) {
	h.Helper()
	by, err := account.Confirm(h.Context(), h.db, s, right, h.machine.Now())
	if err != nil {
		h.Fatal(err)
	}
	var f account.Factor
	var codes []account.Code
	h.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
		f, err = account.BeginFactor(ctx, tx, by)
		return err
	})
	if _, on, err := account.FactorOf(h.Context(), h.db.Reader(), s.Person); err != nil || on {
		h.Errorf("before its first code it is on: %v, %v", on, err)
	}
	h.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
		codes, err = account.ConfirmFactor(ctx, tx, s, h.digits(f), h.machine.Now())
		return err
	})
	return f, codes
}

// digits are what the telephone shows now.
func (h *house) digits(f account.Factor) string {
	h.Helper()
	code, err := totp.GenerateCode(f.Secret, h.machine.Now())
	if err != nil {
		h.Fatal(err)
	}
	return code
}

// half gives the right password of somebody with a second factor.
func (h *house) half(login string) account.Token {
	h.Helper()
	_, token, err := account.SignIn(h.Context(), h.db, account.SignInCommand{Login: login, Password: right, Now: h.machine.Now()})
	var needed *account.FactorNeeded
	if !errors.As(err, &needed) || token != "" {
		h.Fatalf("the password alone: %q, %v, want the second factor asked for", token, err)
	}
	return needed.Half
}

func (h *house) second(half account.Token, code string) (account.Session, error) {
	s, _, err := account.SignInByFactor(h.Context(), h.db, half, code, account.SignInCommand{Now: h.machine.Now()})
	return s, err
}

func TestThePasswordIsNotEnoughWhereThereIsASecondFactor(t *testing.T) {
	each(t, func(h *house) {
		leader := h.person("leader", at(district, access.Leader))
		s, _ := h.signIn("leader")
		f, _ := h.factor(s)
		_, err := h.second(h.half("leader"), h.digits(f))
		h.refused("the code that turned it on", err, fault.Invalid, "account.factor.wrong")
		h.machine.Advance(30 * time.Second)
		code, half := h.digits(f), h.half("leader")
		_, err = h.second(half, "000000")
		h.refused("a wrong code", err, fault.Invalid, "account.factor.wrong")
		if got, err := h.second(half, code[:3]+" "+code[3:]); err != nil || got.Person != leader.Person {
			h.Fatalf("the right code: %+v, %v", got, err)
		}
		_, err = h.second(half, code)
		h.refused("half a sign-in twice", err, fault.TooLate, "account.factor.late")
		_, err = h.second(h.half("leader"), code)
		h.refused("the same code again", err, fault.Invalid, "account.factor.wrong")
		old := h.half("leader")
		h.machine.Advance(5*time.Minute + time.Second)
		_, err = h.second(old, h.digits(f))
		h.refused("five minutes later", err, fault.TooLate, "account.factor.late")
	})
}

func TestARecoveryCodeServesOnce(t *testing.T) {
	each(t, func(h *house) {
		leader := h.person("leader", at(district, access.Leader))
		h.person("other", at(district, access.Leader))
		s, _ := h.signIn("leader")
		_, codes := h.factor(s)
		if len(codes) != 10 {
			h.Fatalf("%d recovery codes, want 10", len(codes))
		}
		others, _ := h.signIn("other")
		h.factor(others)
		_, err := h.second(h.half("other"), string(codes[0]))
		h.refused("somebody else's recovery code", err, fault.Invalid, "account.factor.wrong")
		if got, err := h.second(h.half("leader"), string(codes[0])); err != nil || got.Person != leader.Person {
			h.Fatalf("a recovery code: %+v, %v", got, err)
		}
		_, err = h.second(h.half("leader"), string(codes[0]))
		h.refused("the same again", err, fault.Invalid, "account.factor.wrong")
		f, on, err := account.FactorOf(h.Context(), h.db.Reader(), leader.Person)
		if err != nil || !on || f.Recovery != 9 {
			h.Errorf("left: %+v, %v, %v, want 9", f, on, err)
		}
		by, err := account.Confirm(h.Context(), h.db, s, right, h.machine.Now())
		if err != nil {
			h.Fatal(err)
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error { return account.RemoveFactor(ctx, tx, by) })
		h.signIn("leader")
	})
}

func TestTooManyWrongCodesWait(t *testing.T) {
	each(t, func(h *house) {
		h.person("leader", at(district, access.Leader))
		s, _ := h.signIn("leader")
		f, _ := h.factor(s)
		h.machine.Advance(time.Minute)
		half := h.half("leader")
		for range 5 {
			_, err := h.second(half, "000000")
			h.refused("a wrong code", err, fault.Invalid, "account.factor.wrong")
		}
		_, err := h.second(half, h.digits(f))
		h.refused("the right one after five wrong ones", err, fault.Unavailable, "account.wait")
	})
}
