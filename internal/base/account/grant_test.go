package account_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

func TestAnEndedRoleGivesNothingFromTheNextRequestOn(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(province, access.UnitAdmin))
		leader := h.person("leader", at(district, access.Leader), at(commune, access.Viewer))
		if err := leader.May(access.ReportSubmit, district); err != nil {
			h.Fatalf("a leader may submit: %v", err)
		}
		grants, err := account.GrantsOf(h.Context(), h.db.Reader(), leader.Person)
		if err != nil || len(grants) != 2 {
			h.Fatalf("grants: %v, %v", grants, err)
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error {
			_, err := account.EndGrant(ctx, tx, admin, grants[0].ID)
			return err
		})
		after := h.actor(leader.Person)
		h.refused("submitting after the role ended", after.May(access.ReportSubmit, district), fault.Forbidden, "access.refused")
		if want := []access.Grant{at(commune, access.Viewer)}; !cmp.Equal(after.Grants, want) {
			h.Errorf("grants left: %s", cmp.Diff(want, after.Grants))
		}
		past, err := account.PastGrantsOf(h.Context(), h.db.Reader(), leader.Person)
		if err != nil || len(past) != 1 || past[0].Ended.IsZero() {
			h.Errorf("past grants: %v, %v", past, err)
		}
		err = h.try(func(ctx context.Context, tx *ledger.Tx) error {
			_, err := account.EndGrant(ctx, tx, admin, grants[0].ID)
			return err
		})
		h.refused("ending it twice", err, fault.NotFound, "account.role.missing")
	})
}

func TestWhoMayGiveWhichRoleWhere(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(district, access.UnitAdmin))
		system := h.person("system", at(centre, access.SystemAdmin))
		root := h.person("root", at(centre, access.UnitAdmin))
		leader := h.person("leader", at(district, access.Leader))
		named := 0
		for _, c := range []struct {
			what  string
			actor access.Actor
			unit  tree.UnitID
			role  access.Role
			may   bool
		}{
			{"at the own unit", admin, district, access.Leader, true},
			{"below", admin, commune, access.UnitAdmin, true},
			{"at the sibling", admin, otherDistrict, access.Viewer, false},
			{"above", admin, province, access.Viewer, false},
			{"far away", admin, otherProvince, access.Viewer, false},
			{"at a unit that does not exist", admin, 99, access.Viewer, false},
			{"system administrator, by a unit administrator", admin, district, access.SystemAdmin, false},
			{"system administrator, by the root's administrator", root, centre, access.SystemAdmin, false},
			{"anything else, by the root's administrator", root, otherProvince, access.Leader, true},
			{"system administrator, by one", system, centre, access.SystemAdmin, true},
			{"system administrator elsewhere than at the root", system, province, access.SystemAdmin, false},
			{"a role in content, by a system administrator", system, centre, access.Leader, false},
			{"by a leader", leader, district, access.Officer, false},
			{"by nobody", access.Actor{Tree: h.tree}, district, access.Viewer, false},
			{"by the command line", access.CommandLine(h.tree), centre, access.SystemAdmin, true},
		} {
			named++
			target := h.person(fmt.Sprintf("target-%d", named), at(otherCommune, access.Viewer))
			err := h.try(func(ctx context.Context, tx *ledger.Tx) error {
				return account.Give(ctx, tx, c.actor, account.GiveCommand{Person: target.Person, Unit: c.unit, Role: c.role})
			})
			if c.may && err != nil {
				h.Errorf("%s: got %v, want it given", c.what, err)
			}
			if !c.may {
				h.refused(c.what, err, fault.Forbidden, "access.refused")
			}
			if got := account.MayGive(c.actor, c.unit, c.role); got != c.may {
				h.Errorf("%s: MayGive says %v, want %v", c.what, got, c.may)
			}
		}
	})
}

