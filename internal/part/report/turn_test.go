package report_test

import (
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// deputy gives the officer of a unit a post of the standing body.
func (w *world) deputy(unit, post string) org.Post {
	w.t.Helper()
	var given org.Post
	w.Update(func(tx *ledger.Tx) (err error) {
		given, err = org.Appoint(w.Ctx(), tx, w.People["leader "+unit], org.AppointCommand{
			Unit: w.Units[unit], Body: "standing-body", Post: post, Person: w.People["officer "+unit].Person, Name: "Phạm Thị Phó", From: "2020-01-01",
		})
		return err
	})
	return given
}

// at sets the business clock to nine in the morning in Hanoi.
func (w *world) at(month time.Month, day int) {
	w.Clock.Set(time.Date(2020, month, day, 2, 0, 0, 0, time.UTC))
}

// inPlace has the officer of a unit sign in place of the secretary.
func (w *world) inPlace(unit string, cmd report.SubmitCommand) (r report.Report, err error) {
	who := w.People["officer "+unit]
	cmd.Signature = account.Signature{
		Person: who.Person, Name: who.Name, Method: account.ByPassword,
		Capacity: account.Capacity{Post: "Phó bí thư", Authority: "K/T BÍ THƯ"},
	}
	err = w.Try(func(tx *ledger.Tx) error {
		r, err = report.Submit(w.Ctx(), tx, who, cmd)
		return err
	})
	return r, err
}

func (w *world) forbidden(what string, err error) {
	w.t.Helper()
	if !fault.Is(err, fault.Forbidden) {
		w.t.Errorf("%s: %v, want it forbidden", what, err)
	}
}

func TestADeputySignsOnlyWhatTheLeaderHasLeftForTwoWorkingDays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		post := w.deputy("PL", "deputy-secretary")
		w.at(time.June, 26) // a Friday
		slot := w.Slot("PL", plain)
		cmd := report.SubmitCommand{Slot: slot, Lang: text.VI, Key: report.NewKey()}
		_, err := w.inPlace("PL", cmd)
		w.forbidden("nothing waits for the leader", err)
		draft, err := w.Save("officer PL", report.SaveCommand{Slot: slot, Lang: text.VI, Key: cmd.Key})
		w.OK(err)
		cmd.Revision = draft.Revision
		for _, day := range []int{26, 27, 29, 30} { // the last is the second working day
			w.at(time.June, day)
			_, err := w.inPlace("PL", cmd)
			w.forbidden("before the turn", err)
		}
		w.at(time.July, 1)
		_, err = w.SubmitAs("officer PL", cmd)
		w.forbidden("a signature that does not say K/T", err)
		_, err = w.inPlace("DT", report.SubmitCommand{Slot: slot, Lang: text.VI, Revision: draft.Revision})
		w.forbidden("another unit's officer", err)
		r, err := w.inPlace("PL", cmd)
		w.OK(err)
		if r.Signer != "K/T BÍ THƯ, PHÓ BÍ THƯ officer PL" || r.State != report.Waiting {
			t.Errorf("signed as %q, state %s", r.Signer, r.State)
		}
		if again, err := w.inPlace("PL", cmd); err != nil || again.ID != r.ID {
			t.Errorf("sent again: report %d, %v, want %d", again.ID, err, r.ID)
		}
		_, err = w.inPlace("PL", report.SubmitCommand{Slot: w.Slot("PL", held), Lang: text.VI, Values: day("24/6/2020")})
		w.forbidden("another milestone, at which nothing waits", err)
		w.Update(func(tx *ledger.Tx) error {
			_, err := org.EndPost(w.Ctx(), tx, w.People["leader PL"], org.EndPostCommand{Post: post.ID})
			return err
		})
		_, err = w.Save("officer PL", report.SaveCommand{Slot: slot, Lang: text.VI, After: r.Version})
		w.OK(err)
		w.at(time.July, 20)
		_, err = w.inPlace("PL", report.SubmitCommand{Slot: slot, Lang: text.VI, After: r.Version, Revision: 1})
		w.forbidden("whoever lost the post", err)
	})
}

func TestSomeoneWithoutADeputysPostHasNoTurn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Update(func(tx *ledger.Tx) error {
			_, err := org.Appoint(w.Ctx(), tx, w.People["leader PL"], org.AppointCommand{
				Unit: w.Units["PL"], Body: "office", Post: "chief", Person: w.People["officer PL"].Person, Name: "Phạm Thị Chánh", From: "2020-01-01",
			})
			return err
		})
		slot := w.Slot("PL", plain)
		draft, err := w.Save("officer PL", report.SaveCommand{Slot: slot, Lang: text.VI})
		w.OK(err)
		w.at(time.July, 20)
		_, err = w.inPlace("PL", report.SubmitCommand{Slot: slot, Lang: text.VI, Revision: draft.Revision})
		w.forbidden("the chief of the office", err)
	})
}

