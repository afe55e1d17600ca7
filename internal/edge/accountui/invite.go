package accountui

import (
	"net/http"
	"slices"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

// invitePage invites somebody to a unit, or gives a role to somebody who has an
// account already.
type invitePage struct {
	Unit  tree.Unit
	Form  *web.Form
	Known *web.Form
	Roles []web.Option
}

// inviteForms are the forms of the page; nil ones are empty.
type inviteForms struct{ invite, known *web.Form }

func (s *Screens) showInvite(r *web.Request) error {
	return s.renderInvite(r, http.StatusOK, inviteForms{})
}

func (s *Screens) renderInvite(r *web.Request, status int, forms inviteForms) error {
	id, err := s.unitAsked(r)
	if err != nil {
		return err
	}
	page := invitePage{Form: forms.invite, Known: forms.known}
	if page.Unit, err = s.readable(r, id); err != nil {
		return err
	}
	if page.Roles = roleOptions(r, id); len(page.Roles) == 0 {
		return fault.New(fault.Forbidden, "access.refused")
	}
	if page.Form == nil {
		page.Form = r.NewForm("invite")
	}
	if page.Known == nil {
		page.Known = r.NewForm("known")
	}
	r.Layout().Narrow = true
	s.adminWay(r, page.Unit, r.T("accountui.invite.title"))
	return r.RenderStatus(status, s.pages.invite, page)
}

// roleOptions are the roles that the person may give at a unit.
func roleOptions(r *web.Request, unit tree.UnitID) []web.Option {
	var list []web.Option
	for _, role := range access.Roles {
		if account.MayGive(r.Actor, unit, role) {
			list = append(list, web.Option{
				Value: string(role), Label: roleName(r, role), Hint: r.T("access.role." + string(role) + ".does"),
			})
		}
	}
	return list
}

// invitedPage shows a one-time code, once: as a leaflet and as a letter.
type invitedPage struct {
	Unit    tree.Unit
	Leaflet leaflet
	Letters []letter
}

func (s *Screens) invite(r *web.Request) error {
	form, err := r.Posted("invite")
	if err != nil {
		return err
	}
	id, err := s.unitAsked(r)
	if err != nil {
		return err
	}
	var roles []access.Role
	for _, role := range access.Roles { // in our order, each once
		if slices.Contains(form.All("role"), string(role)) {
			roles = append(roles, role)
		}
	}
	var made account.Invitation
	err = r.Update(func(tx *ledger.Tx) (err error) {
		made, err = account.Invite(r.Context(), tx, r.Actor, account.InviteCommand{
			Unit: id, Roles: roles, Name: form.Text("name"), Email: form.Text("email"), Now: s.now(),
		})
		return err
	})
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderInvite(r, status, inviteForms{invite: form})
	}
	return s.renderInvited(r, made)
}

func (s *Screens) renew(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var made account.Invitation
	err = r.Update(func(tx *ledger.Tx) (err error) {
		made, err = account.Renew(r.Context(), tx, r.Actor, id, s.now())
		return err
	})
	if err != nil {
		return err
	}
	return s.renderInvited(r, made)
}

// renderInvited answers a form with the page itself: a code is shown once and
// kept nowhere, so there is nothing that a redirect could lead to.
func (s *Screens) renderInvited(r *web.Request, made account.Invitation) error {
	one, err := s.leaflet(r, made)
	if err != nil {
		return err
	}
	unit, _ := s.config.Tree.Unit(made.Unit)
	page := invitedPage{Unit: unit, Leaflet: one, Letters: s.letters(r, one)}
	s.adminWay(r, unit, r.T("accountui.invited.title"))
	return r.Render(s.pages.invited, page)
}

// giveRoleByLogin gives a role at the unit of the address to somebody who has an
// account already, wherever.
func (s *Screens) giveRoleByLogin(r *web.Request) error {
	form, err := r.Posted("known")
	if err != nil {
		return err
	}
	id, err := s.unitAsked(r)
	if err != nil {
		return err
	}
	var p account.Person
	err = r.Update(func(tx *ledger.Tx) (err error) {
		if p, err = account.FindLogin(r.Context(), tx, form.Text("login")); err != nil {
			return err
		}
		return account.Give(r.Context(), tx, r.Actor, account.GiveCommand{
			Person: p.ID, Unit: id, Role: access.Role(form.Text("role")),
		})
	})
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.Invalid, "accountui.known.missing").At("login")
	}
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderInvite(r, status, inviteForms{known: form})
	}
	r.Notice("accountui.role.given", "name", p.Name)
	return r.See(adminPath(id))
}
