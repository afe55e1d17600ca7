package newsui_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/news/prose"
)

// accepted has a unit report that its congress was held, and the unit above accept it.
func accepted(s *officetest.Site, unit, above string) {
	r := s.Submitted(unit, officetest.Held, 0, officetest.Day("20/6/2020"))
	_, err := s.Accept("leader "+above, r.ID)
	s.OK(err)
}

func TestAFigureOfABoardIsPutInHeldAndRead(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		officer, leader, guest := s.Visit(t, "officer BN"), s.Visit(t, "leader BN"), s.Guest(t)
		accepted(s, "PL", "QV")
		officer.Get("/desk/new").Want(http.StatusOK, "Chèn số liệu từ bảng", "Tổ chức xong đại hội")
		asked := "kind=done&column=1/" + officetest.Held + "/grassroots"
		put := officer.Get("/desk/figure?" + asked)
		put.Want(http.StatusOK)
		document, err := prose.Decode([]byte(put.Body))
		s.OK(err)
		if said := document.Text(); said != "1" {
			t.Fatalf("the board's figure is %q", said)
		}
		officer.Get("/desk/figure?kind=done&column=1").Want(http.StatusUnprocessableEntity, "Không rõ số liệu nào.")
		officer.Get("/desk/figure?kind=done&column=7/x/y").Want(http.StatusUnprocessableEntity)
		s.Visit(t, "officer QV").Get("/desk/figure?" + asked + "&unit=2").Want(http.StatusForbidden)

		form := officer.Get("/desk/new").Form("article")
		form.Set("headline", "Tiến độ")
		form.Set("body", strings.Replace(strings.TrimSpace(put.Body), `"text":"1"`, `"text":"7"`, 1))
		officer.Post("/desk/new", form).Want(http.StatusOK, "Đã lưu.")
		accepted(s, "DT", "QV")
		page := leader.Post("/desk/1/publish", leader.Get("/desk/1").Form("publish"))
		page.Want(http.StatusUnprocessableEntity, "Tổ chức xong đại hội", "bài ghi 7, bảng là 1.", "Lấy số của bảng")
		leader.Post("/desk/1/figures", page.Form("publish")).Want(http.StatusOK, "Bài đã ghi theo số của bảng.")
		leader.Post("/desk/1/publish", leader.Get("/desk/1").Form("publish")).Want(http.StatusOK, "Đã đăng.")
		page = guest.Get("/news/1")
		page.Want(http.StatusOK, "Số liệu đến 8 giờ 50 ngày 26/6/2020")
		if !strings.Contains(page.Body, `<data class="prose-figure" value="1"`) {
			t.Errorf("the reader gets:\n%s", page.Body)
		}
		if err := json.Unmarshal([]byte(officer.Get("/desk/1").Form("article").Get("body")), &struct{}{}); err != nil {
			t.Errorf("the figure is bound no more: %v", err)
		}
	})
}
