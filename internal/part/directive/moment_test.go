package directive_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
)

// name names a moment of a directive for a unit.
func (w *world) name(actor access.Actor, d int64, unit tree.UnitID, name string, at time.Time) (m directive.Moment, err error) {
	w.t.Helper()
	return m, w.try(func(tx *ledger.Tx) (err error) {
		m, err = directive.NameMoment(w.t.Context(), tx, actor, directive.NameMomentCommand{Directive: d, Unit: unit, Name: name, At: at})
		return err
	})
}

func (w *world) removeMoment(actor access.Actor, id int64) error {
	return w.try(func(tx *ledger.Tx) error {
		_, err := directive.RemoveMoment(w.t.Context(), tx, actor, id)
		return err
	})
}

// moments are the names that a unit gave, in the order of their moments.
func (w *world) moments(d int64, unit tree.UnitID) []string {
	w.t.Helper()
	list, err := directive.Moments(w.t.Context(), w.db.Reader(), d, unit)
	if err != nil {
		w.t.Fatal(err)
	}
	names := []string{}
	for _, m := range list {
		names = append(names, m.Name)
	}
	return names
}

func TestAnOfficeNamesMomentsOfItsOwn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		w.clock.Advance(50 * 24 * time.Hour)
		officer, leader := w.person(access.Officer, w.bacNinh), w.leader(w.bacNinh)
		now := w.clock.Now()
		later, err := w.name(officer, d.ID, w.bacNinh, "  Giao ban   tháng 6 ", now.Add(-time.Hour).Add(123*time.Millisecond))
		if err != nil {
			t.Fatal(err)
		}
		want := directive.Moment{
			ID: later.ID, Directive: d.ID, Unit: w.bacNinh, Name: "Giao ban tháng 6", At: now.Add(-time.Hour), By: officer.Person,
		}
		if diff := cmp.Diff(want, later); diff != "" {
			t.Errorf("the named moment (-want +got):\n%s", diff)
		}
		for name, at := range map[string]time.Time{"Trước đêm sáp nhập": now.Add(-48 * time.Hour), "Lúc này": {}, "Lúc ban hành": d.IssuedAt} {
			if _, err := w.name(leader, d.ID, w.bacNinh, name, at); err != nil {
				t.Errorf("naming %q: %v", name, err)
			}
		}
		if diff := cmp.Diff([]string{"Lúc ban hành", "Trước đêm sáp nhập", "Giao ban tháng 6", "Lúc này"}, w.moments(d.ID, w.bacNinh)); diff != "" {
			t.Errorf("named moments in their order (-want +got):\n%s", diff)
		}
		before := len(w.events(d.ID))
		again, err := w.name(leader, d.ID, w.bacNinh, "giao ban THANG 6", later.At)
		if err != nil || again != later || len(w.events(d.ID)) != before {
			t.Errorf("the same again gives %v (%v) and %d events more, want %v and none", again, err, len(w.events(d.ID))-before, later)
		}
		if _, err := w.name(w.leader(w.queVo), d.ID, w.queVo, "Giao ban tháng 6", now); err != nil {
			t.Errorf("another unit uses the same name: %v", err)
		}
	})
}

