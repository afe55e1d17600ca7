package newsui_test

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/newsui"
)

func TestFiguresArePublicAsALeaderClearedThem(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		officer, leader, guest := s.Visit(t, "officer BN"), s.Visit(t, "leader BN"), s.Guest(t)
		accepted(s, "PL", "QV")
		form := officer.Get("/public-boards/new").Form("board")
		page := officer.Post("/public-boards/new", form)
		page.Want(http.StatusUnprocessableEntity, "Bảng cần tên", "Vui lòng chọn từ 1")
		form.Set("title", "Tiến độ đại hội")
		form["cells"] = []string{"1/" + officetest.Held + "/grassroots", "1/" + officetest.Held + "/above-grassroots"}
		officer.Post("/public-boards/new", form).Want(http.StatusOK, "Đã trình lãnh đạo duyệt.", "1/2", "Chờ lãnh đạo duyệt")
		guest.Get("/news/board/1/tien-do-dai-hoi").Want(http.StatusNotFound)
		guest.Get("/news/board/1/picture.svg").Want(http.StatusNotFound)
		guest.Get("/news/board/1/figures.csv").Want(http.StatusNotFound)
		clear := leader.Get("/public-boards/1").Form("clear")
		officer.Post("/public-boards/1/clear", clear).Want(http.StatusForbidden)
		accepted(s, "DT", "QV")
		leader.Post("/public-boards/1/clear", clear).Want(http.StatusOK, "Đã công khai.", "Đang công khai")

		page = guest.Get("/news/board/1")
		page.Want(http.StatusOK, "Tiến độ đại hội", "Tổ chức xong đại hội", "1/2", "0/2", "Duyệt công khai: leader BN", "Số liệu đến", `https://giaoban.example.vn/news/board/1/picture.svg`)
		if at := page.Path(); at != "/news/board/1/tien-do-dai-hoi" {
			t.Errorf("the short address leads to %s", at)
		}
		picture := guest.Get("/news/board/1/picture.svg?lang=vi")
		if kind, policy := picture.Header.Get("Content-Type"), picture.Header.Get("Cross-Origin-Resource-Policy"); kind != "image/svg+xml" || policy != "cross-origin" {
			t.Errorf("the picture is %s for %s", kind, policy)
		}
		for decoder := xml.NewDecoder(strings.NewReader(picture.Body)); ; {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("the picture: %v\n%s", err, picture.Body)
			}
		}
		if !strings.Contains(picture.Body, "Tổ chức xong đại hội, ") {
			t.Errorf("the picture does not say what it shows:\n%s", picture.Body)
		}
		guest.Get("/news/board/1/figures.csv?lang=vi").Want(http.StatusOK, "Tổ chức xong đại hội", "50,0 %")

		for _, path := range []string{"/news/", "/news/boards", "/news/sitemap/1"} {
			if body := guest.Get(path).Body; !strings.Contains(body, "/news/board/1/tien-do-dai-hoi") {
				t.Errorf("%s does not lead to the board:\n%s", path, body)
			}
		}

		withdraw := leader.Get("/public-boards/1").Form("withdraw")
		leader.Post("/public-boards/1/withdraw", withdraw).Want(http.StatusUnprocessableEntity, "Cần ghi lý do")
		withdraw.Set("reason", "Rà soát lại.")
		leader.Post("/public-boards/1/withdraw", withdraw).Want(http.StatusOK, "Số liệu không công khai nữa.")
		page = guest.Get("/news/board/1")
		page.Want(http.StatusOK, "Số liệu này đã thôi công khai.", "Rà soát lại.")
		for _, path := range []string{"/news/board/1", "/news/board/1/picture.svg", "/news/board/1/figures.csv"} {
			if body := guest.Get(path).Body; strings.Contains(body, "1/2") || strings.Contains(body, "50,0 %") {
				t.Errorf("%s still tells the figures:\n%s", path, body)
			}
		}
		for _, path := range []string{"/news/", "/news/boards", "/news/sitemap/1"} {
			if body := guest.Get(path).Body; strings.Contains(body, "tien-do-dai-hoi") {
				t.Errorf("%s still leads to the board:\n%s", path, body)
			}
		}
		if changed := newsui.Changed(ledger.Event{Kind: news.BoardCleared, Subject: news.PublicBoards + "1"}); !slices.Contains(changed, newsui.AnyBoard) {
			t.Errorf("a board that is cleared changes %q, not the lists of boards", changed)
		}
		s.Visit(t, "leader QV").Get("/public-boards/1").Want(http.StatusForbidden)
	})
}
