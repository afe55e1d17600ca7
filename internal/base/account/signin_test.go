package account_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
)

func TestSignInTakesTheLoginHoweverItIsTyped(t *testing.T) {
	each(t, func(h *house) {
		p := h.person("nguyen.van.an", at(district, access.Leader))
		for _, typed := range []string{"nguyen.van.an", "  Nguyen.Van.AN ", "nguyễn.văn.an"} {
			s, token := h.signIn(typed)
			if got := h.session(token); s.Person != p.Person || got.ID != s.ID || got.Person != p.Person {
				h.Errorf("as %q: session %+v, found %+v, want person %d", typed, s, got, p.Person)
			}
		}
	})
}

func TestAPasswordMatchesInEitherSpellingOfUnicode(t *testing.T) {
	each(t, func(h *house) {
		h.person("an.le", at(district, access.Leader))
		decomposed := strings.NewReplacer("ư", "u\u031b", "ờ", "o\u031b\u0300", "ỏ", "o\u0309", "ô", "o\u0302").Replace(right)
		if decomposed == right {
			h.Fatal("the test's password has no marks to take apart")
		}
		_, _, err := account.SignIn(h.Context(), h.db, account.SignInCommand{Login: "an.le", Password: decomposed, Now: h.machine.Now()})
		if err != nil {
			h.Errorf("signing in with a decomposed password: %v", err)
		}
	})
}

func TestSignInNeverSaysWhichWasWrong(t *testing.T) {
	each(t, func(h *house) {
		disabled := h.person("disabled", at(district, access.Viewer))
		h.person("somebody", at(district, access.Viewer))
		h.do(func(ctx context.Context, tx *ledger.Tx) error {
			return account.Disable(ctx, tx, access.CommandLine(h.tree), disabled.Person)
		})
		for _, c := range []struct{ what, login, password string }{
			{"a wrong password", "somebody", "another password"},
			{"an unknown login", "nobody", right},
			{"a disabled account", "disabled", right},
			{"no login", "", right},
			{"a password as long as a book", "somebody", strings.Repeat("x", 10000)},
		} {
			_, _, err := account.SignIn(h.Context(), h.db, account.SignInCommand{Login: c.login, Password: c.password, Now: h.machine.Now()})
			h.refused(c.what, err, fault.Invalid, "account.sign-in.wrong")
		}
	})
}

func TestFiveWrongPasswordsMakeOneWait(t *testing.T) {
	each(t, func(h *house) {
		h.person("somebody", at(district, access.Viewer))
		try := func(login, password, address string) error {
			_, _, err := account.SignIn(h.Context(), h.db, account.SignInCommand{
				Login: login, Password: password, Address: address, Now: h.machine.Now(),
			})
			return err
		}
		for _, login := range []string{"somebody", "nobody.known"} {
			for range 5 {
				h.refused("a wrong password", try(login, "wrong password", "10.0.0.1"), fault.Invalid, "account.sign-in.wrong")
			}
			h.machine.Advance(time.Minute)
			err := try(login, right, "10.0.0.1")
			h.refused("the sixth attempt as "+login, err, fault.Unavailable, "account.wait")
			if got := fault.All(err)[0].Args[1]; got != 14 {
				h.Errorf("minutes to wait: got %v, want 14", got)
			}
		}
		if err := try("somebody", right, "10.0.0.2"); err != nil {
			h.Errorf("from another address: %v", err)
		}
		h.machine.Advance(15 * time.Minute)
		if err := try("somebody", right, "10.0.0.1"); err != nil {
			h.Errorf("after the wait: %v", err)
		}
	})
}

func TestManyGuessesAtOnceAreCountedBeforeTheyAreChecked(t *testing.T) {
	each(t, func(h *house) {
		h.person("somebody", at(district, access.Viewer))
		var group sync.WaitGroup
		var mu sync.Mutex
		kinds := map[fault.Kind]int{}
		for range 12 {
			group.Go(func() {
				_, _, err := account.SignIn(h.Context(), h.db, account.SignInCommand{Login: "somebody", Password: "guess guess", Now: h.machine.Now()})
				mu.Lock()
				defer mu.Unlock()
				kinds[fault.Of(err)]++
			})
		}
		group.Wait()
		if kinds[fault.Invalid] != 5 || kinds[fault.Unavailable] != 7 {
			h.Errorf("of 12 guesses at once: %v, want 5 invalid and 7 unavailable", kinds)
		}
	})
}

