package report_test

import (
	"database/sql"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/passkeytest"
	"giaoban/internal/part/report"
)

var own = account.Site{Host: "giaoban.example", Origin: "https://giaoban.example"}

// key gives somebody a session and a passkey.
func (w *world) key(who string) (*passkeytest.Authenticator, account.Session) {
	w.t.Helper()
	db, now, actor := w.Ledger.DB(), w.Clock.Now(), w.People[who]
	var s account.Session
	w.OK(db.Update(w.Ctx(), func(tx *sql.Tx) (err error) {
		s, _, err = account.Enter(w.Ctx(), tx, actor.Person, account.SignInCommand{Now: now})
		return err
	}))
	by, err := account.Confirm(w.Ctx(), db, s, officetest.Password, now)
	w.OK(err)
	options, err := account.BeginPasskey(w.Ctx(), db, by, own, "Điện thoại", now)
	w.OK(err)
	a := passkeytest.New(w.t, own)
	w.Update(func(tx *ledger.Tx) error {
		_, err := account.AddPasskey(w.Ctx(), tx, s, own, a.Create(options), now)
		return err
	})
	return a, s
}

// submit submits as a person does, whose name the log then bears.
func (w *world) submit(actor access.Actor, cmd report.SubmitCommand) (r report.Report, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		r, err = report.Submit(w.Ctx(), tx, actor, cmd)
		return err
	})
	return r, err
}

func TestAPasskeySignsWhatIsStoredAndNothingElse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, s := w.key("leader PL")
		leader := w.People["leader PL"]
		cmd := report.SubmitCommand{Slot: w.Slot("PL", held), Values: day("24/6/2020"), Lang: "vi"}
		sign := func(cmd report.SubmitCommand) account.Signature {
			t.Helper()
			cmd.Signature = account.ToSign(leader, account.Capacity{Post: "Bí thư"})
			_, err := w.submit(leader, cmd)
			var unsigned *account.Unsigned
			if !errors.As(err, &unsigned) {
				t.Fatalf("asking what there is to sign: %v", err)
			}
			options, err := account.AskPasskey(w.Ctx(), w.Ledger.DB().Reader(), own, leader.Person, unsigned.Statement.Challenge())
			w.OK(err)
			signature, err := account.SignByPasskey(w.Ctx(), w.Ledger.DB(), own, s, leader, account.Capacity{Post: "Bí thư"}, a.Get(options), w.Clock.Now())
			w.OK(err)
			return signature
		}
		wrong := cmd
		wrong.Values, wrong.Signature = day("31/6/2020"), account.ToSign(leader, account.Capacity{})
		if _, err := w.submit(leader, wrong); !fault.Is(err, fault.Invalid) {
			t.Errorf("asking what there is to sign of a wrong figure: %v, want its refusal", err)
		}
		cmd.Signature = sign(cmd)
		changed := cmd
		changed.Values = day("25/6/2020")
		if _, err := w.submit(leader, changed); fault.Of(err) != fault.Conflict || !strings.Contains(err.Error(), "other-content") {
			t.Errorf("sending other figures than were signed: %v", err)
		}
		posted := cmd
		posted.Signature.Post = "Bí thư Tỉnh ủy"
		if _, err := w.submit(leader, posted); fault.Of(err) != fault.Conflict {
			t.Errorf("sending under another post than was signed: %v", err)
		}
		r, err := w.submit(leader, cmd)
		w.OK(err)
		if again, err := w.submit(leader, cmd); err != nil || again.ID != r.ID {
			t.Errorf("sent twice: report %d, %v, want %d", again.ID, err, r.ID)
		}
		w.verified()

		_, err = w.Return("leader QV", r.ID, "thiếu")
		w.OK(err)
		cmd.After, cmd.Key = 1, "another"
		if _, err := w.submit(leader, cmd); fault.Of(err) != fault.Conflict {
			t.Errorf("the old signature under the next version: %v", err)
		}
	})
}

// TestAForgedLogIsNamed alters what the log says as somebody would who can hash
// and sign it anew: only the passkey is not theirs.
func TestAForgedLogIsNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, s := w.key("leader PL")
		leader := w.People["leader PL"]
		cmd := report.SubmitCommand{Slot: w.Slot("PL", held), Values: day("24/6/2020"), Lang: "vi", Signature: account.ToSign(leader, account.Capacity{})}
		_, err := w.submit(leader, cmd)
		var unsigned *account.Unsigned
		if !errors.As(err, &unsigned) {
			t.Fatal(err)
		}
		options, err := account.AskPasskey(w.Ctx(), w.Ledger.DB().Reader(), own, leader.Person, unsigned.Statement.Challenge())
		w.OK(err)
		cmd.Signature, err = account.SignByPasskey(w.Ctx(), w.Ledger.DB(), own, s, leader, account.Capacity{}, a.Get(options), w.Clock.Now())
		w.OK(err)
		r, err := w.submit(leader, cmd)
		w.OK(err)
		forge := func(old, made string) []report.Altered {
			t.Helper()
			var v report.Verification
			events, err := ledger.After(w.Ctx(), w.Ledger.DB().Reader(), 0, 10_000)
			w.OK(err)
			for _, e := range events {
				if e.Kind == report.Submitted {
					if !strings.Contains(string(e.Payload), old) {
						t.Fatalf("%s does not stand in %s", old, e.Payload)
					}
					e.Payload = []byte(strings.ReplaceAll(string(e.Payload), old, made))
				}
				w.OK(v.Each(e))
			}
			altered, err := v.Compare(w.Ctx(), w.Ledger.DB().Reader())
			w.OK(err)
			return append([]report.Altered{}, altered[:min(1, len(altered))]...) // the rows, too, are not as the forged log says
		}
		position, _, err := ledger.Head(w.Ctx(), w.Ledger.DB().Reader())
		w.OK(err)
		for _, c := range []struct{ what, old, made, want string }{
			{"nothing", "2020-06-24", "2020-06-24", ""},
			{"the version", `"version":1`, `"version":2`, "verify.passkey-wrong"},
			{"the hash", r.Hash, strings.Repeat("0", len(r.Hash)), "verify.report-hash"},
			{"the signer", `"signer":"`, `"signer":"Ông `, "verify.passkey-wrong"},
			{"the way", `"method":"passkey"`, `"method":"password"`, "verify.passkey-missing"},
			{"the host", own.Host + `","auth`, `other.example","auth`, "verify.passkey-unknown"},
		} {
			want := []report.Altered{}
			if c.want != "" {
				want = []report.Altered{{Report: r.ID, Position: position, What: c.want}}
			}
			if diff := cmp.Diff(want, forge(c.old, c.made)); diff != "" {
				t.Errorf("%s was forged (-want +got):\n%s", c.what, diff)
			}
		}
	})
}
