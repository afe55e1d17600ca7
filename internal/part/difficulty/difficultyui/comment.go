package difficultyui

import (
	"fmt"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// comment is where a reader's comment stood of which a difficulty was made.
type comment struct {
	Headline string // of its article
	Path     string // where the person can read that; "" for nowhere
	SentAt   time.Time
}

// commentOf gives the comment that a difficulty was made of; nil for none. Who made it is
// not told.
func commentOf(r *web.Request, q store.Querier, id int64) (*comment, error) {
	c, found, err := news.HandedAs(r.Context(), q, id)
	if err != nil || !found {
		return nil, err
	}
	from := &comment{SentAt: c.SentAt}
	public, err := news.Read(r.Context(), q, c.Article)
	if err == nil {
		from.Headline, from.Path = public.Text.Headline, fmt.Sprintf("/news/%d/%s", public.ID, public.Slug)
	}
	if !fault.Is(err, fault.NotFound) {
		return from, err
	}
	a, err := news.Get(r.Context(), q, c.Article)
	if err == nil && r.Actor.May(access.NewsRead, a.Unit) == nil {
		from.Headline, from.Path = a.Text.Headline, fmt.Sprintf("/desk/%d", a.ID)
	}
	return from, err
}
