package access_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/tree"
)

// person is somebody with grants.
func person(grants ...access.Grant) access.Actor {
	return access.Actor{Person: 7, Name: "Nguyễn Thị Lan", Grants: grants, Tree: units()}
}

func TestWhoMayDoWhat(t *testing.T) {
	at := func(unit tree.UnitID, role access.Role) access.Actor {
		return person(access.Grant{Unit: unit, Role: role})
	}
	for _, c := range []struct {
		what   string
		actor  access.Actor
		action access.Action
		unit   tree.UnitID
		may    bool
	}{
		{"an officer drafts", at(yenPhong, access.Officer), access.ReportDraft, yenPhong, true},
		{"an officer does not sign and submit", at(yenPhong, access.Officer), access.ReportSubmit, yenPhong, false},
		{"an officer does not accept", at(yenPhong, access.Officer), access.ReportDecide, yenPhong, false},
		{"an officer does not issue", at(yenPhong, access.Officer), access.DirectiveIssue, yenPhong, false},

		{"a leader signs and submits", at(yenPhong, access.Leader), access.ReportSubmit, yenPhong, true},
		{"a leader does not submit for a unit below", at(yenPhong, access.Leader), access.ReportSubmit, commune, false},
		{"a leader accepts what comes to its unit", at(yenPhong, access.Leader), access.ReportDecide, yenPhong, true},
		{"a leader does not accept what comes to a unit below", at(yenPhong, access.Leader), access.ReportDecide, commune, false},
		{"a leader does not accept its own report, which comes to the unit above", at(yenPhong, access.Leader), access.ReportDecide, bacNinh, false},
		{"a leader does not give roles", at(yenPhong, access.Leader), access.AccountManage, yenPhong, false},

		{"a viewer reads a board far below", at(yenPhong, access.Viewer), access.BoardRead, cell, true},
		{"a viewer reads the totals of the unit above", at(yenPhong, access.Viewer), access.BoardTotals, bacNinh, true},
		{"a viewer reads nothing else of the unit above", at(yenPhong, access.Viewer), access.BoardRead, bacNinh, false},
		{"a viewer reads no totals two steps up", at(yenPhong, access.Viewer), access.BoardTotals, centre, false},
		{"a viewer reads no totals of a sibling", at(yenPhong, access.Viewer), access.BoardTotals, queVo, false},
		{"a viewer reads no report of a sibling", at(yenPhong, access.Viewer), access.ReportRead, queVo, false},
		{"a viewer drafts nothing", at(yenPhong, access.Viewer), access.ReportDraft, yenPhong, false},

		{"a unit administrator gives roles far below", at(yenPhong, access.UnitAdmin), access.AccountManage, cell, true},
		{"a unit administrator gives no roles above", at(yenPhong, access.UnitAdmin), access.AccountManage, bacNinh, false},
		{"a unit administrator has no say in reports", at(yenPhong, access.UnitAdmin), access.ReportRead, yenPhong, false},

		{"a system administrator runs the system", at(centre, access.SystemAdmin), access.SystemRun, centre, true},
		{"a system administrator reads no report", at(centre, access.SystemAdmin), access.ReportRead, centre, false},
		{"a system administrator reads no board", at(centre, access.SystemAdmin), access.BoardTotals, centre, false},
		{"a system administrator gives no roles in content", at(centre, access.SystemAdmin), access.AccountManage, yenPhong, false},
		{"whoever administers a district does not run the system", at(yenPhong, access.SystemAdmin), access.SystemRun, centre, false},

		{"several grants add up", person(access.Grant{Unit: queVo, Role: access.Viewer}, access.Grant{Unit: yenPhong, Role: access.Leader}), access.ReportSubmit, yenPhong, true},
		{"but do not mix", person(access.Grant{Unit: queVo, Role: access.Viewer}, access.Grant{Unit: yenPhong, Role: access.Leader}), access.ReportSubmit, queVo, false},
		{"a grant that has ended gives nothing", person(), access.UnitRead, yenPhong, false},
		{"a grant at a dissolved unit gives nothing there", at(dissolved, access.Leader), access.ReportSubmit, dissolved, false},
		{"a grant at a dissolved unit gives nothing above", at(dissolved, access.Viewer), access.BoardTotals, bacNinh, false},
		{"an unknown unit is refused", at(centre, access.Leader), access.BoardRead, unknown, false},
		{"no unit is refused", at(centre, access.Leader), access.BoardTotals, 0, false},
		{"an unknown role gives nothing", at(centre, "chairman"), access.UnitRead, centre, false},

		{"the command line may", access.CommandLine(units()), access.ReportSubmit, yenPhong, true},
		{"the program may", access.Program(units()), access.SystemRun, centre, true},
		{"nobody may not", access.Actor{Tree: units()}, access.UnitRead, centre, false},
	} {
		err := c.actor.May(c.action, c.unit)
		if (err == nil) != c.may {
			t.Errorf("%s: May(%s, %d) = %v", c.what, c.action, c.unit, err)
		}
		if err != nil && !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: the refusal %v is of kind %s, want forbidden", c.what, err, fault.Of(err))
		}
	}
}