func TestARoleIsHeldOnce(t *testing.T) {
	each(t, func(h *house) {
		p := h.person("leader", at(district, access.Leader))
		give := func(role access.Role) error {
			return h.try(func(ctx context.Context, tx *ledger.Tx) error {
				return account.Give(ctx, tx, access.CommandLine(h.tree), account.GiveCommand{Person: p.Person, Unit: district, Role: role})
			})
		}
		h.refused("giving it again", give(access.Leader), fault.Conflict, "account.role.held")
		h.refused("giving a role that is none", give("chair"), fault.Invalid, "account.role.none")
		if err := give(access.Officer); err != nil {
			h.Errorf("giving another role: %v", err)
		}
	})
}

func TestALoginIsTakenWhateverItsMarks(t *testing.T) {
	each(t, func(h *house) {
		h.person("le.dung", at(district, access.Leader))
		for _, c := range []struct {
			login, key string
			kind       fault.Kind
		}{
			{"Lê.Dũng", "account.login.taken", fault.Conflict},
			{"le", "account.login.form", fault.Invalid},
			{"le dung", "account.login.form", fault.Invalid},
			{".ledung", "account.login.form", fault.Invalid},
		} {
			err := h.try(func(ctx context.Context, tx *ledger.Tx) error {
				_, err := account.CreatePerson(ctx, tx, access.CommandLine(h.tree), account.CreateCommand{
					Name: "Lê Dũng", Login: c.login, Grants: []access.Grant{at(district, access.Viewer)},
				})
				return err
			})
			h.refused(c.login, err, c.kind, c.key)
		}
	})
}

func TestADisabledPersonIsNobodyAtOnce(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(province, access.UnitAdmin))
		leader := h.person("leader", at(district, access.Leader))
		_, token := h.signIn("leader")
		h.do(func(ctx context.Context, tx *ledger.Tx) error { return account.Disable(ctx, tx, admin, leader.Person) })
		if got := h.actor(leader.Person); got.SignedIn() || got.Name != account.Guest {
			h.Errorf("a disabled person acts as %+v", got)
		}
		if s := h.session(token); s.ID != 0 {
			h.Errorf("a disabled person's session is there: %+v", s)
		}
		h.do(func(ctx context.Context, tx *ledger.Tx) error { return account.Enable(ctx, tx, admin, leader.Person) })
		if err := h.actor(leader.Person).May(access.ReportSubmit, district); err != nil {
			h.Errorf("after enabling: %v", err)
		}
	})
}

func TestAnAccountIsManagedByWhoCouldTakeAllItsRoles(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(district, access.UnitAdmin))
		both := h.person("both", at(commune, access.Leader), at(otherDistrict, access.Viewer))
		disable := func(actor access.Actor, person int64) error {
			return h.try(func(ctx context.Context, tx *ledger.Tx) error { return account.Disable(ctx, tx, actor, person) })
		}
		h.refused("somebody with a role elsewhere too", disable(admin, both.Person), fault.Forbidden, "access.refused")
		h.refused("oneself", disable(admin, admin.Person), fault.Conflict, "account.disable-self")
		h.refused("somebody unknown", disable(admin, 999), fault.NotFound, "account.person.missing")
		if account.MayManage(h.Context(), h.db.Reader(), admin, both.Person) {
			h.Error("MayManage says yes about somebody with a role elsewhere")
		}
		wider := h.person("wider", at(province, access.UnitAdmin))
		if err := disable(wider, both.Person); err != nil {
			h.Errorf("by the administrator of both units: %v", err)
		}
	})
}

func TestTheLastSystemAdministratorStays(t *testing.T) {
	each(t, func(h *house) {
		first := h.person("first", at(centre, access.SystemAdmin))
		end := func() error {
			grants, err := account.GrantsOf(h.Context(), h.db.Reader(), first.Person)
			if err != nil {
				h.Fatal(err)
			}
			return h.try(func(ctx context.Context, tx *ledger.Tx) error {
				_, err := account.EndGrant(ctx, tx, access.CommandLine(h.tree), grants[0].ID)
				return err
			})
		}
		h.refused("ending the only one's role", end(), fault.Conflict, "account.last-system-admin")
		err := h.try(func(ctx context.Context, tx *ledger.Tx) error {
			return account.Disable(ctx, tx, access.CommandLine(h.tree), first.Person)
		})
		h.refused("disabling the only one", err, fault.Conflict, "account.last-system-admin")
		h.person("second", at(centre, access.SystemAdmin))
		if err := end(); err != nil {
			h.Errorf("ending one of two: %v", err)
		}
	})
}

