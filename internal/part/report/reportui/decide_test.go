package reportui_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/report"
)

func queue(s *officetest.Site, unit string) string { return fmt.Sprintf("/queue/%d", s.Units[unit]) }

func TestTheQueueShowsWhatWaitsWithItsValues(t *testing.T) {
	s := newSite(t)
	s.Submitted("PL", officetest.Held, 0, map[string]string{"held-on": "24/6/2020", "convened": "1148"})
	s.Submitted("DT", officetest.Plain, 0, nil)
	leader := s.Visit(t, "leader QV")
	leader.Get("/queue").Want(http.StatusOK, "2 báo cáo đang chờ", "Đảng ủy xã Phù Lãng", "1.148", "24/6/2020", "Đảng ủy xã Đức Long")
	filtered := leader.Get(queue(s, "QV") + "?q=duc+long")
	filtered.Want(http.StatusOK, "Đảng ủy xã Đức Long")
	if strings.Contains(filtered.Text(), "Phù Lãng") {
		t.Error("the filter left Phù Lãng in")
	}
	leader.Get(queue(s, "QV")+"?q=khong+co").Want(http.StatusOK, "Không có báo cáo nào khớp")
	s.Visit(t, "leader BN").Get(queue(s, "QV")).Want(http.StatusForbidden)
	s.Visit(t, "leader BN").Get(queue(s, "BN")).Want(http.StatusOK, "Đã xử lý hết")
}

func TestOneIsAcceptedFromTheQueue(t *testing.T) {
	s := newSite(t)
	sent := s.Submitted("PL", officetest.Plain, 0, nil)
	page := s.Visit(t, "leader QV").Post(fmt.Sprintf("/report/%d/accept", sent.ID), url.Values{}, "Referer", s.URL+queue(s, "QV"))
	page.Want(http.StatusOK, "Đã duyệt báo cáo của Đảng ủy xã Phù Lãng", "Đã xử lý hết")
}

func TestAReturnWithoutAReasonAsksForIt(t *testing.T) {
	s := newSite(t)
	sent := s.Submitted("PL", officetest.Plain, 0, nil)
	leader := s.Visit(t, "leader QV")
	path := fmt.Sprintf("/report/%d", sent.ID)
	leader.Post(path+"/return", url.Values{"reason": {" "}}).Want(http.StatusUnprocessableEntity, "Vui lòng ghi lý do trả lại")
	leader.Post(path+"/return", url.Values{"reason": {"Thiếu biên bản"}}).Want(http.StatusOK, "Đã trả lại báo cáo", "Thiếu biên bản", "bị trả lại")
}

func TestSeveralAreAcceptedAtOnceAndTheRestIsNamed(t *testing.T) {
	s := newSite(t)
	one := s.Submitted("PL", officetest.Plain, 0, nil)
	two := s.Submitted("DT", officetest.Plain, 0, nil)
	back := s.Submitted("DT", officetest.Held, 0, officetest.Day("24/6/2020"))
	_, err := s.Return("leader QV", back.ID, "thiếu")
	s.OK(err)
	leader := s.Visit(t, "leader QV")
	leader.Post(queue(s, "QV"), url.Values{}).Want(http.StatusUnprocessableEntity, "Chưa chọn báo cáo nào")
	ids := []string{fmt.Sprint(one.ID), fmt.Sprint(two.ID), fmt.Sprint(back.ID)}
	page := leader.Post(queue(s, "QV"), url.Values{"report": ids})
	page.Want(http.StatusConflict, "Đã duyệt 2 báo cáo", "Đảng ủy xã Đức Long: Báo cáo này vừa được leader QV")
}

func TestWhoMayNotDecideIsRefused(t *testing.T) {
	s := newSite(t)
	sent := s.Submitted("PL", officetest.Plain, 0, nil)
	for _, who := range []string{"leader BN", "leader PL", "officer QV", "leader TS"} {
		s.Visit(t, who).Post(fmt.Sprintf("/report/%d/accept", sent.ID), url.Values{}).Want(http.StatusForbidden)
	}
}

func TestTheEvidenceShowsVersionsDecisionAndProof(t *testing.T) {
	s := newSite(t)
	first := s.Submitted("PL", officetest.Held, 0, officetest.Day("24/6/2020"))
	_, err := s.Accept("leader QV", first.ID)
	s.OK(err)
	second := s.Submitted("PL", officetest.Held, 1, officetest.Day("25/6/2020"))
	leader := s.Visit(t, "leader QV")
	// Accepting lets the tree of proofs grow over all that happened before.
	leader.Post(fmt.Sprintf("/report/%d/accept", second.ID), url.Values{})
	leader.Get(fmt.Sprintf("/report/%d", second.ID)).
		Want(http.StatusOK, "đã duyệt", "bản 2", "đính chính bản 1", "25/6/2020", "Đã kiểm chứng tại đây", "Dấu xác nhận trên")
	leader.Get(fmt.Sprintf("/report/%d", first.ID)).
		Want(http.StatusOK, "đã có bản thay thế", "Đây không phải bản mới nhất", "24/6/2020", "leader QV, bí thư")
	leader.Get("/report/4711").Want(http.StatusNotFound)
	s.Visit(t, "leader TS").Get(fmt.Sprintf("/report/%d", second.ID)).Want(http.StatusForbidden)
}

func TestAnAlteredReportSaysThatItCannotBeVerified(t *testing.T) {
	s := newSite(t)
	sent := s.Submitted("PL", officetest.Held, 0, officetest.Day("24/6/2020"))
	s.OK(s.Ledger.DB().Update(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE report SET content = '{"held-on":"2020-06-20"}' WHERE id = $1`, sent.ID)
		return err
	}))
	s.Visit(t, "leader PL").Get(fmt.Sprintf("/report/%d", sent.ID)).Want(http.StatusOK, "Không kiểm chứng được")
}

func TestAReportAfterItsDeadlineIsMarkedSentLate(t *testing.T) {
	s := newSite(t)
	s.Clock.Advance(10 * 24 * 3600e9)
	sent := s.Submitted("PL", officetest.Held, 0, officetest.Day("24/6/2020"))
	s.Visit(t, "leader QV").Get(queue(s, "QV")).Want(http.StatusOK, "gửi muộn")
	s.Visit(t, "leader QV").Get(fmt.Sprintf("/report/%d", sent.ID)).Want(http.StatusOK, "gửi muộn")
	if sent.State != report.Waiting {
		t.Errorf("sent late, it is %s", sent.State)
	}
}
