package newsui_test

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	jsonfeed "github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"

	"giaoban/internal/part/news"
)

// fedTexts are articles whose words mean something to XML and JSON.
var fedTexts = []news.Text{
	{Headline: "Giao ban <trực tuyến> & đại hội", Lead: `"Sáng" 10/7 ]]>`, Category: "Xây dựng Đảng", Tags: []string{"Đại hội"}, Authors: []string{"Minh An", "Hải Yến"}},
	{Headline: "Tin thứ hai", Body: "Chỉ có bài."},
}

// Another program's parsers read the same articles in all three forms.
func TestFeedsAreReadByOtherPrograms(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	publish(s, fedTexts...)
	guest := s.Guest(t)
	for path, kind := range map[string]string{"/news/rss.xml": "application/rss+xml", "/news/atom.xml": "application/atom+xml", "/news/feed.json": "application/feed+json"} {
		page := guest.Get(path)
		if got := page.Header.Get("Content-Type"); !strings.HasPrefix(got, kind) {
			t.Errorf("%s is %s, want %s", path, got, kind)
		}
		read, err := gofeed.NewParser().ParseString(page.Body)
		if err != nil {
			t.Errorf("%s: %v\n%s", path, err, page.Body)
			continue
		}
		var titles, ids []string
		for _, item := range read.Items {
			titles, ids = append(titles, item.Title), append(ids, item.GUID)
			if item.PublishedParsed == nil || !strings.HasPrefix(item.Link, "http") || item.Description+item.Content == "" {
				t.Errorf("%s has %+v", path, item)
			}
		}
		if diff := cmp.Diff([]string{"Tin thứ hai", "Giao ban <trực tuyến> & đại hội"}, titles); diff != "" || ids[0] == ids[1] {
			t.Errorf("%s (-want +got): %v\n%s", path, ids, diff)
		}
		if !strings.HasSuffix(read.FeedLink, path) || !strings.HasSuffix(read.Link, "/news/") || read.Language != "vi" {
			t.Errorf("%s says it is %q of %q in %q", path, read.FeedLink, read.Link, read.Language)
		}
	}
}

// What the forms ask for beyond what parsers forgive: RSS 2.0, RFC 4287, JSON Feed 1.1.
func TestFeedsHaveAllThatTheirFormsAskFor(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	publish(s, fedTexts...)
	guest := s.Guest(t)
	inRSS, err := (&rss.Parser{}).Parse(strings.NewReader(guest.Get("/news/rss.xml").Body))
	if err != nil {
		t.Fatal(err)
	}
	if inRSS.Version != "2.0" || inRSS.Title == "" || inRSS.Link == "" || inRSS.Description == "" {
		t.Errorf("the channel is %+v", inRSS)
	}
	for _, item := range inRSS.Items {
		if _, err := time.Parse(time.RFC1123Z, item.PubDate); err != nil || item.GUID.Value != item.Link {
			t.Errorf("%+v: %v", item, err)
		}
	}
	inAtom, err := (&atom.Parser{}).Parse(strings.NewReader(guest.Get("/news/atom.xml").Body))
	if err != nil {
		t.Fatal(err)
	}
	if inAtom.ID == "" || inAtom.UpdatedParsed == nil || len(inAtom.Links) != 2 || len(inAtom.Authors) != 1 {
		t.Errorf("the feed is %+v", inAtom)
	}
	if names := inAtom.Entries[1].Authors; len(names) != 2 || names[1].Name != "Hải Yến" || inAtom.Entries[1].UpdatedParsed == nil {
		t.Errorf("the entry is %+v", inAtom.Entries[1])
	}
	inJSON, err := (&jsonfeed.Parser{}).Parse(strings.NewReader(guest.Get("/news/feed.json").Body))
	if err != nil {
		t.Fatal(err)
	}
	if inJSON.Version != "https://jsonfeed.org/version/1.1" || inJSON.Items[0].ContentText == "" || inJSON.Items[1].Tags[0] != "Xây dựng Đảng" {
		t.Errorf("the feed is %+v", inJSON)
	}
}

func TestSearchMachinesFindEveryArticleAndNothingElse(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	publish(s, fedTexts...)
	guest := s.Guest(t)
	var index, part struct {
		Parts  []string `xml:"sitemap>loc"`
		Places []string `xml:"url>loc"`
	}
	for path, into := range map[string]any{"/news/sitemap.xml": &index, "/news/sitemap/1": &part} {
		page := guest.Get(path)
		page.Want(http.StatusOK)
		if err := xml.Unmarshal([]byte(page.Body), into); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if len(index.Parts) != 1 || !strings.HasSuffix(index.Parts[0], "/news/sitemap/1") {
		t.Errorf("the parts are %v", index.Parts)
	}
	if len(part.Places) != 3 || !strings.HasSuffix(part.Places[0], "/news/1/giao-ban-truc-tuyen-dai-hoi") || !strings.HasPrefix(part.Places[0], "http") {
		t.Errorf("the places are %v", part.Places)
	}
	guest.Get("/news/sitemap/2").Want(http.StatusNotFound)
	guest.Get("/news/sitemap/0").Want(http.StatusNotFound)
	if said := guest.Get("/robots.txt").Body; !strings.Contains(said, "Disallow: /\n") || !strings.Contains(said, "/news/sitemap.xml") {
		t.Errorf("robots.txt says:\n%s", said)
	}
}
