package orgui_test

import (
	"net/http"
	"testing"
)

func TestAUnitIsPutIntoALineAndTakenOut(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.get(s.path("09163", "/line"))
		minh.want(http.StatusOK, "Xếp vào hệ ngành dọc", "Quân sự", "Công an")
		minh.post(s.path("09163", "/line"), "line", "military", "head", "258", "from", "1/3/2020")
		minh.want(http.StatusOK, "Đã xếp", "Báo cáo theo ngành dọc", "Đảng bộ huyện Yên Phong", "1/3/2020", "Đơn vị vẫn chỉ được tính một lần")
		minh.post(s.path("09163", "/line"), "line", "military", "head", "09163", "from", "1/4/2020")
		minh.want(http.StatusUnprocessableEntity, "cấp trên của chính mình", `value="1/4/2020"`)
		minh.post(s.path("09163", "/lines/military/end"), "from", "1/6/2020")
		minh.want(http.StatusOK, "thôi báo cáo theo hệ", "1/3/2020")
		minh.lack(s.path("09163", "/lines/military/end"))
		an := s.as("an") // keeps another province
		an.post(s.path("09163", "/line"), "line", "police", "head", "213", "from", "1/3/2020")
		an.want(http.StatusForbidden)
		lan := s.as("lan") // leads, and keeps no units
		lan.get(s.path("09163", "/line"))
		lan.want(http.StatusForbidden)
	})
}
