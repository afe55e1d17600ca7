package account_test

import (
	"context"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/passkeytest"
)

var own = account.Site{Host: "giaoban.example", Origin: "https://giaoban.example"}

// passkey gives the session's person a passkey.
func (h *house) passkey(s account.Session, name string) (*passkeytest.Authenticator, account.Passkey) {
	h.Helper()
	a := passkeytest.New(h, own)
	by, err := account.Confirm(h.Context(), h.db, s, right, h.machine.Now())
	if err != nil {
		h.Fatalf("confirming: %v", err)
	}
	options, err := account.BeginPasskey(h.Context(), h.db, by, own, name, h.machine.Now())
	if err != nil {
		h.Fatalf("beginning: %v", err)
	}
	var p account.Passkey
	h.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
		p, err = account.AddPasskey(ctx, tx, s, own, a.Create(options), h.machine.Now())
		return err
	})
	return a, p
}

// sign asks the authenticator to sign a statement, and gives its signature.
func (h *house) sign(a *passkeytest.Authenticator, s account.Session, actor access.Actor, statement account.Statement) (account.Signature, error) {
	h.Helper()
	options, err := account.AskPasskey(h.Context(), h.db.Reader(), own, actor.Person, statement.Challenge())
	if err != nil {
		h.Fatalf("asking: %v", err)
	}
	return account.SignByPasskey(h.Context(), h.db, own, s, actor, account.Capacity{Post: "Bí thư"}, a.Get(options), h.machine.Now())
}

func TestAPasskeySignsOneStatement(t *testing.T) {
	each(t, func(h *house) {
		leader := h.person("leader", at(district, access.Leader))
		s, _ := h.signIn("leader")
		a, p := h.passkey(s, " Điện  thoại ")
		if p.Name != "Điện thoại" || p.Host != own.Host {
			h.Errorf("the passkey is %+v", p)
		}
		statement := account.NewStatement("report", "unit", 7, "content", "abc\ncommittee: 9")
		if strings.Count(string(statement), "\n") != 3 {
			h.Errorf("a value passes for a line in %q", statement)
		}
		signature, err := h.sign(a, s, leader, statement)
		if err != nil {
			h.Fatalf("signing: %v", err)
		}
		if err := signature.Covers(statement); err != nil {
			h.Errorf("the signature does not stand under what it signed: %v", err)
		}
		h.refused("another statement", signature.Covers(account.NewStatement("report", "unit", 8)), fault.Conflict, "account.passkey.other-content")
		if signature.Method != account.ByPasskey || signature.String() != leader.Name+", Bí thư" {
			h.Errorf("the signature is %+v", signature)
		}
		held, err := account.PasskeysOf(h.Context(), h.db.Reader(), leader.Person)
		if err != nil || len(held) != 1 || !held[0].Used.Equal(h.machine.Now()) {
			h.Errorf("the passkeys are %+v, %v, want one used now", held, err)
		}
	})
}

func TestAnAnswerThatIsNotRightSignsNothing(t *testing.T) {
	each(t, func(h *house) {
		leader, other := h.person("leader", at(district, access.Leader)), h.person("other", at(district, access.Leader))
		s, _ := h.signIn("leader")
		a, p := h.passkey(s, "Khóa")
		statement := account.NewStatement("report", "unit", 7)
		elsewhere := *a
		elsewhere.Site.Origin = "https://giaoban.example.evil"
		host := *a
		host.Site.Host = "evil"
		unverified := *a
		unverified.Unverified = true
		for name, wrong := range map[string]*passkeytest.Authenticator{
			"another page": &elsewhere, "another host": &host, "nobody was verified": &unverified, "a key nobody has": passkeytest.New(h, own),
		} {
			_, err := h.sign(wrong, s, leader, statement)
			h.refused(name, err, fault.Invalid, "account.passkey.refused")
		}
		_, err := h.sign(a, s, other, statement)
		h.refused("somebody else's", err, fault.Invalid, "account.passkey.refused")
		if _, err := h.sign(a, s, leader, statement); err != nil {
			h.Fatalf("signing: %v", err)
		}
		if _, err := h.sign(a, s, leader, statement); err != nil {
			h.Fatalf("signing: %v", err)
		}
		a.Back()
		_, err = h.sign(a, s, leader, statement)
		h.refused("a copy of the key", err, fault.Invalid, "account.passkey.refused")

		by, err := account.Confirm(h.Context(), h.db, s, right, h.machine.Now())
		if err != nil {
			h.Fatal(err)
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error { return account.RemovePasskey(ctx, tx, by, p.ID) })
		_, err = h.sign(a, s, leader, statement)
		h.refused("one that was removed", err, fault.Invalid, "account.passkey.refused")
	})
}

