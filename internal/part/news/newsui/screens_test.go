package newsui_test

import (
	"net/http"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/newsui"
	"giaoban/internal/part/org"
)

func site(t *testing.T, database string) *officetest.Site {
	t.Helper()
	texts, err := text.Load(text.Texts, access.Texts, marking.Texts, store.Texts, file.Texts, web.Texts, org.Texts, news.Texts, newsui.Texts)
	if err != nil {
		t.Fatal(err)
	}
	return officetest.New(t, database).Serve(web.Config{Texts: texts}, func(f *web.Frame, s *officetest.Site) { newsui.Add(f, s.Tree, nil) })
}

func TestAnArticleIsWrittenAtTheDeskAndReadByAnybody(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		officer, leader, guest := s.Visit(t, "officer BN"), s.Visit(t, "leader BN"), s.Guest(t)
		guest.Get("/news/").Want(http.StatusOK, "Chưa có bài nào")
		form := officer.Get("/desk/new").Form("article")
		form.Set("lead", "Sáng 10/7.")
		page := officer.Post("/desk/new", form)
		page.Want(http.StatusUnprocessableEntity, "Bài viết cần có tít.")
		if kept := page.Form("article").Get("lead"); kept != "Sáng 10/7." {
			t.Errorf("kept %q, want what was typed", kept)
		}
		form.Set("headline", "Giao ban trực tuyến")
		form.Set("body", "Đoạn một.\n\nĐoạn hai <script>alert(1)</script>.")
		officer.Post("/desk/new", form).Want(http.StatusOK, "Đã lưu.", "Bản thảo")
		guest.Get("/news/1/giao-ban-truc-tuyen").Want(http.StatusNotFound, "Không có bài viết này.")
		publish := leader.Get("/desk/1").Form("publish")
		officer.Post("/desk/1/publish", publish).Want(http.StatusForbidden)
		leader.Post("/desk/1/publish", publish).Want(http.StatusOK, "Đã đăng.")
		guest.Get("/news/").Want(http.StatusOK, "Giao ban trực tuyến", "Sáng 10/7.")
		page = guest.Get("/news/1/tit-khac")
		page.Want(http.StatusOK, "Đoạn một.", "Đoạn hai <script>alert(1)</script>.")
		if at := page.Path(); at != "/news/1/giao-ban-truc-tuyen" {
			t.Errorf("another address leads to %s", at)
		}
		s.Visit(t, "leader QV").Get("/desk/1").Want(http.StatusForbidden)
	})
}

func TestTheSecondWhoSavesIsToldAndKeepsTheOwnWords(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, leader := s.Visit(t, "officer BN"), s.Visit(t, "leader BN")
	form := officer.Get("/desk/new").Form("article")
	form.Set("headline", "Giao ban trực tuyến")
	officer.Post("/desk/new", form)
	first, second := leader.Get("/desk/1").Form("article"), officer.Get("/desk/1").Form("article")
	first.Set("lead", "Của lãnh đạo.")
	second.Set("lead", "Của chuyên viên.")
	leader.Post("/desk/1", first).Want(http.StatusOK, "Đã lưu.")
	page := officer.Post("/desk/1", second)
	page.Want(http.StatusUnprocessableEntity, "leader BN vừa lưu bài này.", "Của chuyên viên.")
	officer.Post("/desk/1", page.Form("article")).Want(http.StatusOK, "Đã lưu.", "Của chuyên viên.")
}

func TestACorrectionSaysWhatWasCorrected(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	leader, guest := s.Visit(t, "leader BN"), s.Guest(t)
	form := leader.Get("/desk/new").Form("article")
	form.Set("headline", "Giao ban trực tuyến")
	form.Set("lead", "Sáng 9/7.")
	leader.Post("/desk/new", form)
	leader.Post("/desk/1/publish", leader.Get("/desk/1").Form("publish"))
	form = leader.Get("/desk/1").Form("article")
	form.Set("lead", "Sáng 10/7.")
	leader.Post("/desk/1", form).Want(http.StatusOK, "có sửa đổi chưa đăng")
	guest.Get("/news/1").Want(http.StatusOK, "Sáng 9/7.")
	publish := leader.Get("/desk/1").Form("publish")
	leader.Post("/desk/1/publish", publish).Want(http.StatusUnprocessableEntity, "Cần ghi đã sửa gì")
	publish.Set("note", "Sửa ngày họp.")
	leader.Post("/desk/1/publish", publish).Want(http.StatusOK, "Bản 2")
	guest.Get("/news/1").Want(http.StatusOK, "Sáng 10/7.", "Đính chính", "Sửa ngày họp.")
	withdraw := leader.Get("/desk/1").Form("withdraw")
	withdraw.Set("reason", "Nhầm bài.")
	leader.Post("/desk/1/withdraw", withdraw).Want(http.StatusOK, "Đã gỡ bài.", "Nhầm bài.")
	guest.Get("/news/1").Want(http.StatusNotFound)
}

func TestTheDeskReadsOpinionsBeforeOthersDo(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, guest := s.Visit(t, "officer BN"), s.Guest(t)
	s.Update(func(tx *ledger.Tx) error {
		leader := s.People["leader BN"]
		a, err := news.Begin(s.Ctx(), tx, leader, news.BeginCommand{Key: "bài", Unit: s.Units["BN"], Text: news.Text{Headline: "Giao ban", Lead: "Sáng 10/7."}})
		if err == nil {
			_, err = news.Publish(s.Ctx(), tx, leader, news.PublishCommand{Article: a.ID, Revision: a.Revision})
		}
		for _, said := range []string{"Ý kiến một.", "Ý kiến hai."} {
			if err == nil {
				_, err = news.Send(s.Ctx(), tx, news.SendCommand{Article: a.ID, Check: said, Name: "Minh An", Text: said})
			}
		}
		return err
	})
	guest.Get("/news/1").Want(http.StatusOK, "Chưa có ý kiến nào.")
	page := officer.Get("/opinions")
	page.Want(http.StatusOK, "Ý kiến một.", "Ý kiến hai.")
	first, second := page.Form("opinion-1"), page.Form("opinion-2")
	s.Visit(t, "officer QV").Post("/opinions/1", first).Want(http.StatusForbidden)
	first.Set("to", "shown")
	first.Set("reply", "Cảm ơn bạn.")
	officer.Post("/opinions/1", first).Want(http.StatusOK, "Ý kiến đã hiện dưới bài.")
	second.Set("to", "refused")
	officer.Post("/opinions/2", second).Want(http.StatusUnprocessableEntity, "Cần ghi lý do")
	second.Set("reason", "Ngoài chủ đề.")
	officer.Post("/opinions/2", second).Want(http.StatusOK, "Đã ghi nhận không đăng.")
	guest.Get("/news/1").Want(http.StatusOK, "1 ý kiến", "Ý kiến một.", "Cảm ơn bạn.")
	officer.Get("/opinions?state=refused").Want(http.StatusOK, "Ngoài chủ đề.")
}
