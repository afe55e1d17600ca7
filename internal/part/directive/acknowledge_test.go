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

func TestAUnitAcknowledgesOnceForEachVersion(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d, province := w.issue(document()), w.leader(w.bacNinh)
		for range 2 {
			if err := w.acknowledge(province, d.ID, w.bacNinh, 1); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.revise(d.ID, func(d *directive.Document) { d.Title = "Sửa đổi" }); err != nil {
			t.Fatal(err)
		}
		refused(t, "the old version", w.acknowledge(province, d.ID, w.bacNinh, 1), fault.Conflict, "directive.acknowledge.old")
		if err := w.acknowledge(province, d.ID, w.bacNinh, 2); err != nil {
			t.Fatal(err)
		}
		want := []ledger.Kind{directive.Issued, directive.Acknowledged, directive.Revised, directive.Acknowledged}
		if diff := cmp.Diff(want, w.events(d.ID)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		answers, err := directive.Acknowledgements(t.Context(), w.db.Reader(), d.ID)
		wantAnswers := map[tree.UnitID]directive.Acknowledgement{
			w.bacNinh: {Unit: w.bacNinh, Version: 2, Person: province.Person, At: morning},
		}
		if diff := cmp.Diff(wantAnswers, answers); diff != "" || err != nil {
			t.Errorf("answers (-want +got):\n%s%v", diff, err)
		}
	})
}

func TestWhoDoesNotAcknowledge(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		refused(t, "a commune that is not asked", w.acknowledge(w.leader(w.phuLang), d.ID, w.phuLang, 1),
			fault.Invalid, "directive.acknowledge.not-asked")
		refused(t, "an officer", w.acknowledge(w.person(access.Officer, w.bacNinh), d.ID, w.bacNinh, 1),
			fault.Forbidden, "access.refused")
		refused(t, "one province for the other", w.acknowledge(w.leader(w.bacNinh), d.ID, w.bacGiang, 1),
			fault.Forbidden, "access.refused")
		refused(t, "the issuer", w.acknowledge(w.leader(w.centre), d.ID, w.centre, 1),
			fault.NotFound, "directive.not-found")
	})
}

func TestTheIssuerSeesWhoHasAcknowledged(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		for _, unit := range []tree.UnitID{w.bacNinh, w.queVo} {
			if err := w.acknowledge(w.leader(unit), d.ID, unit, 1); err != nil {
				t.Fatal(err)
			}
		}
		d, err := w.revise(d.ID, func(d *directive.Document) { d.Title = "Sửa đổi" })
		if err != nil {
			t.Fatal(err)
		}
		if err := w.acknowledge(w.leader(w.queVo), d.ID, w.queVo, 2); err != nil {
			t.Fatal(err)
		}
		answers, err := directive.Acknowledgements(t.Context(), w.db.Reader(), d.ID)
		if err != nil {
			t.Fatal(err)
		}
		p, err := profile.Get("vn-party-2020")
		if err != nil {
			t.Fatal(err)
		}
		type line struct {
			Level             string
			Must, Done, Older int
			Open              []string
		}
		lines := func(top tree.UnitID) []line {
			var list []line
			for _, r := range directive.Receipts(w.tree, p.Levels, d, top, answers) {
				one := line{Level: r.Level.Key, Must: r.Must, Done: r.Done, Older: r.Older}
				for _, u := range r.Open {
					one.Open = append(one.Open, u.Name)
				}
				list = append(list, one)
			}
			return list
		}
		want := []line{
			{"provincial", 2, 0, 1, []string{"Bắc Ninh", "Bắc Giang"}},
			{"above-grassroots", 2, 1, 0, []string{"Yên Thế"}},
		}
		if diff := cmp.Diff(want, lines(w.centre)); diff != "" {
			t.Errorf("seen from the centre (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]line{{"above-grassroots", 1, 1, 0, nil}}, lines(w.queVo)); diff != "" {
			t.Errorf("seen from Quế Võ (-want +got):\n%s", diff)
		}
	})
}

func TestReachCountsTheUnitsOfEachLevel(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, err := profile.Get("vn-party-2020")
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		for _, audience := range directive.Reach(w.tree, p.Levels, w.centre, document()) {
			got[audience.Level.Key] = audience.Units
		}
		want := map[string]int{"provincial": 2, "above-grassroots": 2, "grassroots": 2}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("units by level (-want +got):\n%s", diff)
		}
	})
}
