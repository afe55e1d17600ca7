package newsui

import (
	"html/template"
	"strconv"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// besideText is an article as a desk has it beside what readers say of it: as they read
// it, or as the desk has it where they do not.
type besideText struct {
	ID     int64
	Text   news.Text
	Lead   template.HTML // the picture that leads it
	Body   template.HTML
	Public string // where it is read; "" where it is not
}

// Path is where a desk reads it beside opinions.
func (b besideText) Path() string { return besidePath(b.ID) }

// besidePath is where a desk reads an article beside opinions.
func besidePath(article int64) string {
	return "/desk/" + strconv.FormatInt(article, 10) + "/beside"
}

// besideOf reads an article to stand beside opinions.
func besideOf(r *web.Request, q store.Querier, a news.Article) (besideText, error) {
	b, at := besideText{ID: a.ID, Text: a.Text}, deskPicture
	p, err := news.Read(r.Context(), q, a.ID)
	if err == nil {
		b.Text, b.Public, at = p.Text, publicPath(p.ID, p.Slug), publicPicture
	} else if !fault.Is(err, fault.NotFound) {
		return besideText{}, err
	}
	found, err := news.PicturesIn(r.Context(), q, b.Text)
	b.Lead, b.Body = leadOf(b.Text, found, at), bodyOf(r, b.Text, found, at)
	return b, err
}

// showBeside shows an article to who reads the opinions about it: a page of its own, of
// which the script takes the text.
func (s *screens) showBeside(r *web.Request) error {
	a, err := articleOf(r, access.NewsModerate)
	if err != nil {
		return err
	}
	var page besideText
	err = r.View(func(q store.Querier) error {
		page, err = besideOf(r, q, a)
		return err
	})
	if err != nil {
		return err
	}
	layout := r.Layout()
	layout.Title, layout.Rail = page.Text.Headline, "/desk"
	layout.Crumb(r.T("newsui.opinions"), opinionsPath(a.Unit, news.Waiting)).Crumb(page.Text.Headline, "")
	return r.Render(s.beside, page)
}
