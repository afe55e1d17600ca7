package directive_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

func TestADirectiveIsDraftedIssuedRevisedAndClosed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		want := document()
		want.Profile = "vn-party-2020/1"
		got := w.get(d.ID)
		if diff := cmp.Diff(want, got.Document); diff != "" {
			t.Errorf("the issued document (-want +got):\n%s", diff)
		}
		if got.State != directive.InForce || got.Version != 1 || got.Draft != nil || !got.IssuedAt.Equal(morning) {
			t.Errorf("after issuing: state %s, version %d, draft %v, at %s", got.State, got.Version, got.Draft, got.IssuedAt)
		}
		if _, err := w.revise(d.ID, func(d *directive.Document) { d.Milestones[0].Deadlines[1].Date = "2020-07-15" }); err != nil {
			t.Fatal(err)
		}
		w.do(func(tx *ledger.Tx) error {
			_, err := directive.Close(t.Context(), tx, w.leader(w.centre), d.ID)
			return err
		})
		if got := w.get(d.ID); got.State != directive.Ceased || got.Version != 2 || got.ClosedAt.IsZero() {
			t.Errorf("after closing: state %s, version %d, closed at %s", got.State, got.Version, got.ClosedAt)
		}
		if diff := cmp.Diff([]ledger.Kind{directive.Issued, directive.Revised, directive.Closed}, w.events(d.ID)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestTheEventSaysWhatWasIssuedAndBySignature(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		events, err := ledger.About(t.Context(), w.db.Reader(), directive.Subject(d.ID))
		if err != nil || len(events) != 1 {
			t.Fatalf("events %v (%v), want one", events, err)
		}
		var got directive.VersionIssued
		if err := events[0].Decode(&got); err != nil {
			t.Fatal(err)
		}
		want := directive.VersionIssued{
			Directive: d.ID, Unit: w.centre, Version: 1, Document: d.Document, Signer: "Nguyễn Văn A, Bí thư", Method: "password",
		}
		if diff := cmp.Diff(want, got); diff != "" || events[0].Unit != int64(w.centre) {
			t.Errorf("the event of unit %d (-want +got):\n%s", events[0].Unit, diff)
		}
	})
}

func TestSigningTwiceIssuesOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.draft(w.centre, "twice", document())
		leader := w.leader(w.centre)
		for range 2 {
			w.do(func(tx *ledger.Tx) error {
				_, err := directive.Issue(t.Context(), tx, leader, directive.IssueCommand{
					Directive: d.ID, Revision: d.Revision, Signature: w.signature(leader),
				})
				return err
			})
		}
		if diff := cmp.Diff([]ledger.Kind{directive.Issued}, w.events(d.ID)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestOneFormMakesOneDraft(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		first, second := w.draft(w.centre, "same", document()), w.draft(w.centre, "same", document())
		if first.ID != second.ID {
			t.Errorf("the same form made the drafts %d and %d", first.ID, second.ID)
		}
		err := w.try(func(tx *ledger.Tx) error {
			_, err := directive.Create(t.Context(), tx, w.leader(w.bacNinh), directive.CreateCommand{Unit: w.bacNinh, Key: "same"})
			return err
		})
		refused(t, "another unit's key", err, fault.NotFound, "directive.not-found")
	})
}

func TestTheSecondEditorIsToldAndNothingIsLost(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.draft(w.centre, "edited", document())
		save := func(title string) error {
			return w.try(func(tx *ledger.Tx) error {
				changed := *d.Draft
				changed.Document.Title = title
				_, err := directive.Save(t.Context(), tx, w.person(access.Officer, w.centre), directive.SaveCommand{
					Directive: d.ID, Revision: d.Revision, Draft: changed,
				})
				return err
			})
		}
		if err := save("của người thứ nhất"); err != nil {
			t.Fatal(err)
		}
		refused(t, "the second editor", save("của người thứ hai"), fault.Conflict, "directive.draft.conflict")
		if got := w.get(d.ID).Draft.Document.Title; got != "của người thứ nhất" {
			t.Errorf("the kept title is %q, want the first editor's", got)
		}
		if err := save("của người thứ nhất"); err != nil {
			t.Errorf("saving what stands there already: %v", err)
		}
	})
}

