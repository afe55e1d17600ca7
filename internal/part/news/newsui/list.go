package newsui

import (
	"net/url"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/word"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// label is a label with its page.
type label struct{ news.Label }

// Path is where the articles with it are listed.
func (l label) Path() string { return "/news/" + string(l.Sort) + "/" + url.PathEscape(l.Key) }

// Labels are what an article is listed by.
type Labels struct {
	Category      *label // nil for none
	Tags, Authors []label
}

func labelsOf(t news.Text) (of Labels) {
	if t.Category != "" {
		of.Category = &label{news.NewLabel(news.Category, t.Category)}
	}
	for _, name := range t.Tags {
		of.Tags = append(of.Tags, label{news.NewLabel(news.Tag, name)})
	}
	for _, name := range t.Authors {
		of.Authors = append(of.Authors, label{news.NewLabel(news.Author, name)})
	}
	return of
}

// listPage is the articles with a label.
type listPage struct {
	label
	Kind string // what the label is, in words
	Rows []article
	turns
}

// labelled shows the articles with the label of the address.
func (s *screens) labelled(sort news.Sort) func(r *web.Request) error {
	return func(r *web.Request) error {
		page, skip := listPage{Kind: r.T("newsui.by." + string(sort))}, skipOf(r)
		err := r.View(func(q store.Querier) error {
			of, list, more, err := news.Labelled(r.Context(), q, sort, r.PathValue("label"), skip)
			if err != nil {
				return err
			}
			page.label, page.Rows, page.turns = label{of}, s.all(r, list), turnsOf(r, skip, skip+news.MostOnPage, more)
			return covers(r, q, page.Rows)
		})
		if err != nil {
			return err
		}
		if err := asPublic(r, page.Name); err != nil {
			return err
		}
		r.Layout().Head.Description = r.T("newsui.by.description", "name", page.Name)
		r.Share(AnyArticle)
		return r.Render(s.list, page)
	}
}

// seekPage is what was found.
type seekPage struct {
	Asked, At string
	Rows      []foundRow
	turns
}

// foundRow is an article with the words that were found in it.
type foundRow struct {
	article
	Marked, Excerpt []word.Piece
}

func (s *screens) search(r *web.Request) error {
	page, skip := seekPage{Asked: r.Query("q"), At: searchPath}, skipOf(r)
	err := r.View(func(q store.Querier) error {
		list, more, err := news.Seek(r.Context(), q, s.Engine, page.Asked, skip)
		for _, f := range list {
			page.Rows = append(page.Rows, foundRow{s.as(r, f.Public), f.Headline, f.Excerpt})
		}
		page.turns = turnsOf(r, skip, skip+news.MostOnPage, more)
		return err
	})
	if err != nil {
		return err
	}
	if err := asPublic(r, r.T("newsui.search")); err != nil {
		return err
	}
	r.Layout().Finds, r.Layout().Head.Unlisted = "", true // the page has a field of its own
	return r.Render(s.seek, page)
}

// archivePage is a month with its days, or a day with its articles.
type archivePage struct {
	Title string
	Days  []archiveDay
	Rows  []article
	turns
}

// archiveDay is a day with how many articles were published on it.
type archiveDay struct {
	Day   clock.Date
	Path  string
	Count int
}

// showArchive shows the days of the month in which something was published last.
func (s *screens) showArchive(r *web.Request) error {
	month := r.Now().In(r.Zone())
	err := r.View(func(q store.Querier) error {
		list, _, err := news.Newest(r.Context(), q, 0)
		if len(list) > 0 {
			month = list[0].PublishedAt.In(r.Zone())
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.renderMonth(r, month)
}

// showDay shows the articles of a day, or the days of a month ("2020-07").
func (s *screens) showDay(r *web.Request) error {
	asked := r.PathValue("day")
	if month, err := time.ParseInLocation("2006-01", asked, r.Zone()); err == nil {
		return s.renderMonth(r, month)
	}
	day, err := clock.ParseDate(asked)
	if err != nil {
		return fault.New(fault.NotFound, "web.not-found")
	}
	page := archivePage{Title: text.Date(r.Lang, day), turns: turns{dayPath(day.AddDays(1)), dayPath(day.AddDays(-1))}}
	err = r.View(func(q store.Querier) error {
		list, err := news.Between(r.Context(), q, day.Start(r.Zone()), day.End(r.Zone()), mostOfDay)
		if err != nil {
			return err
		}
		page.Rows = s.all(r, list)
		return page.bound(r, q, day.Start(r.Zone()), day.End(r.Zone()))
	})
	if err != nil {
		return err
	}
	return s.renderArchive(r, page)
}

// mostOfDay is how many articles of a day are listed.
const mostOfDay = 200

func dayPath(day clock.Date) string { return archivePath + "/" + string(day) }

func (s *screens) renderMonth(r *web.Request, at time.Time) error {
	first := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, r.Zone())
	next := first.AddDate(0, 1, 0)
	page := archivePage{Title: text.Month(r.Lang, clock.DateOf(first, r.Zone()))}
	page.Newer, page.Older = archivePath+next.Format("/2006-01"), archivePath+first.AddDate(0, -1, 0).Format("/2006-01")
	err := r.View(func(q store.Querier) error {
		moments, err := news.Moments(r.Context(), q, first, next)
		for _, at := range moments {
			day := clock.DateOf(at, r.Zone())
			if n := len(page.Days); n == 0 || page.Days[n-1].Day != day {
				page.Days = append(page.Days, archiveDay{Day: day, Path: dayPath(day)})
			}
			page.Days[len(page.Days)-1].Count++
		}
		if err != nil {
			return err
		}
		return page.bound(r, q, first, next)
	})
	if err != nil {
		return err
	}
	return s.renderArchive(r, page)
}

// bound takes away the ways from a span of time to what has not come yet, and to what was
// before the first article: robots would follow them for ever.
func (p *archivePage) bound(r *web.Request, q store.Querier, from, to time.Time) error {
	oldest, err := news.Oldest(r.Context(), q)
	if to.After(r.Now()) {
		p.Newer = ""
	}
	if oldest.IsZero() || !oldest.Before(from) {
		p.Older = ""
	}
	return err
}

func (s *screens) renderArchive(r *web.Request, page archivePage) error {
	if err := asPublic(r, r.T("newsui.archive")+" · "+page.Title); err != nil {
		return err
	}
	r.Layout().Head.Description = r.T("newsui.archive.description", "when", page.Title)
	r.Layout().Head.Unlisted = len(page.Days)+len(page.Rows) == 0
	r.Share(AnyArticle)
	return r.Render(s.archive, page)
}
