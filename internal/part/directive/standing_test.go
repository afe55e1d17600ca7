package directive_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

// stand has somebody give Phù Lãng, or another unit, a standing; change alters
// the command.
func (w *world) stand(actor access.Actor, id int64, by tree.UnitID, change func(*directive.StandingCommand)) (s directive.Standing, err error) {
	cmd := directive.StandingCommand{
		Directive: id, Milestone: "held", Unit: w.phuLang, Standing: "postponed", Until: "2020-09-15",
		Decision: " 127-QĐ/HU ", Reason: "Chờ sắp xếp cán bộ", By: by, Signature: w.signature(actor),
	}
	if change != nil {
		change(&cmd)
	}
	err = w.try(func(tx *ledger.Tx) error {
		s, err = directive.SetStanding(w.t.Context(), tx, actor, cmd)
		return err
	})
	return s, err
}

func (w *world) endStanding(actor access.Actor, id int64, milestone string, by tree.UnitID) error {
	return w.try(func(tx *ledger.Tx) error {
		return directive.EndStanding(w.t.Context(), tx, actor, directive.EndStandingCommand{
			Directive: id, Milestone: milestone, Unit: w.phuLang, By: by, Signature: w.signature(actor),
		})
	})
}

func TestAStandingIsSetByADecisionFromAbove(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		leader := w.leader(w.queVo)
		s, err := w.stand(leader, d.ID, w.queVo, nil)
		if err != nil {
			t.Fatal(err)
		}
		again, err := w.stand(leader, d.ID, w.queVo, nil)
		if err != nil || again.ID != s.ID {
			t.Errorf("set again: standing %d beside %d, %v", again.ID, s.ID, err)
		}
		events, err := ledger.About(t.Context(), w.db.Reader(), directive.Subject(d.ID))
		if err != nil {
			t.Fatal(err)
		}
		var payload directive.UnitStanding
		if last := events[len(events)-1]; last.Kind != directive.StandingSet || len(events) != 2 {
			t.Fatalf("%d events, the last %s; want two, the last %s", len(events), last.Kind, directive.StandingSet)
		}
		if err := events[1].Decode(&payload); err != nil {
			t.Fatal(err)
		}
		want := directive.UnitStanding{
			Directive: d.ID, Milestone: "held", Unit: w.phuLang, Standing: "postponed", Counts: true, Until: "2020-09-15",
			Decision: "127-QĐ/HU", Reason: "Chờ sắp xếp cán bộ", By: w.queVo, Ordinal: 1, Signer: "Nguyễn Văn A, Bí thư", Method: "password",
		}
		if diff := cmp.Diff(want, payload); diff != "" {
			t.Errorf("event (-want +got):\n%s", diff)
		}
	})
}

func TestWhoAsksWhatThereIsToSignOfAStandingChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		leader := w.leader(w.queVo)
		ask := account.ToSign(leader, account.Capacity{Post: "Bí thư"})
		asked := func(err error) string {
			t.Helper()
			var unsigned *account.Unsigned
			if !errors.As(err, &unsigned) {
				t.Fatalf("asking what there is to sign: %v", err)
			}
			return string(unsigned.Statement)
		}
		set := func() string {
			_, err := w.stand(leader, d.ID, w.queVo, func(c *directive.StandingCommand) { c.Signature = ask })
			return asked(err)
		}
		want := fmt.Sprintf("giaoban standing\ndirective: %d\nmilestone: held\nunit: %d\nordinal: 1\nstanding: postponed\ncounts: true\n"+
			"until: 2020-09-15\ndecision: 127-QĐ/HU\nreason: Chờ sắp xếp cán bộ\nby: %d\nsigner: Nguyễn Văn A, Bí thư\n", d.ID, w.phuLang, w.queVo)
		first := set()
		if diff := cmp.Diff(want, first); diff != "" {
			t.Errorf("the statement (-want +got):\n%s", diff)
		}
		_, err := w.stand(leader, d.ID, w.queVo, func(c *directive.StandingCommand) { c.Signature, c.Reason = ask, "" })
		refused(t, "asking without a reason", err, fault.Invalid, "directive.standing.reason-needed")
		if kinds := w.events(d.ID); len(kinds) != 1 {
			t.Errorf("asking left the events %v, want the directive's own", kinds)
		}

		if _, err := w.stand(leader, d.ID, w.queVo, nil); err != nil {
			t.Fatal(err)
		}
		second := set() // an answer to the first cannot be used for it
		ended := asked(w.try(func(tx *ledger.Tx) error {
			return directive.EndStanding(t.Context(), tx, leader, directive.EndStandingCommand{
				Directive: d.ID, Milestone: "held", Unit: w.phuLang, By: w.queVo, Signature: ask,
			})
		}))
		if first == second || second == ended || !strings.Contains(second, "ordinal: 2\n") || !strings.Contains(ended, "ordinal: 1\n") {
			t.Errorf("three acts have the statements\n%s\n%s\n%s", first, second, ended)
		}
		if kinds := w.events(d.ID); len(kinds) != 2 {
			t.Errorf("asking left the events %v, want one standing", kinds)
		}
	})
}