func TestADeputyDecidesWhatHasWaitedTooLong(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.deputy("QV", "standing-deputy")
		w.at(time.June, 26)
		old := w.Submitted("PL", plain, 0, nil)
		w.at(time.June, 30)
		_, err := w.Accept("officer QV", old.ID)
		w.forbidden("before the turn", err)
		fresh := w.Submitted("DT", plain, 0, nil)
		w.at(time.July, 1)
		_, err = w.Accept("officer QV", fresh.ID)
		w.forbidden("what came yesterday", err)
		_, err = w.Accept("officer PL", old.ID)
		w.forbidden("the reporting unit's own officer", err)
		r, err := w.Accept("officer QV", old.ID)
		w.OK(err)
		if want := "K/T BÍ THƯ, officer QV, bí thư"; r.Decider != want || r.State != report.Done {
			t.Errorf("decided by %q, state %s, want %q", r.Decider, r.State, want)
		}
		w.OK(w.View(func(q store.Querier) error {
			actor, err := report.ToDecide(w.Ctx(), q, w.People["officer QV"], old, w.Clock.Now())
			if err == nil && actor.May(access.ReportSubmit, w.Units["QV"]) == nil {
				t.Error("the turn to decide lets the deputy sign reports")
			}
			return err
		}))
	})
}

func TestADeputyConfirmsWhatWasToldAndNotConfirmed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.deputy("PL", "deputy-secretary")
		w.at(time.June, 26)
		told, err := w.Tell("officer BN", "BN", "PL", held, day("24/6/2020"))
		w.OK(err)
		confirm := func() error {
			who := w.People["officer PL"]
			s := account.Signature{Person: who.Person, Name: who.Name, Method: account.ByPassword, Capacity: account.Capacity{Authority: "K/T BÍ THƯ"}}
			return w.Try(func(tx *ledger.Tx) error {
				_, err := report.Confirm(w.Ctx(), tx, who, report.ConfirmCommand{Report: told.ID, Key: "k", Signature: s})
				return err
			})
		}
		w.forbidden("before the turn", confirm())
		w.at(time.July, 1)
		w.OK(confirm())
		w.OK(confirm()) // sent twice, it is one report
	})
}

func TestADeputySignsATickListThatTheLeaderHasLeft(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.deputy("PL", "deputy-secretary")
		w.at(time.June, 26)
		who := w.People["officer PL"]
		signature := account.Signature{
			Person: who.Person, Name: who.Name, Method: account.ByPassword,
			Capacity: account.Capacity{Post: "Phó bí thư", Authority: "K/T BÍ THƯ"},
		}
		forCells := func(key string, s account.Signature) (list []report.Report, err error) {
			err = w.Try(func(tx *ledger.Tx) error {
				list, err = report.ForCells(w.Ctx(), tx, who, report.CellsCommand{
					Directive: w.Directive, Milestone: held, Committee: w.Units["PL"], Key: key,
					Cells: []report.Cell{w.cell("C1", "13/6/2020")}, Lang: text.VI, Signature: s,
				})
				return err
			})
			return list, err
		}
		_, err := forCells("one", signature)
		w.forbidden("no list waits for the leader", err)
		_, err = w.saveCells("officer PL", "PL", 0, map[string]string{report.CellField(w.Units["C1"], ""): "yes"})
		w.OK(err)
		w.at(time.June, 30)
		_, err = forCells("one", signature)
		w.forbidden("before the turn", err)
		w.at(time.July, 1)
		_, err = forCells("one", sign(who))
		w.forbidden("a signature that does not say K/T", err)
		list, err := forCells("one", signature)
		w.OK(err)
		if len(list) != 1 || list[0].State != report.Done || list[0].Signer != "K/T BÍ THƯ, PHÓ BÍ THƯ officer PL" || list[0].Decider != list[0].Signer {
			t.Fatalf("reported %+v, want one report, signed and accepted K/T", list)
		}
		if again, err := forCells("one", signature); err != nil || len(again) != 1 || again[0].ID != list[0].ID {
			t.Errorf("sent again: %+v, %v, want report %d", again, err, list[0].ID)
		}
		_, err = forCells("two", signature)
		w.forbidden("after the list was signed nothing waits", err)
		w.verified()
	})
}