func TestASuccessForgetsEarlierMistakes(t *testing.T) {
	each(t, func(h *house) {
		h.person("somebody", at(district, access.Viewer))
		for range 3 {
			for range 4 {
				_, _, err := account.SignIn(h.Context(), h.db, account.SignInCommand{Login: "somebody", Password: "wrong", Address: "10.0.0.1", Now: h.machine.Now()})
				h.refused("a wrong password", err, fault.Invalid, "account.sign-in.wrong")
			}
			h.signIn("somebody")
		}
	})
}

func TestSessionsEndByThemselves(t *testing.T) {
	each(t, func(h *house) {
		h.person("somebody", at(district, access.Viewer))
		_, idle := h.signIn("somebody")
		h.machine.Advance(account.SessionIdle - time.Minute)
		if h.session(idle).ID == 0 {
			h.Error("the session ended before its idle time")
		}
		h.machine.Advance(time.Minute)
		if got := h.session(idle); got.ID != 0 {
			h.Errorf("after the idle time the session is still there: %+v", got)
		}
		_, used := h.signIn("somebody")
		hours := int(account.SessionLife / time.Hour)
		for range hours - 1 {
			h.machine.Advance(time.Hour)
			s := h.session(used)
			if s.ID == 0 {
				h.Fatalf("a session in use ended at %s", h.machine.Now())
			}
			if err := account.Touch(h.Context(), h.db, s, h.machine.Now()); err != nil {
				h.Fatal(err)
			}
		}
		h.machine.Advance(time.Hour)
		if got := h.session(used); got.ID != 0 {
			h.Errorf("after its whole life the session is still there: %+v", got)
		}
	})
}

func TestAPersonEndsTheOwnSessionsAndNoOther(t *testing.T) {
	each(t, func(h *house) {
		h.person("somebody", at(district, access.Viewer))
		h.person("other", at(district, access.Viewer))
		first, firstToken := h.signIn("somebody")
		second, secondToken := h.signIn("somebody")
		third, thirdToken := h.signIn("somebody")
		strange, strangeToken := h.signIn("other")

		err := h.try(func(ctx context.Context, tx *ledger.Tx) error {
			return account.EndSession(ctx, tx, first.Person, strange.ID)
		})
		h.refused("ending a stranger's session", err, fault.NotFound, "account.session.missing")
		h.do(func(ctx context.Context, tx *ledger.Tx) error {
			return account.EndSession(ctx, tx, first.Person, second.ID)
		})
		if h.session(secondToken).ID != 0 {
			h.Error("the ended session still works")
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error { return account.EndOtherSessions(ctx, tx, third) })
		if h.session(firstToken).ID != 0 || h.session(thirdToken).ID == 0 || h.session(strangeToken).ID == 0 {
			h.Error("ending all others: want only the third and the stranger's session left")
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error { return account.SignOut(ctx, tx, third) })
		list, err := account.SessionsOf(h.Context(), h.db.Reader(), third.Person, h.machine.Now())
		if err != nil || len(list) != 0 {
			h.Errorf("after signing out: %v sessions, %v", list, err)
		}
	})
}

func TestTheSigningWindowOpensByThePasswordForFifteenMinutes(t *testing.T) {
	each(t, func(h *house) {
		leader := h.person("leader", at(district, access.Leader))
		s, token := h.signIn("leader")
		_, err := account.Sign(s, leader, account.Capacity{Post: "Bí thư"}, h.machine.Now())
		h.refused("signing with the window closed", err, fault.Forbidden, "account.window.closed")

		_, err = account.OpenWindow(h.Context(), h.db, s, "wrong password", h.machine.Now())
		h.refused("opening with a wrong password", err, fault.Invalid, "account.password.wrong")
		if _, err := account.OpenWindow(h.Context(), h.db, s, right, h.machine.Now()); err != nil {
			h.Fatalf("opening the window: %v", err)
		}
		opened := h.machine.Now()
		h.machine.Advance(account.SigningWindow - time.Second)
		s = h.session(token)
		signature, err := account.Sign(s, leader, account.Capacity{Post: "Bí thư"}, h.machine.Now())
		want := account.Signature{
			Person: leader.Person, Name: leader.Name, Capacity: account.Capacity{Post: "Bí thư"}, Method: account.ByPassword, Session: s.ID, WindowOpened: opened,
		}
		if err != nil || signature != want {
			h.Errorf("signing: got %+v, %v, want %+v", signature, err, want)
		}
		_, err = account.Sign(s, h.person("other", at(district, access.Leader)), account.Capacity{}, h.machine.Now())
		h.refused("signing as somebody else", err, fault.Forbidden, "account.window.closed")
		if h.machine.Advance(time.Second); s.Signing(h.machine.Now()) {
			h.Error("the window is open after its 15 minutes")
		}
	})
}

