package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/passkeytest"
)

// demand asks a second factor of leaders.
func (h *house) demand() {
	h.do(func(ctx context.Context, tx *ledger.Tx) error {
		return account.AskFactor(ctx, tx, access.CommandLine(h.tree), centre, []access.Role{access.Leader})
	})
}

func TestAPasskeysAnswerFromElsewhereOpensNothing(t *testing.T) {
	each(t, func(h *house) {
		h.person("leader", at(district, access.Leader))
		s, _ := h.signIn("leader")
		a, _ := h.passkey(s, "Khóa")
		begin := func() []byte {
			options, err := account.BeginSignIn(h.Context(), h.db, own, h.machine.Now())
			if err != nil {
				h.Fatal(err)
			}
			return options
		}
		page, host, unverified := *a, *a, *a
		page.Site.Origin = "https://giaoban.example.evil"
		host.Site.Host = "evil"
		unverified.Unverified = true
		beneath := *a
		beneath.Site.Origin = strings.Replace(own.Origin, "://", "://other.", 1)
		for what, wrong := range map[string]*passkeytest.Authenticator{
			"another page": &page, "another host": &host, "nobody was verified": &unverified, "a page beneath the host": &beneath,
			"a key nobody has": passkeytest.New(h, own),
		} {
			session, token, err := account.SignInByPasskey(h.Context(), h.db, own, wrong.Get(begin()), account.SignInCommand{Now: h.machine.Now()})
			h.refused(what, err, fault.Invalid, "account.passkey.refused")
			if session.ID != 0 || token != "" {
				h.Errorf("%s: a session was opened", what)
			}
		}
		// What was answered to sign a statement does not sign in.
		signed, err := account.AskPasskey(h.Context(), h.db.Reader(), own, s.Person, account.NewStatement("report", "unit", 7).Challenge())
		if err != nil {
			h.Fatal(err)
		}
		_, _, err = account.SignInByPasskey(h.Context(), h.db, own, a.Get(signed), account.SignInCommand{Now: h.machine.Now()})
		h.refused("an answer given to sign", err, fault.TooLate, "account.passkey.late")
		// And what was answered to sign in does not sign.
		signature, err := account.SignByPasskey(h.Context(), h.db, own, s, h.actor(s.Person), account.Capacity{}, a.Get(begin()), h.machine.Now())
		if err != nil {
			h.Fatal(err)
		}
		h.refused("an answer given to sign in", signature.Covers(account.NewStatement("report", "unit", 7)), fault.Conflict, "account.passkey.other-content")
	})
}

func TestThePasswordAloneDoesNotGoAroundAPasskey(t *testing.T) {
	each(t, func(h *house) {
		leader, above := h.person("leader", at(district, access.Leader)), h.person("above", at(province, access.UnitAdmin))
		s, _ := h.signIn("leader")
		h.passkey(s, "Khóa")
		h.demand()
		_, token := h.signIn("leader") // whoever knows the password
		thief, err := account.FindSession(h.Context(), h.db.Reader(), token, h.machine.Now())
		if err != nil || !thief.Owes {
			h.Fatalf("the password alone: %+v, %v", thief, err)
		}
		by, err := account.Confirm(h.Context(), h.db, thief, right, h.machine.Now())
		if err != nil {
			h.Fatal(err)
		}
		begin := func() error {
			return h.try(func(ctx context.Context, tx *ledger.Tx) error {
				_, err := account.BeginFactor(ctx, tx, by)
				return err
			})
		}
		h.refused("a second factor of one's own", begin(), fault.Forbidden, "account.factor.use-passkey")
		_, err = account.BeginPasskey(h.Context(), h.db, by, own, "của kẻ trộm", h.machine.Now())
		h.refused("another passkey", err, fault.Forbidden, "account.factor.use-passkey")
		h.do(func(ctx context.Context, tx *ledger.Tx) error {
			return account.ResetFactor(ctx, tx, above, leader.Person)
		})
		if held, err := account.PasskeysOf(h.Context(), h.db.Reader(), leader.Person); err != nil || len(held) != 0 {
			h.Errorf("after the reset: %v, %v, want no passkey", held, err)
		}
		if err := begin(); err != nil {
			h.Errorf("after the administrator's reset: %v", err)
		}
	})
}

func TestGuessingTheSecondFactor(t *testing.T) {
	each(t, func(h *house) {
		h.person("leader", at(district, access.Leader))
		s, _ := h.signIn("leader")
		h.factor(s)
		guesses := count.Of(60, 2000)
		h.Logf("%d guesses of a code", guesses)
		checked := 0
		for i := range guesses {
			if i%10 == 0 {
				h.machine.Advance(time.Minute)
			}
			// A new half each time: the count is the person's, not the sign-in's.
			_, err := h.second(h.half("leader"), "000000")
			switch {
			case fault.Is(err, fault.Invalid):
				checked++
			case !fault.Is(err, fault.Unavailable):
				h.Fatalf("guess %d: %v", i, err)
			}
		}
		windows := guesses/10/15 + 1
		if most := 5 * windows; checked > most {
			h.Errorf("%d of %d guesses within %d minutes were compared, want at most %d", checked, guesses, guesses/10, most)
		}
	})
}

