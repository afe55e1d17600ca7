package accountui

import (
	"encoding/json"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
)

// passkeysPart is the passkeys on one's own page.
type passkeysPart struct {
	List []account.Passkey
	Why  string // there can be none at this address; "" where there can
	Form *web.Form
}

func (s *Screens) passkeysPart(r *web.Request, form *web.Form) (passkeysPart, error) {
	part := passkeysPart{Form: form}
	if form == nil {
		part.Form = r.NewForm("passkey")
	}
	_, part.Why, _ = r.Site()
	var err error
	part.List, err = account.PasskeysOf(r.Context(), s.reader(), r.Actor.Person)
	return part, err
}

// addPasskey confirms the password and asks for a passkey; sent again with the
// authenticator's answer, it adds it.
func (s *Screens) addPasskey(r *web.Request) error {
	form, err := r.Posted("passkey")
	if err != nil {
		return err
	}
	site, why, ok := r.Site()
	if !ok {
		return r.NotHere(why)
	}
	if answer := form.Raw("passkey"); answer != "" {
		var added account.Passkey
		err = r.Update(func(tx *ledger.Tx) (err error) {
			added, err = account.AddPasskey(r.Context(), tx, r.Session, site, []byte(answer), s.now())
			return err
		})
		if err != nil {
			return s.againPasskey(r, form, err)
		}
		r.Notice("accountui.passkey.added", "name", added.Name)
		return r.See("/account#passkeys")
	}
	by, err := account.Confirm(r.Context(), s.config.Ledger.DB(), r.Session, form.Raw("password"), s.now())
	if err != nil {
		return s.againPasskey(r, form, err)
	}
	options, err := account.BeginPasskey(r.Context(), s.config.Ledger.DB(), by, site, form.Text("name"), s.now())
	if err != nil {
		return s.againPasskey(r, form, err)
	}
	return r.JSON(map[string]any{"publicKey": json.RawMessage(options)})
}

func (s *Screens) removePasskey(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	form, err := r.Posted("passkey")
	if err != nil {
		return err
	}
	by, err := account.Confirm(r.Context(), s.config.Ledger.DB(), r.Session, form.Raw("password"), s.now())
	if err != nil {
		return s.againPasskey(r, form, err)
	}
	err = r.Update(func(tx *ledger.Tx) error { return account.RemovePasskey(r.Context(), tx, by, id) })
	if err != nil {
		return err
	}
	r.Notice("accountui.passkey.removed")
	return r.See("/account#passkeys")
}

// againPasskey shows the page again with what is wrong; a script gets it as an
// error and then sends the form for the page.
func (s *Screens) againPasskey(r *web.Request, form *web.Form, err error) error {
	if r.WantsJSON() {
		return err
	}
	status, err := refused(form, err)
	if err != nil {
		return err
	}
	return s.renderAccount(r, status, ownForms{passkey: form})
}

// signInByPasskey asks for any passkey; sent again with the answer, it opens the
// session of the passkey's holder.
func (s *Screens) signInByPasskey(r *web.Request) error {
	form, err := r.Posted("sign-in")
	if err != nil {
		return err
	}
	site, why, ok := r.Site()
	if !ok {
		return r.NotHere(why)
	}
	if form.Raw("passkey") == "" {
		options, err := account.BeginSignIn(r.Context(), s.config.Ledger.DB(), site, s.now())
		if err != nil {
			return err
		}
		return r.JSON(map[string]any{"publicKey": json.RawMessage(options)})
	}
	session, token, err := account.SignInByPasskey(r.Context(), s.config.Ledger.DB(), site, []byte(form.Raw("passkey")), s.browser(r))
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
