package register_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
	"giaoban/internal/part/register"
	"giaoban/internal/part/register/registerui"
)

func TestEveryTextIsUsed(t *testing.T) {
	texttest.Check(t, ".", register.Texts, registerui.Texts, access.Texts, web.Texts, text.Texts)
}

// world is an organisation whose offices issue papers.
type world struct {
	*officetest.World
	t testing.TB
	n int // papers drafted
}

func each(t *testing.T, test func(w *world)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(&world{World: officetest.New(t, url), t: t}) })
}

func (w *world) draft(unit string) (p register.Paper) {
	w.t.Helper()
	w.n++
	cmd := register.DraftCommand{Key: fmt.Sprint(unit, " ", w.n), Unit: w.Units[unit], Kind: "notice", Subject: "notice:1", Title: "Kết luận giao ban tháng 7"}
	w.Update(func(tx *ledger.Tx) (err error) {
		p, err = register.Draft(w.Ctx(), tx, w.People["officer "+unit], cmd)
		return err
	})
	return p
}

var content = []byte("1. Giữ tiến độ đại hội.")

// sign signs a paper by password.
func (w *world) sign(who string, id int64, authority string) (p register.Paper, err error) {
	actor := w.People[who]
	signature := account.Signature{Person: actor.Person, Name: actor.Name, Method: account.ByPassword}
	err = w.Try(func(tx *ledger.Tx) error {
		p, err = register.Sign(w.Ctx(), tx, actor, register.SignCommand{Paper: id, Content: content, Authority: authority, Signature: signature})
		return err
	})
	return p, err
}

func (w *world) number(who string, id int64, dated clock.Date) (p register.Paper, err error) {
	err = w.Try(func(tx *ledger.Tx) error {
		p, err = register.Number(w.Ctx(), tx, w.People[who], register.NumberCommand{Paper: id, Dated: dated})
		return err
	})
	return p, err
}

// signed is a paper of a unit as its leader signed it.
func (w *world) signed(unit string) register.Paper {
	w.t.Helper()
	p, err := w.sign("leader "+unit, w.draft(unit).ID, "")
	w.OK(err)
	return p
}

const today = clock.Date("2020-06-26")

func TestAPaperIsSignedNumberedAndIssued(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		w.Update(func(tx *ledger.Tx) error {
			return register.SetSymbol(w.Ctx(), tx, w.People["officer BN"], w.Units["BN"], "VPTU")
		})
		p := w.draft("BN")
		w.Update(func(tx *ledger.Tx) (err error) {
			p, err = register.Initial(w.Ctx(), tx, w.People["officer BN"], p.ID, content)
			return err
		})
		_, err := w.number("officer BN", p.ID, today)
		refused(t, "numbered before it is signed", err, fault.Conflict)
		_, err = w.sign("officer BN", p.ID, "")
		refused(t, "signed by an officer", err, fault.Forbidden)
		_, err = w.sign("leader QV", p.ID, "")
		refused(t, "signed by the leader of another unit", err, fault.Forbidden)
		_, err = w.sign("leader BN", p.ID, "T/M BAN THƯỜNG VỤ")
		refused(t, "signed for a committee by who is not in it", err, fault.Invalid)
		w.Update(func(tx *ledger.Tx) error {
			_, err := org.Appoint(w.Ctx(), tx, access.Program(w.Tree), org.AppointCommand{
				Unit: w.Units["BN"], Body: "office", Post: "chief", Person: w.People["leader BN"].Person, Name: "leader BN", From: "2020-01-01",
			})
			return err
		})
		p, err = w.sign("leader BN", p.ID, "T/L BAN THƯỜNG VỤ")
		w.OK(err)
		if p.State != register.Signed || p.Authority != "T/L BAN THƯỜNG VỤ" || p.Content != register.Hash(content) {
			t.Errorf("signed: %+v", p)
		}
		_, err = w.number("leader QV", p.ID, today)
		refused(t, "numbered by another unit", err, fault.Forbidden)
		_, err = w.number("officer BN", p.ID, today.AddDays(1))
		refused(t, "dated ahead", err, fault.Invalid)
		_, err = w.number("officer BN", p.ID, "")
		refused(t, "without a date", err, fault.Invalid)
		refused(t, "a term without its first day", w.Try(func(tx *ledger.Tx) error {
			return register.BeginTerm(w.Ctx(), tx, w.People["officer BN"], w.Units["BN"], "")
		}), fault.Invalid)
		for range 2 { // twice changes nothing
			p, err = w.number("officer BN", p.ID, today)
			w.OK(err)
		}
		if p.NumberText != "01-TB/VPTU" {
			t.Errorf("its number is %q, want 01-TB/VPTU", p.NumberText)
		}
		for range 2 {
			w.Update(func(tx *ledger.Tx) (err error) {
				p, err = register.Issue(w.Ctx(), tx, w.People["officer BN"], p.ID)
				return err
			})
		}
		if p.State != register.Issued || p.IssuedAt.IsZero() {
			t.Errorf("issued: %+v", p)
		}
		w.OK(w.View(func(q store.Querier) error {
			for words, want := range map[string]int{"ket luan": 1, "Kết luận": 1, "01-tb": 1, "giao ban tháng 8": 0} {
				list, err := register.At(w.Ctx(), q, w.Units["BN"], register.Wanted{Kind: "notice", Words: words})
				if err != nil || len(list) != want {
					t.Errorf("%q finds %d papers, %v; want %d", words, len(list), err, want)
				}
			}
			return nil
		}))
	})
}

