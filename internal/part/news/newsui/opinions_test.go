package newsui_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
)

// opine sends opinions on an article.
func opine(s *officetest.Site, a news.Article, said ...string) {
	s.Update(func(tx *ledger.Tx) (err error) {
		for _, text := range said {
			if err == nil {
				_, err = news.Send(s.Ctx(), tx, news.SendCommand{Article: a.ID, Check: text, Name: "Minh An", Text: text})
			}
		}
		return err
	})
}

func TestReadersAreNotShownWhatTheDeskCut(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		officer, guest := s.Visit(t, "officer BN"), s.Guest(t)
		opine(s, published(s), "Việc tốt. Ông X nên xem lại. Xem https://example.vn nhé.")
		form := officer.Get("/opinions").Form("opinion-1")
		form.Set("to", "cut")
		form.Set("passage", "Ông Y")
		page := officer.Post("/opinions/1", form)
		page.Want(http.StatusUnprocessableEntity, "Trong ý kiến không có đoạn này.")
		if kept := page.Form("opinion-1").Get("passage"); kept != "Ông Y" {
			t.Errorf("kept %q, want what was typed", kept)
		}
		form.Set("passage", "Ông X nên xem lại.")
		officer.Post("/opinions/1", form).Want(http.StatusOK, "Đã cắt đoạn đó.", "Ông X nên xem lại.", "phần gạch ngang")
		form.Set("to", "shown")
		officer.Post("/opinions/1", form).Want(http.StatusOK, "Ý kiến đã hiện dưới bài.")
		page = guest.Get("/news/1")
		page.Want(http.StatusOK, "Việc tốt. […] Xem https://example.vn nhé.", "Ban biên tập đã lược bớt")
		if text := page.Text(); strings.Contains(text, "Ông X") {
			t.Errorf("readers are shown what was cut:\n%s", text)
		}
		form.Set("to", "waiting")
		officer.Post("/opinions/1", form).Want(http.StatusOK, "Ý kiến chờ đọc lại")
		guest.Get("/news/1").Want(http.StatusOK, "Chưa có ý kiến nào.")
	})
}

func TestTheDeskClosesAnArticleToOpinions(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, guest := s.Visit(t, "officer BN"), s.Guest(t)
	opine(s, published(s), "Tốt.")
	form := officer.Get("/opinions").Form("opinion-1")
	form.Set("taken", "no")
	s.Visit(t, "officer QV").Post("/desk/1/opinions", form).Want(http.StatusForbidden)
	officer.Post("/desk/1/opinions", form).Want(http.StatusOK, "Bài không nhận ý kiến nữa.", "Mở lại ý kiến của bài")
	guest.Get("/news/1").Want(http.StatusOK, "Bài này không nhận ý kiến nữa.")
	form.Set("taken", "yes")
	officer.Post("/desk/1/opinions", form).Want(http.StatusOK, "Bài nhận ý kiến trở lại.")
}

func TestTheDeskMakesRulesAndIsToldWhichOneHeld(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, guest := s.Visit(t, "officer BN"), s.Guest(t)
	a := published(s)
	s.Visit(t, "officer QV").Get("/opinions/rules?unit=" + strconv.FormatInt(int64(a.Unit), 10)).Want(http.StatusForbidden)
	form := officer.Get("/opinions/rules").Form("rules")
	for name, then := range map[string]string{"links": "hold", "repeated": "off", "rate": "hold", "words": "refuse"} {
		form.Set(name, then)
	}
	form.Set("list", "lừa đảo\nquảng cáo")
	form.Set("days", "nhiều")
	page := officer.Post("/opinions/rules", form)
	page.Want(http.StatusUnprocessableEntity)
	if kept := page.Form("rules").Get("days"); kept != "nhiều" {
		t.Errorf("kept %q, want what was typed", kept)
	}
	form.Set("days", "2")
	officer.Post("/opinions/rules", form).Want(http.StatusOK, "Đã lưu quy tắc.")
	if list := officer.Get("/opinions/rules").Form("rules").Get("list"); list != "lừa đảo\nquảng cáo" {
		t.Errorf("the list is %q", list)
	}
	opine(s, a, "Xem www.example.vn.", "Toàn quảng cáo.")
	officer.Get("/opinions").Want(http.StatusOK, "Xem www.example.vn.", "Có liên kết")
	officer.Get("/opinions?state=refused").Want(http.StatusOK, "Toàn quảng cáo.", "Có từ trong danh sách", "Quy tắc tự xếp vào đây.")
	s.Clock.Advance(48 * time.Hour)
	guest.Get("/news/1").Want(http.StatusOK, "Bài này không nhận ý kiến nữa.")
}