func TestAStandingThatClaimsAPasskeyMustProveIt(t *testing.T) {
	for kind, payload := range map[ledger.Kind]any{
		directive.StandingSet:   directive.UnitStanding{Directive: 7, Unit: 3, Method: account.ByPasskey},
		directive.StandingEnded: directive.UnitStandingEnded{Directive: 7, Unit: 3, Method: account.ByPasskey},
	} {
		encoded, err := json.Marshal(payload)
		if err != nil {
			t.Fatal(err)
		}
		var v directive.Verification
		if err := v.Each(ledger.Event{Position: 12, Kind: kind, Actor: "person:1", Payload: encoded}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]directive.Altered{{Directive: 7, Position: 12, What: "verify.passkey-missing"}}, v.Wrong); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
	}
}

func TestOnlyLeadersAboveSetAStanding(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		for name, c := range map[string]struct {
			actor access.Actor
			by    tree.UnitID
		}{
			"the unit's own leader":         {w.leader(w.phuLang), w.phuLang},
			"an officer above":              {w.person(access.Officer, w.queVo), w.queVo},
			"the leader of a cousin":        {w.leader(w.yenThe), w.yenThe},
			"a leader for another unit":     {w.leader(w.queVo), w.bacNinh},
			"a leader above for the unit":   {w.leader(w.queVo), w.phuLang},
			"a unit administrator above":    {w.person(access.UnitAdmin, w.queVo), w.queVo},
			"the leader of a unit not over": {w.leader(w.bacGiang), w.bacGiang},
		} {
			_, err := w.stand(c.actor, d.ID, c.by, nil)
			refused(t, name, err, fault.Forbidden, "access.refused")
		}
		leader := w.leader(w.queVo)
		_, err := w.stand(leader, d.ID, w.queVo, func(c *directive.StandingCommand) { c.Signature = w.signature(w.leader(w.bacNinh)) })
		refused(t, "somebody else's signature", err, fault.Forbidden, "directive.signature.none")
		for name, above := range map[string]tree.UnitID{"the district": w.queVo, "the province": w.bacNinh, "the issuer": w.centre} {
			if _, err := w.stand(w.leader(above), d.ID, above, nil); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestAWrongStandingIsNamedAtItsField(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		leader := w.leader(w.queVo)
		for field, spoil := range map[string]func(*directive.StandingCommand){
			"standing":  func(c *directive.StandingCommand) { c.Standing, c.Until = "lazy", "" },
			"milestone": func(c *directive.StandingCommand) { c.Milestone = "no-such" },
			"until":     func(c *directive.StandingCommand) { c.Until = "" },
			"decision":  func(c *directive.StandingCommand) { c.Decision = "  " },
			"reason":    func(c *directive.StandingCommand) { c.Reason = "" },
		} {
			_, err := w.stand(leader, d.ID, w.queVo, spoil)
			if faults := fault.All(err); len(faults) != 1 || faults[0].Field != field || faults[0].Kind != fault.Invalid {
				t.Errorf("a wrong %s: got %v", field, err)
			}
		}
		for name, spoil := range map[string]func(*directive.StandingCommand){
			"a day of an exemption":     func(c *directive.StandingCommand) { c.Standing = "exempt" },
			"a day that is none":        func(c *directive.StandingCommand) { c.Until = "2020-02-30" },
			"a day before the document": func(c *directive.StandingCommand) { c.Until = "2019-05-29" },
		} {
			_, err := w.stand(leader, d.ID, w.queVo, spoil)
			if faults := fault.All(err); len(faults) != 1 || faults[0].Field != "until" {
				t.Errorf("%s: got %v, want it at the day", name, err)
			}
		}
		_, err := w.stand(w.leader(w.centre), d.ID, w.centre, func(c *directive.StandingCommand) { c.Unit = w.bacNinh })
		if faults := fault.All(err); len(faults) != 1 || faults[0].Field != "milestone" {
			t.Errorf("a unit that is not asked: got %v", err)
		}
	})
}

