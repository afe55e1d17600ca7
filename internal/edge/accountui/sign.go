package accountui

import (
	"net/http"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
)

// signPage confirms the password and opens the signing window.
type signPage struct {
	Form *web.Form
	Next string
	Open bool
	Left int // minutes that the window stays open, rounded up
	Life int // minutes that it stays open from the start
}

func (s *Screens) showSign(r *web.Request) error {
	return s.renderSign(r, r.NewForm("sign"), http.StatusOK)
}

func (s *Screens) renderSign(r *web.Request, form *web.Form, status int) error {
	r.Layout().Title, r.Layout().Narrow = r.T("accountui.sign.title"), true
	r.Layout().Script("account/reveal.ts").Crumb(r.T("accountui.sign.title"), "")
	return r.RenderStatus(status, s.pages.sign, signPage{
		Form: form, Next: r.Kept().Next, Open: r.Session.Signing(s.now()),
		Left: minutes(r.Session.SigningLeft(s.now())), Life: minutes(account.SigningWindow),
	})
}

func (s *Screens) openWindow(r *web.Request) error {
	form, err := r.Posted("sign")
	if err != nil {
		return err
	}
	session, err := account.OpenWindow(r.Context(), s.config.Ledger.DB(), r.Session, form.Raw("password"), s.now())
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderSign(r, form, status)
	}
	r.Notice("accountui.sign.opened", "n", minutes(session.SigningLeft(s.now())))
	return r.See(r.Kept().Next)
}

func (s *Screens) closeWindow(r *web.Request) error {
	err := r.Update(func(tx *ledger.Tx) error { return account.CloseWindow(r.Context(), tx, r.Session) })
	if err != nil {
		return err
	}
	r.Notice("accountui.sign.closed")
	return r.See(r.Kept().Next)
}

// minutes is a duration in whole minutes, rounded up.
func minutes(d time.Duration) int { return int((d + time.Minute - 1) / time.Minute) }
