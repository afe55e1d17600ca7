package newsui_test

import (
	"net/http"
	"net/url"
	"regexp"
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
		form.Set("page", "p1")
		officer.Post("/desk/new", form, "Accept", asScript).Want(http.StatusOK, `"path":"/desk/1"`, `"revision":1`, `"pending":true`, "Đã lưu lúc")
		form.Set("lead", "Sáng 10/7.") // the answer was lost, and more was typed
		officer.Post("/desk/new", form, "Accept", asScript).Want(http.StatusOK, `"path":"/desk/1"`, `"revision":2`)
		form.Set("lead", "Sáng 10/7, các văn phòng.") // and again
		officer.Post("/desk/new", form, "Accept", asScript).Want(http.StatusOK, `"revision":3`)
		form.Set("revision", "3")
		officer.Post("/desk/1/draft", form, "Accept", asScript).Want(http.StatusOK, `"revision":3`)
		s.Visit(t, "officer QV").Post("/desk/1/draft", form, "Accept", asScript).Want(http.StatusForbidden)

		leader.Post("/desk/1/open", nil, "Accept", asScript).Want(http.StatusOK, `"revision":3`, `"own":false`, `"others":""`)
		officer.Post("/desk/1/open", url.Values{"page": {"p1"}}, "Accept", asScript).Want(http.StatusOK, `"own":true`, "Cũng đang mở bài này: leader BN.", "officer BN vừa lưu bài này lúc")
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
	kept := leader.Get("/desk/1/changes")
	back := kept.Form("restore")
	back.Set("from", regexp.MustCompile(`name="from" value="(\d+)"`).FindStringSubmatch(kept.Body)[1])
	s.Visit(t, "officer QV").Post("/desk/1/restore", back).Want(http.StatusForbidden)
	page = leader.Post("/desk/1/restore", back)
	page.Want(http.StatusOK, "Đã lấy lại bản này để viết tiếp")
	if lead := page.Form("article").Get("lead"); lead != "Viết tiếp trên bản cũ." {
		t.Errorf("the text that was taken back has the lead %q", lead)
	}
}

func TestATextGoesThroughTheLeaderToThePublicAtItsMoment(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, leader, guest := s.Visit(t, "officer BN"), s.Visit(t, "leader BN"), s.Guest(t)
	form := officer.Get("/desk/new").Form("article")
	form.Set("headline", "Giao ban trực tuyến")
	form.Set("lead", "Sáng 10/7.")
	page := officer.Post("/desk/new", form)
	page.Want(http.StatusOK, "Trình lãnh đạo duyệt")
	hand := page.Form("publish")
	hand.Set("act", "approve")
	officer.Post("/desk/1/stage", hand).Want(http.StatusForbidden)
	hand.Set("act", "hand-in")
	officer.Post("/desk/1/stage", hand).Want(http.StatusOK, "Đã trình duyệt.", "officer BN đã trình duyệt")
	back := leader.Get("/desk/1").Form("send-back")
	leader.Post("/desk/1/stage", back).Want(http.StatusUnprocessableEntity, "Cần ghi lý do")
	back.Set("reason", "Thiếu số điểm cầu.")
	leader.Post("/desk/1/stage", back).Want(http.StatusOK, "Đã trả lại.")
	page = officer.Get("/desk/1")
	page.Want(http.StatusOK, "leader BN trả lại", "Thiếu số điểm cầu.")
	form = page.Form("article")
	form.Set("lead", "Sáng 10/7, 63 điểm cầu.")
	page = officer.Post("/desk/1", form)
	hand = page.Form("publish")
	hand.Set("act", "hand-in")
	officer.Post("/desk/1/stage", hand).Want(http.StatusOK, "Đã trình duyệt.")
	approve := leader.Get("/desk/1").Form("publish")
	approve.Set("act", "approve")
	leader.Post("/desk/1/stage", approve).Want(http.StatusOK, "Đã duyệt.", "leader BN đã duyệt, chưa đăng")
	plan := officer.Get("/desk/1").Form("publish")
	plan.Set("at", "lúc nào đó")
	officer.Post("/desk/1/publish", plan).Want(http.StatusUnprocessableEntity, "lúc nào đó")
	plan.Set("at", "9:00 1/1/2020")
	officer.Post("/desk/1/publish", plan).Want(http.StatusUnprocessableEntity, "Giờ đăng phải sau lúc này.")
	plan.Set("at", "9:00 1/1/2021")
	page = officer.Post("/desk/1/publish", plan)
	page.Want(http.StatusOK, "Đã hẹn giờ đăng.", "Sẽ tự đăng lúc 09:00 · 1/1/2021")
	officer.Get("/desk").Want(http.StatusOK, "Hẹn đăng 09:00 · 1/1/2021")
	guest.Get("/news/1").Want(http.StatusNotFound)
	undo := page.Form("publish")
	undo.Set("act", "unschedule")
	officer.Post("/desk/1/stage", undo).Want(http.StatusOK, "Đã bỏ hẹn giờ.")
	form = page.Form("article")
	form.Set("lead", "Chen vào.")
	officer.Post("/desk/1/draft", form, "Accept", asScript).Want(http.StatusOK, `"stage":"writing"`)
	officer.Post("/desk/1/publish", officer.Get("/desk/1").Form("publish")).Want(http.StatusForbidden)
	hand.Set("act", "nhảy")
	officer.Post("/desk/1/stage", hand).Want(http.StatusUnprocessableEntity, "Không rõ việc cần làm.")
}

