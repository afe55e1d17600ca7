package accountui

import (
	"net/http"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

// personPage is somebody's account as administrators see it.
type personPage struct {
	account.Account
	Held      []heldRole
	Lost      []heldRole
	MayAll    bool // rename, disable, give a code for a new password
	MayGive   bool
	IsMyself  bool
	TwoSteps  bool // there is a second factor or a passkey, which may be lost
	Elsewhere bool // there are roles at units that the person may not see
	Data      *web.Form
	Give      *web.Form
	Erase     *web.Form // nil where there is nothing that may be erased
	Traces    int       // events in the log that hold personal data
	Roles     []web.Option
}

// personForms are the forms of the page; nil ones are filled with what stands.
type personForms struct{ data, give, erase *web.Form }

func (s *Screens) showPerson(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	return s.renderPerson(r, id, http.StatusOK, personForms{})
}

func (s *Screens) renderPerson(r *web.Request, id int64, status int, forms personForms) error {
	shown, err := account.Show(r.Context(), s.reader(), r.Actor, id)
	if err != nil {
		return err
	}
	page := personPage{
		Account: shown, Held: s.roles(r, seen(r, shown.Grants)), Lost: s.roles(r, seen(r, shown.Past)),
		IsMyself: id == r.Actor.Person, Elsewhere: len(seen(r, shown.Grants)) < len(shown.Grants),
		MayAll:  account.MayManage(r.Context(), s.reader(), r.Actor, id),
		MayGive: len(r.Actor.Units(access.AccountManage))+len(r.Actor.Units(access.SystemRun)) > 0,
		Data:    forms.data, Give: forms.give,
	}
	if _, page.TwoSteps, err = account.FactorOf(r.Context(), s.reader(), id); err != nil {
		return err
	}
	passkeys, err := account.PasskeysOf(r.Context(), s.reader(), id)
	if err != nil {
		return err
	}
	page.TwoSteps = page.TwoSteps || len(passkeys) > 0
	if err := s.offerErasure(r, &page, forms.erase); err != nil {
		return err
	}
	home := s.seenUnit(r, shown)
	if page.Data == nil {
		page.Data = r.NewForm("data").Set("name", shown.Name).Set("email", shown.Email).Set("phone", shown.Phone)
	}
	if page.Give == nil {
		page.Give = r.NewForm("give").Set("unit", home.Code)
	}
	page.Roles = everyRole(r)
	r.Layout().Narrow = true
	s.adminWay(r, home, r.Person(shown.Name))
	return r.RenderStatus(status, s.pages.person, page)
}

// seen leaves out roles at units whose accounts the person may not read.
func seen(r *web.Request, grants []account.Grant) []account.Grant {
	var list []account.Grant
	for _, g := range grants {
		if r.Actor.May(access.AccountRead, g.Unit) == nil {
			list = append(list, g)
		}
	}
	return list
}

// seenUnit is the first unit of an account that the person may see.
func (s *Screens) seenUnit(r *web.Request, a account.Account) tree.Unit {
	for _, list := range [][]account.Grant{a.Grants, a.Past} {
		for _, g := range list {
			if u, ok := s.config.Tree.Unit(g.Unit); ok && r.Actor.May(access.AccountRead, g.Unit) == nil {
				return u
			}
		}
	}
	return tree.Unit{}
}

// everyRole offers the roles that the person may give somewhere; where is asked
// about when it is given.
func everyRole(r *web.Request) []web.Option {
	var list []web.Option
	for _, role := range access.Roles {
		needs := access.AccountManage
		if role == access.SystemAdmin {
			needs = access.SystemRun
		}
		if len(r.Actor.Units(needs)) > 0 {
			list = append(list, web.Option{Value: string(role), Label: roleName(r, role)})
		}
	}
	return list
}

func (s *Screens) changePerson(r *web.Request) error {
	id, form, err := s.personForm(r, "data")
	if err != nil {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		return account.Change(r.Context(), tx, r.Actor, account.ChangeCommand{
			Person: id, Name: form.Text("name"), Email: form.Text("email"), Phone: form.Text("phone"),
		})
	})
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderPerson(r, id, status, personForms{data: form})
	}
	r.Notice("accountui.person.saved")
	return r.See(r.URL.Path)
}

