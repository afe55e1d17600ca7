package newsui_test

import (
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/part/news"
)

func TestTheDeskMakesADifficultyOfAnOpinionOnce(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		officer, leader := s.Visit(t, "officer BN"), s.Visit(t, "leader PL")
		a := published(s)
		opine(s, a, "Cầu xã Phù Lãng hỏng. Gọi ông X số 0912.")
		s.Update(func(tx *ledger.Tx) error {
			_, err := news.Cut(s.Ctx(), tx, s.People["officer BN"], news.CutCommand{Comment: 1, Passage: "Gọi ông X số 0912."})
			return err
		})
		s.Visit(t, "officer QV").Get("/opinions/1/difficulty").Want(http.StatusForbidden)
		page := officer.Get("/opinions/1/difficulty")
		page.Want(http.StatusOK, "Chuyển ý kiến thành khó khăn, vướng mắc", "Cầu xã Phù Lãng hỏng.")
		form := page.Form("handover")
		if said := form.Get("obstacle"); !strings.Contains(said, "Cầu xã Phù Lãng hỏng. […]") || strings.Contains(said, "Minh An") {
			t.Errorf("the form begins with %q", said)
		}
		form.Set("unit", "xã")
		form.Set("kind", "personnel")
		page = officer.Post("/opinions/1/difficulty", form)
		page.Want(http.StatusUnprocessableEntity, "Có nhiều đơn vị như vậy", "Đảng ủy xã Phù Lãng (PL)")
		if kept := page.Form("handover").Get("unit"); kept != "xã" {
			t.Errorf("kept %q, want what was typed", kept)
		}
		form.Set("unit", "Hà Nam")
		officer.Post("/opinions/1/difficulty", form).Want(http.StatusUnprocessableEntity, "Không có đơn vị nào như vậy")
		form.Set("unit", "phu lang")
		for range 2 { // sent twice it is one
			page = officer.Post("/opinions/1/difficulty", form)
			page.Want(http.StatusOK, "Ý kiến bạn đọc về bài “Giao ban”", "Từ ý kiến bạn đọc về bài", "Đảng ủy xã Phù Lãng")
			if at := page.Path(); at != "/difficulties/1" {
				t.Errorf("handed over it is at %s", at)
			}
		}
		if at := officer.Get("/opinions/1/difficulty").Path(); at != "/difficulties/1" {
			t.Errorf("handing it over again leads to %s", at)
		}
		officer.Get("/opinions").Want(http.StatusOK, "Đã chuyển thành khó khăn, vướng mắc")
		leader.Get("/difficulties/1").Want(http.StatusOK, "Từ ý kiến bạn đọc về bài", "Giao ban")
		s.Visit(t, "leader HN").Get("/difficulties/1").Want(http.StatusNotFound)
	})
}