func TestWhatChangedAfterItWasReadIsNotSigned(t *testing.T) {
	each(t, func(w *world) {
		p := w.signed("BN")
		actor := w.People["leader BN"]
		err := w.Try(func(tx *ledger.Tx) error {
			_, err := register.Sign(w.Ctx(), tx, actor, register.SignCommand{
				Paper: p.ID, Content: []byte("khác"), Signature: account.Signature{Person: actor.Person, Name: actor.Name, Method: account.ByPassword},
			})
			return err
		})
		refused(w.t, "other content under a signed paper", err, fault.Conflict)
	})
}

func TestNumbersBeginAnewWithACommitteesTerm(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		numbered := func(dated clock.Date) string {
			p, err := w.number("officer BN", w.signed("BN").ID, dated)
			w.OK(err)
			return p.NumberText
		}
		begin := func(from clock.Date) error {
			return w.Try(func(tx *ledger.Tx) error {
				return register.BeginTerm(w.Ctx(), tx, w.People["officer BN"], w.Units["BN"], from)
			})
		}
		got := []string{numbered(today), numbered(today)}
		refused(t, "a term from before a number that was given", begin(today), fault.Conflict)
		w.Clock.Advance(48 * time.Hour)
		w.OK(begin(today.AddDays(2)))
		got = append(got, numbered(today.AddDays(2)), numbered(today.AddDays(1)))
		if want := []string{"01-TB", "02-TB", "01-TB", "03-TB"}; !slices.Equal(got, want) {
			t.Errorf("numbers are %q, want %q: the last is dated in the old term", got, want)
		}
	})
}

func TestANumberIsReservedUsedAndCancelled(t *testing.T) {
	each(t, func(w *world) {
		t := w.t
		reserve := func(who, reason string) (n int64, err error) {
			err = w.Try(func(tx *ledger.Tx) error {
				n, err = register.Reserve(w.Ctx(), tx, w.People[who], w.Units["BN"], "notice", reason)
				return err
			})
			return n, err
		}
		cancel := func(n int64, reason string) error {
			return w.Try(func(tx *ledger.Tx) error {
				return register.CancelNumber(w.Ctx(), tx, w.People["officer BN"], w.Units["BN"], "notice", n, reason)
			})
		}
		_, err := reserve("officer BN", " ")
		refused(t, "reserved without a reason", err, fault.Invalid)
		_, err = reserve("officer QV", "Cho hội nghị.")
		refused(t, "reserved by another unit", err, fault.Forbidden)
		n, err := reserve("officer BN", "Cho hội nghị chiều.")
		w.OK(err)
		later, err := w.number("officer BN", w.signed("BN").ID, today)
		w.OK(err)
		p := w.signed("BN")
		w.Update(func(tx *ledger.Tx) error {
			p, err = register.Number(w.Ctx(), tx, w.People["officer BN"], register.NumberCommand{Paper: p.ID, Dated: today, Taken: n})
			return err
		})
		if n != 1 || p.Number != 1 || later.Number != 2 {
			t.Errorf("reserved %d, used by number %d after number %d; want 1, 1 and 2", n, p.Number, later.Number)
		}
		refused(t, "a number that nobody took", cancel(9, "Nhầm."), fault.Invalid)
		w.OK(cancel(2, "Sai thể thức."))
		refused(t, "cancelled twice", cancel(2, "Sai thể thức."), fault.Invalid)
		w.OK(w.View(func(q store.Querier) error {
			later, err := register.Get(w.Ctx(), q, later.ID)
			if later.State != register.Cancelled {
				t.Errorf("the paper with it is %s", later.State)
			}
			return err
		}))
		next, err := w.number("officer BN", w.signed("BN").ID, today)
		w.OK(err)
		if next.Number != 3 {
			t.Errorf("the next number is %d, want 3: a cancelled one is never taken again", next.Number)
		}
		w.Update(func(tx *ledger.Tx) error {
			_, err := register.Issue(w.Ctx(), tx, w.People["officer BN"], next.ID)
			return err
		})
		refused(t, "the number of an issued paper", cancel(3, "Nhầm."), fault.Conflict)
	})
}

