package account_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
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

func TestWhoHasLostTheTelephoneIsHelpedByTheAdministratorAbove(t *testing.T) {
	each(t, func(h *house) {
		leader := h.person("leader", at(district, access.Leader))
		above, beside := h.person("above", at(province, access.UnitAdmin)), h.person("beside", at(otherDistrict, access.UnitAdmin))
		reset := func(actor access.Actor, person int64) error {
			return h.try(func(ctx context.Context, tx *ledger.Tx) error { return account.ResetFactor(ctx, tx, actor, person) })
		}
		h.refused("nothing to reset", reset(above, leader.Person), fault.NotFound, "account.factor.none")
		s, token := h.signIn("leader")
		h.factor(s)
		h.refused("another unit's administrator", reset(beside, leader.Person), fault.Forbidden, "access.refused")
		h.refused("oneself", reset(h.actor(leader.Person), leader.Person), fault.Forbidden, "access.refused")
		half := h.half("leader")
		if err := reset(above, leader.Person); err != nil {
			h.Fatalf("by the administrator above: %v", err)
		}
		if found, err := account.FindSession(h.Context(), h.db.Reader(), token, h.machine.Now()); err != nil || found.ID != 0 {
			h.Errorf("the session goes on: %+v, %v", found, err)
		}
		_, err := h.second(half, "000000")
		h.refused("a sign-in half way", err, fault.TooLate, "account.factor.late")
		h.signIn("leader") // by the password alone again
		kinds, err := ledger.After(h.Context(), h.db.Reader(), 0, 1000)
		if err != nil {
			h.Fatal(err)
		}
		if last := kinds[len(kinds)-1]; last.Kind != account.FactorReset || last.Subject != "person:"+strconv.FormatInt(leader.Person, 10) {
			h.Errorf("the last event is %s about %s, want %s", last.Kind, last.Subject, account.FactorReset)
		}
	})
}

func TestACodeForANewPasswordDoesNotStandForTheSecondFactor(t *testing.T) {
	each(t, func(h *house) {
		leader, above := h.person("leader", at(district, access.Leader)), h.person("above", at(province, access.UnitAdmin))
		s, _ := h.signIn("leader")
		f, _ := h.factor(s)
		h.machine.Advance(time.Minute)
		var made account.Invitation
		h.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
			made, err = account.Reset(ctx, tx, above, leader.Person, h.machine.Now())
			return err
		})
		var needed *account.FactorNeeded
		var token account.Token
		h.do(func(ctx context.Context, tx *ledger.Tx) error {
			p, err := account.Accept(ctx, tx, account.AcceptCommand{Code: string(made.Code), Password: h.password, Now: h.machine.Now()})
			if err != nil {
				return err
			}
			_, token, needed, err = account.EnterByCode(ctx, tx.Tx, p.ID, account.SignInCommand{Now: h.machine.Now()})
			return err
		})
		if needed == nil || token != "" {
			h.Fatalf("the code alone opened a session: %q", token)
		}
		if _, err := h.second(needed.Half, h.digits(f)); err != nil {
			h.Errorf("with the telephone: %v", err)
		}
	})
}

func TestWhoseRoleAsksForASecondFactorOwesOne(t *testing.T) {
	each(t, func(h *house) {
		root, leader := h.person("root", at(centre, access.SystemAdmin)), h.person("leader", at(district, access.Leader))
		h.person("officer", at(district, access.Officer))
		owes := func(login string) bool {
			h.Helper()
			_, token := h.signIn(login)
			s, err := account.FindSession(h.Context(), h.db.Reader(), token, h.machine.Now())
			if err != nil || s.ID == 0 {
				h.Fatalf("%+v, %v", s, err)
			}
			return s.Owes
		}
		ask := func(actor access.Actor, roles ...access.Role) error {
			return h.try(func(ctx context.Context, tx *ledger.Tx) error {
				return account.AskFactor(ctx, tx, actor, centre, roles)
			})
		}
		if owes("leader") {
			h.Error("asked of before it was set")
		}
		h.refused("set by a leader", ask(leader, access.Leader), fault.Forbidden, "access.refused")
		h.refused("of a role that is none", ask(root, "king"), fault.Invalid, "account.role.none")
		if err := ask(root, access.SystemAdmin, access.Leader); err != nil {
			h.Fatal(err)
		}
		if roles, err := account.FactorRoles(h.Context(), h.db.Reader()); err != nil || !slices.Equal(roles, []access.Role{access.Leader, access.SystemAdmin}) {
			h.Errorf("asked of %v, %v", roles, err)
		}
		if !owes("leader") || owes("officer") {
			h.Error("the leader owes nothing, or the officer owes one")
		}
		s, token := h.signIn("leader")
		_, stolen := h.signIn("leader")
		h.factor(s)
		if got, err := account.FindSession(h.Context(), h.db.Reader(), token, h.machine.Now()); err != nil || got.ID != s.ID || got.Owes {
			h.Errorf("after it was set up: %+v, %v", got, err)
		}
		if got, err := account.FindSession(h.Context(), h.db.Reader(), stolen, h.machine.Now()); err != nil || got.ID != 0 {
			h.Errorf("another session, which came by the password alone, goes on: %+v, %v", got, err)
		}
	})
}

func TestOtherRecoveryCodesEndTheOldOnes(t *testing.T) {
	each(t, func(h *house) {
		h.person("leader", at(district, access.Leader))
		s, _ := h.signIn("leader")
		by, err := account.Confirm(h.Context(), h.db, s, right, h.machine.Now())
		if err != nil {
			h.Fatal(err)
		}
		renew := func() (codes []account.Code, err error) {
			err = h.try(func(ctx context.Context, tx *ledger.Tx) (err error) {
				codes, err = account.RenewRecovery(ctx, tx, by)
				return err
			})
			return codes, err
		}
		_, err = renew()
		h.refused("without a second factor", err, fault.NotFound, "account.factor.missing")
		f, old := h.factor(s)
		codes, err := renew()
		if err != nil {
			h.Fatal(err)
		}
		_, err = h.second(h.half("leader"), string(old[0]))
		h.refused("an old code", err, fault.Invalid, "account.factor.wrong")
		if _, err := h.second(h.half("leader"), string(codes[0])); err != nil {
			h.Errorf("a new code: %v", err)
		}
		events, err := ledger.After(h.Context(), h.db.Reader(), 0, 1000)
		if err != nil {
			h.Fatal(err)
		}
		for _, e := range events {
			for _, secret := range []string{f.Secret, string(codes[0]), string(old[0])} {
				if strings.Contains(string(e.Payload), secret) {
					h.Errorf("%s holds a secret: %s", e.Kind, e.Payload)
				}
			}
		}
	})
}
