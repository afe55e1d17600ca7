package briefing_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

const (
	leaves = "Nguyễn Thị Bí Mật"
	stays  = "Trần Văn Ở Lại"
)

// named is a briefing that is over, in which sites have named somebody who leaves
// beside somebody who stays.
func (w *world) named() briefing.Briefing {
	w.Helper()
	b := w.begun()
	list := func(people ...briefing.Attendee) {
		w.do(func(tx *ledger.Tx) error {
			_, err := briefing.KeepList(w.Context(), tx, w.atBacNinh, briefing.ListCommand{Briefing: b.ID, Unit: w.bacNinh, Heads: 2, Attendees: people})
			return err
		})
	}
	list(briefing.Attendee{Name: leaves, Post: "Chuyên viên"})
	list(briefing.Attendee{Name: stays, Post: "Phó Bí thư"}, briefing.Attendee{Name: "Đ/c " + strings.ToUpper(leaves), Post: "Chuyên viên", Absent: true, Reason: "ốm"})
	w.do(func(tx *ledger.Tx) error {
		_, err := briefing.Reply(w.Context(), tx, w.atCaoBang, briefing.AnswerCommand{
			Briefing: b.ID, Unit: w.caoBang, Answer: briefing.StandsIn, StandIn: leaves + ", Phó Bí thư", Reason: "Bí thư đi công tác",
		})
		if err == nil {
			_, err = briefing.Allow(w.Context(), tx, w.chair, b.ID, w.caoBang, briefing.Given)
		}
		return err
	})
	w.do(func(tx *ledger.Tx) (err error) { b, err = briefing.End(w.Context(), tx, w.chair, b.ID); return err })
	return b
}

func (w *world) sign(b briefing.Briefing) briefing.Minutes {
	w.Helper()
	var m briefing.Minutes
	w.do(func(tx *ledger.Tx) (err error) {
		m, err = briefing.WriteMinutes(w.Context(), tx, w.secretary, b.ID, 0, briefing.Body{Sections: []briefing.Section{{Title: "Kết luận", Text: "Nhất trí."}}})
		if err == nil {
			m, err = briefing.SignMinutes(w.Context(), tx, w.chair, briefing.SignCommand{Briefing: b.ID, Revision: m.Revision, Signature: signature(w.chair.Person)})
		}
		return err
	})
	return m
}

// holding counts the rows and payloads with a text in them, by kind.
func (w *world) holding(text string) map[string]int {
	w.Helper()
	rows, err := w.db.Reader().QueryContext(w.Context(), `SELECT e.kind, p.payload FROM event e JOIN event_payload p ON p.position = e.position
		UNION ALL SELECT 'row', name || reason FROM briefing_attendee UNION ALL SELECT 'row', stand_in || answer_reason || note FROM briefing_site`)
	w.ok(err)
	defer rows.Close()
	n := map[string]int{}
	for rows.Next() {
		var kind, said string
		w.ok(rows.Scan(&kind, &said))
		if strings.Contains(strings.ToLower(said), strings.ToLower(text)) {
			n[kind]++
		}
	}
	w.ok(rows.Err())
	return n
}

// proves verifies log and signatures, with so many payloads erased.
func (w *world) proves(erased int) {
	w.Helper()
	key, err := ledger.LoadKey(w.TempDir())
	w.ok(err)
	head, _, err := ledger.Head(w.Context(), w.db.Reader())
	w.ok(err)
	w.ok(w.db.Update(w.Context(), func(tx *sql.Tx) error { return ledger.Grow(w.Context(), tx, key.Signer, head) }))
	w.ok(w.db.View(w.Context(), func(tx *sql.Tx) error {
		var v briefing.Verification
		result, err := ledger.Verify(w.Context(), tx, key.Verifier, v.Each)
		if len(result.Findings) > 0 || len(v.Wrong) > 0 || len(result.Erased) != erased {
			w.Errorf("verified: %+v and %+v, want %d erased and nothing found", result, v.Wrong, erased)
		}
		return err
	}))
}

func (w *world) eraseName(by access.Actor, unit tree.UnitID, name, reason string) (done briefing.ErasedName, err error) {
	return done, w.try(func(tx *ledger.Tx) (err error) {
		done, err = briefing.EraseName(w.Context(), tx, by, briefing.EraseCommand{Unit: unit, Name: name, Reason: reason})
		return err
	})
}

func TestANameIsErasedFromListsAndAnswersAndEverythingVerifies(t *testing.T) {
	each(t, func(w *world) {
		b := w.named()
		admin := w.person(20, w.centre, access.UnitAdmin)
		want := map[string]int{"briefing.listed": 2, "briefing.answered": 1, "briefing.leave": 1, "row": 2}
		if diff := cmp.Diff(want, w.holding(leaves)); diff != "" {
			w.Fatalf("before (-want +got):\n%s", diff)
		}
		done, err := w.eraseName(admin, w.centre, "nguyễn thị  bí mật", "theo đề nghị")
		w.ok(err)
		if done != (briefing.ErasedName{Sites: 2}) {
			w.Errorf("erased: %+v, want two sites and no signed minutes", done)
		}
		if left := w.holding(leaves); len(left) > 0 {
			w.Errorf("still there: %v", left)
		}
		if left := w.holding(stays); left["briefing.listed"] != 1 || left["row"] != 1 {
			w.Errorf("who stays is left in %v, want the list that was told again and its row", left)
		}
		people, err := briefing.Attendees(w.Context(), w.db.Reader(), w.site(b.ID, w.bacNinh).ID)
		w.ok(err)
		kept := []briefing.Attendee{{Name: stays, Post: "Phó Bí thư"}, {Name: briefing.Erased, Post: "Chuyên viên", Absent: true}}
		if diff := cmp.Diff(kept, people); diff != "" {
			w.Errorf("the list (-want +got):\n%s", diff)
		}
		if s := w.site(b.ID, w.caoBang); s.StandIn != briefing.Erased || s.Leave != briefing.Given || s.AnswerReason == "" {
			w.Errorf("the stand-in is %+v, want erased with leave and reason kept", s)
		}
		w.proves(4)
		_, err = w.eraseName(admin, w.centre, leaves, "lần nữa")
		w.refused("erasing it again", err, fault.Invalid, "briefing.erase.none")
	})
}

