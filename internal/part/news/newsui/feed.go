package newsui

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"time"

	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
)

// feeds are the lists of the newest that programs read.
var feeds = []web.Feed{
	{Type: "application/atom+xml", Path: "/news/atom.xml"},
	{Type: "application/rss+xml", Path: "/news/rss.xml"},
	{Type: "application/feed+json", Path: "/news/feed.json"},
}

// feed is the newest articles with the whole addresses of this site.
type feed struct {
	Title, Description string
	Home, Self, Root   string // of the front page, of the feed itself and of the site
	Logo               string // address of the site's; "" for none
	Updated            time.Time
	Entries            []feedEntry
}

// feedEntry is an article of it.
type feedEntry struct {
	article
	Address string
	Changed time.Time
	Summary string
}

// feed gives the newest in one of the forms.
func (s *screens) feed(kind string, write func(f feed) ([]byte, error)) func(r *web.Request) error {
	return func(r *web.Request) error {
		site, err := siteOf(r)
		if err != nil {
			return err
		}
		f := feed{Title: nameOf(r, site), Description: r.T("newsui.description"), Home: r.Origin() + frontPath, Self: r.Origin() + r.URL.Path, Root: r.Origin(), Updated: r.Now()}
		if logo := brandOf(site).Logo; logo != "" {
			f.Logo = r.Origin() + logo
		}
		err = r.View(func(q store.Querier) error {
			list, _, err := news.Newest(r.Context(), q, 0)
			for i, a := range s.all(r, list) {
				one := feedEntry{article: a, Address: r.Origin() + a.Path(), Changed: a.ChangedAt, Summary: a.Text.Lead}
				if one.Summary == "" {
					one.Summary = a.Text.Headline
				}
				if i == 0 || one.Changed.After(f.Updated) {
					f.Updated = one.Changed
				}
				f.Entries = append(f.Entries, one)
			}
			return err
		})
		if err != nil {
			return err
		}
		content, err := write(f)
		if err != nil {
			return fmt.Errorf("writing the feed %s: %w", r.URL.Path, err)
		}
		r.Share(AnyArticle)
		return give(r, kind, content)
	}
}

// give answers with a file that is the same for everybody.
func give(r *web.Request, kind string, content []byte) error {
	r.Writer.Header().Set("Content-Type", kind)
	r.Writer.WriteHeader(http.StatusOK)
	_, _ = r.Writer.Write(content) // a reader that goes away asks again
	return nil
}

// marshal is a document of XML.
func marshal(v any) ([]byte, error) {
	content, err := xml.MarshalIndent(v, "", " ")
	return append([]byte(xml.Header), content...), err
}

// rss is the feed by RSS 2.0.
func rss(f feed) ([]byte, error) {
	type guid struct {
		Permanent bool   `xml:"isPermaLink,attr"`
		ID        string `xml:",chardata"`
	}
	type item struct {
		Title      string   `xml:"title"`
		Link       string   `xml:"link"`
		GUID       guid     `xml:"guid"`
		Published  string   `xml:"pubDate"`
		Summary    string   `xml:"description"`
		Creators   []string `xml:"dc:creator"`
		Categories []string `xml:"category"`
	}
	type self struct {
		Href string `xml:"href,attr"`
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
	}
	type image struct {
		URL   string `xml:"url"`
		Title string `xml:"title"`
		Link  string `xml:"link"`
	}
	type channel struct {
		Title       string `xml:"title"`
		Link        string `xml:"link"`
		Description string `xml:"description"`
		Language    string `xml:"language"`
		Built       string `xml:"lastBuildDate"`
		Self        self   `xml:"atom:link"`
		Image       *image `xml:"image"`
		Items       []item `xml:"item"`
	}
	var c channel
	c.Title, c.Link, c.Description, c.Language, c.Built = f.Title, f.Home, f.Description, "vi", f.Updated.UTC().Format(time.RFC1123Z)
	c.Self = self{f.Self, "self", "application/rss+xml"}
	if f.Logo != "" {
		c.Image = &image{f.Logo, f.Title, f.Home}
	}
	for _, e := range f.Entries {
		c.Items = append(c.Items, item{
			Title: e.Text.Headline, Link: e.Address, GUID: guid{true, e.Address}, Published: e.PublishedAt.UTC().Format(time.RFC1123Z),
			Summary: e.Summary, Creators: e.Text.Authors, Categories: e.names(),
		})
	}
	return marshal(struct {
		XMLName xml.Name `xml:"rss"`
		Version string   `xml:"version,attr"`
		Atom    string   `xml:"xmlns:atom,attr"`
		Dublin  string   `xml:"xmlns:dc,attr"`
		Channel channel  `xml:"channel"`
	}{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Dublin: "http://purl.org/dc/elements/1.1/", Channel: c})
}

