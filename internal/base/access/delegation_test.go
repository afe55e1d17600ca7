package access_test

import (
	"slices"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
)

func TestWhatWasHandedOverIsThatAndNoMore(t *testing.T) {
	with := map[access.Action]access.Action{access.ReportSubmit: access.ReportDraft, access.DirectiveIssue: access.DirectiveDraft, access.FolderEnter: access.FolderPrint}
	leader := person(access.Grant{Unit: yenPhong, Role: access.Leader})
	for _, handed := range access.Actions {
		actor := person(delegate(handed))
		viewer := person(access.Grant{Unit: yenPhong, Role: access.Viewer})
		for _, action := range access.Actions {
			may := actor.May(action, yenPhong) == nil
			want := viewer.May(action, yenPhong) == nil ||
				slices.Contains(access.Delegable, handed) && (action == handed || action == with[handed])
			if may != want {
				t.Errorf("%s was handed over: may do %s: %v, want %v", handed, action, may, want)
			}
			if may && leader.May(action, yenPhong) != nil {
				t.Errorf("%s was handed over and gives %s, which the leader may not do", handed, action)
			}
			if actor.May(action, commune) == nil && viewer.May(action, commune) != nil {
				t.Errorf("%s was handed over and gives %s below the unit", handed, action)
			}
		}
		if actor.May(access.DelegationGive, yenPhong) == nil {
			t.Errorf("%s was handed over and can be handed on", handed)
		}
	}
}

func TestOnesOwnRoleGoesBeforeWhatWasHandedOver(t *testing.T) {
	own := access.Grant{Unit: yenPhong, Role: access.Leader}
	for name, c := range map[string]struct {
		grants []access.Grant
		want   bool // by what was handed over
	}{
		"handed over alone":          {[]access.Grant{delegate(access.ReportSubmit)}, true},
		"handed over, then a role":   {[]access.Grant{delegate(access.ReportSubmit), own}, false},
		"a role, then handed over":   {[]access.Grant{own, delegate(access.ReportSubmit)}, false},
		"beside a role without it":   {[]access.Grant{{Unit: yenPhong, Role: access.Officer}, delegate(access.ReportSubmit)}, true},
		"beside a role at another":   {[]access.Grant{{Unit: queVo, Role: access.Leader}, delegate(access.ReportSubmit)}, true},
		"another action handed over": {[]access.Grant{own, delegate(access.ReportDecide)}, false},
	} {
		by, ok := person(c.grants...).By(access.ReportSubmit, yenPhong)
		if !ok || (by.Delegation != nil) != c.want {
			t.Errorf("%s: by %+v, %v, want by a delegation: %v", name, by, ok, c.want)
		}
	}
	if _, ok := person(delegate(access.ReportDecide)).By(access.ReportSubmit, yenPhong); ok {
		t.Error("an action that was not handed over is done by what was")
	}
}

func TestADelegationHoldsFromItsFirstDayToItsLast(t *testing.T) {
	d := delegate(access.ReportSubmit).Delegation
	for day, want := range map[clock.Date]bool{"2020-07-09": false, "2020-07-10": true, "2020-07-12": true, "2020-07-13": false} {
		if got := d.Live(day); got != want {
			t.Errorf("on %s it holds: %v, want %v", day, got, want)
		}
	}
}
