package reportui

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// signing says how an actor signs a form for a unit now; nil when the actor does
// not sign there.
func (s *Screens) signing(r *web.Request, actor access.Actor, form *web.Form, unit tree.UnitID) (*web.Signing, error) {
	if actor.May(access.ReportSubmit, unit) != nil {
		return nil, nil
	}
	signing, err := r.Signing(form, "sign", r.T("reportui.sign"))
	return &signing, err
}

// sign gives an actor's signature for a unit.
func (s *Screens) sign(r *web.Request, actor access.Actor, form *web.Form, unit tree.UnitID) (account.Signature, error) {
	if err := actor.May(access.ReportSubmit, unit); err != nil {
		return account.Signature{}, err
	}
	post, err := s.post(r, unit)
	if err != nil {
		return account.Signature{}, err
	}
	return r.Sign(form, account.As(actor, access.ReportSubmit, unit, post))
}

// toSign is the person as one who signs in a slot, also in a deputy's turn.
func (s *Screens) toSign(r *web.Request, slot report.Slot) (actor access.Actor, err error) {
	err = r.View(func(q store.Querier) (err error) {
		actor, err = report.ToSign(r.Context(), q, r.Actor, slot, r.Now())
		return err
	})
	return actor, err
}

// toSignCells is the person as one who signs a committee's tick list, also in a
// deputy's turn.
func (s *Screens) toSignCells(r *web.Request, slot report.Slot) (actor access.Actor, err error) {
	err = r.View(func(q store.Querier) (err error) {
		actor, err = report.ToSignCells(r.Context(), q, r.Actor, slot, r.Now())
		return err
	})
	return actor, err
}

// signSlot gives the person's signature in a slot, also in a deputy's turn.
func (s *Screens) signSlot(r *web.Request, form *web.Form, slot report.Slot) (account.Signature, error) {
	actor, err := s.toSign(r, slot)
	if err != nil {
		return account.Signature{}, err
	}
	return s.sign(r, actor, form, slot.Unit)
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

// decider is the person with the post at a unit, as a decision names both. Whether
// the person may decide, the decision asks.
func (s *Screens) decider(r *web.Request, unit tree.UnitID) (string, error) {
	post, err := s.post(r, unit)
	if err != nil {
		return "", err
	}
	actor := r.Actor
	if actor.May(access.ReportDecide, unit) != nil {
		deputy, err := s.deputy(r, unit)
		if err != nil {
			return "", err
		}
		actor = actor.InPlace(unit, deputy.Authority, access.ReportDecide)
	}
	return account.As(actor, access.ReportDecide, unit, post).Named(r.Actor.Name), nil
}

// deputy is what the person stands in for at a unit today.
func (s *Screens) deputy(r *web.Request, unit tree.UnitID) (deputy org.Deputy, err error) {
	err = r.View(func(q store.Querier) (err error) {
		deputy, err = org.DeputyAt(r.Context(), q, r.Actor, unit, clock.DateOf(r.Now(), r.Zone()))
		return err
	})
	return deputy, err
}
