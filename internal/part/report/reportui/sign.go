package reportui

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// signing is what a form that is signed needs to know.
type signing struct {
	May     bool // the person signs for the unit
	Open    bool // the signing window is open: no password is asked for
	Minutes int  // that it stays open, rounded up
}

// signing says how the person signs for a unit now.
func (s *Screens) signing(r *web.Request, unit tree.UnitID) signing {
	left := r.Session.SigningLeft(s.machine.Now())
	return signing{
		May:     r.Actor.May(access.ReportSubmit, unit) == nil,
		Open:    left > 0,
		Minutes: int((left.Seconds() + 59) / 60),
	}
}

// sign gives the person's signature for a unit. Where the window is closed, the
// password that stands in the form opens it first; none is a fault at
// "password".
func (s *Screens) sign(r *web.Request, form *web.Form, unit tree.UnitID) (account.Signature, error) {
	if err := r.Actor.May(access.ReportSubmit, unit); err != nil {
		return account.Signature{}, err
	}
	if !r.Session.Signing(s.machine.Now()) {
		if form.Raw("password") == "" {
			return account.Signature{}, fault.New(fault.Invalid, "reportui.password-needed").At("password")
		}
		session, err := account.OpenWindow(r.Context(), s.ledger.DB(), r.Session, form.Raw("password"), s.machine.Now())
		if err != nil {
			return account.Signature{}, err
		}
		r.Session = session
	}
	post, err := s.post(r, unit)
	if err != nil {
		return account.Signature{}, err
	}
	return account.Sign(r.Session, r.Actor, post, s.machine.Now())
}

// post is what the person is at a unit, as it stands in a signature.
func (s *Screens) post(r *web.Request, unit tree.UnitID) (string, error) {
	var post string
	err := r.View(func(q store.Querier) (err error) {
		post, err = org.PostTitle(r.Context(), q, r.Actor.Person, unit)
		return err
	})
	return post, err
}

// decider is the person with the post at a unit, as a decision names both.
func (s *Screens) decider(r *web.Request, unit tree.UnitID) (string, error) {
	post, err := s.post(r, unit)
	if err != nil || post == "" {
		return r.Actor.Name, err
	}
	return r.Actor.Name + ", " + post, nil
}