func TestTheStandingOfTheMilestoneGoesBeforeThatOfAll(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		leader := w.leader(w.queVo)
		set := func(key, standing string, until clock.Date) {
			_, err := w.stand(leader, d.ID, w.queVo, func(c *directive.StandingCommand) {
				c.Milestone, c.Standing, c.Until = key, standing, until
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		holds := func(want string) {
			t.Helper()
			list, err := directive.Standings(t.Context(), w.db.Reader(), d.ID)
			if err != nil {
				t.Fatal(err)
			}
			if s := directive.StandingAt(list, d.ID, "held", w.phuLang); s.Key != want {
				t.Errorf("the unit is %q, want %q", s.Key, want)
			}
		}
		set("", "exempt", "")
		holds("exempt")
		set("held", "postponed", "2020-09-15")
		holds("postponed")
		set("held", "pilot", "")
		holds("pilot")
		if err := w.endStanding(leader, d.ID, "held", w.queVo); err != nil {
			t.Fatal(err)
		}
		holds("exempt")
		if err := w.endStanding(w.leader(w.bacNinh), d.ID, "", w.bacNinh); err != nil {
			t.Fatal(err)
		}
		holds("")
		if err := w.endStanding(leader, d.ID, "held", w.queVo); err != nil {
			t.Errorf("ended again: %v", err)
		}
		refused(t, "ended by a cousin", w.endStanding(w.leader(w.yenThe), d.ID, "", w.yenThe), fault.Forbidden, "access.refused")
		history, err := directive.StandingHistory(t.Context(), w.db.Reader(), d.ID, w.phuLang)
		if err != nil {
			t.Fatal(err)
		}
		want := []directive.Standing{{Key: "pilot", Milestone: "held"}, {Key: "postponed", Milestone: "held"}, {Key: "exempt"}}
		only := cmpopts.IgnoreFields(directive.Standing{}, "ID", "Directive", "Unit", "Counts", "Until", "Decision", "Reason", "By", "Signer", "Method", "SetAt", "Ender", "EndMethod", "EndedAt")
		if diff := cmp.Diff(want, history, only); diff != "" {
			t.Errorf("history (-want +got):\n%s", diff)
		}
		for _, s := range history {
			if s.EndedAt.IsZero() || s.Ender == "" {
				t.Errorf("%s ended at %s by %q", s.Key, s.EndedAt.Format(time.DateTime), s.Ender)
			}
		}
		kinds := []ledger.Kind{
			directive.Issued, directive.StandingSet, directive.StandingSet, directive.StandingSet,
			directive.StandingEnded, directive.StandingEnded,
		}
		if diff := cmp.Diff(kinds, w.events(d.ID)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestAStandingMovesTheDeadlineEitherWay(t *testing.T) {
	for until, want := range map[clock.Date]clock.Date{"": "2020-06-30", "2020-09-15": "2020-09-15", "2020-06-01": "2020-06-01"} {
		if got := (directive.Standing{Until: until}).Deadline("2020-06-30"); got != want {
			t.Errorf("until %q the deadline is %s, want %s", until, got, want)
		}
	}
	if got := (directive.Standing{Until: "2020-09-15"}).Deadline(""); got != "" {
		t.Errorf("a unit that is not asked has the deadline %s", got)
	}
}

func TestNothingStandsOnAClosedDirective(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		w.do(func(tx *ledger.Tx) error {
			_, err := directive.Close(t.Context(), tx, w.leader(w.centre), d.ID)
			return err
		})
		_, err := w.stand(w.leader(w.queVo), d.ID, w.queVo, nil)
		refused(t, "on a closed directive", err, fault.Conflict, "directive.closed")
	})
}
