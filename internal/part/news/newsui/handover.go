package newsui

import (
	"fmt"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/news"
	"giaoban/internal/part/org"
)

// handOverPage is the form by which a reader's opinion becomes a difficulty.
type handOverPage struct {
	news.Comment
	Desk                tree.Unit
	Headline            string
	Form                *web.Form
	Kinds               []web.Option
	Units               []tree.Unit // that are offered
	MostTitle, MostText int
}

// Path is where the form goes.
func (p handOverPage) Path() string { return fmt.Sprintf("/opinions/%d/difficulty", p.ID) }

func (s *screens) showHandOver(r *web.Request) error {
	c, headline, err := s.opinionOf(r)
	if err != nil {
		return err
	}
	if c.Handed != 0 {
		return r.See(difficultyPath(c))
	}
	title := []rune(r.T("newsui.handed.title", "headline", headline))
	form := r.NewForm("handover").Set("title", string(title[:min(len(title), difficulty.MostTitle)])).Set("obstacle", r.T("newsui.handed.said", "text", string(c.Public()), "headline", headline))
	return s.renderHandOver(r, c, headline, form)
}

// opinionOf is the opinion of the address with its article's headline, for its desk and
// whoever may raise difficulties there.
func (s *screens) opinionOf(r *web.Request) (c news.Comment, headline string, err error) {
	id, err := r.ID("opinion")
	if err != nil {
		return c, "", err
	}
	err = r.View(func(q store.Querier) error {
		if c, err = news.OneComment(r.Context(), q, r.Actor, id); err != nil {
			return err
		}
		a, err := news.Get(r.Context(), q, c.Article)
		headline = a.Text.Headline
		return err
	})
	if err != nil {
		return c, "", err
	}
	return c, headline, r.Actor.May(access.DifficultyAnswer, c.Unit)
}

func (s *screens) renderHandOver(r *web.Request, c news.Comment, headline string, form *web.Form) error {
	page := handOverPage{Comment: c, Headline: headline, Form: form, MostTitle: difficulty.MostTitle, MostText: difficulty.MostText}
	page.Desk, _ = r.Actor.Tree.Unit(c.Unit)
	page.Units = append([]tree.Unit{page.Desk}, r.Actor.Tree.Children(c.Unit)...)
	err := r.View(func(q store.Querier) error {
		rules, err := org.Profile(r.Context(), q)
		if err != nil {
			return err
		}
		page.Kinds = []web.Option{{Label: r.T("newsui.handed.kind.none")}}
		for _, kind := range rules.Difficulties.Kinds {
			page.Kinds = append(page.Kinds, web.Option{Value: kind.Key, Label: text.Capital(kind.Name.In(r.Lang))})
		}
		return nil
	})
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail, layout.Narrow = r.T("newsui.handed"), "/desk", true
	layout.Crumb(r.T("newsui.opinions"), opinionsPath(c.Unit, c.State)).Crumb(r.T("newsui.handed"), "")
	return r.RenderStatus(form.Status(), s.handing, page)
}

// handOver makes a difficulty of an opinion.
func (s *screens) handOver(r *web.Request) error {
	c, headline, err := s.opinionOf(r)
	if err != nil {
		return err
	}
	form, err := r.Posted("handover")
	if err != nil {
		return err
	}
	unit, err := meant(r.Actor.Tree, c.Unit, form.Text("unit"))
	if err == nil {
		err = r.Update(func(tx *ledger.Tx) error {
			c, err = news.HandOver(r.Context(), tx, r.Actor, news.HandOverCommand{
				Comment: c.ID, About: unit, Kind: form.Raw("kind"), Title: form.Text("title"), Obstacle: form.Lines("obstacle"), Needs: form.Lines("needs"),
			})
			return err
		})
	}
	if err == nil {
		r.Notice("newsui.handed.did")
		return r.See(difficultyPath(c))
	}
	if err := form.Refused(err); err != nil {
		return err
	}
	return s.renderHandOver(r, c, headline, form)
}

func difficultyPath(c news.Comment) string { return fmt.Sprintf("/difficulties/%d", c.Handed) }

// mostMeant is how many units are named where words fit more than one.
const mostMeant = 5

// meant is the unit at or below one that somebody named by code or name. Invalid at
// "unit": none, or more than one.
func meant(t *tree.Tree, top tree.UnitID, words string) (tree.UnitID, error) {
	found := t.Find(top, words, mostMeant)
	var names []string
	for _, u := range found {
		if strings.EqualFold(u.Code, words) || strings.EqualFold(u.Name, words) {
			return u.ID, nil
		}
		names = append(names, u.Name+" ("+u.Code+")")
	}
	switch len(found) {
	case 0:
		return 0, fault.New(fault.Invalid, "newsui.handed.no-unit").At("unit")
	case 1:
		return found[0].ID, nil
	}
	return 0, fault.New(fault.Invalid, "newsui.handed.units", "units", strings.Join(names, "; ")).At("unit")
}
