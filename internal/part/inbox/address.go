package inbox

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
)

// addresses gathers to whom no letters go: the person, and those whom the person
// administers.
func (g *gatherer) addresses() error {
	if len(g.actor.Units(access.AccountManage)) > 0 {
		list, err := account.Unreached(g.ctx, g.q, g.actor)
		if err != nil {
			return err
		}
		for _, a := range list {
			if a.ID != g.actor.Person {
				g.work.Unreached++
			}
		}
	}
	own, err := account.Find(g.ctx, g.q, g.actor.Person)
	if err == nil && !own.RefusedAt.IsZero() {
		g.work.Address = Address{own.Email, own.RefusedAt}
	}
	return err
}
