package account_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// invite makes an invitation that must succeed.
func (h *house) invite(actor access.Actor, unit tree.UnitID, roles ...access.Role) account.Invitation {
	h.Helper()
	var made account.Invitation
	h.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
		made, err = account.Invite(ctx, tx, actor, account.InviteCommand{
			Unit: unit, Roles: roles, Name: "Trần Thị Bình", Email: "binh@xa.vn", Now: h.machine.Now(),
		})
		return err
	})
	return made
}

// accept uses a code.
func (h *house) accept(code, login string) (account.Person, error) {
	h.Helper()
	var p account.Person
	err := h.try(func(ctx context.Context, tx *ledger.Tx) (err error) {
		p, err = account.Accept(ctx, tx, account.AcceptCommand{Code: code, Login: login, Password: h.password, Now: h.machine.Now()})
		return err
	})
	return p, err
}

func TestAnInvitationMakesAnAccountWithItsRolesAtOnce(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(district, access.UnitAdmin))
		made := h.invite(admin, commune, access.Leader, access.UnitAdmin)
		typed := strings.ToLower(strings.ReplaceAll(string(made.Code), "-", " "))
		found, err := account.CheckCode(h.Context(), h.db, typed, "10.0.0.1", h.machine.Now())
		if err != nil || found.ID != made.ID || found.Code != made.Code || found.Unit != commune {
			h.Fatalf("checking the code: got %+v, %v, want %+v", found, err, made)
		}
		p, err := h.accept(typed, "binh.tran")
		if err != nil {
			h.Fatalf("accepting: %v", err)
		}
		want := []access.Grant{at(commune, access.Leader), at(commune, access.UnitAdmin)}
		if got := h.actor(p.ID); !cmp.Equal(got.Grants, want) || got.Name != "Trần Thị Bình" {
			h.Errorf("the new person acts as %+v, want %v", got, want)
		}
		h.signIn("binh.tran")
		events, err := ledger.About(h.Context(), h.db.Reader(), "invitation:1")
		if err != nil || len(events) != 2 || events[1].Kind != account.InvitationAccepted || events[1].Actor != "person:2" {
			h.Errorf("events of the invitation: %+v, %v", events, err)
		}
	})
}

func TestWhoMayInviteWhere(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(district, access.UnitAdmin))
		root := h.person("root", at(centre, access.UnitAdmin))
		leader := h.person("leader", at(district, access.Leader))
		for _, c := range []struct {
			what  string
			actor access.Actor
			unit  tree.UnitID
			roles []access.Role
			kind  fault.Kind
			key   string
		}{
			{"to a sibling", admin, otherDistrict, []access.Role{access.Viewer}, fault.Forbidden, "access.refused"},
			{"above", admin, province, []access.Role{access.Viewer}, fault.Forbidden, "access.refused"},
			{"outside", admin, otherProvince, []access.Role{access.Viewer}, fault.Forbidden, "access.refused"},
			{"as system administrator", root, centre, []access.Role{access.SystemAdmin}, fault.Forbidden, "access.refused"},
			{"as system administrator beside another role", root, centre, []access.Role{access.Leader, access.SystemAdmin}, fault.Forbidden, "access.refused"},
			{"by a leader", leader, district, []access.Role{access.Viewer}, fault.Forbidden, "access.refused"},
			{"without a role", admin, district, nil, fault.Invalid, "account.role.none"},
		} {
			err := h.try(func(ctx context.Context, tx *ledger.Tx) error {
				_, err := account.Invite(ctx, tx, c.actor, account.InviteCommand{Unit: c.unit, Roles: c.roles, Name: "X", Now: h.machine.Now()})
				return err
			})
			h.refused(c.what, err, c.kind, c.key)
		}
	})
}

func TestACodeWorksOnce(t *testing.T) {
	each(t, func(h *house) {
		made := h.invite(h.person("admin", at(district, access.UnitAdmin)), commune, access.Leader)
		if _, err := h.accept(string(made.Code), "first"); err != nil {
			h.Fatal(err)
		}
		_, err := h.accept(string(made.Code), "second")
		h.refused("accepting twice", err, fault.TooLate, "account.code.used")
		_, err = account.CheckCode(h.Context(), h.db, string(made.Code), "", h.machine.Now())
		h.refused("checking it afterwards", err, fault.TooLate, "account.code.used")
	})
}

