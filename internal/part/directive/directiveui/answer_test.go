package directiveui_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/ledger"
	"giaoban/internal/part/directive"
)

// issued is the congress directive of the centre, signed by its leader.
func (s *site) issued() (path string, id int64) {
	s.Helper()
	b := s.signedIn("trunguong")
	path, id = b.begin("congresses-2020")
	b.press(path, "review", nil)
	form := b.form(path + "/issue")
	form.Set("password", password)
	b.post(path+"/issue", form)
	b.want(http.StatusOK, "Đã ban hành")
	return path, id
}

func TestAUnitBelowAcknowledgesAndTheIssuerSeesIt(t *testing.T) {
	each(t, func(s *site) {
		path, _ := s.issued()
		son := s.signedIn("bacninh")
		son.visit("/directives")
		son.want(http.StatusOK, "35-CT/TW", "cần xác nhận", "Nơi ban hành")
		son.visit(path)
		son.want(http.StatusOK, "Tỉnh ủy Bắc Ninh cần xác nhận đã nhận chỉ thị này.")
		form := son.form(path + "/acknowledge")
		son.post(path+"/acknowledge", form)
		son.want(http.StatusOK, "Đã xác nhận. Nơi ban hành thấy ngay.", "Tỉnh ủy Bắc Ninh đã xác nhận bản 1")
		viewer := s.signedIn("xem")
		viewer.visit(path)
		viewer.want(http.StatusOK, "Tỉnh ủy Bắc Ninh đã xác nhận bản 1")
		lan := s.signedIn("trunguong")
		lan.visit(path)
		lan.want(http.StatusOK, "Đảng bộ trực thuộc Trung ương 1/1 100 %", "Đảng bộ cấp trên trực tiếp cơ sở 0/1 0 %")
		lan.visit(path + "/receipts?level=above-grassroots&open=1")
		lan.want(http.StatusOK, "Huyện ủy Quế Võ", "Tỉnh ủy Bắc Ninh", "chưa xác nhận")
		lan.visit(path + "/receipts?open=1")
		lan.want(http.StatusOK, "Mọi đơn vị của cấp này đã xác nhận")
		form.Set("version", "7")
		son.post(path+"/acknowledge", form)
		son.want(http.StatusConflict, "Đã có bản mới")
	})
}

func TestADeadlineIsTightenedAndShownBelow(t *testing.T) {
	each(t, func(s *site) {
		path, _ := s.issued()
		son := s.signedIn("bacninh")
		son.visit(path)
		tighten := url.Values{
			"unit": {fmt.Sprint(s.province)}, "milestone": {"congress-held"}, "level": {"grassroots"}, "deadline": {"15/7/2020"},
		}
		address := fmt.Sprintf("%s/tighten?unit=%d", path, s.province)
		son.post(address, tighten)
		son.want(http.StatusUnprocessableEntity, "Còn 1 chỗ cần sửa", "Hạn mới phải sớm hơn hạn đang áp dụng (30/6/2020)")
		tighten.Set("deadline", "hôm nào")
		son.post(address, tighten)
		son.want(http.StatusUnprocessableEntity, "“hôm nào” không phải là ngày")
		tighten.Set("deadline", "15/6/2020")
		son.post(address, tighten)
		son.want(http.StatusOK, "Hạn mới là 15/6/2020.", "Tỉnh ủy Bắc Ninh đã rút ngắn")
		tam := s.signedIn("phulang")
		tam.visit("/directives")
		tam.want(http.StatusOK, "15/6/2020 còn 42 ngày")
		tam.visit(path)
		tam.want(http.StatusOK, "cấp của đơn vị 30/6/2020 15/6/2020 còn 42 ngày Tỉnh ủy Bắc Ninh đã rút ngắn", "Báo cáo mốc này")
		tam.lack("Đảng bộ cấp trên trực tiếp cơ sở", "Xác nhận đã nhận")
		tam.post(address, tighten)
		tam.want(http.StatusForbidden)
	})
}

