package accountui

import (
	"slices"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

// mostUnreached is how many people with a refused address a page lists.
const mostUnreached = 200

// unreached are those at a unit and below whose address the mail server refuses.
func (s *Screens) unreached(r *web.Request, top tree.UnitID) ([]accountRow, error) {
	list, err := account.Unreached(r.Context(), s.reader(), r.Actor)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(a account.Account) bool {
		return !slices.ContainsFunc(a.Grants, func(g account.Grant) bool { return s.config.Tree.Within(g.Unit, top) })
	})
	return s.accountRows(r, list[:min(len(list), mostUnreached)], 0), nil
}

// tryOwnAddress has letters go to one's own address again.
func (s *Screens) tryOwnAddress(r *web.Request) error {
	return s.tryAddressOf(r, r.Actor.Person, "/account")
}

// tryAddress has letters go to somebody's address again.
func (s *Screens) tryAddress(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	return s.tryAddressOf(r, id, personPath(r))
}

func (s *Screens) tryAddressOf(r *web.Request, person int64, back string) error {
	err := r.Update(func(tx *ledger.Tx) error { return account.TryAddress(r.Context(), tx, r.Actor, person) })
	if err != nil {
		return err
	}
	r.Notice("accountui.address.tried")
	return r.See(back)
}
