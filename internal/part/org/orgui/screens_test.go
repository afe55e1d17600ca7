package orgui_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/calendar"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/testing/texttest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
	"giaoban/internal/part/org/orgui"
)

func TestEveryTextIsThere(t *testing.T) {
	texttest.Check(t, ".", orgui.Texts, org.Texts, web.Texts, text.Texts, sheet.Texts, calendar.Texts, profile.Texts, access.Texts, account.Texts)
}

func (s *site) path(code, rest string) string { return fmt.Sprintf("/org/%d%s", s.units[code], rest) }

func TestTheTreeIsReadAsOfAnyDay(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.get("/org")
		minh.want(http.StatusOK, "Đảng bộ tỉnh Bắc Ninh", "Đảng bộ huyện Quế Võ", "Đảng bộ thành phố Bắc Ninh")
		minh.lack("Bắc Giang")
		minh.get(s.path("256", "/children"))
		minh.want(http.StatusOK, "Đảng bộ phường Vũ Ninh")
		minh.post(s.path("259", "/rename"), "name", "Đảng bộ thị xã Quế Võ", "from", "1/6/2020")
		minh.want(http.StatusOK, "Đã đổi tên", "Đảng bộ thị xã Quế Võ", "từ 1/1/2020 đến 31/5/2020")
		minh.get("/org?day=31/5/2020")
		minh.want(http.StatusOK, "Tổ chức như vào ngày 31/5/2020", "Đảng bộ huyện Quế Võ")
		minh.get("/org?day=31/12/2019")
		minh.want(http.StatusOK, "Không có đơn vị nào để hiển thị")
		minh.get("/org?day=11/7/2020")
		minh.want(http.StatusUnprocessableEntity, "Ngày hiệu lực không được sau hôm nay (10/7/2020).", `value="11/7/2020"`)
	})
}

func TestUnitsAreFoundWithoutMarks(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.get("/org?q=que+vo")
		minh.want(http.StatusOK, "Đảng bộ huyện Quế Võ", "Đảng bộ tỉnh Bắc Ninh")
		minh.lack("Yên Phong")
		minh.get("/org?q=bac+giang")
		minh.want(http.StatusOK, "Không tìm thấy đơn vị nào")
		minh.get("/org?q=258")
		minh.want(http.StatusOK, "Yên Phong")
	})
}

func TestNobodySeesBeyondTheOwnSubtree(t *testing.T) {
	each(t, func(s *site) {
		lan := s.as("lan")
		lan.get(s.path("27", ""))
		lan.want(http.StatusOK, "Đảng bộ tỉnh Bắc Ninh", "Ghi chức vụ")
		lan.lack("Thêm đơn vị trực thuộc", "Nạp danh sách")
		for _, rest := range []string{"", "/children", "/rename", "/create"} {
			lan.get(s.path("213", rest))
			lan.want(http.StatusForbidden)
		}
		lan.get("/org/999")
		lan.want(http.StatusForbidden)
		lan.get("/org/x")
		lan.want(http.StatusNotFound)
		lan.post(s.path("258", "/rename"), "name", "X")
		lan.want(http.StatusForbidden)
		lan.get("/org/import")
		lan.want(http.StatusForbidden)
		lan.get(fmt.Sprintf("/org/export.xlsx?under=%d", s.units["24"]))
		lan.want(http.StatusForbidden)
		hai := s.as("hai")
		hai.get("/org")
		hai.want(http.StatusOK, "Trung ương")
		hai.lack("Bắc Ninh")
	})
}

func TestAWrongFormKeepsWhatWasTyped(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.get(s.path("27", "/create"))
		minh.want(http.StatusOK, "Thêm đơn vị trực thuộc", `value="10/7/2020"`)
		minh.post(s.path("27", "/create"), "code", "258", "name", "Đảng bộ huyện Tiên Du", "kind", "district", "from", "31/6/2020")
		minh.want(http.StatusUnprocessableEntity, "Mã “258” đã được dùng cho đơn vị “Đảng bộ huyện Yên Phong”.",
			`value="Đảng bộ huyện Tiên Du"`, `value="31/6/2020"`, `<option value="district" selected>`)
		minh.post(s.path("27", "/create"), "code", "260", "name", "Đảng bộ huyện Tiên Du", "kind", "district", "from", "1/2/2020")
		minh.want(http.StatusOK, "Đã thêm đơn vị “Đảng bộ huyện Tiên Du”", "từ 1/2/2020")
	})
}

func TestAUnitIsMovedByNameOrCode(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.post(s.path("09163", "/move"), "parent", "huyen")
		minh.want(http.StatusUnprocessableEntity, "Có nhiều đơn vị phù hợp", `value="258"`, `value="259"`)
		minh.post(s.path("09163", "/move"), "parent", "bac giang")
		minh.want(http.StatusUnprocessableEntity, "Không có đơn vị cấp trên phù hợp với “bac giang”.", `value="bac giang"`)
		minh.post(s.path("09163", "/move"), "parent", "yen phong")
		minh.want(http.StatusOK, "Đã chuyển đơn vị", "cấp trên: Đảng bộ huyện Yên Phong")
		minh.post(s.path("258", "/dissolve"), "from", "")
		minh.want(http.StatusUnprocessableEntity, "còn 1 đơn vị trực thuộc")
		minh.post(s.path("09163", "/move"), "parent", "256")
		minh.want(http.StatusOK)
		minh.post(s.path("258", "/dissolve"), "from", "")
		minh.want(http.StatusOK, "Đã giải thể đơn vị “Đảng bộ huyện Yên Phong”.")
		minh.get(s.path("258", ""))
		minh.want(http.StatusOK, "Đơn vị không tồn tại vào ngày 10/7/2020.", "Đơn vị đã giải thể từ ngày 10/7/2020.")
		minh.get(s.path("258", "?day=9/7/2020"))
		minh.want(http.StatusOK, "Tổ chức như vào ngày 9/7/2020", "Đảng bộ huyện Yên Phong")
	})
}

func TestPostsAreRecordedAndEnded(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.post(s.path("27", "/appoint"), "post", "standing-body/secretary", "name", "", "from", "1/3/2020")
		minh.want(http.StatusUnprocessableEntity, "Chưa có tên.")
		minh.post(s.path("27", "/appoint"), "post", "standing-body/secretary", "name", "Nguyễn Văn Hùng", "from", "1/3/2020")
		minh.want(http.StatusOK, "Nguyễn Văn Hùng", "Bí thư", "1/3/2020")
		end := regexp.MustCompile(`/org/\d+/posts/\d+/end`).FindString(minh.page)
		minh.get(end)
		minh.want(http.StatusOK, "Nguyễn Văn Hùng thôi giữ chức vụ bí thư.")
		minh.post(end, "to", "1/2/2020")
		minh.want(http.StatusUnprocessableEntity, "Ngày kết thúc không được trước ngày bắt đầu (1/3/2020).")
		minh.post(end, "to", "1/7/2020")
		minh.want(http.StatusOK, "1 chức vụ đã kết thúc", "từ 1/3/2020 đến 30/6/2020")
	})
}