// Many clerks at once, half of whom think better of it: the numbers that are kept have
// neither gaps nor doubles.
func TestManyClerksTakeNumbersAtOnce(t *testing.T) {
	each(t, func(w *world) {
		const clerks, papers = 8, 6
		ids := make([][]int64, clerks)
		for i := range ids {
			for range papers {
				ids[i] = append(ids[i], w.signed("BN").ID)
			}
		}
		var group sync.WaitGroup
		for i := range clerks {
			group.Go(func() {
				for n, id := range ids[i] {
					err := w.Try(func(tx *ledger.Tx) error {
						_, err := register.Number(w.Ctx(), tx, w.People["officer BN"], register.NumberCommand{Paper: id, Dated: today})
						if err == nil && n%2 == 1 {
							return errThoughtBetter
						}
						return err
					})
					if err != nil && !errors.Is(err, errThoughtBetter) {
						w.t.Error(err)
					}
				}
			})
		}
		group.Wait()
		w.whole("BN", clerks*papers/2)
	})
}

var errThoughtBetter = fault.New(fault.Conflict, "register.not-signed")

// whole checks that the numbers of a unit run from 1 to n.
func (w *world) whole(unit string, n int) {
	w.t.Helper()
	w.OK(w.View(func(q store.Querier) error {
		list, err := register.Numbers(w.Ctx(), q, w.Units[unit], "notice")
		if len(list) != n {
			w.t.Errorf("%d numbers were taken, want %d", len(list), n)
		}
		for i, taking := range list {
			if taking.Number != int64(len(list)-i) {
				w.t.Errorf("the numbers are %+v, want all from %d down to 1", list, n)
				break
			}
		}
		return err
	}))
}

// Whatever clerks do, in whatever order, numbers have no gaps and no doubles, and one
// that was cancelled stands under no paper.
func TestNumbersHaveNoGapsWhateverClerksDo(t *testing.T) {
	w := &world{World: officetest.New(t, filepath.Join(t.TempDir(), "giaoban.db")), t: t}
	units := []string{"BN", "HN", "QV", "TS"}
	at := 0
	rapid.Check(t, func(rt *rapid.T) {
		unit := units[at%len(units)]
		clerk := w.People["officer "+unit]
		taken := 0
		w.OK(w.View(func(q store.Querier) error {
			list, err := register.Numbers(w.Ctx(), q, w.Units[unit], "notice")
			taken = len(list)
			return err
		}))
		at++
		for range rapid.IntRange(1, 8).Draw(rt, "acts") {
			switch rapid.SampledFrom([]string{"number", "reserve", "cancel", "undo"}).Draw(rt, "act") {
			case "number":
				_, err := w.number(clerk.Name, w.signed(unit).ID, today)
				w.OK(err)
				taken++
			case "reserve":
				w.Update(func(tx *ledger.Tx) error {
					_, err := register.Reserve(w.Ctx(), tx, clerk, w.Units[unit], "notice", "Giữ số.")
					return err
				})
				taken++
			case "cancel":
				n := int64(rapid.IntRange(1, taken+1).Draw(rt, "which"))
				err := w.Try(func(tx *ledger.Tx) error {
					return register.CancelNumber(w.Ctx(), tx, clerk, w.Units[unit], "notice", n, "Hủy.")
				})
				if err != nil && !fault.Is(err, fault.Invalid) {
					rt.Fatal(err)
				}
			case "undo":
				_ = w.Try(func(tx *ledger.Tx) error {
					if _, err := register.Reserve(w.Ctx(), tx, clerk, w.Units[unit], "notice", "Thôi."); err != nil {
						return err
					}
					return errThoughtBetter
				})
			}
		}
		w.whole(unit, taken)
	})
}

func TestWhoMayDraft(t *testing.T) {
	each(t, func(w *world) {
		for who, kind := range map[string]fault.Kind{"officer QV": fault.Forbidden, "leader TW": fault.Forbidden} {
			err := w.Try(func(tx *ledger.Tx) error {
				_, err := register.Draft(w.Ctx(), tx, w.People[who], register.DraftCommand{Key: who, Unit: w.Units["BN"], Kind: "notice", Title: "x"})
				return err
			})
			refused(w.t, "drafted by "+who, err, kind)
		}
		err := w.Try(func(tx *ledger.Tx) error {
			_, err := register.Draft(w.Ctx(), tx, w.People["officer BN"], register.DraftCommand{Key: "k", Unit: w.Units["BN"], Kind: "song", Title: "x"})
			return err
		})
		refused(w.t, "of no kind", err, fault.Invalid)
	})
}

func refused(t testing.TB, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v, want a fault of kind %s", what, err, kind)
	}
}
