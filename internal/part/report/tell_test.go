package report_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/part/report"
)

func TestWhatAUnitToldIsProvisional(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		told, err := w.Tell("officer BN", "BN", "PL", held, day("24/6/2020"))
		w.OK(err)
		if told.State != report.Provisional || told.Version != 1 || told.Signer != "officer BN" || told.SubmittedBy != w.People["officer BN"].Person {
			t.Errorf("got version %d, %s, entered by %q (person %d)", told.Version, told.State, told.Signer, told.SubmittedBy)
		}
		events, err := ledger.About(w.Ctx(), w.Ledger.DB().Reader(), told.Subject())
		w.OK(err)
		var payload report.VersionTold
		w.OK(events[0].Decode(&payload))
		want := report.VersionTold{
			Report: told.ID, Directive: w.Directive, Milestone: held, Unit: w.Units["PL"], Level: "grassroots", Version: 1,
			Content: `{"held-on":"2020-06-24"}`, Hash: told.Hash, By: w.Units["BN"], Name: "officer BN",
			Source: report.ByPhone, Said: "Chị Hoa, văn phòng", ToldAt: w.Clock.Now().Truncate(time.Second),
		}
		if diff := cmp.Diff(want, payload); diff != "" {
			t.Errorf("event (-want +got):\n%s", diff)
		}
		standing, err := report.StandingOf(w.Ctx(), w.Ledger.DB().Reader(), told.Slot)
		w.OK(err)
		if standing.Done() || standing.Waiting() || !standing.Provisional() {
			t.Errorf("the unit is done %t, waiting %t, provisional %t; want provisional alone", standing.Done(), standing.Waiting(), standing.Provisional())
		}
		if mark := standing.Mark("2020-06-01", "2020-07-01", 7); mark != report.MarkTold {
			t.Errorf("after its deadline the mark is %q, want %q", mark, report.MarkTold)
		}
		if _, err := w.Accept("leader QV", told.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("accepted before it was confirmed: got %v, want a conflict", err)
		}
		w.verified()
	})
}

func TestTheUnitConfirmsOrCorrectsWhatItTold(t *testing.T) {
	for name, values := range map[string]map[string]string{"confirmed": day("24/6/2020"), "corrected": day("25/6/2020")} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				slot := w.Slot("PL", held)
				_, err := w.Tell("officer QV", "QV", "PL", held, day("24/6/2020"))
				w.OK(err)
				own := w.Submitted("PL", held, 0, values) // a form that was open before the telling
				if own.Version != 2 || own.Told() || own.State != report.Waiting {
					t.Errorf("got version %d, %s, told %t; want the unit's own version 2", own.Version, own.State, own.Told())
				}
				w.OK(w.decideNewest(slot, "accept"))
				if diff := cmp.Diff([]report.State{report.Superseded, report.Done}, w.states(slot)); diff != "" {
					t.Errorf("states (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff([]ledger.Kind{report.Told, report.Submitted, report.Accepted}, w.kinds()); diff != "" {
					t.Errorf("events (-want +got):\n%s", diff)
				}
				w.verified()
			})
		})
	}
}

func TestATellingNeverOverridesTheUnitItself(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		slot := w.Slot("PL", held)
		tell := func() error { _, err := w.Tell("officer QV", "QV", "PL", held, day("1/6/2020")); return err }
		steps := []struct {
			what string
			do   func() error
			key  string // of the refusal of a telling then; "" for none
		}{
			{"nothing was sent", func() error { return nil }, ""},
			{"something was told", tell, ""},
			{"the unit sent its own", func() error { _, err := w.Submit("PL", held, 0, day("24/6/2020")); return err }, "report.told-after-sent"},
			{"it was returned", func() error { return w.decideNewest(slot, "return") }, ""},
			{"it was sent again", func() error { _, err := w.Submit("PL", held, 99, day("25/6/2020")); return err }, "-"},
			{"it was sent again, seen", func() error { _, err := w.Submit("PL", held, w.newest(slot), day("25/6/2020")); return err }, "report.told-after-sent"},
			{"it was accepted", func() error { return w.decideNewest(slot, "accept") }, "report.told-after-accepted"},
			{"a correction waits", func() error { _, err := w.Submit("PL", held, w.newest(slot), day("26/6/2020")); return err }, "report.told-after-sent"},
			{"which was returned", func() error { return w.decideNewest(slot, "return") }, "report.told-after-accepted"},
		}
		for _, step := range steps {
			err := step.do()
			if step.key == "-" {
				if !fault.Is(err, fault.Conflict) {
					t.Fatalf("%s: got %v, want a conflict", step.what, err)
				}
				continue
			}
			if err != nil {
				t.Fatalf("%s: %v", step.what, err)
			}
			err = tell()
			switch faults := fault.All(err); {
			case step.key == "" && err != nil:
				t.Fatalf("told when %s: %v", step.what, err)
			case step.key != "" && (len(faults) != 1 || faults[0].Key != step.key):
				t.Fatalf("told when %s: got %v, want %s", step.what, err, step.key)
			}
		}
		w.verified()
	})
}