func TestPeopleChangeTheirOwnDataAndAdministratorsTheirs(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(district, access.UnitAdmin))
		stranger := h.person("stranger", at(otherDistrict, access.UnitAdmin))
		leader := h.person("leader", at(commune, access.Leader))
		change := func(actor access.Actor, name, email string) error {
			return h.try(func(ctx context.Context, tx *ledger.Tx) error {
				return account.Change(ctx, tx, actor, account.ChangeCommand{Person: leader.Person, Name: name, Email: email, Phone: " 0912 345 678 "})
			})
		}
		h.refused("by another district's administrator", change(stranger, "X", ""), fault.Forbidden, "access.refused")
		h.refused("without a name", change(leader, "  ", ""), fault.Invalid, "account.name.none")
		h.refused("with a wrong address", change(leader, "Lê An", "le an@x"), fault.Invalid, "account.email.wrong")
		if err := change(leader, "Lê  An", "an@xa.vn"); err != nil {
			h.Errorf("by the person: %v", err)
		}
		if err := change(admin, "Lê Văn An", ""); err != nil {
			h.Errorf("by the administrator: %v", err)
		}
		got, err := account.FindLogin(h.Context(), h.db.Reader(), "LEADER")
		if err != nil || got.Name != "Lê Văn An" || got.Email != "" || got.Phone != "0912 345 678" {
			h.Errorf("got %+v, %v", got, err)
		}
	})
}

func TestAccountsAreListedAndFoundBelowOneself(t *testing.T) {
	each(t, func(h *house) {
		admin := h.person("admin", at(district, access.UnitAdmin))
		h.person("dung.le", at(commune, access.Leader), at(otherCommune, access.Viewer))
		h.person("dung.tran", at(otherDistrict, access.Leader))
		logins := func(list []account.Account, err error) []string {
			if err != nil {
				h.Errorf("listing: %v", err)
			}
			var names []string
			for _, a := range list {
				names = append(names, a.Login)
			}
			return names
		}
		q := h.db.Reader()
		for _, c := range []struct {
			words string
			want  []string
		}{{"Dũng", []string{"dung.le"}}, {"dong chi", []string{"admin", "dung.le"}}, {"%", nil}, {"", nil}, {"nobody", nil}} {
			if got := logins(account.Search(h.Context(), q, admin, district, c.words, 10)); !cmp.Equal(got, c.want) {
				h.Errorf("searching %q: %s", c.words, cmp.Diff(c.want, got))
			}
		}
		if got := logins(account.Search(h.Context(), q, admin, district, "dong chi", 1)); !cmp.Equal(got, []string{"admin"}) {
			h.Errorf("the first of two found: %v, want admin", got)
		}
		if got := logins(account.At(h.Context(), q, admin, commune)); !cmp.Equal(got, []string{"dung.le"}) {
			h.Errorf("at the commune: %v", got)
		}
		_, err := account.At(h.Context(), q, admin, otherDistrict)
		h.refused("listing the sibling's", err, fault.Forbidden, "access.refused")
		_, err = account.Search(h.Context(), q, admin, province, "dung", 10)
		h.refused("searching above", err, fault.Forbidden, "access.refused")
		stranger, err := account.FindLogin(h.Context(), q, "dung.tran")
		if err != nil {
			h.Fatal(err)
		}
		_, err = account.Show(h.Context(), q, admin, stranger.ID)
		h.refused("looking at a stranger", err, fault.NotFound, "account.person.missing")
	})
}
