package newsui_test

import (
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/part/news"
)

// A robot that keeps one code and tries it out has used it up with its first guess; one that
// was read right is good for its own article alone.
func TestACodeIsNotGuessedInALoop(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	publish(s, news.Text{Headline: "Một", Lead: "Tin."}, news.Text{Headline: "Hai", Lead: "Tin."})
	robot := s.Guest(t)
	form := robot.Get("/news/1").Form("opinion")
	form.Set("name", "Robot")
	form.Set("text", "Mua ngay.")
	form.Set("token", robot.Post("/news/1/opinions", form).Form("opinion").Get("token"))
	right := typed(t, form)
	for _, guess := range []string{"", "HKNRT", "HKNR3", "HKNR4", "HKNR5", right, right} {
		form.Set("code", guess)
		robot.Post("/news/1/opinions", form).Want(http.StatusUnprocessableEntity)
	}
	form.Set("token", "")
	form.Set("token", robot.Post("/news/1/opinions", form).Form("opinion").Get("token"))
	form.Set("code", typed(t, form))
	robot.Post("/news/2/opinions", form).Want(http.StatusUnprocessableEntity, "Mã không đúng.")
	s.Visit(t, "officer BN").Get("/opinions").Want(http.StatusOK, "Không có ý kiến nào ở đây")
}

func TestANameOfTenThousandCharactersIsToldAtItsField(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	published(s)
	guest := s.Guest(t)
	for _, name := range []string{strings.Repeat("ộ", 10_000), strings.Repeat("o\u0323\u0302", 10_000), strings.Repeat("\u0301", 10_000)} {
		form := guest.Get("/news/1").Form("opinion")
		form.Set("name", name)
		form.Set("text", "Mong công bố tiến độ từng huyện.")
		form = guest.Post("/news/1/opinions", form).Form("opinion")
		form.Set("code", typed(t, form))
		guest.Post("/news/1/opinions", form).Want(http.StatusUnprocessableEntity, "Họ tên", "Mong công bố tiến độ từng huyện.")
	}
}