func TestARevisionSaysWhatItChanges(t *testing.T) {
	each(t, func(s *site) {
		path, id := s.issued()
		b := s.signedIn("trunguong")
		b.visit(path)
		b.post(path+"/revise", nil)
		b.want(http.StatusOK, "Sửa đổi 35-CT/TW", "Bản 1 vẫn có hiệu lực")
		b.press(path, "review", nil)
		b.want(http.StatusUnprocessableEntity, "Bản mới không khác bản đang có hiệu lực.")
		b.press(path, "remove-milestone.0", nil)
		b.press(path, "save", func(f url.Values) { f.Set("milestones.0.deadlines.grassroots", "15/7/2020") })
		b.press(path, "review", nil)
		b.want(http.StatusOK, "Khác bản 1 ở", "Bỏ mốc; báo cáo đã nhận được giữ lại nhưng không tính nữa · Hoàn thành chuẩn bị đại hội",
			"Hạn · Tổ chức xong đại hội · cấp cơ sở trước: 30/6/2020 → nay: 15/7/2020", "Ký và ban hành bản 2")
		form := b.form(path + "/issue")
		form.Set("password", password)
		b.post(path+"/issue", form)
		b.want(http.StatusOK, "Đã ban hành 35-CT/TW, bản 2.", "Bản 2 đang có hiệu lực", "trước: 30/6/2020 → nay: 15/7/2020")
		events, err := ledger.About(t.Context(), s.db.Reader(), directive.Subject(id))
		if err != nil {
			t.Fatal(err)
		}
		var kinds []ledger.Kind
		for _, e := range events {
			kinds = append(kinds, e.Kind)
		}
		if diff := cmp.Diff([]ledger.Kind{directive.Issued, directive.Revised}, kinds); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestClosingADirectiveTakesTheButtonsAway(t *testing.T) {
	sqlite(t, func(s *site) {
		path, _ := s.issued()
		b := s.signedIn("trunguong")
		b.visit(path)
		closing := b.form(path + "/close")
		b.post(path+"/revise", nil)
		writing := b.form(path + "/edit")
		b.post(path+"/close", closing)
		b.want(http.StatusOK, "Chỉ thị đã kết thúc.", "đã kết thúc")
		b.lack("Sửa đổi", "Rút ngắn hạn")
		b.visit("/directives")
		b.want(http.StatusOK, "Đã kết thúc")
		b.lack("đang sửa đổi")
		b.post(path+"/edit", writing)
		b.want(http.StatusConflict, "Chỉ thị đã kết thúc, không nhận thay đổi nữa.")
		son := s.signedIn("bacninh")
		son.visit(path)
		son.want(http.StatusOK, "Tổ chức xong đại hội")
		son.lack("cần xác nhận", "Rút ngắn hạn", "Báo cáo mốc này")
	})
}

func TestNobodySeesWhatIsNotForThem(t *testing.T) {
	sqlite(t, func(s *site) {
		b := s.signedIn("bacninh")
		path, _ := b.begin("empty")
		for _, login := range []string{"trunguong", "quevo", "xem"} {
			other := s.signedIn(login)
			for _, page := range []string{"", "/edit", "/review", "/receipts", "/file"} {
				other.visit(path + page)
				other.want(http.StatusNotFound)
			}
			other.post(path+"/edit", url.Values{"do": {"save"}})
			other.want(http.StatusNotFound)
		}
		issued, _ := s.issued()
		tam := s.signedIn("phulang")
		tam.visit(fmt.Sprintf("%s?unit=%d", issued, s.province))
		tam.want(http.StatusForbidden)
		tam.visit("/directives/new")
		tam.want(http.StatusOK)
		viewer := s.signedIn("xem")
		viewer.visit("/directives/new")
		viewer.want(http.StatusForbidden)
		viewer.visit("/directives/abc")
		viewer.want(http.StatusNotFound)
		viewer.visit(issued + "/file")
		viewer.want(http.StatusNotFound)
	})
}

func TestTheSuperiorReadsWhatAUnitBelowIssued(t *testing.T) {
	sqlite(t, func(s *site) {
		b := s.signedIn("bacninh")
		path, _ := b.begin("congresses-2020")
		b.press(path, "review", func(f url.Values) {
			f.Set("number", "12-KH/TU")
			f.Set("date", "2/5/2020")
		})
		form := b.form(path + "/issue")
		form.Set("password", password)
		b.post(path+"/issue", form)
		b.want(http.StatusOK, "Đã ban hành 12-KH/TU")
		lan := s.signedIn("trunguong")
		lan.visit(path)
		lan.want(http.StatusOK, "Chỉ thị 12-KH/TU, 2/5/2020 · Tỉnh ủy Bắc Ninh")
		lan.lack("Sửa đổi", "Kết thúc")
	})
}

func TestEmptyPagesSayWhatToDo(t *testing.T) {
	sqlite(t, func(s *site) {
		b := s.signedIn("trunguong")
		b.visit("/directives")
		b.want(http.StatusOK, "Đơn vị chưa ban hành chỉ thị nào", "Soạn chỉ thị", "Chưa có chỉ thị nào gửi đến")
		viewer := s.signedIn("xem")
		viewer.visit("/directives")
		viewer.want(http.StatusOK, "Khi một đơn vị cấp trên ban hành")
		viewer.lack("Soạn chỉ thị")
	})
}
