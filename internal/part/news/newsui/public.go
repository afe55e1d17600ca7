package newsui

import (
	"html/template"
	"strconv"

	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// frontPage is what is published, the newest first.
type frontPage struct {
	First        *article // of the first page; nil on others
	Rows         []article
	Newer, Older string // addresses; "" for none
}

// article is one as the public reads it.
type article struct {
	news.Public
	Of       string        // the unit whose desk wrote it
	Lead     template.HTML // the picture that leads it
	Cover    *cover        // the picture that stands for it in lists
	Body     template.HTML
	Files    []attached
	AsOf     []string // as of when its figures are
	Opinions []news.Comment

	Form  *web.Form // to send one
	Check check
	Asked bool // for the code, after all else was sent
	Sent  bool // one was sent just now
}

// Path is where it is read, whatever became of its headline.
func (a article) Path() string { return publicPath(a.ID, a.Slug) }

func (s *screens) as(r *web.Request, p news.Public) article {
	of, _ := s.Tree.Unit(p.Unit)
	return article{Public: p, Of: of.Name, AsOf: moments(r, p.Text)}
}

func (s *screens) showFront(r *web.Request) error {
	skip, _ := strconv.Atoi(r.Query("after")) // none is the first page
	skip = max(skip, 0)
	var page frontPage
	err := r.View(func(q store.Querier) error {
		list, more, err := news.Newest(r.Context(), q, skip)
		for _, p := range list {
			row := s.as(r, p)
			if err == nil {
				row.Cover, err = coverOf(r.Context(), q, p.Text)
			}
			page.Rows = append(page.Rows, row)
		}
		if more {
			page.Older = "/news/?after=" + strconv.Itoa(skip+news.MostOnPage)
		}
		return err
	})
	if err != nil {
		return err
	}
	if skip == 0 && len(page.Rows) > 0 {
		page.First, page.Rows = &page.Rows[0], page.Rows[1:]
	}
	if skip > 0 {
		page.Newer = "/news/?after=" + strconv.Itoa(max(skip-news.MostOnPage, 0))
	}
	s.asPublic(r, r.T("newsui.front"))
	r.Share(AnyArticle)
	return r.Render(s.front, page)
}

// asPublic puts the public page's own head around a page.
func (s *screens) asPublic(r *web.Request, title string) {
	layout := r.Layout()
	layout.Title, layout.Masthead = title, r.T("newsui.name")
}

func (s *screens) showArticle(r *web.Request) error {
	a, err := s.published(r)
	if err != nil {
		return err
	}
	if r.PathValue("slug") != a.Slug { // its address is that of the first headline
		return r.See(a.Path())
	}
	a.Sent, a.Check = r.Query("sent") != "", checkLater(a.ID)
	r.Share(news.Subject(a.ID))
	return s.renderArticle(r, a, r.NewForm("opinion"))
}

// renderArticle shows an article with the form to send an opinion.
func (s *screens) renderArticle(r *web.Request, a article, form *web.Form) error {
	a.Form = form
	err := r.View(func(q store.Querier) (err error) {
		a.Opinions, err = news.Opinions(r.Context(), q, a.ID)
		return err
	})
	if err != nil {
		return err
	}
	s.asPublic(r, a.Text.Headline)
	r.Layout().Script("news/send.ts")
	return r.RenderStatus(form.Status(), s.article, a)
}

// published is the article of the address as the public reads it.
func (s *screens) published(r *web.Request) (a article, err error) {
	id, err := r.ID("id")
	if err != nil {
		return a, err
	}
	err = r.View(func(q store.Querier) error {
		p, err := news.Read(r.Context(), q, id)
		if err != nil {
			return err
		}
		found, err := news.PicturesIn(r.Context(), q, p.Text)
		if err != nil {
			return err
		}
		a = s.as(r, p)
		files, err := news.FilesIn(r.Context(), q, p.Text)
		a.Files = attachedTo(files)
		a.Lead, a.Body = leadOf(p.Text, found, publicPicture), bodyOf(r, p.Text, found, publicPicture)
		return err
	})
	return a, err
}

// toArticle leads from a short address to the whole one.
func (s *screens) toArticle(r *web.Request) error {
	a, err := s.published(r)
	if err != nil {
		return err
	}
	return r.See(a.Path())
}