func TestANewerTellingTakesTheOlderOnesPlaceAndCanBeWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		slot := w.Slot("PL", held)
		first, err := w.Tell("officer QV", "QV", "PL", held, day("24/6/2020"))
		w.OK(err)
		again, err := w.Tell("officer QV", "QV", "PL", held, day("24/6/2020"))
		w.OK(err)
		if again.ID != first.ID {
			t.Errorf("the same told again became report %d beside %d", again.ID, first.ID)
		}
		_, err = w.Tell("leader BN", "BN", "PL", held, day("25/6/2020"))
		w.OK(err)
		if diff := cmp.Diff([]report.State{report.Superseded, report.Provisional}, w.states(slot)); diff != "" {
			t.Errorf("states (-want +got):\n%s", diff)
		}
		w.OK(w.Withdraw("officer BN", "BN", slot))
		if err := w.Withdraw("officer BN", "BN", slot); !fault.Is(err, fault.Conflict) {
			t.Errorf("withdrawn twice: got %v, want a conflict", err)
		}
		standing, err := report.StandingOf(w.Ctx(), w.Ledger.DB().Reader(), slot)
		w.OK(err)
		if standing.Newest.ID != 0 || standing.Mark("2020-06-30", "2020-07-01", 7) != report.MarkLate {
			t.Errorf("after the withdrawal the newest is %+v, want nothing", standing.Newest)
		}
		_, err = w.Tell("officer QV", "QV", "PL", held, day("23/6/2020"))
		w.OK(err)
		if diff := cmp.Diff([]report.State{report.Superseded, report.Withdrawn, report.Provisional}, w.states(slot)); diff != "" {
			t.Errorf("states (-want +got):\n%s", diff)
		}
		want := []ledger.Kind{report.Told, report.Told, report.TellingWithdrawn, report.Told}
		if diff := cmp.Diff(want, w.kinds()); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		w.verified()
	})
}

func TestAWithdrawalLeavesAReturnedReportReturned(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		slot := w.Slot("PL", held)
		w.Submitted("PL", held, 0, day("24/6/2020"))
		w.OK(w.decideNewest(slot, "return"))
		_, err := w.Tell("officer QV", "QV", "PL", held, day("25/6/2020"))
		w.OK(err)
		w.OK(w.Withdraw("officer QV", "QV", slot))
		standing, err := report.StandingOf(w.Ctx(), w.Ledger.DB().Reader(), slot)
		w.OK(err)
		if !standing.Returned() {
			t.Errorf("the newest is %s, want the returned one", standing.Newest.State)
		}
	})
}

func TestOnlyOfficesAboveEnterSomethingOnBehalf(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		cases := []struct{ who, office, unit string }{
			{"officer PL", "PL", "PL"}, // the unit itself reports
			{"officer TS", "TS", "PL"}, // a sibling of the district
			{"officer PL", "QV", "PL"}, // not at that office
			{"officer QV", "BN", "PL"},
			{"officer BN", "HN", "PL"},
			{"officer DT", "DT", "PL"},
		}
		for _, c := range cases {
			if _, err := w.Tell(c.who, c.office, c.unit, held, day("24/6/2020")); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s at %s told for %s: got %v, want forbidden", c.who, c.office, c.unit, err)
			}
		}
		if _, err := w.Tell("officer PL", "PL", "C1", held, day("24/6/2020")); !fault.Is(err, fault.Forbidden) {
			t.Errorf("for a cell: got %v, want forbidden", err)
		}
		if _, err := w.Tell("leader TW", "TW", "PL", "no-such", nil); !fault.Is(err, fault.NotFound) {
			t.Errorf("an unknown milestone: got %v, want not found", err)
		}
		_, err := w.Tell("officer TW", "TW", "PL", plain, nil)
		w.OK(err)
		for _, c := range []struct{ who, office string }{{"officer TS", "TS"}, {"officer PL", "PL"}, {"officer QV", "BN"}} {
			if err := w.Withdraw(c.who, c.office, w.Slot("PL", plain)); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s at %s withdrew: got %v, want forbidden", c.who, c.office, err)
			}
		}
	})
}

