package taskui_test

import (
	"bytes"
	"context"
	"database/sql"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/golden"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/task"
	"giaoban/internal/part/task/taskui"
)

// site is the screens of tasks over the small organisation.
func site(t *testing.T) *officetest.Site {
	t.Helper()
	texts, err := text.Load(text.Texts, access.Texts, marking.Texts, file.Texts, store.Texts, web.Texts, task.Texts, taskui.Texts)
	if err != nil {
		t.Fatal(err)
	}
	w := officetest.New(t, t.TempDir()+"/giaoban.db")
	var index *task.Index
	w.OK(w.Ledger.DB().View(t.Context(), func(tx *sql.Tx) error {
		index, _, err = task.Load(t.Context(), tx, w.Tree)
		return err
	}))
	folder, err := file.OpenFolder(t.TempDir())
	w.OK(err)
	hub, err := live.Open(nil)
	w.OK(err)
	t.Cleanup(func() { w.OK(hub.Close(context.WithoutCancel(t.Context()))) })
	return w.Serve(web.Config{Texts: texts, Bundles: []web.Bundle{taskui.Bundle}}, func(f *web.Frame, s *officetest.Site) {
		s.Follow(index.Apply)
		taskui.Add(f, taskui.Config{Folder: folder, Tree: s.Tree, Index: index, Hub: hub})
	})
}

func id(s *officetest.Site, code string) string { return strconv.FormatInt(int64(s.Units[code]), 10) }

// give has somebody give a task to all units directly below, by the form.
func give(t *testing.T, s *officetest.Site, who, unit, day string) officetest.Page {
	t.Helper()
	v := s.Visit(t, who)
	form := v.Get("/tasks/new?unit=" + id(s, unit)).Form("give")
	form.Set("title", "Rà soát nguồn cấp ủy nữ")
	form.Set("deadline", day)
	form.Set("act", "give")
	return v.Post("/tasks/new?unit="+id(s, unit), form)
}

func TestATaskGoesFromTheFormToItsVerifiedShare(t *testing.T) {
	s := site(t)
	give(t, s, "officer BN", "BN", "15/7/2020").Want(http.StatusOK, "Đã giao cho 2 đơn vị")
	s.Visit(t, "officer BN").Get("/tasks/1").Want(http.StatusOK, "Rà soát nguồn cấp ủy nữ", "Huyện ủy Quế Võ", "Thị ủy Từ Sơn", "Chưa tiếp nhận")
	share := "/tasks/1/units/" + id(s, "QV")

	below := s.Visit(t, "officer QV")
	below.Get("/tasks").Want(http.StatusOK, "Rà soát nguồn cấp ủy nữ", "Tỉnh ủy Bắc Ninh giao")
	page := below.Get("/tasks/1") // who has a share is led to it
	if page.Path() != share {
		t.Errorf("led to %s, want %s", page.Path(), share)
	}
	below.Post("/tasks/several", url.Values{"share": {"1/" + id(s, "QV")}, "act": {"seen"}}).Want(http.StatusOK, "Đã tiếp nhận 1 việc")
	form := page.Form("do")
	form.Set("way", "done")
	below.Post(share+"/do", form).Want(http.StatusUnprocessableEntity, "Vui lòng nhập nội dung.")
	form.Set("text", "Đã rà soát, đủ 15 % nữ.")
	below.Post(share+"/do", form).Want(http.StatusOK, "Đã ghi lại")
	below.Get(share).Want(http.StatusOK, "Báo xong, chờ kiểm tra", "Đã rà soát, đủ 15 % nữ.")

	above := s.Visit(t, "officer BN")
	above.Get("/tasks?list=verify").Want(http.StatusOK, "Huyện ủy Quế Võ")
	above.Post("/tasks/several", url.Values{"share": {"1/" + id(s, "QV")}, "act": {"verify"}}).Want(http.StatusOK, "Đã xác nhận 1 việc")
	above.Get("/tasks?list=given").Want(http.StatusOK, "Rà soát nguồn cấp ủy nữ", "1/2")
	below.Get("/tasks?list=over").Want(http.StatusOK, "Rà soát nguồn cấp ủy nữ", "Hoàn thành")
}

// Each list of an office is a file for those who read it, in print and to go on with.
func TestAListIsAFileForThoseWhoReadIt(t *testing.T) {
	s := site(t)
	give(t, s, "officer BN", "BN", "15/7/2020")
	for list, want := range map[string]string{"given": "hoàn thành 0/2", "office": "Tính đến"} {
		page := s.Visit(t, "officer BN").Get("/tasks/list.pdf?list=" + list)
		page.Want(http.StatusOK)
		if said := poppler.Text(t, []byte(page.Body), "-layout"); !strings.Contains(said, want) {
			t.Errorf("the list %q does not say %q:\n%s", list, want, said)
		}
	}
	word := s.Visit(t, "officer QV").Get("/tasks/list.docx")
	word.Want(http.StatusOK)
	if said := golden.Part(t, []byte(word.Body), "word/document.xml"); !strings.Contains(said, "Rà soát nguồn cấp ủy nữ") {
		t.Errorf("the list of Quế Võ does not have its task: %s", said)
	}
	s.Visit(t, "officer PL").Get("/tasks/list.pdf?unit=" + id(s, "QV")).Want(http.StatusForbidden)
}

