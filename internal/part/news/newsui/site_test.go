package newsui_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/newsui"
)

var dress = regexp.MustCompile(`<link rel="stylesheet" href="(/news/site\.css[^"]*)">`)

func TestTheOfficeGivesThePublicPageANameColoursAndALogo(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		centre, guest := s.Visit(t, "leader TW"), s.Guest(t)
		publish(s, news.Text{Headline: "Giao ban", Lead: "Sáng 10/7."})
		has(t, guest.Get("/news/"), "<span>Trang tin</span>")
		for _, who := range []string{"leader BN", "officer TW"} {
			s.Visit(t, who).Get("/desk/site").Want(http.StatusForbidden)
		}
		has(t, centre.Get("/desk"), `href="/desk/site"`)

		form := centre.Get("/desk/site").Form("site")
		form.Set("name", "Cổng tin <Văn phòng>")
		form.Set("colour", "#ffcc66")
		page := centre.Post("/desk/site", form)
		page.Want(http.StatusUnprocessableEntity, "Chữ màu này chỉ nổi 1,3 trên 1 so với nền, cần ít nhất 4,5 trên 1")
		form = page.Form("site")
		if form.Get("name") != "Cổng tin <Văn phòng>" || form.Get("colour") != "#ffcc66" {
			t.Errorf("kept %v, want what was typed", form)
		}
		form.Set("colour", "#1A4F8B")
		send(t, centre, "/desk/site", form, "picture", "hỏng.png", []byte("không phải ảnh")).Want(http.StatusUnprocessableEntity, "Chỉ nhận ảnh JPEG")
		page = send(t, centre, "/desk/site", form, "picture", "logo.png", grey(t, 600, 200))
		page.Want(http.StatusOK, "Đã lưu. Bạn đọc thấy ngay.", "Bỏ biểu trưng")
		has(t, page, `value="#1a4f8b"`)

		front := guest.Get("/news/")
		has(t, front, "<span>Cổng tin &lt;Văn phòng&gt;</span>", `<meta property="og:site_name" content="Cổng tin &lt;Văn phòng&gt;">`, `<meta property="og:image" content="http`)
		logo := regexp.MustCompile(`<img class="masthead-logo" src="([^"]+)" width="480" height="160"`).FindStringSubmatch(front.Body)
		sheet := dress.FindStringSubmatch(front.Body)
		if logo == nil || sheet == nil {
			t.Fatalf("the front page has no logo or no colours:\n%s", front.Body)
		}
		guest.Get(logo[1]).Want(http.StatusOK)
		given := guest.Get(sheet[1])
		given.Want(http.StatusOK, ".for-public{--red:#1a4f8b;")
		if caching := given.Header.Get("Cache-Control"); !strings.Contains(caching, "immutable") {
			t.Errorf("the colours may be kept: %q", caching)
		}
		has(t, guest.Get("/news/1"), "Cổng tin", `"logo":{"@type":"ImageObject"`)
		for _, feed := range []string{"/news/rss.xml", "/news/atom.xml", "/news/feed.json"} {
			has(t, guest.Get(feed), "Cổng tin", logo[1])
		}

		form = centre.Get("/desk/site").Form("site")
		form.Set("no-logo", "yes")
		form.Set("colour", "")
		centre.Post("/desk/site", form).Want(http.StatusOK, "Đã lưu.")
		front = guest.Get("/news/")
		if strings.Contains(front.Body, "masthead-logo") || dress.MatchString(front.Body) {
			t.Error("the logo or the colours are there after they were taken back")
		}
		guest.Get(logo[1]).Want(http.StatusNotFound)
	})
}

// What fails at a public address is told in the public page, and so without a word of the
// inside.
func TestWhatIsNotThereIsToldInThePublicPage(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	page := s.Guest(t).Get("/news/999")
	page.Want(http.StatusNotFound, "Không có bài viết này.", "Trang tin")
	has(t, page, `class="masthead"`, `content="noindex, follow"`, `<a class="btn primary" href="/news/">`)
	if page := s.Guest(t).Get("/nowhere"); strings.Contains(page.Body, `class="masthead"`) {
		t.Error("what fails elsewhere is told in the public page")
	}
}

// has compares a page's source with what it has to hold.
func has(t *testing.T, page officetest.Page, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(page.Body, want) {
			t.Errorf("%s lacks %s:\n%s", page.Path(), want, page.Body)
		}
	}
}

// Another look is one of every page.
func TestAnotherLookTurnsEveryPage(t *testing.T) {
	if got := newsui.Changed(ledger.Event{Kind: news.SiteWasSet, Subject: news.SiteSubject}); len(got) != 1 || got[0] != "" {
		t.Errorf("it turns %q, want everything", got)
	}
}
