package newsui_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/difficulty/difficultyui"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/code"
	"giaoban/internal/part/news/newsui"
	"giaoban/internal/part/news/picture"
	"giaoban/internal/part/news/prose"
	"giaoban/internal/part/news/prose/proseui"
	"giaoban/internal/part/org"
)

// guard makes the checks of the tests' pages.
var guard = code.New([32]byte{1})

// links makes the links of their letters.
var links = news.NewLinks([32]byte{1})

func site(t *testing.T, database string) *officetest.Site {
	t.Helper()
	return siteThat(t, database, true)
}

// siteThat is site, of an installation that has a mail server or none.
func siteThat(t *testing.T, database string, mailed bool) *officetest.Site {
	t.Helper()
	texts, err := text.Load(text.Texts, access.Texts, marking.Texts, store.Texts, file.Texts, web.Texts, org.Texts, difficulty.Texts, difficultyui.Texts, news.Texts, newsui.Texts, prose.Texts, proseui.Texts, picture.Texts)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := file.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	hub, err := live.Open(slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hub.Close(context.Background()) })
	return officetest.New(t, database).Serve(web.Config{Texts: texts, Dress: newsui.Dress, Bundles: []web.Bundle{newsui.Bundle, proseui.Bundle}}, func(f *web.Frame, s *officetest.Site) {
		boards := board.New(s.Clock)
		s.Follow(boards.Apply)
		difficultyui.Add(f, folder)
		newsui.Add(f, newsui.Config{Tree: s.Tree, Boards: boards, Guard: guard, Hub: hub, Origins: news.NewOrigins([32]byte{1}), Links: links, Mailed: mailed, Machine: clock.Machine, Address: "https://giaoban.example.vn", Folder: folder, Engine: s.Ledger.DB().Engine()})
	})
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
	guest.Get("/news/1").Want(http.StatusOK, "Sáng 10/7.", "Đính chính lúc", "Sửa ngày họp.")
	guest.Get("/news/").Want(http.StatusOK, "Đã đính chính")
	withdraw := leader.Get("/desk/1").Form("withdraw")
	withdraw.Set("reason", "Nhầm bài.")
	leader.Post("/desk/1/withdraw", withdraw).Want(http.StatusOK, "Đã gỡ bài.", "Nhầm bài.")
	guest.Get("/news/1").Want(http.StatusNotFound, "Tòa soạn đã gỡ bài này.")
}

func TestListsOfAnArticleAreReadAsTheyAreTyped(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer := s.Visit(t, "officer BN")
	form := officer.Get("/desk/new").Form("article")
	form.Set("headline", "Giao ban trực tuyến")
	form.Set("authors", "Minh An,, Hải Yến ")
	form.Set("tags", "Đại hội, dai hoi, Giao ban")
	form.Set("related", "https://example.vn/news/7/giao-ban 9, ngoài 7")
	page := officer.Post("/desk/new", form)
	page.Want(http.StatusUnprocessableEntity, "“ngoài” không phải địa chỉ của bài")
	form = page.Form("article")
	form.Set("related", "https://example.vn/news/7/giao-ban 9, 7")
	officer.Post("/desk/new", form)
	form = officer.Get("/desk/1").Form("article")
	for name, want := range map[string]string{"authors": "Minh An, Hải Yến", "tags": "Đại hội, Giao ban", "related": "7 9"} {
		if got := form.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	form.Set("tags", strings.Repeat("x", 101)+","+strings.Join(strings.Split("abcdefghijk", ""), ","))
	officer.Post("/desk/1", form).Want(http.StatusUnprocessableEntity, "Không quá 10.", "Không quá 100 ký tự.")
}

// published is an article of Bac Ninh that anybody reads.
func published(s *officetest.Site) (a news.Article) {
	leader := s.People["leader BN"]
	s.Update(func(tx *ledger.Tx) (err error) {
		a, err = news.Begin(s.Ctx(), tx, leader, news.BeginCommand{Key: "bài", Unit: s.Units["BN"], Text: news.Text{Headline: "Giao ban", Lead: "Sáng 10/7."}})
		if err == nil {
			a, err = news.Publish(s.Ctx(), tx, leader, news.PublishCommand{Article: a.ID, Revision: a.Revision})
		}
		return err
	})
	return a
}

func TestTheDeskReadsOpinionsBeforeOthersDo(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, guest := s.Visit(t, "officer BN"), s.Guest(t)
	a := published(s)
	s.Update(func(tx *ledger.Tx) (err error) {
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

// typed is the code that the picture of a form shows.
func typed(t *testing.T, form url.Values) string {
	t.Helper()
	shown, _, err := guard.Code(code.Token(form.Get("token")), clock.Machine.Now())
	if err != nil {
		t.Fatal(err)
	}
	return shown
}

func TestAReaderSendsAnOpinionByTheCodeInThePicture(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		guest := s.Guest(t)
		published(s)
		form := guest.Get("/news/1").Form("opinion")
		if form.Get("token") != "" {
			t.Error("a page that everybody is given alike has a code in it")
		}
		form.Set("name", "Minh An")
		form.Set("text", "Mong công bố tiến độ từng huyện.")
		page := guest.Post("/news/1/opinions", form)
		page.Want(http.StatusOK, "Nhập mã trong hình rồi gửi.", "Mong công bố tiến độ từng huyện.")
		form = page.Form("opinion")
		if picture := guest.Get("/news/code/" + form.Get("token")); picture.Header.Get("Content-Type") != "image/png" {
			t.Errorf("the picture is %s", picture.Header.Get("Content-Type"))
		}
		if sound := guest.Get("/news/code/" + form.Get("token") + "/sound"); sound.Header.Get("Content-Type") != "audio/wav" {
			t.Errorf("the sound is %s", sound.Header.Get("Content-Type"))
		}
		form.Set("code", "không đúng")
		page = guest.Post("/news/1/opinions", form)
		page.Want(http.StatusUnprocessableEntity, "Mã không đúng.", "Mong công bố tiến độ từng huyện.")
		form.Set("code", typed(t, form))
		guest.Post("/news/1/opinions", form).Want(http.StatusUnprocessableEntity, "Mã này đã dùng.") // guessed once, it is used up
		form = page.Form("opinion")
		form.Set("act", "renew")
		page = guest.Post("/news/1/opinions", form)
		page.Want(http.StatusOK, "Mong công bố tiến độ từng huyện.")
		if renewed := page.Form("opinion"); renewed.Get("token") == form.Get("token") {
			t.Error("another code was asked for, and the same came")
		}
		form = page.Form("opinion")
		form.Set("code", strings.ToLower(typed(t, form)))
		for range 2 { // sent twice it appears once
			guest.Post("/news/1/opinions", form).Want(http.StatusOK, "Ý kiến của bạn đã gửi tới ban biên tập")
		}
		if queue := s.Visit(t, "officer BN").Get("/opinions").Text(); strings.Count(queue, "Mong công bố tiến độ từng huyện.") != 1 {
			t.Errorf("the desk reads:\n%s", queue)
		}
		guest.Get("/news/code/không").Want(http.StatusNotFound)
	})
}