func TestAPersonSignsInWithAPasskeyOnce(t *testing.T) {
	each(t, func(h *house) {
		leader := h.person("leader", at(district, access.Leader))
		s, _ := h.signIn("leader")
		a, _ := h.passkey(s, "Khóa")
		begin := func() []byte {
			options, err := account.BeginSignIn(h.Context(), h.db, own, h.machine.Now())
			if err != nil {
				h.Fatal(err)
			}
			return options
		}
		enter := func(answer []byte) (account.Session, error) {
			session, _, err := account.SignInByPasskey(h.Context(), h.db, own, answer, account.SignInCommand{Now: h.machine.Now()})
			return session, err
		}
		answer := a.Get(begin())
		if session, err := enter(answer); err != nil || session.Person != leader.Person || session.Signing(h.machine.Now()) {
			h.Errorf("signed in: %+v, %v", session, err)
		}
		_, err := enter(answer)
		h.refused("the same answer again", err, fault.TooLate, "account.passkey.late")
		late := a.Get(begin())
		h.machine.Advance(6 * 60e9)
		_, err = enter(late)
		h.refused("too late", err, fault.TooLate, "account.passkey.late")
		h.do(func(ctx context.Context, tx *ledger.Tx) error {
			return account.Disable(ctx, tx, access.CommandLine(h.tree), leader.Person)
		})
		_, err = enter(a.Get(begin()))
		h.refused("a disabled account", err, fault.Invalid, "account.passkey.refused")
	})
}

func TestTheLogAloneTellsWhoseAPasskeyIs(t *testing.T) {
	each(t, func(h *house) {
		leader := h.person("leader", at(district, access.Leader))
		s, _ := h.signIn("leader")
		a, p := h.passkey(s, "Khóa")
		statement := account.NewStatement("report", "unit", 7)
		signature, err := h.sign(a, s, leader, statement)
		if err != nil {
			h.Fatal(err)
		}
		by, err := account.Confirm(h.Context(), h.db, s, right, h.machine.Now())
		if err != nil {
			h.Fatal(err)
		}
		var added, all account.Keyring
		events, err := ledger.After(h.Context(), h.db.Reader(), 0, 1000)
		if err != nil {
			h.Fatal(err)
		}
		for _, e := range events {
			if err := added.Each(e); err != nil {
				h.Fatal(err)
			}
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error { return account.RemovePasskey(ctx, tx, by, p.ID) })
		events, err = ledger.After(h.Context(), h.db.Reader(), 0, 1000)
		if err != nil {
			h.Fatal(err)
		}
		for _, e := range events {
			if err := all.Each(e); err != nil {
				h.Fatal(err)
			}
		}
		right := ledger.Event{Actor: events[len(events)-1].Subject}
		spoiled := *signature.Passkey
		spoiled.Signature = append([]byte{}, spoiled.Signature...)
		spoiled.Signature[len(spoiled.Signature)-1] ^= 1
		for _, c := range []struct {
			name   string
			ring   account.Keyring
			event  ledger.Event
			method string
			proof  *account.Assertion
			of     account.Statement
			want   string
		}{
			{"as it was signed", added, right, account.ByPasskey, signature.Passkey, statement, ""},
			{"by password", added, right, account.ByPassword, nil, statement, ""},
			{"without the proof", added, right, account.ByPasskey, nil, statement, "verify.passkey-missing"},
			{"told as another way", added, right, account.ByPassword, signature.Passkey, statement, "verify.passkey-missing"},
			{"by somebody else", added, ledger.Event{Actor: "person:99"}, account.ByPasskey, signature.Passkey, statement, "verify.passkey-unknown"},
			{"after it was removed", all, right, account.ByPasskey, signature.Passkey, statement, "verify.passkey-unknown"},
			{"under other content", added, right, account.ByPasskey, signature.Passkey, account.NewStatement("report", "unit", 8), "verify.passkey-wrong"},
			{"with a flipped bit", added, right, account.ByPasskey, &spoiled, statement, "verify.passkey-wrong"},
		} {
			if got := c.ring.Check(c.event, c.method, c.proof, c.of); got != c.want {
				h.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
		}
	})
}