func TestARefusalDoesNotTellWhichUnitsExist(t *testing.T) {
	actor := person(access.Grant{Unit: yenPhong, Role: access.Leader})
	hidden, absent := actor.May(access.UnitRead, queVo), actor.May(access.UnitRead, unknown)
	if diff := cmp.Diff(hidden, absent); diff != "" {
		t.Errorf("refusals for a unit that is hidden and one that is not there differ:\n%s", diff)
	}
}

func TestAGrantFollowsItsUnitThroughAReorganisation(t *testing.T) {
	actor := person(access.Grant{Unit: yenPhong, Role: access.Leader})
	actor.Tree.Put(tree.Unit{ID: yenPhong, Parent: haNoi, Code: "3", Name: "Đơn vị 3"})
	for unit, want := range map[tree.UnitID]bool{haNoi: true, bacNinh: false} {
		if got := actor.May(access.BoardTotals, unit) == nil; got != want {
			t.Errorf("after the move the totals of unit %d may be read: %v, want %v", unit, got, want)
		}
	}
}

func TestTheHomeIsWhereOneMostlyWorks(t *testing.T) {
	grant := func(unit tree.UnitID, role access.Role) access.Grant { return access.Grant{Unit: unit, Role: role} }
	for _, c := range []struct {
		name   string
		grants []access.Grant
		want   tree.UnitID
	}{
		{"no grants", nil, 0},
		{"one", []access.Grant{grant(queVo, access.SystemAdmin)}, queVo},
		{"the leader's before others", []access.Grant{grant(centre, access.Viewer), grant(queVo, access.UnitAdmin), grant(yenPhong, access.Leader)}, yenPhong},
		{"the first of two alike", []access.Grant{grant(queVo, access.Officer), grant(yenPhong, access.Officer)}, queVo},
		{"a unit that exists before one that was dissolved", []access.Grant{grant(dissolved, access.Leader), grant(yenPhong, access.Viewer)}, yenPhong},
	} {
		if got := person(c.grants...).Home(); got != c.want {
			t.Errorf("%s: home is %d, want %d", c.name, got, c.want)
		}
	}
}

func TestTheUnitsAtWhichOneActs(t *testing.T) {
	actor := person(
		access.Grant{Unit: yenPhong, Role: access.Officer}, access.Grant{Unit: yenPhong, Role: access.Leader},
		access.Grant{Unit: dissolved, Role: access.Leader}, access.Grant{Unit: bacNinh, Role: access.Officer},
		access.Grant{Unit: centre, Role: access.UnitAdmin},
	)
	for action, want := range map[access.Action][]tree.UnitID{
		access.ReportDraft:   {yenPhong, bacNinh},
		access.ReportSubmit:  {yenPhong},
		access.UnitRead:      {yenPhong, bacNinh, centre},
		access.AccountManage: {centre},
		access.SystemRun:     nil,
	} {
		if diff := cmp.Diff(want, actor.Units(action)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", action, diff)
		}
	}
}

func TestSomebodyIsSignedIn(t *testing.T) {
	for name, c := range map[string]struct {
		actor access.Actor
		want  bool
	}{
		"a guest": {access.Actor{Name: "guest"}, false}, "a person": {person(), true}, "the command line": {access.CommandLine(units()), true},
	} {
		if got := c.actor.SignedIn(); got != c.want {
			t.Errorf("%s is signed in: %v, want %v", name, got, c.want)
		}
	}
}

func TestEveryTextIsUsed(t *testing.T) { texttest.Check(t, ".") }
