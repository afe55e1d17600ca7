package inbox

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/news"
)

// PublicBoard is one whose figures a leader is asked to clear for the public.
type PublicBoard struct {
	news.PublicBoard
	At tree.Unit
}

// boards gathers what the person is asked to clear for the public.
func (g *gatherer) boards() error {
	for _, id := range g.actor.Units(access.NewsClear) {
		list, err := news.ToClear(g.ctx, g.q, id)
		if err != nil {
			return err
		}
		unit, _ := g.actor.Tree.Unit(id)
		for _, b := range list {
			g.work.Boards = append(g.work.Boards, PublicBoard{b, unit})
		}
	}
	return nil
}
