package reportui_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

func cells(s *officetest.Site, unit string) string {
	return fmt.Sprintf("/cells/%d/%s/%d", s.Directive, officetest.Held, s.Units[unit])
}

func TestACommitteeTicksItsCellsAndSignsOnce(t *testing.T) {
	s := newSite(t)
	leader := s.Visit(t, "leader PL")
	page := leader.Get(cells(s, "PL"))
	page.Want(http.StatusOK, "Chi bộ thôn Đoàn Kết", "Chi bộ thôn Thủ Công", "đã báo cáo 0/2", "chậm 11 ngày", "Ký và gửi")
	one, two := report.CellField(s.Units["C1"], ""), report.CellField(s.Units["C2"], "")
	values := with(page.Form("cells"), one, "yes", one+".held-on", "13/6/2020", two, "yes", two+".held-on", "14/6", "password", officetest.Password)

	wrong := leader.Post(cells(s, "PL"), values)
	wrong.Want(http.StatusUnprocessableEntity, "“14/6” không phải là ngày", "đã báo cáo 0/2")
	if got := wrong.Form("cells"); got.Get(one) != "yes" || got.Get(one+".held-on") != "13/6/2020" || got.Get(two+".held-on") != "14/6" {
		t.Errorf("what was ticked and typed is %v now", got)
	}
	values = with(wrong.Form("cells"), two, "yes", two+".held-on", "14/6/2020")
	leader.Post(cells(s, "PL"), values).Want(http.StatusOK, "Đã ký báo cáo cho 2 đơn vị", "đã báo cáo 2/2", "13/6/2020", "14/6/2020")
	evidence := leader.Get(form(s, officetest.Held, "C1"))
	evidence.Want(http.StatusOK, "đã duyệt", "Do Đảng ủy xã Phù Lãng báo cáo thay")
}

func TestADeputySignsTheListThatTheLeaderHasLeft(t *testing.T) {
	s := newSite(t)
	s.Update(func(tx *ledger.Tx) error {
		_, err := org.Appoint(t.Context(), tx, s.People["leader PL"], org.AppointCommand{
			Unit: s.Units["PL"], Body: "standing-body", Post: "deputy-secretary", Person: s.People["officer PL"].Person, Name: "Phạm Thị Phó", From: "2020-01-01",
		})
		return err
	})
	deputy, path, one := s.Visit(t, "officer PL"), cells(s, "PL"), report.CellField(s.Units["C1"], "")
	page := deputy.Post(path, with(deputy.Get(path).Form("cells"), one, "yes", one+".held-on", "13/6/2020", "act", "draft"))
	page.Want(http.StatusOK, "officer PL lưu nháp")
	if strings.Contains(page.Text(), "Ký và gửi") {
		t.Error("the deputy may sign on the first day")
	}
	deputy.Post(path, with(page.Form("cells"), "act", "sign", "password", officetest.Password)).Want(http.StatusForbidden)
	s.Clock.Set(time.Date(2020, 7, 1, 2, 0, 0, 0, time.UTC))
	page = deputy.Get(path)
	page.Want(http.StatusOK, "Bạn ký với tư cách K/T BÍ THƯ", "Ký và gửi")
	deputy.Post(path, with(page.Form("cells"), "act", "sign", "password", officetest.Password)).
		Want(http.StatusOK, "Đã ký báo cáo cho 1 đơn vị", "đã báo cáo 1/2")
	deputy.Get(form(s, officetest.Held, "C1")).Want(http.StatusOK, "K/T BÍ THƯ, PHÓ BÍ THƯ officer PL")
}