func (s *Screens) giveRole(r *web.Request) error {
	id, form, err := s.personForm(r, "give")
	if err != nil {
		return err
	}
	unit, err := s.findUnit(r, form.Text("unit"))
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error {
			return account.Give(r.Context(), tx, r.Actor, account.GiveCommand{
				Person: id, Unit: unit.ID, Role: access.Role(form.Text("role")),
			})
		})
	}
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderPerson(r, id, status, personForms{give: form})
	}
	r.Notice("accountui.role.added", "unit", unit.Name)
	return r.See(personPath(r))
}

// findUnit is the one unit that somebody means by a code or a name, among those
// whose accounts the person may read.
func (s *Screens) findUnit(r *web.Request, typed string) (tree.Unit, error) {
	if u, ok := s.config.Tree.ByCode(typed); ok && r.Actor.May(access.AccountRead, u.ID) == nil {
		return u, nil
	}
	var found []tree.Unit
	if root, ok := s.config.Tree.Root(); ok {
		for _, u := range s.config.Tree.Find(root.ID, typed, searchLimit) {
			if r.Actor.May(access.AccountRead, u.ID) == nil {
				found = append(found, u)
			}
		}
	}
	switch len(found) {
	case 0:
		return tree.Unit{}, fault.New(fault.Invalid, "accountui.unit.missing", "typed", typed).At("unit")
	case 1:
		return found[0], nil
	}
	return tree.Unit{}, fault.New(fault.Invalid, "accountui.unit.several",
		"first", found[0].Name+" ("+found[0].Code+")", "second", found[1].Name+" ("+found[1].Code+")").At("unit")
}

func (s *Screens) endRole(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var ended account.Grant
	err = r.Update(func(tx *ledger.Tx) (err error) {
		ended, err = account.EndGrant(r.Context(), tx, r.Actor, id)
		return err
	})
	if err != nil {
		return err
	}
	r.Notice("accountui.role.ended", "role", roleName(r, ended.Role), "unit", s.unitName(r, ended.Unit))
	return r.See(r.Back("/admin"))
}

func (s *Screens) reset(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var made account.Invitation
	err = r.Update(func(tx *ledger.Tx) (err error) {
		made, err = account.Reset(r.Context(), tx, r.Actor, id, s.now())
		return err
	})
	if err != nil {
		return err
	}
	return s.renderInvited(r, made)
}

func (s *Screens) disable(r *web.Request) error {
	return s.switchAccount(r, "accountui.person.disabled", func(tx *ledger.Tx, id int64) error {
		return account.Disable(r.Context(), tx, r.Actor, id)
	})
}

func (s *Screens) enable(r *web.Request) error {
	return s.switchAccount(r, "accountui.person.enabled", func(tx *ledger.Tx, id int64) error {
		return account.Enable(r.Context(), tx, r.Actor, id)
	})
}

func (s *Screens) switchAccount(r *web.Request, notice string, act func(*ledger.Tx, int64) error) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	if err := r.Update(func(tx *ledger.Tx) error { return act(tx, id) }); err != nil {
		return err
	}
	r.Notice(notice)
	return r.See(personPath(r))
}

func (s *Screens) personForm(r *web.Request, name string) (int64, *web.Form, error) {
	id, err := r.ID("id")
	if err != nil {
		return 0, nil, err
	}
	form, err := r.Posted(name)
	return id, form, err
}

// personPath is the page of the account that the address is about.
func personPath(r *web.Request) string { return "/admin/accounts/" + r.PathValue("id") }
