package newsui

import (
	"cmp"
	"html/template"
	"net/http"
	"strings"

	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// article is one as the public reads it.
type article struct {
	news.Public
	Of    string        // the unit whose desk wrote it
	Lead  template.HTML // the picture that leads it
	Cover *cover        // the picture that stands for it in lists
	Body  template.HTML
	Files []attached
	AsOf  []string // as of when its figures are
	opinionPage
	Beside []article // to read next
	Labels           // by which it is listed

	Form   *web.Form // to send one
	Check  check
	Asked  bool // for the code, after all else was sent
	Mailed bool // readers can be told by e-mail
	Sent   bool // one was sent just now

	NeedsEmail bool // to send one
}

// Path is where it is read, whatever became of its headline.
func (a article) Path() string { return publicPath(a.ID, a.Slug) }

func (s *screens) as(r *web.Request, p news.Public) article {
	of, _ := s.Tree.Unit(p.Unit)
	return article{Public: p, Of: cmp.Or(p.Desk, of.Name), AsOf: moments(r, p.Text), Labels: labelsOf(p.Text)}
}

// Dress puts the public page's head around what failed at one of its addresses.
func Dress(r *web.Request) error {
	if !r.Outside() && !strings.HasPrefix(r.URL.Path, frontPath) {
		return nil
	}
	err := asPublic(r, r.Layout().Title)
	r.Layout().Head.Unlisted = true
	return err
}

// asPublic puts the public page's own head around a page.
func asPublic(r *web.Request, title string) error {
	site, err := siteOf(r)
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Masthead, layout.Brand, layout.Finds = title, nameOf(r, site), brandOf(site), searchPath
	for _, place := range []web.Crumb{{Label: r.T("newsui.front"), Path: frontPath}, {Label: r.T("newsui.archive"), Path: archivePath}} {
		if place.Path == r.URL.Path {
			place.Path = ""
		}
		layout.Places = append(layout.Places, place)
	}
	layout.Head = web.Head{Feeds: feeds}
	return nil
}

func (s *screens) showArticle(r *web.Request) error {
	a, err := s.published(r)
	if err != nil {
		return err
	}
	if r.PathValue("slug") != a.Slug { // its address is that of the first headline
		return s.moved(r, a)
	}
	form := r.NewForm("opinion")
	if answered := r.Query("answer"); answered != "" {
		form.Set("parent", answered)
	}
	a.Sent, a.Check = r.Query("sent") != "", checkLater(a.ID)
	return s.renderArticle(r, a, form)
}

// renderArticle shows an article with the form to send an opinion.
func (s *screens) renderArticle(r *web.Request, a article, form *web.Form) error {
	a.Form, a.Mailed = form, s.Mailed
	err := r.View(func(q store.Querier) (err error) {
		shown, err := news.Opinions(r.Context(), q, a.ID)
		if err != nil {
			return err
		}
		a.opinionPage = opinionsFrom(withAnswers(shown), skipOf(r), a)
		beside, err := news.Beside(r.Context(), q, a.Public)
		a.Beside = s.all(r, beside)
		return err
	})
	if err != nil {
		return err
	}
	shown := []string{news.Subject(a.ID)}
	for _, b := range a.Beside {
		shown = append(shown, news.Subject(b.ID))
	}
	r.Share(shown...)
	if err := asPublic(r, a.Text.Headline); err != nil {
		return err
	}
	r.Layout().Head = s.headOf(r, a)
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
		rules, err := news.RulesOf(r.Context(), q, p.Unit)
		if err != nil {
			return err
		}
		if ends := rules.Ends(p.PublishedAt); !ends.IsZero() && !r.Now().Before(ends) {
			p.Comments = false
		}
		found, err := news.PicturesIn(r.Context(), q, p.Text)
		if err != nil {
			return err
		}
		a = s.as(r, p)
		a.NeedsEmail = rules.Email
		files, err := news.FilesIn(r.Context(), q, p.Text)
		a.Files = attachedTo(files)
		if one, there := p.Text.Cover(); there && found[one.File].ID != "" {
			a.Cover = &cover{Picture: found[one.File], Alt: one.Alt}
		}
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
	return s.moved(r, a)
}

// moved leads to an article's own address for good.
func (s *screens) moved(r *web.Request, a article) error {
	http.Redirect(r.Writer, r.Request, a.Path(), http.StatusMovedPermanently)
	return nil
}
