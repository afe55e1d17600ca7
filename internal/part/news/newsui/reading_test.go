package newsui_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
)

// publish publishes texts of Bac Ninh, one after the other.
func publish(s *officetest.Site, texts ...news.Text) {
	leader := s.People["leader BN"]
	s.Update(func(tx *ledger.Tx) error {
		for i, text := range texts {
			a, err := news.Begin(s.Ctx(), tx, leader, news.BeginCommand{Key: fmt.Sprint("bài ", i), Unit: s.Units["BN"], Text: text})
			if err != nil {
				return err
			}
			if _, err := news.Publish(s.Ctx(), tx, leader, news.PublishCommand{Article: a.ID, Revision: a.Revision}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestAnybodySearchesTheNewsWithAndWithoutMarks(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		publish(s, news.Text{Headline: "Đại hội <đảng bộ>", Lead: "Sáng 10/7."}, news.Text{Headline: "Giao ban", Lead: "Bàn về đại hội."})
		page := s.Guest(t).Get("/news/search?q=dai+hoi")
		page.Want(http.StatusOK, "Đại hội <đảng bộ>", "Giao ban")
		for _, want := range []string{"<mark>Đại</mark> <mark>hội</mark> &lt;đảng bộ&gt;", `value="dai hoi"`, `content="noindex, follow"`, "Bàn về <mark>đại</mark> <mark>hội</mark>."} {
			if !strings.Contains(page.Body, want) {
				t.Errorf("the page lacks %s", want)
			}
		}
		s.Guest(t).Get("/news/search?q=hội+nghị").Want(http.StatusOK, "Không có bài nào có đủ các từ “hội nghị”.")
		s.Guest(t).Get("/news/search").Want(http.StatusOK, "Có dấu hay không dấu đều được.")
	})
}

func TestReadersFindArticlesByCategoryTagAuthorAndDay(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	guest := s.Guest(t)
	guest.Get("/news/archive").Want(http.StatusOK, "Không có bài nào.")
	var texts []news.Text
	for i := range news.MostOnPage + 2 {
		texts = append(texts, news.Text{Headline: fmt.Sprintf("Bài số %d", i+1), Lead: "Tin.", Category: "Xây dựng Đảng", Tags: []string{"Đại hội"}, Authors: []string{"Minh An"}})
	}
	publish(s, texts...)
	day := s.Clock.Now().Format("2006-01-02")
	for path, kind := range map[string]string{"/news/category/xay-dung-dang": "Chuyên mục", "/news/tag/dai-hoi": "Chủ đề", "/news/author/minh-an": "Bút danh"} {
		guest.Get(path).Want(http.StatusOK, kind, "Bài số 22", "Bài số 3", "Cũ hơn")
		guest.Get(path+"?after=20").Want(http.StatusOK, "Bài số 2", "Bài số 1", "Mới hơn")
	}
	guest.Get("/news/tag/khong-co").Want(http.StatusNotFound, "Không có bài nào ở đây.")
	guest.Get("/news/archive").Want(http.StatusOK, "22 bài")
	guest.Get("/news/archive/"+day[:7]).Want(http.StatusOK, "22 bài")
	guest.Get("/news/archive/"+day).Want(http.StatusOK, "Bài số 1", "Bài số 22")
	for _, path := range []string{"/news/archive", "/news/archive/" + day} { // nothing was before, and nothing has come yet
		if page := guest.Get(path); strings.Contains(page.Text(), "Cũ hơn") || strings.Contains(page.Text(), "Mới hơn") {
			t.Errorf("%s leads on:\n%s", path, page.Text())
		}
	}
	guest.Get("/news/archive/2020-05").Want(http.StatusOK, "Mới hơn")
	guest.Get("/news/archive/hom-qua").Want(http.StatusNotFound)
	guest.Get("/news/").Want(http.StatusOK, "Bài số 22", "Xây dựng Đảng", "Bài số 12")
	guest.Get("/news/1").Want(http.StatusOK, "Bài liên quan", "Bài số 22", "Minh An")
	guest.Get("/news/archive?lang=en").Want(http.StatusOK, s.Clock.Now().Format("January 2006"), "22 articles")
	guest.Get("/news/?lang=en").Want(http.StatusOK, "Latest news", "Older")
}

func TestProgramsReadWhatAnArticleIs(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	publish(s, news.Text{Headline: "Giao ban </script>", Lead: "Sáng 10/7.", Authors: []string{"Minh An"}})
	page := s.Guest(t).Get("/news/1/tit-khac")
	for _, want := range []string{`<link rel="canonical" href="http://`, `/news/1/giao-ban-script">`, `"@type":"NewsArticle"`, `<meta property="og:type" content="article">`, `<meta name="description" content="Sáng 10/7.">`, `\u003c/script\u003e`} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// A headline of one long word, or without a letter of an address, leads to its article.
func TestEveryHeadlineHasAnAddress(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	headlines := []string{strings.Repeat("Nghiêng", 25), "100 %?", "!!!", "Đỗ"}
	var texts []news.Text
	for _, headline := range headlines {
		texts = append(texts, news.Text{Headline: headline, Lead: "Tin."})
	}
	publish(s, texts...)
	guest := s.Guest(t)
	for i, want := range []string{strings.Repeat("nghieng", 12)[:80], "100", "bai", "do"} {
		page := guest.Get(fmt.Sprintf("/news/%d", i+1))
		page.Want(http.StatusOK, headlines[i])
		if got := page.Path(); got != fmt.Sprintf("/news/%d/%s", i+1, want) {
			t.Errorf("%q stands at %s, want %s", headlines[i], got, want)
		}
	}
}

// An article that many write about stays light: the first hundred opinions stand beneath
// it, and lead to the others; who agrees with one of these comes back to it.
func TestManyOpinionsStandInParts(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	publish(s, news.Text{Headline: "Giao ban", Lead: "Tin."})
	s.Update(func(tx *ledger.Tx) error {
		for i := range 103 {
			said := fmt.Sprintf("Ý kiến thứ %d.", i+1)
			sent, err := news.Send(s.Ctx(), tx, news.SendCommand{Article: 1, Check: said, Name: "Bạn đọc", Text: said})
			if err == nil {
				_, err = news.Decide(s.Ctx(), tx, s.People["leader BN"], news.DecideCommand{Comment: sent.ID, To: news.Shown})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	guest := s.Guest(t)
	shows := func(path string, first, last int) {
		t.Helper()
		page := guest.Get(path)
		page.Want(http.StatusOK, fmt.Sprintf("Ý kiến thứ %d.", first), fmt.Sprintf("Ý kiến thứ %d.", last))
		for _, other := range []int{first - 1, last + 1} {
			if strings.Contains(page.Text(), fmt.Sprintf("Ý kiến thứ %d.", other)) {
				t.Errorf("%s shows opinion %d, too", path, other)
			}
		}
	}
	shows("/news/1/giao-ban", 1, 100)
	shows("/news/1/giao-ban?after=100", 101, 103)
	shows("/news/1/giao-ban?after=117", 101, 103)
	shows("/news/1/giao-ban?after=-1", 1, 100)
	if at := guest.Post("/news/1/opinions/102/agree?after=100", nil).Path(); at != "/news/1/giao-ban?after=100" {
		t.Errorf("who agreed is led to %s", at)
	}
}

// A reader's wish for colours and size is kept by the browser, only once there is one,
// and pages that everybody is given alike are each of one wish.
func TestReadersChooseColoursAndSizeWithoutScript(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	publish(s, news.Text{Headline: "Giao ban", Lead: "Sáng 10/7."})
	guest, other := s.Guest(t), s.Guest(t)
	has := func(body, theme, size string) {
		t.Helper()
		if want := fmt.Sprintf(`data-theme="%s" data-size="%s"`, theme, size); !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	first := guest.Get("/news/1")
	has(first.Body, "auto", "usual")
	if kept := first.Header.Get("Set-Cookie"); kept != "" {
		t.Errorf("without a wish the browser keeps %q", kept)
	}
	has(guest.Get("/news/1?theme=dark").Body, "dark", "usual")
	has(guest.Get("/news/1?size=large").Body, "dark", "large")
	has(guest.Get("/news/").Body, "dark", "large")
	has(other.Get("/news/").Body, "auto", "usual")
	has(guest.Get("/news/?theme=auto&size=usual").Body, "auto", "usual")
	has(guest.Get("/news/?theme=url(x)").Body, "auto", "usual")
}