func TestADraftMayBeWrongButNotIssued(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.draft(w.centre, "empty", directive.Document{})
		leader := w.leader(w.centre)
		w.do(func(tx *ledger.Tx) error {
			var err error
			d, err = directive.Save(t.Context(), tx, leader, directive.SaveCommand{
				Directive: d.ID, Revision: d.Revision, Draft: directive.Draft{Typed: map[string]string{"date": "31/6/2020"}},
			})
			return err
		})
		err := w.try(func(tx *ledger.Tx) error {
			_, err := directive.Issue(t.Context(), tx, leader, directive.IssueCommand{
				Directive: d.ID, Revision: d.Revision, Signature: w.signature(leader),
			})
			return err
		})
		var fields []string
		for _, f := range fault.All(err) {
			fields = append(fields, f.Field+" "+f.Key)
		}
		want := []string{
			"date directive.unread", "number directive.number.none",
			"title directive.title.none", "text directive.text.none", "milestones directive.milestones.none",
		}
		if diff := cmp.Diff(want, fields); diff != "" {
			t.Errorf("refusals (-want +got):\n%s", diff)
		}
	})
}

func TestWhoMayNot(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		draft := w.draft(w.centre, "open", document())
		ctx := t.Context()
		tests := map[string]struct {
			actor access.Actor
			do    func(*ledger.Tx, access.Actor) error
			kind  fault.Kind
			key   string
		}{
			"an officer does not sign": {w.person(access.Officer, w.centre), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Issue(ctx, tx, a, directive.IssueCommand{Directive: draft.ID, Revision: draft.Revision, Signature: w.signature(a)})
				return err
			}, fault.Forbidden, "access.refused"},
			"another unit's leader does not issue": {w.leader(w.bacNinh), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Issue(ctx, tx, a, directive.IssueCommand{Directive: draft.ID, Revision: draft.Revision, Signature: w.signature(a)})
				return err
			}, fault.Forbidden, "access.refused"},
			"nobody issues without a signature": {w.leader(w.centre), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Issue(ctx, tx, a, directive.IssueCommand{Directive: draft.ID, Revision: draft.Revision})
				return err
			}, fault.Forbidden, "directive.signature.none"},
			"nobody signs for another": {w.leader(w.centre), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Issue(ctx, tx, a, directive.IssueCommand{
					Directive: draft.ID, Revision: draft.Revision, Signature: w.signature(w.leader(w.bacNinh)),
				})
				return err
			}, fault.Forbidden, "directive.signature.none"},
			"a draft that changed is not issued": {w.leader(w.centre), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Issue(ctx, tx, a, directive.IssueCommand{Directive: draft.ID, Revision: draft.Revision - 1, Signature: w.signature(a)})
				return err
			}, fault.Conflict, "directive.draft.changed"},
			"a viewer does not draft": {w.person(access.Viewer, w.centre), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Create(ctx, tx, a, directive.CreateCommand{Unit: w.centre, Key: "viewer"})
				return err
			}, fault.Forbidden, "access.refused"},
			"nobody drafts for a unit below": {w.leader(w.centre), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Create(ctx, tx, a, directive.CreateCommand{Unit: w.bacNinh, Key: "below"})
				return err
			}, fault.Forbidden, "access.refused"},
			"a unit below does not close": {w.leader(w.bacNinh), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Close(ctx, tx, a, d.ID)
				return err
			}, fault.Forbidden, "access.refused"},
			"a draft is not closed": {w.leader(w.centre), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Close(ctx, tx, a, draft.ID)
				return err
			}, fault.Conflict, "directive.issued.not"},
			"what was issued is not issued again": {w.leader(w.centre), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Issue(ctx, tx, a, directive.IssueCommand{Directive: d.ID, Revision: 99, Signature: w.signature(a)})
				return err
			}, fault.Conflict, "directive.issued.already"},
			"a draft is not acknowledged": {w.leader(w.bacNinh), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Acknowledge(ctx, tx, a, draft.ID, w.bacNinh, 0)
				return err
			}, fault.NotFound, "directive.not-found"},
			"what is not there is not found": {w.leader(w.centre), func(tx *ledger.Tx, a access.Actor) error {
				_, err := directive.Close(ctx, tx, a, 999)
				return err
			}, fault.NotFound, "directive.not-found"},
		}
		for name, test := range tests {
			refused(t, name, w.try(func(tx *ledger.Tx) error { return test.do(tx, test.actor) }), test.kind, test.key)
		}
	})
}

func TestAClosedDirectiveTakesNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		leader, ctx := w.leader(w.centre), t.Context()
		w.do(func(tx *ledger.Tx) error { _, err := directive.Close(ctx, tx, leader, d.ID); return err })
		w.do(func(tx *ledger.Tx) error { _, err := directive.Close(ctx, tx, leader, d.ID); return err })
		refused(t, "acknowledging", w.acknowledge(w.leader(w.bacNinh), d.ID, w.bacNinh, 1), fault.Conflict, "directive.closed")
		refused(t, "tightening", w.tighten(w.leader(w.queVo), d.ID, w.queVo, "grassroots", "2020-06-01"), fault.Conflict, "directive.closed")
		refused(t, "revising", w.try(func(tx *ledger.Tx) error {
			_, err := directive.BeginRevision(ctx, tx, leader, d.ID)
			return err
		}), fault.Conflict, "directive.closed")
		if diff := cmp.Diff([]ledger.Kind{directive.Issued, directive.Closed}, w.events(d.ID)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestARevisionKeepsWhatWasReported(t *testing.T) {
	tests := map[string]struct {
		change func(*directive.Document)
		key    string // of the refusal; "" for none
		field  string
	}{
		"a later deadline":         {func(d *directive.Document) { d.Milestones[0].Deadlines[0].Date = "2020-09-30" }, "", ""},
		"an indicator taken out":   {func(d *directive.Document) { d.Milestones[0].Indicators = d.Milestones[0].Indicators[:1] }, "", ""},
		"a number becomes a text":  {func(d *directive.Document) { d.Milestones[0].Indicators[0].Kind = profile.Text }, "directive.indicator.kind.changed", "milestones.0.indicators.0.kind"},
		"nothing at all":           {func(*directive.Document) {}, "directive.unchanged", ""},
		"a deadline before itself": {func(d *directive.Document) { d.Milestones[0].Deadlines[1].Date = "2019-05-29" }, "directive.deadline.early", "milestones.0.deadlines.grassroots"},
	}
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		for name, test := range tests {
			_, err := w.revise(d.ID, test.change)
			all := fault.All(err)
			switch {
			case test.key == "" && err != nil:
				t.Errorf("%s was refused: %v", name, err)
			case test.key != "" && (len(all) != 1 || all[0].Key != test.key || all[0].Field != test.field):
				t.Errorf("%s: got %v, want %s at %q", name, err, test.key, test.field)
			}
			if err != nil {
				w.do(func(tx *ledger.Tx) error { return directive.Discard(t.Context(), tx, w.leader(w.centre), d.ID) })
			}
		}
	})
}

func TestARemovedMilestoneIsSaidAndDoesNotComeBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		two := document()
		second := two.Milestones[0]
		second.Key = "prepared"
		two.Milestones = append(two.Milestones, second)
		d := w.issue(two)
		revised, err := w.revise(d.ID, func(d *directive.Document) { d.Milestones = d.Milestones[:1] })
		if err != nil {
			t.Fatal(err)
		}
		changes := directive.Changes(d.Document, revised.Document)
		want := []directive.Change{{Key: "directive.change.milestone.removed", Milestone: second.Name}}
		if diff := cmp.Diff(want, changes); diff != "" {
			t.Errorf("changes (-want +got):\n%s", diff)
		}
		_, err = w.revise(d.ID, func(d *directive.Document) { d.Milestones = append(d.Milestones, second) })
		refused(t, "bringing it back", err, fault.Invalid, "directive.milestone.revived")
	})
}