func TestSignedMinutesKeepTheNameThatIsErased(t *testing.T) {
	each(t, func(w *world) {
		b := w.named()
		before := w.sign(b)
		done, err := w.eraseName(w.person(20, w.centre, access.UnitAdmin), w.centre, leaves, "theo đề nghị")
		w.ok(err)
		if done != (briefing.ErasedName{Sites: 2, Signed: 1}) {
			w.Errorf("erased: %+v, want it said that one signed minutes keep the name", done)
		}
		after, err := briefing.MinutesOf(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		if diff := cmp.Diff(before, after); diff != "" {
			w.Errorf("the signed minutes changed (-before +after):\n%s", diff)
		}
		if left := w.holding(leaves); len(left) != 1 || left["briefing.minutes"] != 1 {
			w.Errorf("the name is left in %v, want the signed minutes alone", left)
		}
		w.proves(4)
	})
}

func TestANameIsErasedByWhoManagesAccountsThereAlone(t *testing.T) {
	each(t, func(w *world) {
		w.named()
		admin := w.person(20, w.centre, access.UnitAdmin)
		for what, refusal := range map[string]struct {
			by           access.Actor
			name, reason string
			kind         fault.Kind
			key          string
		}{
			"a leader":        {w.chair, leaves, "x", fault.Forbidden, "access.refused"},
			"another's admin": {w.person(21, w.bacNinh, access.UnitAdmin), leaves, "x", fault.Forbidden, "access.refused"},
			"half a name":     {admin, "Mật", "x", fault.Invalid, "briefing.erase.name-needed"},
			"other marks":     {admin, "Nguyễn Thị Bi Mât", "x", fault.Invalid, "briefing.erase.none"},
			"part of a word":  {admin, "Thị Bí Mậ", "x", fault.Invalid, "briefing.erase.none"},
			"a name too long": {admin, strings.Repeat("An ", briefing.MostTopic), "x", fault.Invalid, "briefing.long"},
			"no reason":       {admin, leaves, " ", fault.Invalid, "ledger.erase.reason"},
		} {
			_, err := w.eraseName(refusal.by, w.centre, refusal.name, refusal.reason)
			w.refused(what, err, refusal.kind, refusal.key)
		}
		if n := w.holding(leaves); n["briefing.listed"] != 2 || n["row"] != 2 {
			w.Errorf("refusals erased something: %v", n)
		}
		// Whoever manages Bắc Ninh's accounts erases there and nowhere else.
		done, err := w.eraseName(w.person(21, w.bacNinh, access.UnitAdmin), w.bacNinh, leaves, "theo đề nghị")
		w.ok(err)
		if n := w.holding(leaves); done.Sites != 1 || n["briefing.listed"] != 0 || n["briefing.answered"] != 1 {
			w.Errorf("erased at %d sites, left in %v; want Bắc Ninh's alone erased", done.Sites, n)
		}
	})
}

func TestTheNameOfAnErasedAccountGoesFromTheListsOfItsUnits(t *testing.T) {
	each(t, func(w *world) {
		w.named()
		program := access.Program(w.tree)
		var p account.Person
		w.do(func(tx *ledger.Tx) (err error) {
			p, err = account.CreatePerson(w.Context(), tx, program, account.CreateCommand{
				Name: leaves, Grants: []access.Grant{{Unit: w.bacNinh, Role: access.Viewer}},
			})
			if err == nil {
				err = account.Disable(w.Context(), tx, program, p.ID)
			}
			return err
		})
		cmd := account.EraseCommand{Person: p.ID, Reason: "đã nghỉ hưu", Elsewhere: []account.Elsewhere{briefing.OfReaders, briefing.NamesAtSites}}
		for range 2 { // the second time is the same answer
			w.do(func(tx *ledger.Tx) error { _, err := account.Erase(w.Context(), tx, program, cmd); return err })
		}
		want := map[string]int{"briefing.answered": 1, "briefing.leave": 1, "row": 1} // Cao Bằng's, where the person never worked
		if diff := cmp.Diff(want, w.holding(leaves)); diff != "" {
			w.Errorf("the name is left (-want +got):\n%s", diff)
		}
		if n := w.holding(fmt.Sprintf("%q", stays))["briefing.listed"]; n != 1 {
			w.Errorf("who stays is told in %d lists, want the one told again", n)
		}
		w.proves(3) // two lists and the account
	})
}