func TestAReportedCellIsCorrected(t *testing.T) {
	s := newSite(t)
	leader := s.Visit(t, "leader PL")
	one := report.CellField(s.Units["C1"], "")
	leader.Post(cells(s, "PL"), with(leader.Get(cells(s, "PL")).Form("cells"), one, "yes", one+".held-on", "13/6/2020", "password", officetest.Password)).
		Want(http.StatusOK, "Đã ký báo cáo cho 1 đơn vị")
	page := leader.Get(cells(s, "PL") + fmt.Sprintf("?correct=%d", s.Units["C1"]))
	values := page.Form("cells")
	if values.Get(one+".held-on") != "13/6/2020" || values.Get(one) != "yes" {
		t.Errorf("the correction begins with %v", values)
	}
	leader.Post(cells(s, "PL")+fmt.Sprintf("?correct=%d", s.Units["C1"]), with(values, one+".held-on", "12/6/2020")).
		Want(http.StatusOK, "12/6/2020")
	standing, err := report.StandingOf(t.Context(), s.Ledger.DB().Reader(), s.Slot("C1", officetest.Held))
	s.OK(err)
	if standing.Accepted.Version != 2 {
		t.Errorf("version %d is accepted, want 2", standing.Accepted.Version)
	}
}

func TestCellsLeadFromTheirPlaceOnTheBoardToTheTickList(t *testing.T) {
	s := newSite(t)
	page := s.Visit(t, "leader PL").Get(form(s, officetest.Held, "C1"))
	if !strings.HasPrefix(page.Path(), "/cells/") {
		t.Errorf("got %s, want the tick list", page.Path())
	}
	s.Visit(t, "officer PL").Get(cells(s, "PL")).Want(http.StatusOK, "Chỉ lãnh đạo đơn vị ký được")
	s.Visit(t, "leader QV").Get(cells(s, "PL")).Want(http.StatusForbidden)
	s.Visit(t, "leader BN").Get(cells(s, "BN")).Want(http.StatusOK, "Không có đơn vị nào cần báo cáo thay")
}

func TestNothingTickedIsSaid(t *testing.T) {
	s := newSite(t)
	leader := s.Visit(t, "leader PL")
	leader.Post(cells(s, "PL"), leader.Get(cells(s, "PL")).Form("cells")).Want(http.StatusUnprocessableEntity, "Chưa chọn đơn vị nào")
}

func TestALeaderSignsTheListThatAnOfficerTicked(t *testing.T) {
	s := newSite(t)
	officer, leader, path := s.Visit(t, "officer PL"), s.Visit(t, "leader PL"), cells(s, "PL")
	one, two := report.CellField(s.Units["C1"], ""), report.CellField(s.Units["C2"], "")
	before := leader.Get(path).Form("cells")
	kept := officer.Post(path+"/draft", with(officer.Get(path).Form("cells"), one, "yes", one+".held-on", "13/6/2020"))
	kept.Want(http.StatusOK, `"revision":1`, "Đã lưu nháp")

	overtaken := leader.Post(path, with(before, two, "yes", two+".held-on", "14/6/2020", "act", "draft"))
	overtaken.Want(http.StatusConflict, "officer PL đã lưu bản nháp này", "Chỉ chọn ở bản đang có: Chi bộ thôn Đoàn Kết", "Chỉ chọn ở bản của bạn: Chi bộ thôn Thủ Công")
	leader.Post(path, with(overtaken.Form("cells"), two, "yes", one, "yes", one+".held-on", "13/6/2020", "act", "draft")).
		Want(http.StatusOK, "leader PL lưu nháp")

	english := officer.Get(path + "?lang=en").Form("cells")
	if english.Get(one) != "yes" || english.Get(one+".held-on") != "13 June 2020" || english.Get(two) != "yes" {
		t.Errorf("read in English the list holds %v", english)
	}
	leader.Post(path, with(leader.Get(path).Form("cells"), "password", officetest.Password)).
		Want(http.StatusOK, "Đã ký báo cáo cho 2 đơn vị", "đã báo cáo 2/2")
	for _, who := range []string{"officer QV", "leader DT"} {
		s.Visit(t, who).Post(path+"/draft", before).Want(http.StatusForbidden)
	}
}
