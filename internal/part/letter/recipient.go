package letter

import (
	"context"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// Recipient is somebody who is written to about a briefing.
type Recipient struct {
	account.Person
	Unit  tree.UnitID // for whose site; the host for who leads the meeting
	Leads bool        // the chair, or a secretary
}

// Recipients gives those who are written to about a briefing, each once: who leads it,
// then the leaders and officers of each called site. Those without an address are
// among them.
func Recipients(ctx context.Context, q store.Querier, b briefing.Briefing) ([]Recipient, error) {
	var list []Recipient
	seen := map[int64]bool{}
	for _, one := range append([]briefing.Person{b.Chair}, b.Secretaries...) {
		p, err := account.Find(ctx, q, one.ID)
		if err != nil {
			return nil, err
		}
		if !seen[p.ID] && p.Disabled.IsZero() {
			seen[p.ID] = true
			list = append(list, Recipient{Person: p, Unit: b.Unit, Leads: true})
		}
	}
	sites, err := briefing.Sites(ctx, q, b.ID)
	if err != nil {
		return nil, err
	}
	var units []tree.UnitID
	for _, site := range sites {
		if site.Unit != b.Unit {
			units = append(units, site.Unit)
		}
	}
	holders, err := account.Holders(ctx, q, units, access.Leader, access.Officer)
	if err != nil {
		return nil, err
	}
	for _, h := range holders {
		if !seen[h.ID] {
			seen[h.ID] = true
			list = append(list, Recipient{Person: h.Person, Unit: h.Unit})
		}
	}
	return list, nil
}
