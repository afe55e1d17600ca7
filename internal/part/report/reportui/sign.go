package reportui

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
)

// signing says how the person signs a form for a unit now; nil when the person
// does not sign there.
func (s *Screens) signing(r *web.Request, form *web.Form, unit tree.UnitID) (*web.Signing, error) {
	if r.Actor.May(access.ReportSubmit, unit) != nil {
		return nil, nil
	}
	signing, err := r.Signing(form, "sign", r.T("reportui.sign"))
	return &signing, err
}

// sign gives the person's signature for a unit.
func (s *Screens) sign(r *web.Request, form *web.Form, unit tree.UnitID) (account.Signature, error) {
	if err := r.Actor.May(access.ReportSubmit, unit); err != nil {
		return account.Signature{}, err
	}
	post, err := s.post(r, unit)
	if err != nil {
		return account.Signature{}, err
	}
	return r.Sign(form, account.As(r.Actor, access.ReportSubmit, unit, post))
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
	return account.As(r.Actor, access.ReportDecide, unit, post).Named(r.Actor.Name), err
}
