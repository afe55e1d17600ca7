package accountui

import (
	"net/http"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/edge/web"
)

// settingsPage is what whoever runs the system decides for the installation.
type settingsPage struct {
	Form    *web.Form // the ceiling of secrecy
	Options []web.Option
	Asked   *web.Form // who needs a second factor
	Roles   []web.Option
}

func (s *Screens) showSettings(r *web.Request) error {
	return s.renderSettings(r, settingsPage{}, http.StatusOK)
}

// fill puts what stands into the forms that nobody sent.
func (s *Screens) fill(r *web.Request, page *settingsPage) error {
	if page.Form == nil {
		ceiling, err := marking.Ceiling(r.Context(), s.reader())
		if err != nil {
			return err
		}
		page.Form = r.NewForm("settings").Set("ceiling", string(ceiling))
	}
	if page.Asked == nil {
		roles, err := account.FactorRoles(r.Context(), s.reader())
		if err != nil {
			return err
		}
		page.Asked = r.NewForm("factor-roles")
		for _, role := range roles {
			page.Asked.Values.Add("roles", string(role))
		}
	}
	page.Options = r.Secrecies()
	for _, role := range access.Roles {
		page.Roles = append(page.Roles, web.Option{Value: string(role), Label: roleName(r, role)})
	}
	return nil
}

func (s *Screens) renderSettings(r *web.Request, page settingsPage, status int) error {
	root, ok := s.config.Tree.Root()
	if !ok {
		return fault.New(fault.NotFound, "web.not-found")
	}
	if err := r.Actor.May(access.SystemRun, root.ID); err != nil {
		return err
	}
	if err := s.fill(r, &page); err != nil {
		return err
	}
	r.Layout().Title, r.Layout().Narrow, r.Layout().Rail = r.T("accountui.settings.title"), true, "/settings"
	r.Layout().Crumb(r.T("accountui.settings.title"), "")
	return r.RenderStatus(status, s.pages.settings, page)
}

func (s *Screens) saveSettings(r *web.Request) error {
	form, err := r.Posted("settings")
	if err != nil {
		return err
	}
	root, ok := s.config.Tree.Root()
	if !ok {
		return fault.New(fault.NotFound, "web.not-found")
	}
	err = r.Update(func(tx *ledger.Tx) error {
		return marking.SetCeiling(r.Context(), tx, r.Actor, root.ID, marking.Secrecy(form.Text("ceiling")))
	})
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderSettings(r, settingsPage{Form: form}, status)
	}
	r.Notice("accountui.settings.saved")
	return r.See("/settings")
}

// askFactor sets whose roles need a second factor.
func (s *Screens) askFactor(r *web.Request) error {
	form, err := r.Posted("factor-roles")
	if err != nil {
		return err
	}
	root, ok := s.config.Tree.Root()
	if !ok {
		return fault.New(fault.NotFound, "web.not-found")
	}
	var roles []access.Role
	for _, role := range form.All("roles") {
		roles = append(roles, access.Role(role))
	}
	err = r.Update(func(tx *ledger.Tx) error {
		return account.AskFactor(r.Context(), tx, r.Actor, root.ID, roles)
	})
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderSettings(r, settingsPage{Asked: form}, status)
	}
	r.Notice("accountui.settings.saved")
	return r.See("/settings")
}