func TestAChangedPasswordEndsASignInHalfWay(t *testing.T) {
	each(t, func(h *house) {
		leader, above := h.person("leader", at(district, access.Leader)), h.person("above", at(province, access.UnitAdmin))
		s, _ := h.signIn("leader")
		f, _ := h.factor(s)
		h.machine.Advance(time.Minute)
		half := h.half("leader")
		var made account.Invitation
		h.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
			if made, err = account.Reset(ctx, tx, above, leader.Person, h.machine.Now()); err != nil {
				return err
			}
			_, err = account.Accept(ctx, tx, account.AcceptCommand{Code: string(made.Code), Password: h.password, Now: h.machine.Now()})
			return err
		})
		_, err := h.second(half, h.digits(f))
		h.refused("half a sign-in by the old password", err, fault.TooLate, "account.factor.late")
		half = h.half("leader")
		h.do(func(ctx context.Context, tx *ledger.Tx) error { return account.Disable(ctx, tx, above, leader.Person) })
		_, err = h.second(half, h.digits(f))
		h.refused("a disabled account", err, fault.TooLate, "account.factor.late")
	})
}

func TestWhoHasLeftTheUnitActsForItsLeaderNoLonger(t *testing.T) {
	each(t, func(h *house) {
		leader, deputy := h.person("leader", at(district, access.Leader)), h.person("deputy", at(district, access.Officer), at(otherDistrict, access.Viewer))
		admin := h.person("admin", at(province, access.UnitAdmin))
		if _, err := h.handOver(leader, h.handed(leader, deputy)); err != nil {
			h.Fatal(err)
		}
		if err := h.actor(deputy.Person).May(access.ReportSubmit, district); err != nil {
			h.Fatalf("of the unit: %v", err)
		}
		held, err := account.GrantsOf(h.Context(), h.db.Reader(), deputy.Person)
		if err != nil {
			h.Fatal(err)
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error {
			_, err := account.EndGrant(ctx, tx, admin, held[0].ID)
			return err
		})
		if h.actor(deputy.Person).May(access.ReportSubmit, district) == nil {
			h.Error("somebody who is no longer of the unit signs for it")
		}
	})
}

func TestAnAdministratorDoesNotTakeALeadersActions(t *testing.T) {
	each(t, func(h *house) {
		leader, admin := h.person("leader", at(district, access.Leader)), h.person("admin", at(district, access.UnitAdmin))
		cmd := h.handed(leader, admin)
		cmd.Leader, cmd.Decision = leader.Person, "12-QĐ/HU"
		_, err := h.handOver(admin, cmd)
		if list := fault.All(err); len(list) != 1 || list[0].Key != "account.delegation.self" || list[0].Field != "person" {
			h.Errorf("handed over to oneself on somebody's word: %v", err)
		}
		if h.actor(admin.Person).May(access.ReportSubmit, district) == nil {
			h.Error("the administrator signs")
		}
	})
}

func TestWhoManagesNobodyDoesNotLearnWhichAccountsThereAre(t *testing.T) {
	each(t, func(h *house) {
		leader, officer := h.person("leader", at(otherDistrict, access.Leader)), h.person("officer", at(district, access.Officer))
		someone := h.person("someone", at(district, access.Leader))
		const missing = 1_000_000
		for _, who := range []access.Actor{leader, officer} {
			for what, act := range map[string]func(ctx context.Context, tx *ledger.Tx, person int64) error{
				"disabling": func(ctx context.Context, tx *ledger.Tx, person int64) error {
					return account.Disable(ctx, tx, who, person)
				},
				"enabling": func(ctx context.Context, tx *ledger.Tx, person int64) error {
					return account.Enable(ctx, tx, who, person)
				},
				"changing": func(ctx context.Context, tx *ledger.Tx, person int64) error {
					return account.Change(ctx, tx, who, account.ChangeCommand{Person: person, Name: "X"})
				},
				"a new password": func(ctx context.Context, tx *ledger.Tx, person int64) error {
					_, err := account.Reset(ctx, tx, who, person, h.machine.Now())
					return err
				},
				"resetting the second factor": func(ctx context.Context, tx *ledger.Tx, person int64) error {
					return account.ResetFactor(ctx, tx, who, person)
				},
			} {
				for _, person := range []int64{someone.Person, missing} {
					err := h.try(func(ctx context.Context, tx *ledger.Tx) error { return act(ctx, tx, person) })
					h.refused(what, err, fault.Forbidden, "access.refused")
				}
			}
		}
	})
}