func TestDiscardingADraftLeavesTheIssuedVersion(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d, never, leader := w.issue(document()), w.draft(w.centre, "never", document()), w.leader(w.centre)
		w.do(func(tx *ledger.Tx) error {
			if _, err := directive.BeginRevision(t.Context(), tx, leader, d.ID); err != nil {
				return err
			}
			if err := directive.Discard(t.Context(), tx, leader, d.ID); err != nil {
				return err
			}
			return directive.Discard(t.Context(), tx, leader, never.ID)
		})
		if got := w.get(d.ID); got.Draft != nil || got.Version != 1 {
			t.Errorf("draft %v, version %d; want none and 1", got.Draft, got.Version)
		}
		_, err := directive.Get(t.Context(), w.db.Reader(), never.ID)
		refused(t, "the draft never issued", err, fault.NotFound, "directive.not-found")
	})
}

func TestWhoReadsADirective(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d, draft := w.issue(document()), w.draft(w.bacNinh, "of the province", document())
		for name, test := range map[string]struct {
			actor         access.Actor
			issued, draft bool
		}{
			"the issuer's leader":    {w.leader(w.centre), true, false},
			"a committee's viewer":   {w.person(access.Viewer, w.bacNinh), true, false},
			"the province's officer": {w.person(access.Officer, w.bacNinh), true, true},
			"a commune's viewer":     {w.person(access.Viewer, w.phuLang), true, false},
			"an administrator":       {w.person(access.UnitAdmin, w.centre), false, false},
			"nobody":                 {access.Actor{Tree: w.tree}, false, false},
		} {
			for _, read := range []struct {
				id  int64
				may bool
			}{{d.ID, test.issued}, {draft.ID, test.draft}} {
				if _, err := directive.Read(t.Context(), w.db.Reader(), test.actor, read.id); (err == nil) != read.may {
					t.Errorf("%s reads directive %d: %v, want allowed %v", name, read.id, err, read.may)
				}
			}
		}
	})
}

func TestTheListOfAUnitHoldsWhatConcernsIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		fromCentre := w.issue(document())
		draft := w.draft(w.bacNinh, "draft", document())
		provincial := document()
		provincial.Acknowledge = []string{"provincial"}
		provincial.Milestones[0].Deadlines = []profile.Deadline{{Level: "provincial", Date: "2020-10-31"}}
		onlyProvinces := w.draft(w.centre, "provinces", provincial)
		leader := w.leader(w.centre)
		w.do(func(tx *ledger.Tx) error {
			_, err := directive.Issue(t.Context(), tx, leader, directive.IssueCommand{
				Directive: onlyProvinces.ID, Revision: onlyProvinces.Revision, Signature: w.signature(leader),
			})
			return err
		})
		for name, test := range map[string]struct {
			actor access.Actor
			unit  tree.UnitID
			want  []int64
		}{
			"the centre":                 {w.leader(w.centre), w.centre, []int64{onlyProvinces.ID, fromCentre.ID}},
			"the province's officer":     {w.person(access.Officer, w.bacNinh), w.bacNinh, []int64{onlyProvinces.ID, draft.ID, fromCentre.ID}},
			"the province's viewer":      {w.person(access.Viewer, w.bacNinh), w.bacNinh, []int64{onlyProvinces.ID, fromCentre.ID}},
			"the centre at the province": {w.leader(w.centre), w.bacNinh, []int64{onlyProvinces.ID, fromCentre.ID}},
			"a commune":                  {w.leader(w.phuLang), w.phuLang, []int64{fromCentre.ID}},
		} {
			list, err := directive.List(t.Context(), w.db.Reader(), test.actor, test.unit)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			var got []int64
			for _, d := range list {
				got = append(got, d.ID)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s sees (-want +got):\n%s", name, diff)
			}
		}
		_, err := directive.List(t.Context(), w.db.Reader(), w.leader(w.phuLang), w.bacNinh)
		refused(t, "a commune asks at its province", err, fault.Forbidden, "access.refused")
	})
}
