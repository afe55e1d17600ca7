package accountui

import (
	"net/http"
	"net/url"

	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
)

// signInPage is what the sign-in page shows.
type signInPage struct {
	Form *web.Form
	Kept *web.Kept
	// SetUp is set while there is no system administrator.
	SetUp bool
	// Passkey is set where people can come in by one.
	Passkey bool
}

// SignIn shows the sign-in page, also over a form whose session has ended. While
// nobody can sign in at all, it leads to set-up.
func (s *Screens) SignIn(r *web.Request) error {
	if r.SignedIn() {
		return r.See(r.Kept().Next)
	}
	inhabited, err := account.Inhabited(r.Context(), s.reader())
	if err != nil {
		return err
	}
	if !inhabited && r.Method == http.MethodGet {
		return r.See("/setup")
	}
	return s.renderSignIn(r, r.NewForm("sign-in"), http.StatusOK)
}

func (s *Screens) renderSignIn(r *web.Request, form *web.Form, status int) error {
	needed, err := account.NeedsSetUp(r.Context(), s.reader())
	if err != nil {
		return err
	}
	_, _, named := r.Site()
	r.Layout().Title, r.Layout().Bare = r.T("accountui.sign-in.title"), true
	r.Layout().Script("account/reveal.ts")
	return r.RenderStatus(status, s.pages.signIn, signInPage{form, r.Kept(), needed, named})
}

func (s *Screens) signIn(r *web.Request) error {
	form, err := r.Posted("sign-in")
	if err != nil {
		return err
	}
	cmd := s.browser(r)
	cmd.Login, cmd.Password = form.Text("login"), form.Raw("password")
	session, token, err := account.SignIn(r.Context(), s.config.Ledger.DB(), cmd)
	if shown, failed := s.needsFactor(r, err); shown {
		return failed
	}
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderSignIn(r, form, status)
	}
	if err := s.leave(r); err != nil {
		return err
	}
	s.setCookie(r, token)
	return s.proceed(r, session.Person)
}

// leave ends the session that this browser had before, if any.
func (s *Screens) leave(r *web.Request) error {
	if r.Session.ID == 0 {
		return nil
	}
	err := r.Update(func(tx *ledger.Tx) error { return account.SignOut(r.Context(), tx, r.Session) })
	if err == nil {
		s.config.Cut(r.Session.Person)
	}
	return err
}

// proceed goes on to what the person wanted, in the person's language.
func (s *Screens) proceed(r *web.Request, person int64) error {
	p, err := account.Find(r.Context(), s.reader(), person)
	if err != nil {
		return err
	}
	kept := r.Kept()
	if len(kept.Fields) > 0 || p.Language == "" || p.Language == string(r.Lang) {
		return r.Proceed()
	}
	return r.See(inLanguage(kept.Next, p.Language))
}

// inLanguage is a path by which the frame changes the language.
func inLanguage(path, language string) string {
	to, err := url.Parse(path)
	if err != nil {
		return path
	}
	query := to.Query()
	query.Set("lang", language)
	to.RawQuery = query.Encode()
	return to.String()
}

func (s *Screens) signOut(r *web.Request) error {
	if err := s.leave(r); err != nil {
		return err
	}
	s.dropCookie(r)
	r.Notice("accountui.signed-out")
	return r.See("/sign-in")
}

// refused takes the errors of a use case into its form and gives the status of
// the page that shows it again: 429 for somebody who has to wait. An error that
// the person cannot mend in the form comes back.
func refused(form *web.Form, err error) (int, error) {
	if fault.Is(err, fault.Unavailable) {
		form.Errors = append(form.Errors, fault.All(err)...)
		return http.StatusTooManyRequests, nil
	}
	if err := form.Refused(err); err != nil {
		return 0, err
	}
	return form.Status(), nil
}
