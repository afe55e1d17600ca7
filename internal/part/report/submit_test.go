package report_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/part/report"
)

func TestASubmittedReportIsSignedAndWaits(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.Submitted("PL", held, 0, map[string]string{"held-on": "26/6/2020", "convened": "1.148", "present": "148"})
		if want := `{"convened":"1148","held-on":"2020-06-26","present":"148"}`; r.Content != want {
			t.Errorf("signed content %s, want %s", r.Content, want)
		}
		if r.Version != 1 || r.State != report.Waiting || r.Signer != "leader PL, bí thư" {
			t.Errorf("got version %d, %s, signed by %q", r.Version, r.State, r.Signer)
		}
		events, err := ledger.About(w.Ctx(), w.Ledger.DB().Reader(), r.Subject())
		w.OK(err)
		var payload report.VersionSubmitted
		w.OK(events[0].Decode(&payload))
		want := report.VersionSubmitted{
			Report: r.ID, Directive: w.Directive, Milestone: held, Unit: w.Units["PL"], Level: "grassroots", Version: 1,
			Content: r.Content, Hash: r.Hash, Signer: r.Signer, Method: account.ByPassword,
		}
		if diff := cmp.Diff(want, payload); diff != "" {
			t.Errorf("event (-want +got):\n%s", diff)
		}
	})
}

func TestWrongValuesAreAllNamedAtTheirFields(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.Submit("PL", held, 0, map[string]string{"held-on": "31/6/2020", "convened": "148", "present": "184"})
		var fields []string
		for _, f := range fault.All(err) {
			fields = append(fields, f.Field)
		}
		if diff := cmp.Diff([]string{"held-on", "present"}, fields); diff != "" {
			t.Errorf("fields (-want +got):\n%s\nof %v", diff, err)
		}
		if kinds := w.kinds(); len(kinds) != 0 {
			t.Errorf("a refused report left events %v", kinds)
		}
	})
}

func TestTheSameKeyMakesOneReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		cmd := report.SubmitCommand{Slot: w.Slot("PL", plain), Key: "one filling of the form", Lang: text.VI}
		first, err := w.SubmitAs("leader PL", cmd)
		w.OK(err)
		second, err := w.SubmitAs("leader PL", cmd)
		w.OK(err)
		if first.ID != second.ID {
			t.Errorf("sent twice, it became reports %d and %d", first.ID, second.ID)
		}
		cmd.Key = "a second tab"
		third, err := w.SubmitAs("leader PL", cmd)
		w.OK(err)
		if first.ID != third.ID {
			t.Errorf("sent from a second tab, it became reports %d and %d", first.ID, third.ID)
		}
		if diff := cmp.Diff([]ledger.Kind{report.Submitted}, w.kinds()); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestManySendingAtOnceMakeOneReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		cmd := report.SubmitCommand{Slot: w.Slot("PL", plain), Key: "double click", Lang: text.VI}
		var group sync.WaitGroup
		ids := make([]int64, 8)
		for i := range ids {
			group.Go(func() {
				r, err := w.SubmitAs("leader PL", cmd)
				if err != nil {
					t.Error(err)
				}
				ids[i] = r.ID
			})
		}
		group.Wait()
		for _, id := range ids {
			if id != ids[0] {
				t.Fatalf("sent at once, it became reports %v", ids)
			}
		}
		if diff := cmp.Diff([]ledger.Kind{report.Submitted}, w.kinds()); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestACorrectionLeavesTheAcceptedVersionDoneUntilItIsAccepted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		slot := w.Slot("PL", held)
		steps := []struct {
			what string
			do   func() error
			want []report.State
		}{
			{"version 1 is sent", func() error { _, err := w.Submit("PL", held, 0, day("24/6/2020")); return err }, []report.State{report.Waiting}},
			{"and accepted", func() error { return w.decideNewest(slot, "accept") }, []report.State{report.Done}},
			{"a correction waits", func() error { _, err := w.Submit("PL", held, 1, day("25/6/2020")); return err }, []report.State{report.Done, report.Waiting}},
			{"a further one supersedes it", func() error { _, err := w.Submit("PL", held, 2, day("26/6/2020")); return err }, []report.State{report.Done, report.Superseded, report.Waiting}},
			{"which is returned", func() error { return w.decideNewest(slot, "return") }, []report.State{report.Done, report.Superseded, report.SentBack}},
			{"and sent again", func() error { _, err := w.Submit("PL", held, 3, day("23/6/2020")); return err }, []report.State{report.Done, report.Superseded, report.SentBack, report.Waiting}},
			{"and accepted", func() error { return w.decideNewest(slot, "accept") }, []report.State{report.Superseded, report.Superseded, report.SentBack, report.Done}},
		}
		for _, step := range steps {
			if err := step.do(); err != nil {
				t.Fatalf("%s: %v", step.what, err)
			}
			if diff := cmp.Diff(step.want, w.states(slot)); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", step.what, diff)
			}
		}
		w.verified()
	})
}

func TestWhoMayNotSubmitIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, who := range []string{"officer PL", "leader DT", "leader QV", "leader TW", "leader C1"} {
			_, err := w.SubmitAs(who, report.SubmitCommand{Slot: w.Slot("PL", plain), Lang: text.VI})
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s submitted for PL: got %v, want forbidden", who, err)
			}
		}
	})
}

func TestWithoutASigningWindowNothingIsSent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		leader, other := w.People["leader PL"], w.People["leader QV"]
		closed, err := account.Sign(account.Session{Person: leader.Person}, leader, account.Capacity{Post: "bí thư"}, w.Clock.Now())
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("signing outside a window: got %v, want forbidden", err)
		}
		for name, signature := range map[string]account.Signature{"closed window": closed, "somebody else's": sign(other)} {
			err := w.Try(func(tx *ledger.Tx) error {
				_, err := report.Submit(w.Ctx(), tx, leader, report.SubmitCommand{Slot: w.Slot("PL", plain), Signature: signature})
				return err
			})
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: got %v, want forbidden", name, err)
			}
		}
	})
}

func TestOnlyUnitsThatAreAskedReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if _, err := w.Submit("TW", plain, 0, nil); !fault.Is(err, fault.NotFound) {
			t.Errorf("the issuer reported to itself: got %v, want not found", err)
		}
		if _, err := w.Submit("PL", "no-such-milestone", 0, nil); !fault.Is(err, fault.NotFound) {
			t.Errorf("an unknown milestone: got %v, want not found", err)
		}
		w.Close()
		if _, err := w.Submit("PL", plain, 0, nil); !fault.Is(err, fault.TooLate) {
			t.Errorf("after the directive was closed: got %v, want too late", err)
		}
	})
}

func TestWhoSendsAfterSomebodyElseSeesBothTexts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.People["deputy PL"] = access.Actor{}
		w.Person("deputy PL", "PL", access.Leader)
		w.Submitted("PL", held, 0, day("24/6/2020"))
		_, err := w.SubmitAs("deputy PL", report.SubmitCommand{Slot: w.Slot("PL", held), Values: day("25/6/2020"), Lang: text.VI})
		var overtaken *report.Overtaken
		if !errors.As(err, &overtaken) || !fault.Is(err, fault.Conflict) {
			t.Fatalf("got %v, want to be told who was faster", err)
		}
		if overtaken.Own || overtaken.Report.Signer != "leader PL, bí thư" || overtaken.Values()["held-on"] != "2020-06-24" {
			t.Errorf("told of %+v", overtaken)
		}
	})
}