func TestWhatIsWrongIsSaidAtItsFieldAndWhatWasTypedIsKept(t *testing.T) {
	s := site(t)
	page := give(t, s, "officer BN", "BN", "25/6/2020")
	page.Want(http.StatusUnprocessableEntity, "Hạn đã qua: hôm nay là 26/6/2020.")
	if form := page.Form("give"); form.Get("title") != "Rà soát nguồn cấp ủy nữ" || form.Get("deadline") != "25/6/2020" {
		t.Errorf("kept %v, want what was typed", form)
	}
	v := s.Visit(t, "officer BN")
	form := v.Get("/tasks/new").Form("give")
	form.Set("title", "Thay mặt cấp ủy")
	form.Set("deadline", "15/7/2020")
	form.Set("act", "sign")
	v.Post("/tasks/new", form).Want(http.StatusForbidden)
}

func TestALeaderSignsATaskForCommittees(t *testing.T) {
	s := site(t)
	v := s.Visit(t, "leader BN")
	form := v.Get("/tasks/new").Form("give")
	form.Set("title", "Chuẩn bị đại hội")
	form.Set("deadline", "15/7/2020")
	form.Set("act", "sign")
	v.Post("/tasks/new", form).Want(http.StatusUnprocessableEntity, "Giao cho cấp ủy")
	form.Set("password", officetest.Password)
	v.Post("/tasks/new", form).Want(http.StatusOK, "việc của cấp ủy", "Đã giao cho 2 đơn vị")
}

func TestASplitShareShowsHowFarItIsBelow(t *testing.T) {
	s := site(t)
	give(t, s, "officer BN", "BN", "15/7/2020")
	v := s.Visit(t, "officer QV")
	path := "/tasks/new?unit=" + id(s, "QV") + "&task=1"
	form := v.Get(path).Form("give")
	form.Set("act", "give")
	v.Post(path, form).Want(http.StatusOK, "Đã giao cho 2 đơn vị")
	v.Get("/tasks/2").Want(http.StatusOK, "Đảng ủy xã Phù Lãng", "Đảng ủy xã Đức Long")
	s.Update(func(tx *ledger.Tx) error {
		if _, err := task.Finish(t.Context(), tx, s.People["officer PL"], task.FinishCommand{Task: 2, Unit: s.Units["PL"], Text: "Xong"}); err != nil {
			return err
		}
		_, err := task.Verify(t.Context(), tx, s.People["officer QV"], 2, s.Units["PL"])
		return err
	})
	s.Visit(t, "officer BN").Get("/tasks/1").Want(http.StatusOK, "Tính đến nơi thực hiện cuối cùng: 1/3 hoàn thành", "cấp dưới 1/2")
	s.Visit(t, "officer BN").Get("/tasks/1/units/"+id(s, "QV")).Want(http.StatusOK, "Đã giao tiếp cho cấp dưới", "1/2")
}

func TestWhomATaskDoesNotConcernSeesNothingOfIt(t *testing.T) {
	s := site(t)
	give(t, s, "officer QV", "QV", "15/7/2020")
	for _, who := range []string{"officer HN", "leader TS"} {
		v := s.Visit(t, who)
		for _, path := range []string{"/tasks/1", "/tasks/1/units/" + id(s, "PL"), "/tasks/1/live"} {
			v.Get(path).Want(http.StatusNotFound)
		}
		v.Post("/tasks/several", url.Values{"share": {"1/" + id(s, "PL")}, "act": {"seen"}}).Want(http.StatusForbidden)
	}
	// A unit that has a share sees its own and not its siblings'.
	own := s.Visit(t, "officer PL").Get("/tasks/1")
	own.Want(http.StatusOK, "Đảng ủy xã Phù Lãng")
	if strings.Contains(own.Text(), "Đức Long") {
		t.Errorf("the share tells of a sibling:\n%s", own.Text())
	}
	s.Visit(t, "officer PL").Get("/tasks/1/units/" + id(s, "DT")).Want(http.StatusNotFound)
}

