package inbox_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// meetings is what somebody has to do in briefings.
type meetings struct{ Now, Invited, Unnamed, Unchecked, Minutes, ToSign int }

func meetingsOf(t *testing.T, w *officetest.World, who string) meetings {
	t.Helper()
	work := workOf(t, w, who)
	m := meetings{Now: len(work.Now), Invited: len(work.Invited), Unnamed: len(work.Unnamed), Unchecked: len(work.Unchecked), Minutes: len(work.Minutes)}
	for _, one := range work.Minutes {
		if one.ToSign {
			m.ToSign++
		}
	}
	return m
}

// called is a briefing of the centre with its two provinces, two days ahead: its
// leader in the chair, its officer the secretary.
func called(t *testing.T, w *officetest.World) briefing.Briefing {
	t.Helper()
	person := func(who string) briefing.Person { return briefing.Person{ID: w.People[who].Person, Name: who} }
	var b briefing.Briefing
	w.Update(func(tx *ledger.Tx) (err error) {
		b, err = briefing.Call(t.Context(), tx, w.People["leader TW"], briefing.CallCommand{
			Unit: w.Units["TW"], Key: "form", Title: "Giao ban tháng 6", Begins: w.Clock.Now().Add(48 * time.Hour), Minutes: 60,
			Chair: person("leader TW"), Secretaries: []briefing.Person{person("officer TW")}, Sites: []tree.UnitID{w.Units["BN"], w.Units["HN"]},
		})
		return err
	})
	return b
}

func TestABriefingWaitsForThoseWhoHaveToDoSomethingInIt(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		w := officetest.New(t, url)
		w.Person("viewer BN", "BN", access.Viewer)
		w.Person("clerk TW", "TW", access.Officer)
		b := called(t, w)
		want := func(when string, all map[string]meetings) {
			t.Helper()
			for _, who := range []string{"leader BN", "officer BN", "leader HN", "viewer BN", "leader TW", "officer TW", "clerk TW", "leader QV"} {
				if diff := cmp.Diff(all[who], meetingsOf(t, w, who)); diff != "" {
					t.Errorf("%s, work of %s (-want +got):\n%s", when, who, diff)
				}
			}
		}
		reply := func(unit string, answer briefing.Answer) {
			t.Helper()
			w.Update(func(tx *ledger.Tx) error {
				_, err := briefing.Reply(t.Context(), tx, w.People["officer "+unit], briefing.AnswerCommand{
					Briefing: b.ID, Unit: w.Units[unit], Answer: answer, Reason: "Họp Ban Thường vụ",
				})
				return err
			})
		}
		invited := meetings{Invited: 1, Unchecked: 1}
		want("called", map[string]meetings{"leader BN": invited, "officer BN": invited, "leader HN": invited})

		reply("BN", briefing.Comes)
		reply("HN", briefing.Cannot)
		want("answered", map[string]meetings{"leader BN": {Unnamed: 1, Unchecked: 1}, "officer BN": {Unnamed: 1, Unchecked: 1}})

		w.Update(func(tx *ledger.Tx) error {
			_, err := briefing.KeepList(t.Context(), tx, w.People["officer BN"], briefing.ListCommand{
				Briefing: b.ID, Unit: w.Units["BN"], Attendees: []briefing.Attendee{{Name: "Lê Thị Hương"}},
			})
			return err
		})
		want("people named", map[string]meetings{"leader BN": {Unchecked: 1}, "officer BN": {Unchecked: 1}})
		w.Update(func(tx *ledger.Tx) error {
			_, err := briefing.KeepCheck(t.Context(), tx, w.People["officer BN"], b.ID, briefing.Check{Unit: w.Units["BN"], Browser: "Chromium 140"})
			return err
		})
		want("tried, whatever came of it", nil)

		w.Clock.Set(b.Begins.Add(-31 * time.Minute))
		want("31 minutes before", nil)
		w.Clock.Set(b.Begins.Add(-30 * time.Minute))
		now := meetings{Now: 1}
		here := map[string]meetings{"leader BN": now, "officer BN": now, "leader TW": now, "officer TW": now}
		want("30 minutes before", here)
		w.Update(func(tx *ledger.Tx) error {
			_, err := briefing.Begin(t.Context(), tx, w.People["leader TW"], b.ID)
			return err
		})
		w.Clock.Set(b.Ends().Add(time.Hour))
		want("under way, after its planned end", here)

		w.Update(func(tx *ledger.Tx) error {
			_, err := briefing.End(t.Context(), tx, w.People["leader TW"], b.ID)
			return err
		})
		want("over", map[string]meetings{"officer TW": {Minutes: 1}})
		w.Update(func(tx *ledger.Tx) error {
			_, err := briefing.WriteMinutes(t.Context(), tx, w.People["officer TW"], b.ID, 0, briefing.Body{Sections: []briefing.Section{{Title: "Kết luận", Text: "Tiếp tục."}}})
			return err
		})
		want("written", map[string]meetings{"leader TW": {Minutes: 1, ToSign: 1}})
		w.Update(func(tx *ledger.Tx) error {
			_, err := briefing.SignMinutes(t.Context(), tx, w.People["leader TW"], briefing.SignCommand{
				Briefing: b.ID, Revision: 1,
				Signature: account.Signature{Person: w.People["leader TW"].Person, Name: "leader TW", Method: "password"},
			})
			return err
		})
		want("signed", nil)
	})
}

