package boardui

import (
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
)

// Hindered has the open boards on which a difficulty stands fetch anew what is in the
// way: those of the unit that raised it and of all above it.
func Hindered(hub *live.Hub, t *tree.Tree, d difficulty.Difficulty) error {
	for _, unit := range t.Path(d.Unit) {
		name := channel(d.Directive, unit.ID)
		if !hub.Watched(name) {
			continue
		}
		if err := hub.Send(name, pushed{Obstacles: true}); err != nil {
			return err
		}
	}
	return nil
}

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
