package boardui

import (
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
)

// obstacles reads what is in the way of the milestone shown, at the moment shown: of
// all in the unit and below, and by row.
func (p *boardPage) obstacles(r *web.Request, t *tree.Tree) error {
	at := p.Moment
	if p.At == "" {
		at = r.Now()
	}
	var units []tree.UnitID
	err := r.View(func(q store.Querier) (err error) {
		units, err = difficulty.HoldingBack(r.Context(), q, p.Directive, p.Milestone, at)
		return err
	})
	if err != nil {
		return err
	}
	under := map[tree.UnitID]int{} // by unit directly below
	for _, unit := range units {
		path := t.Path(unit)
		for i, one := range path {
			if one.ID != p.Unit.ID {
				continue
			}
			p.Obstacles++
			if i+1 < len(path) {
				under[path[i+1].ID]++
			}
		}
	}
	for i, row := range p.Rows {
		p.Rows[i].Obstacles = under[row.Unit.ID]
	}
	return nil
}
