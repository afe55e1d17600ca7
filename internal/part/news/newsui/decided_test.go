package newsui_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/newsui"
)

func TestADecisionThatComesSecondIsToldAndKept(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, leader, guest := s.Visit(t, "officer BN"), s.Visit(t, "leader BN"), s.Guest(t)
	opine(s, published(s), "Một.", "Hai.")
	first, second := officer.Get("/opinions").Form("opinion-1"), leader.Get("/opinions").Form("opinion-1")
	first.Set("to", "refused")
	first.Set("reason", "Ngoài chủ đề.")
	officer.Post("/opinions/1?state=waiting", first).Want(http.StatusOK, "Đã ghi nhận không đăng.")
	second.Set("to", "shown")
	second.Set("reply", "Cảm ơn bạn đọc.")
	leader.Post("/opinions/1?state=waiting", second).Want(http.StatusUnprocessableEntity, "Chưa ghi quyết định của bạn", "officer BN vừa quyết định khác về ý kiến của Minh An.", "Cảm ơn bạn đọc.")
	guest.Get("/news/1").Want(http.StatusOK, "Chưa có ý kiến nào.")
	s.Update(func(tx *ledger.Tx) error {
		_, err := news.TakeBack(s.Ctx(), tx, 2)
		return err
	})
	leader.Post("/opinions/2?state=waiting", second).Want(http.StatusUnprocessableEntity, "Bạn đọc đã rút ý kiến này.")
}

func TestWordsForAnArticleThatWasClosedMeanwhileAreGivenBack(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, guest := s.Visit(t, "officer BN"), s.Guest(t)
	a := published(s)
	form := guest.Get("/news/1").Form("opinion")
	form.Set("name", "Minh An")
	form.Set("text", "Viết rất lâu.")
	form = guest.Post("/news/1/opinions", form).Form("opinion")
	form.Set("code", typed(t, form))
	s.Update(func(tx *ledger.Tx) error {
		_, err := news.SetOpinions(s.Ctx(), tx, s.People["officer BN"], a.ID, false)
		return err
	})
	guest.Post("/news/1/opinions", form).Want(http.StatusUnprocessableEntity, "Bài này không nhận ý kiến nữa.", "Viết rất lâu.")
	officer.Get("/opinions").Want(http.StatusOK, "Không có ý kiến nào ở đây")
}

func TestTheRulesPageSaysWhatIsWrongAtItsField(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, guest := s.Visit(t, "officer BN"), s.Guest(t)
	published(s)
	form := officer.Get("/opinions/rules").Form("rules")
	if form.Get("kept") != "7" {
		t.Errorf("origins are kept for %q days, want 7", form.Get("kept"))
	}
	for _, name := range []string{"links", "repeated", "rate", "words"} {
		form.Set(name, "hold")
	}
	form.Set("kept", "91")
	form.Set("email", "yes")
	page := officer.Post("/opinions/rules", form)
	page.Want(http.StatusUnprocessableEntity, "Cần một số ngày từ 1 đến 90.")
	if kept := page.Form("rules"); kept.Get("kept") != "91" || kept.Get("email") != "yes" {
		t.Errorf("kept %v, want what was typed", kept)
	}
	form.Set("kept", "3")
	officer.Post("/opinions/rules", form).Want(http.StatusOK, "Đã lưu quy tắc.")
	if kept := officer.Get("/opinions/rules").Form("rules"); kept.Get("kept") != "3" || kept.Get("email") != "yes" {
		t.Errorf("the rules are %v", kept)
	}
	form = guest.Get("/news/1").Form("opinion")
	form.Set("name", "Minh An")
	form.Set("text", "Đường hỏng.")
	form = guest.Post("/news/1/opinions", form).Form("opinion")
	form.Set("code", typed(t, form))
	page = guest.Post("/news/1/opinions", form)
	page.Want(http.StatusUnprocessableEntity, "Ban biên tập cần địa chỉ thư điện tử của bạn")
	if kept := page.Form("opinion"); kept.Get("name") != "Minh An" || kept.Get("text") != "Đường hỏng." {
		t.Errorf("kept %v, want what was typed", kept)
	}
}

// Only a proxy on this machine is believed, and only what it saw itself.
func TestWhereAReaderComesFrom(t *testing.T) {
	for _, try := range []struct {
		peer  string
		lines []string
		want  string
	}{
		{"203.0.113.5:900", nil, "203.0.113.5:900"},
		{"203.0.113.5:900", []string{"198.51.100.1"}, "203.0.113.5:900"},
		{"127.0.0.1:900", nil, "127.0.0.1:900"},
		{"127.0.0.1:900", []string{"198.51.100.1"}, "198.51.100.1:900"},
		{"[::1]:900", []string{"10.0.0.1, 198.51.100.1"}, "198.51.100.1:900"},
		{"127.0.0.1:900", []string{"10.0.0.1", "10.0.0.2, 2001:db8::1 "}, "[2001:db8::1]:900"},
		{"127.0.0.1:900", []string{"198.51.100.1, unknown"}, "127.0.0.1:900"},
		{"127.0.0.1:900", []string{""}, "127.0.0.1:900"},
		{"@", []string{"198.51.100.1"}, "@"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", http.NoBody)
		r.RemoteAddr = try.peer
		r.Header["X-Forwarded-For"] = try.lines
		if got := newsui.Remote(r); got != try.want {
			t.Errorf("from %s with %q is %s, want %s", try.peer, try.lines, got, try.want)
		}
	}
}
