package newsui

import (
	"slices"
	"strconv"

	"giaoban/internal/base/fold"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// suggested is what the form of an article offers beside what is typed.
type suggested struct {
	news.Used
	CategoryChoices []web.Option // of those that the desk keeps; none where a text names its own
	TagChoices      []web.Option // of tags that the article does not have
	RelatedChoices  []web.Option // of articles that were published last
}

// The most that is offered.
const (
	mostTags    = 12
	mostRelated = 6
)

// suggest looks up what the desk's articles name and what was published last, for a form in
// which a category stands.
func suggest(r *web.Request, unit tree.UnitID, a news.Article, stands string) (s suggested, err error) {
	err = r.View(func(q store.Querier) error {
		if s.Used, err = news.UsedAt(r.Context(), q, unit); err != nil {
			return err
		}
		kept, err := news.CategoriesOf(r.Context(), q, unit)
		if err != nil {
			return err
		}
		s.CategoryChoices = categoryChoices(r, kept, stands)
		newest, _, err := news.Newest(r.Context(), q, 0)
		for _, p := range newest {
			if p.ID != a.ID && !slices.Contains(a.Text.Related, p.ID) && len(s.RelatedChoices) < mostRelated {
				s.RelatedChoices = append(s.RelatedChoices, web.Option{Value: strconv.FormatInt(p.ID, 10), Label: p.Text.Headline})
			}
		}
		return err
	})
	for _, tag := range s.Tags {
		has := slices.ContainsFunc(a.Text.Tags, func(own string) bool { return fold.Key(own) == fold.Key(tag) })
		if !has && len(s.TagChoices) < mostTags {
			s.TagChoices = append(s.TagChoices, web.Option{Value: tag, Label: tag})
		}
	}
	return s, err
}

// categoryChoices are the categories that a desk keeps, and the one that stands in the form
// though it is not kept: saved, it becomes the one that its name is now.
func categoryChoices(r *web.Request, kept []news.DeskCategory, stands string) []web.Option {
	if len(kept) == 0 {
		return nil
	}
	list := []web.Option{{Label: r.T("newsui.category.none")}}
	there := stands == ""
	now := ""
	for _, k := range kept {
		list = append(list, web.Option{Value: k.Name, Label: k.Name})
		there = there || k.Name == stands
		if slices.Contains(k.Former, stands) {
			now = k.Name
		}
	}
	switch {
	case there:
	case now != "":
		list = append(list, web.Option{Value: stands, Label: r.T("newsui.category.former", "name", stands, "now", now)})
	default:
		list = append(list, web.Option{Value: stands, Label: stands})
	}
	return list
}