func TestWhatCannotBeNamedIsRefusedAtItsField(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		w.clock.Advance(24 * time.Hour)
		now := w.clock.Now()
		leader := w.leader(w.bacNinh)
		if _, err := w.name(leader, d.ID, w.bacNinh, "Giao ban", now); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			what, name string
			at         time.Time
			kind       fault.Kind
			key, field string
		}{
			{"no name", " \u200b ", now, fault.Invalid, "directive.moment.name-needed", "name"},
			{"marks alone", "\u0301", now, fault.Invalid, "directive.moment.name-needed", "name"},
			{"a long name", strings.Repeat("ễ", directive.MostMomentName+1), now, fault.Invalid, "directive.long", "name"},
			{"tomorrow", "Ngày mai", now.Add(time.Second), fault.Invalid, "directive.moment.ahead", "at"},
			{"before it was issued", "Trước đó", d.IssuedAt.Add(-time.Second), fault.Invalid, "directive.moment.early", "at"},
			{"the same name", "GIAO BAN", now.Add(-time.Hour), fault.Conflict, "directive.moment.named", "name"},
		} {
			_, err := w.name(leader, d.ID, w.bacNinh, c.name, c.at)
			refused(t, c.what, err, c.kind, c.key)
			if all := fault.All(err); len(all) != 1 || all[0].Field != c.field {
				t.Errorf("%s: faults %v, want one at %q", c.what, all, c.field)
			}
		}
		for _, who := range []access.Actor{
			w.person(access.Viewer, w.bacNinh), w.leader(w.centre), w.leader(w.queVo), w.leader(w.bacGiang),
			w.person(access.UnitAdmin, w.bacNinh), w.person(access.SystemAdmin, w.centre),
		} {
			_, err := w.name(who, d.ID, w.bacNinh, "Không được", now)
			refused(t, string(who.Grants[0].Role), err, fault.Forbidden, "access.refused")
		}
		_, err := w.name(leader, d.ID+9, w.bacNinh, "Không có", now)
		refused(t, "no such directive", err, fault.NotFound, "directive.not-found")
		draft := w.draft(w.bacNinh, "draft", document())
		_, err = w.name(leader, draft.ID, w.bacNinh, "Bản thảo", now)
		refused(t, "a draft", err, fault.NotFound, "directive.not-found")
		if diff := cmp.Diff([]string{"Giao ban"}, w.moments(d.ID, w.bacNinh)); diff != "" {
			t.Errorf("after all refusals (-want +got):\n%s", diff)
		}
	})
}

func TestAUnitNamesNoMoreMomentsThanAListCanHold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		w.clock.Advance(24 * time.Hour)
		leader := w.leader(w.bacNinh)
		for i := range directive.MostMoments {
			if _, err := w.name(leader, d.ID, w.bacNinh, strings.Repeat("a", i+1), w.clock.Now()); err != nil {
				t.Fatalf("moment %d: %v", i+1, err)
			}
		}
		_, err := w.name(leader, d.ID, w.bacNinh, "một nữa", w.clock.Now())
		refused(t, "one more", err, fault.Conflict, "directive.moment.many")
	})
}

func TestANameIsTakenAwayByWhoGaveItOrByWhoKeepsTheUnit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		d := w.issue(document())
		officer := w.person(access.Officer, w.bacNinh)
		other := officer
		other.Person++
		viewer := officer // who named it, and is no officer any more
		viewer.Grants = []access.Grant{{Unit: w.bacNinh, Role: access.Viewer}}
		for _, c := range []struct {
			what string
			who  access.Actor
			may  bool
		}{
			{"the same officer", officer, true},
			{"another officer", other, false},
			{"the same person, not an officer any more", viewer, false},
			{"the leader", w.leader(w.bacNinh), true},
			{"the unit's administrator", w.person(access.UnitAdmin, w.bacNinh), true},
			{"the administrator above", w.person(access.UnitAdmin, w.centre), true},
			{"an administrator below", w.person(access.UnitAdmin, w.queVo), false},
			{"an administrator beside", w.person(access.UnitAdmin, w.bacGiang), false},
			{"the leader above", w.leader(w.centre), false},
		} {
			m, err := w.name(officer, d.ID, w.bacNinh, "Giao ban", w.clock.Now())
			if err != nil {
				t.Fatal(err)
			}
			err = w.removeMoment(c.who, m.ID)
			if left := len(w.moments(d.ID, w.bacNinh)); (err == nil) != c.may || (left == 0) != c.may {
				t.Errorf("%s: %v, and %d names are left; allowed: %v", c.what, err, left, c.may)
			}
			if !c.may {
				refused(t, c.what, err, fault.Forbidden, "access.refused")
				if err := w.removeMoment(officer, m.ID); err != nil {
					t.Fatal(err)
				}
			}
			refused(t, "once more", w.removeMoment(officer, m.ID), fault.NotFound, "directive.moment.gone")
		}
		kinds := w.events(d.ID)
		if diff := cmp.Diff([]ledger.Kind{directive.Issued, directive.MomentNamed, directive.MomentRemoved}, kinds[:3]); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}