func TestATellingSaysHowItCameAndFromWhom(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		now := w.Clock.Now()
		good := report.Telling{By: w.Units["QV"], Source: report.OnPaper, Said: "Anh Nam", At: now}
		cases := map[string]func(*report.TellCommand){
			"source":  func(c *report.TellCommand) { c.Source = "rumour" },
			"said":    func(c *report.TellCommand) { c.Said = " \t" },
			"told-at": func(c *report.TellCommand) { c.At = now.Add(48 * time.Hour) },
			"held-on": func(c *report.TellCommand) { c.Values = day("31/6/2020") },
		}
		for field, spoil := range cases {
			cmd := report.TellCommand{Slot: w.Slot("PL", held), Telling: good, Values: day("24/6/2020"), Lang: text.VI}
			spoil(&cmd)
			_, err := w.TellAs("officer QV", cmd)
			if faults := fault.All(err); len(faults) != 1 || faults[0].Field != field || faults[0].Kind != fault.Invalid {
				t.Errorf("a wrong %s: got %v", field, err)
			}
		}
		cmd := report.TellCommand{Slot: w.Slot("PL", held), Telling: good, Values: day("24/6/2020"), Lang: text.VI}
		cmd.File = "0000"
		if _, err := w.TellAs("officer QV", cmd); !fault.Is(err, fault.NotFound) {
			t.Errorf("a file that is none: got %v, want not found", err)
		}
	})
}

func TestAnExemptUnitIsNotAsked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.Stand("QV", "PL", "exempt", "")
		w.OK(err)
		if _, err := w.Submit("PL", plain, 0, nil); !fault.Is(err, fault.Forbidden) {
			t.Errorf("an exempt unit reported: got %v, want forbidden", err)
		}
		if _, err := w.Tell("officer QV", "QV", "PL", plain, nil); !fault.Is(err, fault.Forbidden) {
			t.Errorf("told for an exempt unit: got %v, want forbidden", err)
		}
		_, err = w.Stand("QV", "PL", "pilot", "")
		w.OK(err)
		w.Submitted("PL", plain, 0, nil)
	})
}

func TestAlteredTellingsAreFound(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		told, err := w.Tell("officer QV", "QV", "PL", held, day("24/6/2020"))
		w.OK(err)
		w.verified()
		for edit, want := range map[string]string{
			`UPDATE report SET told_said = 'Anh Ba'`:     "verify.report-telling",
			`UPDATE report SET told_source = 'paper'`:    "verify.report-telling",
			`UPDATE report SET told_at = told_at + 1`:    "verify.report-telling",
			`UPDATE report SET told_file = 'x'`:          "verify.report-telling",
			`UPDATE report SET state = 'submitted'`:      "verify.report-state",
			`UPDATE report SET signer = 'somebody'`:      "verify.report-signature",
			`UPDATE report SET told_by = told_by + 1`:    "verify.report-telling",
			`UPDATE report SET content = '{"a":"1"}'`:    "verify.report-content",
			`UPDATE report SET state = 'withdrawn'`:      "verify.report-state",
			`DELETE FROM report WHERE told_source <> ''`: "verify.report-missing",
		} {
			undo := w.tampered(edit)
			altered := w.altered()
			if len(altered) != 1 || altered[0].What != want || altered[0].Report != told.ID {
				t.Errorf("%s: found %+v, want %s", edit, altered, want)
			}
			undo()
		}
	})
}

// newest is the number of a slot's newest version.
func (w *world) newest(s report.Slot) int {
	w.t.Helper()
	r, _, err := report.Latest(w.Ctx(), w.Ledger.DB().Reader(), s)
	w.OK(err)
	return r.Version
}
