package reportui_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/report"
)

func TestALeaderFillsInSignsAndSeesTheReceipt(t *testing.T) {
	s := newSite(t)
	leader := s.Visit(t, "leader PL")
	page := leader.Get(form(s, officetest.Held, "PL"))
	page.Want(http.StatusOK, "Tổ chức xong đại hội", "Đảng ủy xã Phù Lãng", "còn 4 ngày", "hạn 30/6/2020", "Mật khẩu để ký")
	sent := leader.Post(form(s, officetest.Held, "PL"), with(page.Form("report"), "act", "sign", "password", officetest.Password,
		"value.held-on", "26/6/2020", "value.convened", "1.148", "value.present", "148"))
	sent.Want(http.StatusOK, "Đã ký và gửi đến Huyện ủy Quế Võ", "chờ duyệt", "26/6/2020", "1.148", "leader PL",
		"Ký bằng mật khẩu", "Đã kiểm chứng tại đây", "giaoban/event/1")
	if !strings.HasPrefix(sent.Path(), "/report/") {
		t.Errorf("the leader stands at %s, want the report", sent.Path())
	}
}

func TestInsideASigningWindowNoPasswordIsAskedFor(t *testing.T) {
	s := newSite(t)
	leader := s.Visit(t, "leader PL")
	first := leader.Get(form(s, officetest.Held, "PL"))
	leader.Post(form(s, officetest.Held, "PL"), with(first.Form("report"), "act", "sign", "password", officetest.Password, "value.held-on", "26/6/2020")).
		Want(http.StatusOK, "Đã ký và gửi")
	s.Machine.Advance(14 * time.Minute)
	second := leader.Get(form(s, officetest.Plain, "PL"))
	second.Want(http.StatusOK, "Đang trong thời gian ký: còn 1 phút", "không yêu cầu số liệu")
	// One tap: nothing is typed and nothing confirmed.
	leader.Post(form(s, officetest.Plain, "PL"), with(second.Form("report"), "act", "sign")).Want(http.StatusOK, "Đã ký và gửi")
}

func TestAWindowThatClosesMeanwhileAsksForThePasswordAndKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	leader := s.Visit(t, "leader PL")
	page := leader.Get(form(s, officetest.Held, "PL"))
	answer := leader.Post(form(s, officetest.Held, "PL"), with(page.Form("report"), "act", "sign", "value.held-on", "26/6/2020"))
	answer.Want(http.StatusUnprocessableEntity, "Vui lòng nhập mật khẩu để ký")
	if got := answer.Form("report").Get("value.held-on"); got != "26/6/2020" {
		t.Errorf("the day that was typed is %q now", got)
	}
	wrong := leader.Post(form(s, officetest.Held, "PL"), with(answer.Form("report"), "act", "sign", "password", "không phải"))
	wrong.Want(http.StatusUnprocessableEntity)
	if got := wrong.Form("report").Get("password"); got != "" {
		t.Errorf("the page holds the password %q", got)
	}
}

func TestWhatIsWrongStandsAtItsFieldWithWhatWasTyped(t *testing.T) {
	s := newSite(t)
	leader := s.Visit(t, "leader PL")
	page := leader.Get(form(s, officetest.Held, "PL"))
	answer := leader.Post(form(s, officetest.Held, "PL"), with(page.Form("report"), "act", "sign", "password", officetest.Password,
		"value.held-on", "31/6/2020", "value.convened", "148", "value.present", "184"))
	answer.Want(http.StatusUnprocessableEntity, "Còn 2 chỗ cần sửa", "Không có ngày “31/6/2020”")
	for field, typed := range map[string]string{"value.held-on": "31/6/2020", "value.convened": "148", "value.present": "184"} {
		if got := answer.Form("report").Get(field); got != typed {
			t.Errorf("%s is %q now, typed was %q", field, got, typed)
		}
		if field != "value.convened" && !strings.Contains(answer.Body, `href="#report-`+field+`"`) {
			t.Errorf("the list above the form does not lead to %s", field)
		}
	}
}

func TestTheFormSavesItself(t *testing.T) {
	s := newSite(t)
	officer := s.Visit(t, "officer PL")
	page := officer.Get(form(s, officetest.Held, "PL"))
	page.Want(http.StatusOK, "Lưu nháp để trình ký")
	values := with(page.Form("report"), "value.held-on", "31/6/2020")
	saved := officer.Post(form(s, officetest.Held, "PL")+"/draft", values, "Accept", "application/json")
	saved.Want(http.StatusOK)
	if !strings.Contains(saved.Body, `"revision":1`) || !strings.Contains(saved.Body, "Đã lưu nháp 08:") {
		t.Errorf("got %s", saved.Body)
	}
	again := s.Visit(t, "leader PL").Get(form(s, officetest.Held, "PL"))
	again.Want(http.StatusOK, "officer PL lưu nháp")
	if got := again.Form("report").Get("value.held-on"); got != "31/6/2020" {
		t.Errorf("the leader reads %q, the officer typed 31/6/2020", got)
	}
}

