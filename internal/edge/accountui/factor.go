package accountui

import (
	"errors"
	"net/http"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
)

// factorPart is the second factor on one's own page.
type factorPart struct {
	account.Factor
	On   bool
	Owes bool // the installation asks for one, and this session came without
	Form *web.Form
}

// recoveryPage shows recovery codes, once, to be printed.
type recoveryPage struct {
	Name  string
	Codes []account.Code
}

func (s *Screens) factorPart(r *web.Request, form *web.Form) (part factorPart, err error) {
	part.Form, part.Owes = form, r.Session.Owes
	if form == nil {
		part.Form = r.NewForm("factor")
	}
	part.Factor, part.On, err = account.FactorOf(r.Context(), s.reader(), r.Actor.Person)
	return part, err
}

// factorPage sets a second factor up: a QR code, the same in letters, and the
// first code.
type factorPage struct {
	account.Factor
	Picture picture
	Form    *web.Form
}

// beginFactor confirms the password and shows what the telephone scans.
func (s *Screens) beginFactor(r *web.Request) error {
	by, form, err := s.confirmed(r, "factor")
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error {
			_, err := account.BeginFactor(r.Context(), tx, by)
			return err
		})
	}
	if err != nil {
		return s.againFactor(r, form, err)
	}
	return s.renderFactor(r, r.NewForm("factor"), http.StatusOK)
}

// confirmed reads a form whose password confirms the person.
func (s *Screens) confirmed(r *web.Request, name string) (account.Confirmation, *web.Form, error) {
	form, err := r.Posted(name)
	if err != nil {
		return account.Confirmation{}, nil, err
	}
	by, err := account.Confirm(r.Context(), s.config.Ledger.DB(), r.Session, form.Raw("password"), s.now())
	return by, form, err
}

func (s *Screens) againFactor(r *web.Request, form *web.Form, err error) error {
	if form == nil {
		return err
	}
	status, err := refused(form, err)
	if err != nil {
		return err
	}
	return s.renderAccount(r, status, ownForms{factor: form})
}

func (s *Screens) renderFactor(r *web.Request, form *web.Form, status int) error {
	page := factorPage{Form: form}
	var err error
	if page.Factor, err = account.PendingFactor(r.Context(), s.reader(), r.Actor.Person); err != nil {
		return err
	}
	if page.Picture, err = draw(page.Link); err != nil {
		return err
	}
	r.Layout().Title, r.Layout().Narrow = r.T("accountui.factor.title"), true
	r.Layout().Crumb(r.T("accountui.own.title"), "/account").Crumb(r.T("accountui.factor.title"), "")
	return r.RenderStatus(status, s.pages.factor, page)
}

// confirmFactor takes the first code and shows the recovery codes, this once.
func (s *Screens) confirmFactor(r *web.Request) error {
	form, err := r.Posted("factor")
	if err != nil {
		return err
	}
	var codes []account.Code
	err = account.CountFactor(r.Context(), s.config.Ledger.DB(), r.Actor.Person, s.now())
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) (err error) {
			codes, err = account.ConfirmFactor(r.Context(), tx, r.Session, form.Text("code"), s.now())
			return err
		})
	}
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderFactor(r, form, status)
	}
	return s.renderRecovery(r, codes)
}

func (s *Screens) removeFactor(r *web.Request) error {
	by, form, err := s.confirmed(r, "factor")
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error { return account.RemoveFactor(r.Context(), tx, by) })
	}
	if err != nil {
		return s.againFactor(r, form, err)
	}
	r.Notice("accountui.factor.removed")
	return r.See("/account#factor")
}

// halfPage asks for the code after the password.
type halfPage struct {
	Form *web.Form
	Kept *web.Kept
	Half account.Token
}

// needsFactor shows the page for the code when that is what err says.
func (s *Screens) needsFactor(r *web.Request, err error) (shown bool, failed error) {
	var needed *account.FactorNeeded
	if !errors.As(err, &needed) {
		return false, nil
	}
	return true, s.renderHalf(r, r.NewForm("half"), needed.Half, http.StatusOK)
}

func (s *Screens) renderHalf(r *web.Request, form *web.Form, half account.Token, status int) error {
	r.Layout().Title, r.Layout().Bare = r.T("accountui.half.title"), true
	return r.RenderStatus(status, s.pages.half, halfPage{form, r.Kept(), half})
}

// signInByFactor takes the code that follows the password.
func (s *Screens) signInByFactor(r *web.Request) error {
	form, err := r.Posted("half")
	if err != nil {
		return err
	}
	half := account.Token(form.Raw("secret"))
	session, token, err := account.SignInByFactor(r.Context(), s.config.Ledger.DB(), half, form.Text("code"), s.browser(r))
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderHalf(r, form, half, status)
	}
	if err := s.leave(r); err != nil {
		return err
	}
	s.setCookie(r, token)
	return s.proceed(r, session.Person)
}

// renewRecovery shows other recovery codes, this once; the old ones end.
func (s *Screens) renewRecovery(r *web.Request) error {
	by, form, err := s.confirmed(r, "factor")
	var codes []account.Code
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) (err error) {
			codes, err = account.RenewRecovery(r.Context(), tx, by)
			return err
		})
	}
	if err != nil {
		return s.againFactor(r, form, err)
	}
	return s.renderRecovery(r, codes)
}

func (s *Screens) renderRecovery(r *web.Request, codes []account.Code) error {
	r.Layout().Title, r.Layout().Narrow = r.T("accountui.factor.recovery"), true
	r.Layout().Crumb(r.T("accountui.own.title"), "/account").Crumb(r.T("accountui.factor.recovery"), "")
	return r.Render(s.pages.recovery, recoveryPage{r.Actor.Name, codes})
}

// resetFactor takes the second factor of somebody away who has lost it.
func (s *Screens) resetFactor(r *web.Request) error {
	return s.switchAccount(r, "accountui.factor.reset", func(tx *ledger.Tx, id int64) error {
		return account.ResetFactor(r.Context(), tx, r.Actor, id)
	})
}