func TestADeskSeesWhatChangedBetweenItsTexts(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer, leader := s.Visit(t, "officer BN"), s.Visit(t, "leader BN")
	published(s)
	form := officer.Get("/desk/1").Form("article")
	form.Set("lead", "Sáng 11/7.")
	officer.Post("/desk/1", form)
	officer.Get("/desk/1/changes").Want(http.StatusOK, "Sáng [bỏ: 10 hết] [thêm: 11 hết] /7.", "officer BN lưu, lần 2")
	publish := leader.Get("/desk/1").Form("publish")
	publish.Set("note", "Sửa ngày.")
	leader.Post("/desk/1/publish", publish)
	officer.Get("/desk/1/changes").Want(http.StatusOK, "Đã đăng, bản 2", "Sáng [bỏ: 10 hết] [thêm: 11 hết] /7.")
	officer.Get("/desk/1/changes?from=v2&to=v1").Want(http.StatusOK, "Sáng [bỏ: 11 hết] [thêm: 10 hết] /7.")
	officer.Get("/desk/1/changes?from=v2&to=v2").Want(http.StatusOK, "Hai bản giống nhau.")
	officer.Get("/desk/1/changes?from=v9&to=x").Want(http.StatusOK, "Sáng [bỏ: 10 hết]")
	s.Visit(t, "officer QV").Get("/desk/1/changes").Want(http.StatusForbidden)
}

func TestADeskFindsItsArticlesAndIsOfferedWhatItsTextsName(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer := s.Visit(t, "officer BN")
	published(s)
	form := officer.Get("/desk/new").Form("article")
	form.Set("headline", "Đại hội Từ Sơn")
	form.Set("category", "Xây dựng Đảng")
	form.Set("tags", "Đại hội, Giao ban")
	officer.Post("/desk/new", form).Want(http.StatusOK, "Đã lưu.")
	page := officer.Get("/desk?q=dai+hoi")
	page.Want(http.StatusOK, "Đại hội Từ Sơn")
	if strings.Count(page.Text(), " lưu ") != 1 {
		t.Errorf("found more than was looked for:\n%s", page.Text())
	}
	officer.Get("/desk?at=published").Want(http.StatusOK, "Giao ban", "Đã đăng")
	officer.Get("/desk?at=scheduled").Want(http.StatusOK, "Không có bài nào như vậy")
	officer.Get("/desk?page=9&q=kh%C3%B4ng").Want(http.StatusOK, "Không có bài nào như vậy")

	page = officer.Get("/desk/new")
	page.Want(http.StatusOK, "Chủ đề đã có", "Bài mới đăng")
	next := page.Form("article")
	next.Set("headline", "Tin khác")
	next.Set("tags", "dai hoi, Mới")
	next["tag"] = []string{"Giao ban"}
	next["beside"] = []string{"1"}
	officer.Post("/desk/new", next).Want(http.StatusOK, "Đã lưu.")
	kept := officer.Get("/desk/3").Form("article")
	if kept.Get("tags") != "dai hoi, Mới, Giao ban" || kept.Get("related") != "1" {
		t.Errorf("kept %q and %q", kept.Get("tags"), kept.Get("related"))
	}
}
