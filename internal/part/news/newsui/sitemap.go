package newsui

import (
	"encoding/xml"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

const (
	sitemapPath = "/news/sitemap.xml"
	sitemapKind = "application/xml; charset=utf-8"
	sitemaps    = "http://www.sitemaps.org/schemas/sitemap/0.9"
)

// place is an address with the moment when it last changed.
type place struct {
	Address string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}

// sitemap lists the parts of the list of all articles: a part has as many as the
// protocol lets it.
func (s *screens) sitemap(r *web.Request) error {
	var n int
	err := r.View(func(q store.Querier) (err error) {
		n, err = news.Count(r.Context(), q)
		return err
	})
	if err != nil {
		return err
	}
	var parts []place
	for part := 1; part == 1 || (part-1)*news.MostAddresses < n; part++ {
		parts = append(parts, place{Address: r.Origin() + "/news/sitemap/" + strconv.Itoa(part)})
	}
	content, err := marshal(struct {
		XMLName xml.Name `xml:"sitemapindex"`
		Name    string   `xml:"xmlns,attr"`
		Parts   []place  `xml:"sitemap"`
	}{Name: sitemaps, Parts: parts})
	if err != nil {
		return err
	}
	r.Share(AnyArticle)
	return give(r, sitemapKind, content)
}

// sitemapPart lists articles with their addresses; the first part the front page
// and the public boards, too.
func (s *screens) sitemapPart(r *web.Request) error {
	part, err := strconv.Atoi(r.PathValue("part"))
	if err != nil || part < 1 {
		return fault.New(fault.NotFound, "web.not-found")
	}
	var places []place
	err = r.View(func(q store.Querier) error {
		list, err := news.Addresses(r.Context(), q, (part-1)*news.MostAddresses)
		for _, a := range list {
			places = append(places, place{r.Origin() + publicPath(a.ID, a.Slug), a.ChangedAt.UTC().Format(time.RFC3339)})
		}
		if err != nil || part > 1 {
			return err
		}
		boards, err := news.ShownBoards(r.Context(), q)
		places = append(places, place{Address: r.Origin() + frontPath})
		for _, line := range boardLines(r, boards) {
			places = append(places, place{r.Origin() + line.Path(), line.At.UTC().Format(time.RFC3339)})
		}
		return err
	})
	switch {
	case err != nil:
		return err
	case len(places) == 0 && part > 1:
		return fault.New(fault.NotFound, "web.not-found")
	}
	content, err := marshal(struct {
		XMLName xml.Name `xml:"urlset"`
		Name    string   `xml:"xmlns,attr"`
		Places  []place  `xml:"url"`
	}{Name: sitemaps, Places: places})
	if err != nil {
		return err
	}
	return give(r, sitemapKind, content)
}

// robots tells search machines what is for them: the public page and nothing else.
func (s *screens) robots(r *web.Request) error {
	return give(r, "text/plain; charset=utf-8", []byte(strings.Join([]string{
		"User-agent: *", "Allow: /news/", "Allow: /assets/", "Disallow: /news/search", "Disallow: /", "", "Sitemap: " + r.Origin() + sitemapPath, "",
	}, "\n")))
}