func TestACodeRunsOutAfterFourteenDays(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(district, access.UnitAdmin))
		made := h.invite(admin, commune, access.Leader)
		h.machine.Advance(account.InvitationLife)
		_, err := h.accept(string(made.Code), "late.comer")
		h.refused("after 14 days", err, fault.TooLate, "account.code.expired")

		var renewed account.Invitation
		h.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
			renewed, err = account.Renew(ctx, tx, admin, made.ID, h.machine.Now())
			return err
		})
		_, err = h.accept(string(made.Code), "late.comer")
		h.refused("the old code after renewing", err, fault.Invalid, "account.code.unknown")
		h.machine.Advance(account.InvitationLife - time.Second)
		if _, err := h.accept(string(renewed.Code), "late.comer"); err != nil {
			h.Errorf("the new code: %v", err)
		}
	})
}

func TestAWithdrawnCodeLetsNobodyIn(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(district, access.UnitAdmin))
		stranger := h.person("stranger", at(otherDistrict, access.UnitAdmin))
		made := h.invite(admin, commune, access.Leader)
		withdraw := func(actor access.Actor) error {
			return h.try(func(ctx context.Context, tx *ledger.Tx) error { return account.Withdraw(ctx, tx, actor, made.ID) })
		}
		h.refused("by a stranger", withdraw(stranger), fault.Forbidden, "access.refused")
		if err := withdraw(admin); err != nil {
			h.Fatal(err)
		}
		_, err := h.accept(string(made.Code), "binh.tran")
		h.refused("accepting", err, fault.TooLate, "account.code.withdrawn")
		h.refused("withdrawing twice", withdraw(admin), fault.NotFound, "account.invitation.missing")
	})
}

func TestARefusedAcceptanceLeavesTheCodeGood(t *testing.T) {
	each(t, func(h *house) {
		made := h.invite(h.person("admin", at(district, access.UnitAdmin)), commune, access.Leader)
		for _, login := range []string{"admin", "x", ""} {
			if _, err := h.accept(string(made.Code), login); err == nil {
				h.Fatalf("the login %q was taken", login)
			}
		}
		if _, err := h.accept(string(made.Code), "binh.tran"); err != nil {
			h.Errorf("with a good login at last: %v", err)
		}
	})
}

func TestWrongCodesMakeOneWait(t *testing.T) {
	each(t, func(h *house) {
		made := h.invite(h.person("admin", at(district, access.UnitAdmin)), commune, access.Leader)
		check := func(code, address string) error {
			_, err := account.CheckCode(h.Context(), h.db, code, address, h.machine.Now())
			return err
		}
		for range 10 {
			h.refused("a wrong code", check("0000-0000-0000-0000", "10.0.0.1"), fault.Invalid, "account.code.unknown")
		}
		h.refused("the eleventh", check(string(made.Code), "10.0.0.1"), fault.Unavailable, "account.wait")
		if err := check(string(made.Code), "10.0.0.2"); err != nil {
			h.Errorf("from another address: %v", err)
		}
	})
}

func TestAForgottenPasswordIsReplacedByACode(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(district, access.UnitAdmin))
		leader := h.person("leader", at(commune, access.Leader))
		_, token := h.signIn("leader")
		var first, second account.Invitation
		reset := func(actor access.Actor, into *account.Invitation) error {
			return h.try(func(ctx context.Context, tx *ledger.Tx) (err error) {
				*into, err = account.Reset(ctx, tx, actor, leader.Person, h.machine.Now())
				return err
			})
		}
		h.refused("by the person", reset(leader, &first), fault.Forbidden, "access.refused")
		for _, into := range []*account.Invitation{&first, &second} {
			if err := reset(admin, into); err != nil {
				h.Fatal(err)
			}
		}
		_, err := h.accept(string(first.Code), "")
		h.refused("the first of two codes", err, fault.TooLate, "account.code.withdrawn")
		p, err := h.accept(string(second.Code), "")
		if err != nil || p.ID != leader.Person {
			h.Errorf("the second: %+v, %v, want person %d", p, err, leader.Person)
		}
		if h.session(token).ID != 0 {
			h.Error("a session outlived the new password")
		}
	})
}

