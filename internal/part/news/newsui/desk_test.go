package newsui_test

import (
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/testing/enginetest"
)

const asScript = "application/json"

func TestATextSavesItselfWhileItIsWritten(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := site(t, database)
		officer, leader := s.Visit(t, "officer BN"), s.Visit(t, "leader BN")
		form := officer.Get("/desk/new").Form("article")
		officer.Post("/desk/new", form, "Accept", asScript).Want(http.StatusUnprocessableEntity, "Bài viết cần có tít.")
		form.Set("headline", "Giao ban")
		officer.Post("/desk/new", form, "Accept", asScript).Want(http.StatusOK, `"path":"/desk/1"`, `"revision":1`, `"pending":true`, "Đã lưu lúc")
		form.Set("lead", "Sáng 10/7.") // the answer was lost, and more was typed
		officer.Post("/desk/new", form, "Accept", asScript).Want(http.StatusOK, `"path":"/desk/1"`, `"revision":2`)
		form.Set("revision", "2")
		form.Set("lead", "Sáng 10/7, các văn phòng.")
		officer.Post("/desk/1/draft", form, "Accept", asScript).Want(http.StatusOK, `"revision":3`)
		officer.Post("/desk/1/draft", form, "Accept", asScript).Want(http.StatusOK, `"revision":3`)
		s.Visit(t, "officer QV").Post("/desk/1/draft", form, "Accept", asScript).Want(http.StatusForbidden)

		leader.Post("/desk/1/open", nil, "Accept", asScript).Want(http.StatusOK, `"revision":3`, `"others":""`)
		officer.Post("/desk/1/open", nil, "Accept", asScript).Want(http.StatusOK, "Cũng đang mở bài này: leader BN.", "officer BN vừa lưu bài này lúc")
		leaders := leader.Get("/desk/1").Form("article")
		leaders.Set("lead", "Của lãnh đạo.")
		leader.Post("/desk/1", leaders).Want(http.StatusOK, "Đã lưu.")
		form.Set("revision", "3")
		form.Set("lead", "Của chuyên viên.")
		officer.Post("/desk/1/draft", form, "Accept", asScript).Want(http.StatusConflict, "leader BN vừa lưu bài này.")
	})
}

func TestOfTwoTextsWrittenAtOnceOneChooses(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, leader := s.Visit(t, "officer BN"), s.Visit(t, "leader BN")
	form := officer.Get("/desk/new").Form("article")
	form.Set("headline", "Giao ban trực tuyến")
	form.Set("lead", "Sáng 9/7, các văn phòng dự.")
	officer.Post("/desk/new", form)
	theirs, mine := leader.Get("/desk/1").Form("article"), officer.Get("/desk/1").Form("article")
	theirs.Set("lead", "Sáng 10/7, các văn phòng dự.")
	theirs.Set("category", "Xây dựng Đảng")
	leader.Post("/desk/1", theirs).Want(http.StatusOK, "Đã lưu.")
	mine.Set("headline", "Giao ban về đại hội")
	page := officer.Post("/desk/1", mine)
	page.Want(http.StatusUnprocessableEntity, "Hai bản khác nhau ở đâu", "[bỏ: 10 hết] [thêm: 9 hết] /7, các văn phòng dự.", "Lấy chỗ này của leader BN")

	again := page.Form("article")
	again.Set("take", "lead")
	page = officer.Post("/desk/1", again)
	if lead := page.Form("article").Get("lead"); lead != "Sáng 10/7, các văn phòng dự." {
		t.Errorf("took %q", lead)
	}
	merged := page.Form("article")
	merged.Set("category", "Xây dựng Đảng")
	officer.Post("/desk/1", merged).Want(http.StatusOK, "Đã lưu.")
	now := leader.Get("/desk/1").Form("article")
	if now.Get("headline") != "Giao ban về đại hội" || now.Get("lead") != "Sáng 10/7, các văn phòng dự." {
		t.Errorf("put together: %v", now)
	}

	theirs.Set("lead", "Viết tiếp trên bản cũ.")
	page = leader.Post("/desk/1", theirs)
	page.Want(http.StatusUnprocessableEntity, "Hai bản khác nhau ở đâu")
	left := page.Form("article")
	left.Set("act", "theirs")
	page = leader.Post("/desk/1", left)
	page.Want(http.StatusOK, "Bản của bạn còn trong các lần lưu.")
	if lead := page.Form("article").Get("lead"); strings.Contains(lead, "bản cũ") {
		t.Errorf("the text that was left stands in the form: %q", lead)
	}
}
