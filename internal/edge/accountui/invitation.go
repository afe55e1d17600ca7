package accountui

import (
	"net/http"

	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
)

// codePage asks for a one-time code.
type codePage struct{ Form *web.Form }

// acceptPage makes an account of an invitation, or a new password.
type acceptPage struct {
	Form       *web.Form
	Invitation account.Invitation
	UnitName   string
	Roles      string
	Login      string // of the person who gets a new password
	Known      string // whose account the roles can go to: who is signed in
	Least      int    // characters of a password
}

func (s *Screens) showCode(r *web.Request) error {
	return s.renderCode(r, r.NewForm("code"), http.StatusOK)
}

func (s *Screens) renderCode(r *web.Request, form *web.Form, status int) error {
	r.Layout().Title, r.Layout().Bare = r.T("accountui.code.title"), true
	return r.RenderStatus(status, s.pages.code, codePage{form})
}

// enterCode leads to the invitation. The code is checked there, so that a typed
// one and a scanned one take the same way.
func (s *Screens) enterCode(r *web.Request) error {
	form, err := r.Posted("code")
	if err != nil {
		return err
	}
	code, ok := account.ParseCode(form.Text("code"))
	if !ok {
		form.Wrong(fault.New(fault.Invalid, "account.code.unknown").At("code"))
		return s.renderCode(r, form, form.Status())
	}
	return r.See("/invitation/" + string(code))
}

// invited finds the invitation of the address; when there is none, it answers
// with the page that asks for the code and done is true.
func (s *Screens) invited(r *web.Request) (i account.Invitation, done bool, err error) {
	typed := r.PathValue("code")
	i, err = account.CheckCode(r.Context(), s.config.Ledger.DB(), typed, address(r), s.now())
	if err == nil {
		return i, false, nil
	}
	form := r.NewForm("code").Set("code", typed)
	status, err := refused(form, err)
	if err != nil {
		return i, false, err
	}
	return i, true, s.renderCode(r, form, status)
}

func (s *Screens) showInvitation(r *web.Request) error {
	i, done, err := s.invited(r)
	if err != nil || done {
		return err
	}
	return s.renderAccept(r, i, r.NewForm("accept").Set("name", i.Name), http.StatusOK)
}

func (s *Screens) renderAccept(r *web.Request, i account.Invitation, form *web.Form, status int) error {
	page := acceptPage{Form: form, Invitation: i, UnitName: s.unitName(r, i.Unit), Roles: roleNames(r, i.Roles), Least: account.PasswordLeast}
	if i.Person != 0 {
		p, err := account.Find(r.Context(), s.reader(), i.Person)
		if err != nil {
			return err
		}
		page.Login = p.Login
	}
	if i.Person == 0 {
		page.Known = r.Actor.Name
		if !r.SignedIn() {
			page.Known = ""
		}
	}
	r.Layout().Title, r.Layout().Bare = r.T("accountui.accept.title"), true
	r.Layout().Script("account/reveal.ts")
	return r.RenderStatus(status, s.pages.accept, page)
}

func (s *Screens) accept(r *web.Request) error {
	i, done, err := s.invited(r)
	if err != nil || done {
		return err
	}
	form, err := r.Posted("accept")
	if err != nil {
		return err
	}
	token, err := s.come(r, i, form)
	if shown, failed := s.needsFactor(r, err); shown {
		return failed
	}
	if err != nil {
		status, err := refused(form, err)
		if err != nil {
			return err
		}
		return s.renderAccept(r, i, form, status)
	}
	if err := s.leave(r); err != nil {
		return err
	}
	s.setCookie(r, token)
	r.Notice("accountui.accept.welcome")
	return r.See("/")
}

// join adds the roles of the invitation to the account of who is signed in.
func (s *Screens) join(r *web.Request) error {
	i, done, err := s.invited(r)
	if err != nil || done {
		return err
	}
	err = r.Update(func(tx *ledger.Tx) error {
		_, err := account.Join(r.Context(), tx, r.Actor, string(i.Code), s.now())
		return err
	})
	if err != nil {
		return err
	}
	r.Notice("accountui.join.done", "unit", s.unitName(r, i.Unit))
	return r.See("/account")
}

// come accepts the invitation with what the form says and opens a session, or
// half of one: [account.FactorNeeded].
func (s *Screens) come(r *web.Request, i account.Invitation, form *web.Form) (account.Token, error) {
	cmd := account.AcceptCommand{
		Code: string(i.Code), Name: form.Text("name"), Login: form.Text("login"), Now: s.now(),
	}
	var err error
	if i.Person != 0 {
		p, err := account.Find(r.Context(), s.reader(), i.Person)
		if err != nil {
			return "", err
		}
		cmd.Password, err = account.ChoosePassword(r.Context(), p.Login, form.Raw("password"))
		if err != nil {
			return "", err
		}
	} else if cmd.Password, err = s.newcomer(r, form); err != nil {
		return "", err
	}
	var token account.Token
	var needed *account.FactorNeeded
	err = r.Update(func(tx *ledger.Tx) error {
		p, err := account.Accept(r.Context(), tx, cmd)
		if err != nil {
			return err
		}
		_, token, needed, err = account.EnterByCode(r.Context(), tx.Tx, p.ID, s.browser(r))
		return err
	})
	if err == nil && needed != nil {
		err = needed
	}
	return token, err
}

// newcomer checks everything that somebody new has typed, so that one answer
// names all that is wrong, and hashes the password.
func (s *Screens) newcomer(r *web.Request, form *web.Form) (account.Password, error) {
	err := account.CheckEntry(r.Context(), s.reader(), form.Text("name"), form.Text("login"))
	wrong := fault.All(err)
	if err != nil && len(wrong) == 0 {
		return account.Password{}, err
	}
	chosen, err := account.ChoosePassword(r.Context(), form.Text("login"), form.Raw("password"))
	more := fault.All(err)
	if err != nil && len(more) == 0 {
		return account.Password{}, err
	}
	return chosen, append(wrong, more...).Err()
}