func TestLeadersAreInvitedForEachUnitDirectlyBelowWithoutOne(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(province, access.UnitAdmin))
		h.person("leader", at(otherDistrict, access.Leader))
		h.person("viewer", at(district, access.Viewer))
		bulk := func(cmd account.InviteLeadersCommand) (made []account.Invitation) {
			cmd.Now = h.machine.Now()
			h.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
				made, err = account.InviteLeaders(ctx, tx, admin, cmd)
				return err
			})
			return made
		}
		first := bulk(account.InviteLeadersCommand{Unit: province, Admin: true})
		if len(first) != 1 || first[0].Unit != district || !slices.Equal(first[0].Roles, []access.Role{access.Leader, access.UnitAdmin}) {
			h.Fatalf("the first time: %+v", first)
		}
		if again := bulk(account.InviteLeadersCommand{Unit: province}); len(again) != 0 {
			h.Errorf("the second time: %+v, want none", again)
		}
		renewed := bulk(account.InviteLeadersCommand{Unit: province, Again: true})
		if len(renewed) != 1 || renewed[0].ID != first[0].ID || renewed[0].Code == first[0].Code {
			h.Errorf("renewing: %+v", renewed)
		}
		if communes := bulk(account.InviteLeadersCommand{Unit: district}); len(communes) != 2 {
			h.Errorf("below the district: %+v, want 2", communes)
		}
		pending, err := account.Pending(h.Context(), h.db.Reader(), admin, district)
		if err != nil || len(pending) != 3 {
			h.Errorf("pending at the district and below: %d, %v, want 3", len(pending), err)
		}
		err = h.try(func(ctx context.Context, tx *ledger.Tx) error {
			_, err := account.InviteLeaders(ctx, tx, admin, account.InviteLeadersCommand{Unit: centre, Now: h.machine.Now()})
			return err
		})
		h.refused("for the units of the centre", err, fault.Forbidden, "access.refused")
		// Whoever comes without a name on the leaflet says it.
		_, err = h.accept(string(renewed[0].Code), "new.leader")
		h.refused("coming without a name", err, fault.Invalid, "account.name.none")
	})
}

func TestEveryCodeIsReadAsItIsTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code, err := account.NewCode()
		if err != nil {
			t.Fatal(err)
		}
		typed := []rune(string(code))
		for i, r := range typed {
			other := map[rune][]rune{'0': {'0', 'o', 'O'}, '1': {'1', 'i', 'I', 'l', 'L'}, '-': {'-', ' ', '–'}}[r]
			if other != nil {
				typed[i] = rapid.SampledFrom(other).Draw(t, "letter")
			} else if rapid.Bool().Draw(t, "small") {
				typed[i] = []rune(strings.ToLower(string(r)))[0]
			}
		}
		if got, ok := account.ParseCode(string(typed)); !ok || got != code {
			t.Errorf("typed %q: got %q, %v, want %q", string(typed), got, ok, code)
		}
	})
}

func FuzzParseCode(f *testing.F) {
	for _, seed := range []string{"", "7KQ2-M0XD-9RTA-VB4C", "7kq2 moxd 9rta vb4c", "UUUU-UUUU-UUUU-UUUU", "ộ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		code, ok := account.ParseCode(typed)
		if !ok {
			return
		}
		if again, ok := account.ParseCode(string(code)); !ok || again != code || len(code) != 19 {
			t.Errorf("%q was read as %q, which is read as %q, %v", typed, code, again, ok)
		}
	})
}

func TestAnInvitationAddsAPostToAnAccountThatIsThere(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(province, access.UnitAdmin))
		leader := h.person("leader", at(district, access.Leader))
		join := func(actor access.Actor, code account.Code) error {
			return h.try(func(ctx context.Context, tx *ledger.Tx) error {
				_, err := account.Join(ctx, tx, actor, string(code), h.machine.Now())
				return err
			})
		}
		made := h.invite(admin, otherDistrict, access.Officer)
		h.refused("a guest", join(access.Actor{Tree: h.tree}, made.Code), fault.Forbidden, "access.refused")
		h.refused("a code that is none", join(leader, "AAAA-BBBB-CCCC-DDDD"), fault.Invalid, "account.code.unknown")
		if err := join(leader, made.Code); err != nil {
			h.Fatalf("joining: %v", err)
		}
		want := []access.Grant{at(district, access.Leader), at(otherDistrict, access.Officer)}
		both := h.actor(leader.Person)
		if diff := cmp.Diff(want, both.Grants); diff != "" {
			h.Errorf("the account's roles (-want +got):\n%s", diff)
		}
		h.refused("the same code again", join(leader, made.Code), fault.TooLate, "account.code.used")
		if both.May(access.ReportSubmit, district) != nil || both.May(access.ReportDraft, otherDistrict) != nil {
			h.Error("the posts do not give what they should")
		}
		for _, action := range []access.Action{access.ReportSubmit, access.ReportDecide, access.DirectiveIssue, access.PostChange} {
			if both.May(action, otherDistrict) == nil {
				h.Errorf("leading one unit gives %s in another", action)
			}
		}
		again := h.invite(admin, otherDistrict, access.Officer)
		h.refused("what is held already", join(both, again.Code), fault.Conflict, "account.role.held")
		if _, err := account.CheckCode(h.Context(), h.db, string(again.Code), "10.0.0.1", h.machine.Now()); err != nil {
			h.Errorf("a refused code was used up: %v", err)
		}
		var reset account.Invitation
		h.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
			reset, err = account.Reset(ctx, tx, admin, leader.Person, h.machine.Now())
			return err
		})
		h.refused("a code for a new password", join(both, reset.Code), fault.Forbidden, "access.refused")
	})
}