func TestTheMatrixShowsLevelsFirstAndThenUnits(t *testing.T) {
	s := site(t)
	give(t, s, "officer BN", "BN", "15/7/2020")
	give(t, s, "officer BN", "BN", "20/7/2020")
	v := s.Visit(t, "officer BN")
	page := v.Get("/tasks/matrix")
	page.Want(http.StatusOK, "đảng bộ cấp trên trực tiếp cơ sở", "0/2")
	page = v.Get("/tasks/matrix?level=above-grassroots")
	page.Want(http.StatusOK, "Huyện ủy Quế Võ", "Thị ủy Từ Sơn")
	if n := strings.Count(page.Body, `aria-label="Chưa tiếp nhận"`); n != 4 {
		t.Errorf("%d cells, want two units by two tasks", n)
	}
	s.Visit(t, "officer QV").Get("/tasks/matrix?unit=" + id(s, "BN")).Want(http.StatusForbidden)
}

func TestACalendarProgramReadsTasksAtASecretAddress(t *testing.T) {
	s := site(t)
	give(t, s, "officer BN", "BN", "15/7/2020")
	v := s.Visit(t, "officer QV")
	page := v.Get("/tasks/calendar?month=2020-07")
	page.Want(http.StatusOK, "Rà soát nguồn cấp ủy nữ", "Tạo địa chỉ")
	address := func() string {
		t.Helper()
		made := v.Post("/tasks/calendar", url.Values{})
		made.Want(http.StatusOK, "Địa chỉ mới")
		_, after, _ := strings.Cut(made.Body, `<code class="hash">`)
		shown, _, _ := strings.Cut(after, "</code>")
		at, err := url.Parse(shown)
		s.OK(err)
		return at.Path
	}
	first := address()
	guest := s.Guest(t)
	feed := guest.Get(first)
	for _, want := range []string{"BEGIN:VCALENDAR\r\n", "DTSTART;VALUE=DATE:20200715\r\n", "SUMMARY:Rà soát nguồn cấp ủy nữ\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(feed.Body, want) {
			t.Errorf("the calendar does not say %q:\n%s", want, feed.Body)
		}
	}
	for line := range strings.SplitSeq(feed.Body, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	if kind := feed.Header.Get("Content-Type"); kind != "text/calendar; charset=utf-8" {
		t.Errorf("sent as %q", kind)
	}
	second := address()
	guest.Get(first).Want(http.StatusNotFound)
	guest.Get(second).Want(http.StatusOK)
	guest.Get("/calendar/AAAA").Want(http.StatusNotFound)
}

func TestATaskSaysWhereItComesFrom(t *testing.T) {
	s := site(t)
	v := s.Visit(t, "officer BN")
	path := "/tasks/new?unit=" + id(s, "BN") + "&source=difficulty&of=4&about=Thi%E1%BA%BFu+ngu%E1%BB%93n"
	page := v.Get(path)
	form := page.Form("give")
	if !strings.Contains(page.Body, `value="difficulty" selected`) || form.Get("about") != "Thiếu nguồn" {
		t.Errorf("the form begins with %q, want what the address says", form.Get("about"))
	}
	form.Set("source", "difficulty")
	form.Set("title", "Bổ sung nguồn")
	form.Set("deadline", "15/7/2020")
	v.Post(path, form).Want(http.StatusOK)
	v.Get("/tasks/1").Want(http.StatusOK, "Khó khăn, vướng mắc: Thiếu nguồn")
	s.OK(s.View(func(q store.Querier) error {
		list, err := task.BySource(t.Context(), q, task.FromDifficulty, 4)
		if len(list) != 1 {
			t.Errorf("%d tasks come from it, want 1", len(list))
		}
		return err
	}))
}

func TestEvidenceIsTakenByItsRealType(t *testing.T) {
	s := site(t)
	give(t, s, "officer BN", "BN", "15/7/2020")
	v := s.Visit(t, "officer QV")
	share := "/tasks/1/units/" + id(s, "QV")
	send := func(name, content string) officetest.Page {
		t.Helper()
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		for field, value := range map[string]string{"way": "done", "text": "Đã rà soát.", "key": name} {
			s.OK(w.WriteField(field, value))
		}
		part, err := w.CreateFormFile("file", name)
		s.OK(err)
		_, err = part.Write([]byte(content))
		s.OK(err)
		s.OK(w.Close())
		return v.Send(share+"/do", &body, w.FormDataContentType())
	}
	if page := send("danh-sach.pdf", "MZ\x90 this is no PDF"); page.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page.Text(), "Đã rà soát.") {
		t.Errorf("what is not what its name says: %d, want it refused and what was typed kept:\n%s", page.StatusCode, page.Text())
	}
	send("danh-sach.pdf", "%PDF-1.7\n%%EOF\n").Want(http.StatusOK, "Đã ghi lại", "danh-sach.pdf")
	s.Visit(t, "officer BN").Get(share + "/files/1").Want(http.StatusOK)
	s.Visit(t, "officer TS").Get(share + "/files/1").Want(http.StatusNotFound)
}
