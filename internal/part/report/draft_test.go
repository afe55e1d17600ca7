package report_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/text"
	"giaoban/internal/part/report"
)

func TestADraftKeepsWhatWasTypedRightOrWrong(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		typed := map[string]string{"held-on": "31/6/2020", "present": "một trăm"}
		first, err := w.Save("officer PL", report.SaveCommand{Slot: w.Slot("PL", held), Values: typed})
		w.OK(err)
		typed["held-on"] = "30/6/2020"
		second, err := w.Save("officer PL", report.SaveCommand{Slot: w.Slot("PL", held), Key: first.Key, Revision: first.Revision, Values: typed})
		w.OK(err)
		if first.Key == "" || second.Key != first.Key || second.Revision != first.Revision+1 {
			t.Errorf("saved as %q revision %d and %q revision %d", first.Key, first.Revision, second.Key, second.Revision)
		}
		kept, ok, err := report.DraftOf(w.Ctx(), w.Ledger.DB().Reader(), w.Slot("PL", held))
		w.OK(err)
		if diff := cmp.Diff(second, kept); !ok || diff != "" {
			t.Errorf("kept (-saved +read):\n%s", diff)
		}
		if kinds := w.kinds(); len(kinds) != 0 {
			t.Errorf("a draft left events %v", kinds)
		}
	})
}

func TestTheSecondEditorIsToldAndLosesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		slot := w.Slot("PL", held)
		first, err := w.Save("officer PL", report.SaveCommand{Slot: slot, Values: day("24/6/2020")})
		w.OK(err)
		_, err = w.Save("leader PL", report.SaveCommand{Slot: slot, Values: day("25/6/2020")})
		var overtaken *report.Overtaken
		if !errors.As(err, &overtaken) || !fault.Is(err, fault.Conflict) {
			t.Fatalf("got %v, want to be told", err)
		}
		if diff := cmp.Diff(first, overtaken.Draft); diff != "" || overtaken.Own {
			t.Errorf("told of another draft (-want +got):\n%s", diff)
		}
		_, err = w.Save("leader PL", report.SaveCommand{Slot: slot, Revision: overtaken.Draft.Revision, Values: day("25/6/2020")})
		w.OK(err) // knowing the other's text, it may be written over
	})
}

func TestTheSamePersonInAnotherWindowIsToldSo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		slot := w.Slot("PL", held)
		_, err := w.Save("officer PL", report.SaveCommand{Slot: slot, Values: day("24/6/2020")})
		w.OK(err)
		_, err = w.Save("officer PL", report.SaveCommand{Slot: slot, Values: day("25/6/2020")})
		var overtaken *report.Overtaken
		if !errors.As(err, &overtaken) || !overtaken.Own {
			t.Errorf("got %v, want to be told of one's own other window", err)
		}
	})
}

func TestASaveThatIsRetriedChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		cmd := report.SaveCommand{Slot: w.Slot("PL", held), Values: day("24/6/2020")}
		first, err := w.Save("officer PL", cmd)
		w.OK(err)
		again, err := w.Save("officer PL", cmd)
		w.OK(err)
		if again.Revision != first.Revision || again.Key != first.Key {
			t.Errorf("the retry made revision %d under %q, want %d under %q", again.Revision, again.Key, first.Revision, first.Key)
		}
	})
}

func TestWhoMayNotDraftIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.Person("viewer PL", "PL", access.Viewer)
		for _, who := range []string{"viewer PL", "officer DT", "leader QV", "leader TW"} {
			_, err := w.Save(who, report.SaveCommand{Slot: w.Slot("PL", held), Values: day("24/6/2020")})
			if !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s drafted for PL: got %v, want forbidden", who, err)
			}
		}
	})
}

func TestADraftHasABound(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.Save("officer PL", report.SaveCommand{Slot: w.Slot("PL", held), Values: day(strings.Repeat("9", 70_000))})
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("got %v, want invalid", err)
		}
	})
}

func TestTheDraftBecomesTheReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		slot := w.Slot("PL", held)
		draft, err := w.Save("officer PL", report.SaveCommand{Slot: slot, Values: day("24/6/2020")})
		w.OK(err)
		r, err := w.SubmitAs("leader PL", report.SubmitCommand{
			Slot: slot, Key: draft.Key, Revision: draft.Revision, Values: draft.Values, Lang: text.VI,
		})
		w.OK(err)
		if r.Key != draft.Key {
			t.Errorf("the report's key is %q, the draft's was %q", r.Key, draft.Key)
		}
		if _, ok, err := report.DraftOf(w.Ctx(), w.Ledger.DB().Reader(), slot); ok || err != nil {
			t.Errorf("the draft is still there (%v, %v)", ok, err)
		}
		// A page that was left open saves once more: it is told of the report.
		_, err = w.Save("officer PL", report.SaveCommand{Slot: slot, Key: draft.Key, Revision: draft.Revision, Values: day("25/6/2020")})
		var overtaken *report.Overtaken
		if !errors.As(err, &overtaken) || overtaken.Report.ID != r.ID {
			t.Errorf("got %v, want to be told of report %d", err, r.ID)
		}
	})
}

func TestALeaderWhoHasNotSeenTheNewestDraftIsTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		slot := w.Slot("PL", held)
		draft, err := w.Save("officer PL", report.SaveCommand{Slot: slot, Values: day("24/6/2020")})
		w.OK(err)
		cmd := report.SubmitCommand{Slot: slot, Key: "a form opened before", Values: day("25/6/2020"), Lang: text.VI}
		_, err = w.SubmitAs("leader PL", cmd)
		var overtaken *report.Overtaken
		if !errors.As(err, &overtaken) || overtaken.Draft.Revision != draft.Revision {
			t.Fatalf("got %v, want to be told of the draft", err)
		}
		cmd.Revision = draft.Revision
		_, err = w.SubmitAs("leader PL", cmd)
		w.OK(err)
	})
}
