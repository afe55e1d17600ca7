package accountui

import (
	"net/http"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/edge/web"
)

// settingsPage is what whoever runs the system decides for the installation.
type settingsPage struct {
	Form    *web.Form
	Options []web.Option
}

func (s *Screens) showSettings(r *web.Request) error {
	ceiling, err := marking.Ceiling(r.Context(), s.reader())
	if err != nil {
		return err
	}
	return s.renderSettings(r, r.NewForm("settings").Set("ceiling", string(ceiling)), http.StatusOK)
}

func (s *Screens) renderSettings(r *web.Request, form *web.Form, status int) error {
	root, ok := s.config.Tree.Root()
	if !ok {
		return fault.New(fault.NotFound, "web.not-found")
	}
	if err := r.Actor.May(access.SystemRun, root.ID); err != nil {
		return err
	}
	r.Layout().Title, r.Layout().Narrow, r.Layout().Rail = r.T("accountui.settings.title"), true, "/admin"
	r.Layout().Crumb(r.T("accountui.settings.title"), "")
	return r.RenderStatus(status, s.pages.settings, settingsPage{form, r.Secrecies()})
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
		return s.renderSettings(r, form, status)
	}
	r.Notice("accountui.settings.saved")
	return r.See("/settings")
}
