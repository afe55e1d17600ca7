package inbox

import (
	"giaoban/internal/base/access"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/news"
)

// Article is one of a desk of the person, with which something is to be done.
type Article struct {
	news.Article
	At tree.Unit
}

// articles gathers what desks handed in for the person to approve, and what the person's
// desk got back or could not publish.
func (g *gatherer) articles() error {
	for _, unit := range g.actor.Units(access.NewsPublish) {
		list, err := news.AtStage(g.ctx, g.q, unit, news.HandedIn)
		if err != nil {
			return err
		}
		g.work.HandedIn = append(g.work.HandedIn, g.articlesAt(unit, list)...)
	}
	for _, unit := range g.actor.Units(access.NewsWrite) {
		list, err := news.AtStage(g.ctx, g.q, unit, news.SentBack, news.Stuck)
		if err != nil {
			return err
		}
		g.work.SentBack = append(g.work.SentBack, g.articlesAt(unit, list)...)
	}
	return nil
}

func (g *gatherer) articlesAt(unit tree.UnitID, list []news.Article) (all []Article) {
	at, _ := g.actor.Tree.Unit(unit)
	for _, a := range list {
		all = append(all, Article{a, at})
	}
	return all
}
