package newsui_test

import (
	"net/http"
	"strconv"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/part/news"
)

func TestAnArticleIsReadBesideOpinionsByItsDesk(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		publish(s, news.Text{Headline: "Bài một", Lead: "Sáng 10/7."}, news.Text{Headline: "Bài hai", Lead: "Chiều 10/7."})
		officer := s.Visit(t, "officer BN")
		first := news.Article{ID: 1}
		opine(s, first, "Hỏi.")
		s.Update(func(tx *ledger.Tx) error {
			_, err := news.Decide(s.Ctx(), tx, s.People["officer BN"], news.DecideCommand{Comment: 1, To: news.Shown})
			if err == nil {
				_, err = news.Send(s.Ctx(), tx, news.SendCommand{Article: 1, Check: "đáp", Name: "Hải Yến", Text: "Đáp.", Parent: 1})
			}
			return err
		})
		officer.Get("/opinions").Want(http.StatusOK, "1 ý kiến", "Đáp.", "Trả lời ý kiến của Minh An:", "Hỏi.", "Đọc cả bài", "Sáng 10/7.")
		officer.Get("/desk/2/beside").Want(http.StatusOK, "Bài hai", "Chiều 10/7.", "Xem như bạn đọc thấy")
		s.Visit(t, "officer QV").Get("/desk/2/beside").Want(http.StatusForbidden)
		withdraw := s.Visit(t, "leader BN").Get("/desk/1").Form("withdraw")
		withdraw.Set("reason", "Nhầm.")
		s.Visit(t, "leader BN").Post("/desk/1/withdraw", withdraw)
		officer.Get("/opinions").Want(http.StatusOK, "Đáp.", "Bài một") // it is read there still
	})
}

func TestAFullQueueSaysHowManyWait(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	a := published(s)
	said := make([]string, news.MostQueued+3)
	for i := range said {
		said[i] = "Ý kiến số " + strconv.Itoa(i)
	}
	opine(s, a, said...)
	s.Visit(t, "officer BN").Get("/opinions").Want(http.StatusOK, "103 ý kiến, đang xem 100 ý kiến đầu.")
}

func TestKeysMoveTheChoiceAndTheArticleBesideIt(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	publish(s, news.Text{Headline: "Bài một", Lead: "Sáng 10/7."}, news.Text{Headline: "Bài hai", Lead: "Chiều 10/7."})
	opine(s, news.Article{ID: 1}, "Một.")
	opine(s, news.Article{ID: 2}, "Hai.")
	b := browser.New(t)
	b.Show(browser.Desk)
	b.Go(s.Enter(t, "officer BN", "/opinions"))
	b.Wait("[data-opinion-keys]:not([hidden])")
	b.WaitText("[data-beside-place]", "Sáng 10/7.")
	b.Eval(`document.querySelector("[data-opinion]").focus()`)
	b.Press("j")
	b.WaitText("[data-beside-place]", "Chiều 10/7.")
	b.Axe(t)
	b.Press("k")
	b.WaitText("[data-beside-place]", "Sáng 10/7.")
	b.Press("a")
	b.WaitTrue("the keys go on with the next", `document.activeElement.id === "comment-2"`)
}
