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
	TagChoices     []web.Option // of tags that the article does not have
	RelatedChoices []web.Option // of articles that were published last
}

// The most that is offered.
const (
	mostTags    = 12
	mostRelated = 6
)

// suggest looks up what the desk's articles name and what was published last.
func suggest(r *web.Request, unit tree.UnitID, a news.Article) (s suggested, err error) {
	err = r.View(func(q store.Querier) error {
		if s.Used, err = news.UsedAt(r.Context(), q, unit); err != nil {
			return err
		}
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
