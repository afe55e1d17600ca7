package web

import (
	"encoding/json"
	"errors"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
)

// Signing is how the person can sign now, for the template "signing".
type Signing struct {
	Form    *Form
	Open    bool   // the signing window is open: no password is asked for
	Minutes int    // that it stays open, rounded up
	Passkey bool   // the person has a passkey that works here
	Act     string // value of the button "act" that signs
	Label   string // of that button
}

// Signing says how the person can sign the form now, by a button named "act".
func (r *Request) Signing(form *Form, act, label string) (Signing, error) {
	left := r.Session.SigningLeft(r.frame.config.Machine.Now())
	s := Signing{Form: form, Open: left > 0, Minutes: int((left + time.Minute - 1) / time.Minute), Act: act, Label: label}
	site, _, ok := r.Site()
	if !ok {
		return s, nil
	}
	return s, r.View(func(q store.Querier) error {
		held, err := account.PasskeysOf(r.Context(), q, r.Actor.Person)
		for _, p := range held {
			s.Passkey = s.Passkey || p.Host == site.Host
		}
		return err
	})
}

// Weaker says whether the weaker way stands open: an answer to its fields is
// shown there.
func (s Signing) Weaker() bool {
	for _, f := range s.Form.Errors {
		if f.Field == "password" {
			return true
		}
	}
	return s.Open
}

// Sign gives the person's signature by what the sent form holds: the answer of a
// passkey; a script's question what there is to sign, to which [Request.Asked]
// answers; else the signing window, which the password in the form opens when it
// is closed. No password is a fault at "password".
func (r *Request) Sign(form *Form, as account.Capacity) (account.Signature, error) {
	db, now := r.frame.config.Ledger.DB(), r.frame.config.Machine.Now()
	site, why, ok := r.Site()
	switch answer := form.Raw("passkey"); {
	case answer != "" && !ok:
		return account.Signature{}, r.NotHere(why)
	case answer != "":
		return account.SignByPasskey(r.Context(), db, site, r.Session, r.Actor, as, []byte(answer), now)
	case form.Raw("with") == account.ByPasskey:
		return account.ToSign(r.Actor, as), nil
	}
	if !r.Session.Signing(now) {
		if form.Raw("password") == "" {
			return account.Signature{}, fault.New(fault.Invalid, "web.sign.password-needed").At("password")
		}
		session, err := account.OpenWindow(r.Context(), db, r.Session, form.Raw("password"), now)
		if err != nil {
			return account.Signature{}, err
		}
		r.Session = session
	}
	return account.Sign(r.Session, r.Actor, as, now)
}

// Asked answers a script that asked what there is to sign: err is what the use
// case ended with. done is false for any other error, which comes back.
func (r *Request) Asked(err error) (done bool, failed error) {
	var unsigned *account.Unsigned
	if !errors.As(err, &unsigned) {
		return false, err
	}
	if !r.WantsJSON() {
		return false, fault.New(fault.Invalid, "web.passkey.unanswered")
	}
	site, why, ok := r.Site()
	if !ok {
		return true, r.NotHere(why)
	}
	options, err := account.AskPasskey(r.Context(), r.frame.config.Ledger.DB().Reader(), site, r.Actor.Person, unsigned.Statement.Challenge())
	if err != nil {
		return true, err
	}
	return true, r.JSON(map[string]any{"publicKey": json.RawMessage(options), "statement": unsigned.Statement})
}