// A site is asked to try its place five days ahead: not before there is anything to
// try, and in time to have it mended.
func TestASiteIsAskedToTryItsPlaceFiveDaysAhead(t *testing.T) {
	w := officetest.New(t, t.TempDir()+"/giaoban.db")
	b := called(t, w)
	const days = 5 * 24 * time.Hour
	for _, c := range []struct {
		when string
		at   time.Time
		want int
	}{
		{"a second earlier", b.Begins.Add(-days - time.Second), 0},
		{"five days ahead", b.Begins.Add(-days), 1},
		{"31 minutes ahead", b.Begins.Add(-31 * time.Minute), 1},
		{"30 minutes ahead, on the way to the room", b.Begins.Add(-30 * time.Minute), 0},
	} {
		w.Clock.Set(c.at)
		work := workOf(t, w, "officer BN")
		if len(work.Unchecked) != c.want {
			t.Errorf("%s: asked %d times, want %d", c.when, len(work.Unchecked), c.want)
		}
		for _, one := range work.Unchecked {
			if one.At.ID != w.Units["BN"] {
				t.Errorf("%s: asked of %s, want its own site", c.when, one.At.Name)
			}
		}
	}
}

func TestABriefingThatWasNotHeldOrIsCalledOffWaitsForNobody(t *testing.T) {
	w := officetest.New(t, t.TempDir()+"/giaoban.db")
	b := called(t, w)
	w.Clock.Set(b.Ends())
	if got := meetingsOf(t, w, "leader BN"); got != (meetings{}) {
		t.Errorf("after the hour of one that nobody began: %+v, want nothing", got)
	}
	w.Clock.Set(b.Begins)
	if got := meetingsOf(t, w, "leader BN"); got != (meetings{Now: 1}) {
		t.Errorf("at its hour: %+v, want the way to the room", got)
	}
	w.Update(func(tx *ledger.Tx) error {
		_, err := briefing.Cancel(t.Context(), tx, w.People["leader TW"], b.ID, "Bão số 3")
		return err
	})
	if got := meetingsOf(t, w, "leader BN"); got != (meetings{}) {
		t.Errorf("called off: %+v, want nothing", got)
	}
}

func TestBriefingsAreCountedAtTheUnitForWhichSomebodyActs(t *testing.T) {
	w := officetest.New(t, t.TempDir()+"/giaoban.db")
	called(t, w)
	both := w.People["leader BN"]
	both.Grants = append(both.Grants, access.Grant{Unit: w.Units["HN"], Role: access.Officer})
	w.People["both"] = both
	work := workOf(t, w, "both")
	if len(work.Invited) != 2 {
		t.Fatalf("somebody with posts in both provinces has %d invitations, want 2", len(work.Invited))
	}
	one := work.AtUnit(w.Units["HN"])
	if len(one.Invited) != 1 || one.Invited[0].At.ID != w.Units["HN"] {
		t.Errorf("at Hà Nam: %+v, want its own invitation", one.Invited)
	}
}