func TestSeveralOpinionsAreDecidedAtOnce(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, guest := s.Visit(t, "officer BN"), s.Guest(t)
	opine(s, published(s), "Ý kiến một.", "Ý kiến hai.", "Ý kiến ba.")
	form := officer.Get("/opinions").Form("several")
	form.Set("to", "shown")
	officer.Post("/opinions", form).Want(http.StatusUnprocessableEntity, "Vui lòng chọn ít nhất một ý kiến")
	form["opinion"] = []string{"1", "3", "9"}
	officer.Post("/opinions", form).Want(http.StatusNotFound)
	guest.Get("/news/1").Want(http.StatusOK, "Chưa có ý kiến nào.") // all, or none
	form["opinion"] = []string{"1", "3"}
	s.Visit(t, "officer QV").Post("/opinions", form).Want(http.StatusForbidden)
	officer.Post("/opinions", form).Want(http.StatusOK, "Đã quyết định các ý kiến đã chọn.", "Ý kiến hai.")
	guest.Get("/news/1").Want(http.StatusOK, "2 ý kiến", "Ý kiến một.", "Ý kiến ba.")
	form["opinion"] = []string{"1", "2"}
	form.Set("to", "refused")
	page := officer.Post("/opinions", form)
	page.Want(http.StatusUnprocessableEntity, "Cần ghi lý do")
	form.Set("reason", "Ngoài chủ đề.")
	officer.Post("/opinions", form).Want(http.StatusOK, "Đã quyết định")
	guest.Get("/news/1").Want(http.StatusOK, "1 ý kiến", "Ý kiến ba.")
}

func TestAnotherDeskHearsNothingOfOpinions(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	a := published(s)
	s.Visit(t, "officer QV").Get("/opinions/live?unit=" + strconv.FormatInt(int64(a.Unit), 10)).Want(http.StatusForbidden)
}

func TestReadersAnswerAndAgreeWithoutScript(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		officer, guest := s.Visit(t, "officer BN"), s.Guest(t)
		opine(s, published(s), "Ý kiến một.")
		form := officer.Get("/opinions").Form("opinion-1")
		form.Set("to", "shown")
		officer.Post("/opinions/1", form)
		guest.Post("/news/1/opinions/9/agree", url.Values{}).Want(http.StatusNotFound)
		for range 3 { // repeated, it counts once
			guest.Post("/news/1/opinions/1/agree", url.Values{}).Want(http.StatusOK, "Đồng ý 1")
		}
		other := s.Guest(t)
		form = other.Get("/news/1/giao-ban?answer=1").Form("opinion")
		form.Set("name", "Hải Yến")
		form.Set("text", "Tôi cũng nghĩ vậy.")
		form = other.Post("/news/1/opinions", form).Form("opinion")
		form.Set("code", typed(t, form))
		other.Post("/news/1/opinions", form).Want(http.StatusOK, "Ý kiến của bạn đã gửi tới ban biên tập")
		page := officer.Get("/opinions")
		page.Want(http.StatusOK, "Tôi cũng nghĩ vậy.", "Trả lời ý kiến của Minh An:")
		form = page.Form("opinion-2")
		form.Set("to", "shown")
		officer.Post("/opinions/2", form)
		guest.Get("/news/1").Want(http.StatusOK, "2 ý kiến", "Ý kiến một.", "Tôi cũng nghĩ vậy.")
	})
}