func TestTheSigningWindowCanBeClosed(t *testing.T) {
	each(t, func(h *house) {
		h.person("leader", at(district, access.Leader))
		s, token := h.signIn("leader")
		if _, err := account.OpenWindow(h.Context(), h.db, s, right, h.machine.Now()); err != nil {
			h.Fatal(err)
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error { return account.CloseWindow(ctx, tx, s) })
		if s := h.session(token); s.Signing(h.machine.Now()) {
			h.Errorf("the window is still open: %+v", s)
		}
	})
}

func TestAPasswordThatIsConfirmedWronglyMakesOneWaitToo(t *testing.T) {
	each(t, func(h *house) {
		h.person("leader", at(district, access.Leader))
		s, _ := h.signIn("leader")
		for range 5 {
			_, err := account.Confirm(h.Context(), h.db, s, "wrong", h.machine.Now())
			h.refused("a wrong password", err, fault.Invalid, "account.password.wrong")
		}
		_, err := account.Confirm(h.Context(), h.db, s, right, h.machine.Now())
		h.refused("the sixth", err, fault.Unavailable, "account.wait")
	})
}

func TestChangingThePasswordEndsTheOtherSessions(t *testing.T) {
	each(t, func(h *house) {
		h.person("leader", at(district, access.Leader))
		_, elsewhere := h.signIn("leader")
		s, token := h.signIn("leader")
		by, err := account.Confirm(h.Context(), h.db, s, right, h.machine.Now())
		if err != nil {
			h.Fatal(err)
		}
		chosen, err := account.ChoosePassword(h.Context(), "leader", "một câu hoàn toàn mới")
		if err != nil {
			h.Fatal(err)
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error { return account.ChangePassword(ctx, tx, by, chosen) })
		if h.session(elsewhere).ID != 0 || h.session(token).ID == 0 {
			h.Error("want the other session ended and this one kept")
		}
		_, _, err = account.SignIn(h.Context(), h.db, account.SignInCommand{Login: "leader", Password: right, Now: h.machine.Now()})
		h.refused("signing in with the old password", err, fault.Invalid, "account.sign-in.wrong")
		err = h.try(func(ctx context.Context, tx *ledger.Tx) error {
			return account.ChangePassword(ctx, tx, account.Confirmation{}, chosen)
		})
		h.refused("changing without a confirmation", err, fault.Forbidden, "access.refused")
	})
}

func TestPasswordsAreRefusedForTheirLengthTheLoginAndTheirFame(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"", "account.password.short"},
		{"chín ký tự"[:11], "account.password.short"},
		{"123456789", "account.password.short"},
		{strings.Repeat("dài ", 60), "account.password.long"},
		{"nguyen.van.an", "account.password.login"},
		{"Nguyễn.Văn.An", "account.password.login"},
		{"1234567890", "account.password.common"},
		{"Mật Khẩu 123", "account.password.common"},
		{"aaaaaaaaaaaa", "account.password.common"},
		{"abababababab", "account.password.common"},
		{"mười bông hoa", ""},
		{"correct horse", ""},
	} {
		_, err := account.ChoosePassword(t.Context(), "nguyen.van.an", c.typed)
		got := ""
		if all := fault.All(err); len(all) > 0 {
			got = all[0].Key
			if all[0].Field != "password" {
				t.Errorf("%q: at field %q, want password", c.typed, all[0].Field)
			}
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestHashingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := account.HashPassword(ctx, right); !errors.Is(err, context.Canceled) {
		t.Errorf("hashing for somebody who has gone: got %v, want %v", err, context.Canceled)
	}
}