// names are the category and the tags of an article.
func (e feedEntry) names() (list []string) {
	if e.Text.Category != "" {
		list = append(list, e.Text.Category)
	}
	return append(list, e.Text.Tags...)
}

// atom is the feed by RFC 4287.
func atom(f feed) ([]byte, error) {
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	type person struct {
		Name string `xml:"name"`
	}
	type term struct {
		Term string `xml:"term,attr"`
	}
	type entry struct {
		Title     string   `xml:"title"`
		ID        string   `xml:"id"`
		Link      link     `xml:"link"`
		Published string   `xml:"published"`
		Updated   string   `xml:"updated"`
		Authors   []person `xml:"author"`
		Terms     []term   `xml:"category"`
		Summary   string   `xml:"summary"`
	}
	var entries []entry
	for _, e := range f.Entries {
		one := entry{
			Title: e.Text.Headline, ID: e.Address, Link: link{"alternate", e.Address}, Summary: e.Summary,
			Published: e.PublishedAt.UTC().Format(time.RFC3339), Updated: e.Changed.UTC().Format(time.RFC3339),
		}
		for _, name := range e.Text.Authors {
			one.Authors = append(one.Authors, person{name})
		}
		for _, name := range e.names() {
			one.Terms = append(one.Terms, term{name})
		}
		entries = append(entries, one)
	}
	return marshal(struct {
		XMLName  xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Language string   `xml:"xml:lang,attr"`
		Title    string   `xml:"title"`
		ID       string   `xml:"id"`
		Links    []link   `xml:"link"`
		Author   person   `xml:"author"` // of entries that name none
		Updated  string   `xml:"updated"`
		Logo     string   `xml:"logo,omitempty"`
		Entries  []entry  `xml:"entry"`
	}{
		Language: "vi", Title: f.Title, ID: f.Home, Links: []link{{"alternate", f.Home}, {"self", f.Self}}, Author: person{f.Title},
		Updated: f.Updated.UTC().Format(time.RFC3339), Logo: f.Logo, Entries: entries,
	})
}

// jsonFeed is the feed by JSON Feed 1.1.
func jsonFeed(f feed) ([]byte, error) {
	type author struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	type item struct {
		ID        string   `json:"id"`
		URL       string   `json:"url"`
		Title     string   `json:"title"`
		Text      string   `json:"content_text"`
		Published string   `json:"date_published"`
		Modified  string   `json:"date_modified"`
		Authors   []author `json:"authors,omitempty"`
		Tags      []string `json:"tags,omitempty"`
	}
	items := []item{}
	for _, e := range f.Entries {
		one := item{
			ID: e.Address, URL: e.Address, Title: e.Text.Headline, Text: e.Summary, Tags: e.names(),
			Published: e.PublishedAt.UTC().Format(time.RFC3339), Modified: e.Changed.UTC().Format(time.RFC3339),
		}
		for _, l := range e.Authors {
			one.Authors = append(one.Authors, author{l.Name, f.Root + l.Path()})
		}
		items = append(items, one)
	}
	return json.Marshal(struct {
		Version     string `json:"version"`
		Title       string `json:"title"`
		Description string `json:"description"`
		Home        string `json:"home_page_url"`
		Self        string `json:"feed_url"`
		Language    string `json:"language"`
		Icon        string `json:"icon,omitempty"`
		Items       []item `json:"items"`
	}{"https://jsonfeed.org/version/1.1", f.Title, f.Description, f.Home, f.Self, "vi", f.Logo, items})
}