func TestWhoIsOvertakenSeesBothTextsAndKeepsTheirs(t *testing.T) {
	s := newSite(t)
	officer, leader := s.Visit(t, "officer PL"), s.Visit(t, "leader PL")
	old := leader.Get(form(s, officetest.Held, "PL")).Form("report")
	officer.Post(form(s, officetest.Held, "PL"), with(officer.Get(form(s, officetest.Held, "PL")).Form("report"), "act", "draft", "value.held-on", "24/6/2020"))

	script := leader.Post(form(s, officetest.Held, "PL")+"/draft", with(old, "value.held-on", "25/6/2020"), "Accept", "application/json")
	if script.StatusCode != http.StatusConflict || !strings.Contains(script.Body, "officer PL") {
		t.Errorf("the form's script got %d %s", script.StatusCode, script.Body)
	}
	answer := leader.Post(form(s, officetest.Held, "PL"), with(old, "act", "draft"))
	answer.Want(http.StatusConflict, "officer PL đã lưu bản nháp này", "24/6/2020", "25/6/2020")
	mine := answer.Form("report")
	if got := mine.Get("value.held-on"); got != "25/6/2020" {
		t.Errorf("the form holds %q, typed was 25/6/2020", got)
	}
	leader.Post(form(s, officetest.Held, "PL"), with(mine, "act", "sign", "password", officetest.Password)).Want(http.StatusOK, "Đã ký và gửi")
}

func TestAReturnedReportOpensWithItsReasonAndItsValues(t *testing.T) {
	s := newSite(t)
	sent := s.Submitted("PL", officetest.Held, 0, map[string]string{"held-on": "24/6/2020", "convened": "1148"})
	_, err := s.Return("leader QV", sent.ID, "Thiếu số đại biểu dự")
	s.OK(err)
	page := s.Visit(t, "leader PL").Get(form(s, officetest.Held, "PL"))
	page.Want(http.StatusOK, "Thiếu số đại biểu dự", "leader QV", "Ký và gửi")
	if got := page.Form("report").Get("value.convened"); got != "1.148" {
		t.Errorf("the form begins with %q, want the returned 1.148", got)
	}
}

func TestADraftInAnotherLanguageMeansTheSame(t *testing.T) {
	s := newSite(t)
	_, err := s.Save("officer PL", report.SaveCommand{
		Slot: s.Slot("PL", officetest.Held), Lang: "vi", Values: map[string]string{"held-on": "24/6/2020", "convened": "1.148"},
	})
	s.OK(err)
	page := s.Visit(t, "leader PL").Get(form(s, officetest.Held, "PL") + "?lang=en")
	page.Want(http.StatusOK, "Delegates convened")
	if got := page.Form("report"); got.Get("value.convened") != "1,148" || got.Get("value.held-on") != "24 June 2020" {
		t.Errorf("an English reader gets %q on %q", got.Get("value.convened"), got.Get("value.held-on"))
	}
}

func TestWhoOnlyReadsSeesThatNothingWasReported(t *testing.T) {
	s := newSite(t)
	s.Visit(t, "leader BN").Get(form(s, officetest.Held, "PL")).Want(http.StatusOK, "Chưa có báo cáo")
	s.Visit(t, "leader BN").Get(form(s, officetest.Held, "C1")).Want(http.StatusOK, "Đảng ủy xã Phù Lãng báo cáo thay")
	s.Visit(t, "leader TS").Get(form(s, officetest.Held, "PL")).Want(http.StatusForbidden)
}

func TestWhatWasSentOpensForTheUnitThatSentIt(t *testing.T) {
	s := newSite(t)
	s.Submitted("PL", officetest.Held, 0, officetest.Day("24/6/2020"))
	leader := s.Visit(t, "leader PL")
	leader.Get(form(s, officetest.Held, "PL")).Want(http.StatusOK, "chờ duyệt", "Đính chính")
	leader.Get(form(s, officetest.Held, "PL")+"?correct=1").Want(http.StatusOK, "Bản 1 đã gửi và đang chờ duyệt", "Ký và gửi")
}
