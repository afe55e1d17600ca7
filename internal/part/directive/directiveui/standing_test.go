package directiveui_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
)

func TestALeaderAboveDecidesOnAUnitsStandingAndTheUnitSeesIt(t *testing.T) {
	each(t, func(s *site) {
		path, _ := s.issued()
		ha := s.signedIn("quevo")
		ha.visit(path)
		ha.want(http.StatusOK, "Trường hợp riêng của đơn vị", "Mở để quyết định")
		ha.visit(path + "/standing?code=9262")
		ha.want(http.StatusOK, "Đảng ủy xã Phù Lãng", "Đơn vị thực hiện theo văn bản", "Huyện ủy Quế Võ quyết định", "Được miễn", "Được lùi thời hạn")
		at := fmt.Sprintf("%s/standing/%d", path, s.commune)
		decision := url.Values{"standing": {"postponed"}, "until": {"15/9/2020"}, "decision": {"127-QĐ/HU"}, "reason": {"Chờ sắp xếp cán bộ"}}
		ha.post(at, decision)
		ha.want(http.StatusUnprocessableEntity, "mật khẩu")
		decision.Set("password", password)
		decision.Set("reason", "")
		ha.post(at, decision)
		ha.want(http.StatusUnprocessableEntity, "Vui lòng ghi lý do")
		decision.Set("reason", "Chờ sắp xếp cán bộ")
		ha.post(at, decision)
		ha.want(http.StatusOK, "Đã ghi quyết định về Đảng ủy xã Phù Lãng", "được lùi thời hạn · mọi mốc · đến 15/9/2020", "127-QĐ/HU của Huyện ủy Quế Võ: Chờ sắp xếp cán bộ", "ký bằng mật khẩu (cách yếu hơn)")

		tam := s.signedIn("phulang")
		tam.visit(path)
		tam.want(http.StatusOK, "được lùi thời hạn", "cấp của đơn vị 30/6/2020 15/9/2020")
		tam.visit(at)
		tam.want(http.StatusOK, "127-QĐ/HU")
		tam.lack("Ký quyết định", "Thôi áp dụng")
		tam.post(at, decision)
		tam.want(http.StatusForbidden)

		son := s.signedIn("bacninh")
		son.visit(path)
		son.want(http.StatusOK, "Đảng ủy xã Phù Lãng được lùi thời hạn mọi mốc 15/9/2020 127-QĐ/HU")
		son.post(at, url.Values{"act": {"end."}, "password": {password}})
		son.want(http.StatusOK, "Đơn vị thực hiện theo văn bản", "Đã thôi áp dụng", "Lê Hồng Sơn thôi áp dụng")
		tam.visit(path)
		tam.lack("được lùi thời hạn", "15/9/2020")
	})
}

func TestNobodyElseDecidesOrSeesWhoseCodeItIs(t *testing.T) {
	sqlite(t, func(s *site) {
		path, _ := s.issued()
		at := fmt.Sprintf("%s/standing/%d", path, s.commune)
		decision := url.Values{"standing": {"exempt"}, "decision": {"1-QĐ"}, "reason": {"a"}, "password": {password}}
		viewer := s.signedIn("xem")
		viewer.post(at, decision)
		viewer.want(http.StatusForbidden)
		officer := s.signedIn("chuyenvien")
		officer.visit(at)
		officer.lack("Ký quyết định")
		officer.post(at, decision)
		officer.want(http.StatusForbidden)
		tam := s.signedIn("phulang")
		tam.visit(path + "/standing?code=9263")
		tam.want(http.StatusNotFound)
		tam.visit(fmt.Sprintf("%s/standing/%d", path, s.otherCommune))
		tam.want(http.StatusForbidden)
	})
}
