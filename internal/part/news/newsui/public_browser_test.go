package newsui_test

import (
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/prose"
)

// press is a public page with one of everything: an article with a picture, headings,
// lists, a quotation and a table, with opinions, a reply and a correction; one that is
// closed to opinions; a board; a name, colours and a logo.
func press(t *testing.T) *officetest.Site {
	t.Helper()
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, leader := s.Visit(t, "officer BN"), s.Visit(t, "leader BN")
	document, err := prose.FromHTML(`<h2>Tiến độ</h2><ul><li>Một</li><li>Hai</li></ul><blockquote><p>Đúng tiến độ.</p></blockquote><p><a href="https://dangcongsan.vn/">Xem thêm</a></p>
		<table><tr><th>Đơn vị</th><th>Xong</th></tr><tr><td>Quế Võ</td><td>1/2</td></tr></table>`)
	if err != nil {
		t.Fatal(err)
	}
	body, err := document.Encode()
	if err != nil {
		t.Fatal(err)
	}
	publish(s, news.Text{Headline: "Giao ban trực tuyến", Lead: "Sáng 10/7.", Body: string(body), Category: "Xây dựng Đảng", Tags: []string{"Đại hội"}, Authors: []string{"Minh An"}},
		news.Text{Headline: "Đại hội cấp cơ sở", Lead: "Xong 100 %.", Category: "Xây dựng Đảng", Tags: []string{"Đại hội"}})
	add := officer.Get("/desk/1").Form("add-picture")
	add.Set("alt", "Hội trường đông đại biểu")
	add.Set("lead", "yes")
	send(t, officer, "/desk/1/pictures", add, "picture", "anh.png", grey(t, 1000, 500)).Want(http.StatusOK)
	again := leader.Get("/desk/1").Form("publish")
	again.Set("note", "Thêm ảnh.")
	leader.Post("/desk/1/publish", again).Want(http.StatusOK, "Bản 2")
	s.Update(func(tx *ledger.Tx) error { return discuss(s, tx, s.People["officer BN"]) })

	accepted(s, "PL", "QV")
	board := officer.Get("/public-boards/new").Form("board")
	board.Set("title", "Tiến độ đại hội")
	board["cells"] = []string{"1/" + officetest.Held + "/grassroots"}
	officer.Post("/public-boards/new", board).Want(http.StatusOK)
	leader.Post("/public-boards/1/clear", leader.Get("/public-boards/1").Form("clear")).Want(http.StatusOK)

	centre := s.Visit(t, "leader TW")
	look := centre.Get("/desk/site").Form("site")
	look.Set("name", "Cổng tin Văn phòng")
	look.Set("colour", "#1a4f8b")
	send(t, centre, "/desk/site", look, "picture", "logo.png", grey(t, 600, 200)).Want(http.StatusOK)
	return s
}

// discuss has two readers' opinions shown beneath the first article, one answered, and
// closes the second to them.
func discuss(s *officetest.Site, tx *ledger.Tx, actor access.Actor) error {
	for i, said := range []string{"Mong công bố tiến độ từng huyện.", "Chúc mừng các đồng chí."} {
		sent, err := news.Send(s.Ctx(), tx, news.SendCommand{Article: 1, Check: said, Name: "Bạn đọc", Text: said})
		if err != nil {
			return err
		}
		cmd := news.DecideCommand{Comment: sent.ID, To: news.Shown}
		if i == 0 {
			cmd.Reply = "Cảm ơn bạn."
		}
		if _, err := news.Decide(s.Ctx(), tx, actor, cmd); err != nil {
			return err
		}
	}
	_, err := news.SetOpinions(s.Ctx(), tx, actor, 2, false)
	return err
}

func TestPublicPagesAreForEverybodyByDayAndInTheDark(t *testing.T) {
	s := press(t)
	b := browser.New(t)
	b.Allow("404") // the last page is none
	front := s.URL + "/news/"
	b.Go(front + "?lang=vi")
	for _, theme := range []string{"light", "dark"} {
		b.Go(front + "?size=larger&theme=" + theme)
		for _, path := range []string{"", "1", "2", "category/xay-dung-dang", "tag/dai-hoi", "author/minh-an", "archive", "archive/2020-07-10", "search?q=dai+hoi", "search?q=khong", "board/1", "boards", "999"} {
			b.Go(front + path)
			b.Wait(`.for-public[data-theme="` + theme + `"] .masthead-logo`)
			b.Axe(t)
			for _, screen := range []browser.Screen{browser.Phone, browser.Desk} {
				b.Show(screen)
				if wide := b.Eval(`document.documentElement.scrollWidth > document.documentElement.clientWidth`); wide == true {
					t.Errorf("%s is wider than a %s", strings.TrimPrefix(b.URL(), front), screen.Name)
				}
			}
		}
	}
}
