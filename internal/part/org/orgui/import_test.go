package orgui_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

const goodList = "Mã;Tên đơn vị;Loại;Mã cấp trên\r\n256;Đảng bộ thành phố Bắc Ninh;thành phố;\r\n258;Đảng bộ huyện Yên Phong;huyện;\r\n" +
	"259;Đảng bộ thị xã Quế Võ;thị xã;\r\n260;Đảng bộ huyện Tiên Du;huyện;\r\n09163;Đảng bộ phường Vũ Ninh;phường;260\r\n"

// hidden is the value of a hidden field of the page.
func (p *person) hidden(name string) string {
	p.s.Helper()
	found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(p.page)
	if found == nil {
		p.s.Fatalf("%s has no field %q:\n%s", p.at, name, p.words())
	}
	return found[1]
}

func TestAListIsCheckedAndThenApplied(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.get("/org/import")
		minh.want(http.StatusOK, "Đảng bộ tỉnh Bắc Ninh", "Danh sách cần có gì")
		minh.upload("danh sach.csv", goodList, "as-of", "1/7/2020")
		minh.want(http.StatusOK, "Danh sách không có lỗi.", "Đảng bộ huyện Tiên Du", "Đảng bộ thị xã Quế Võ", "Áp dụng 4 thay đổi")
		list, changes := minh.hidden("list"), minh.hidden("changes")

		an := s.as("an")
		an.get("/org/import?list=" + list)
		an.want(http.StatusNotFound)
		an.post("/org/import/apply", "list", list, "changes", changes)
		an.want(http.StatusNotFound)

		minh.post(s.path("258", "/rename"), "name", "Đảng bộ huyện Yên Phong mới", "from", "1/6/2020")
		minh.post("/org/import/apply", "list", list, "changes", changes)
		minh.want(http.StatusOK, "Tổ chức đã thay đổi sau khi kiểm tra danh sách.", "Áp dụng 5 thay đổi")
		minh.post("/org/import/apply", "list", list, "changes", minh.hidden("changes"))
		minh.want(http.StatusOK, "Đã áp dụng danh sách", "Đảng bộ huyện Tiên Du")
		minh.get("/org/import?list=" + list)
		minh.want(http.StatusNotFound, "Danh sách này không còn nữa")
	})
}

func TestErrorsAreShownByCellAndNothingChanges(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.upload("danh sach.csv", goodList+"260;;huyện;999\r\n213;Đảng bộ thành phố Bắc Giang;thành phố;\r\n")
		minh.want(http.StatusOK, "Danh sách có 5 lỗi. Chưa có gì thay đổi.", "<b>A5</b>", "<b>A7</b>", "<b>B7</b>", "<b>D7</b>", "<b>A8</b>")
		minh.lack("Áp dụng 4", `action="/org/import/apply"`)
		minh.post("/org/import/apply", "list", minh.hidden("list"), "changes", "8")
		minh.lack("Đã áp dụng")
		minh.get("/org?q=tien+du")
		minh.want(http.StatusOK, "Không tìm thấy đơn vị nào")
		minh.get(s.path("258", ""))
	})
}

func TestAFileThatIsNoListIsRefusedAtItsField(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.upload("danh sach.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", "as-of", "1/7/2020")
		minh.want(http.StatusUnprocessableEntity, "Đây là tệp Excel kiểu cũ (.xls).", `value="1/7/2020"`)
		minh.upload("danh sach.csv", goodList, "as-of", "31/6/2020")
		minh.want(http.StatusUnprocessableEntity, "Không có ngày “31/6/2020”", `value="31/6/2020"`)

		minh.upload("", "", "as-of", "1/7/2020")
		minh.want(http.StatusUnprocessableEntity, "Vui lòng chọn tệp danh sách.")
	})
}

func TestColumnsAreChosenByHand(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.upload("danh sach.csv", strings.Replace(goodList, "Mã;Tên đơn vị;Loại;Mã cấp trên", "Một;Hai;Ba;Bốn", 1))
		minh.want(http.StatusOK, "Không nhận ra các cột của danh sách.", "Cột D", "Đảng bộ huyện Yên Phong")
		list := minh.hidden("list")
		minh.post("/org/import/columns", "list", list, "code", "0", "below", "1")
		minh.want(http.StatusUnprocessableEntity, "Vui lòng chọn cột này.", `<option value="0" selected>`)
		minh.post("/org/import/columns", "list", list, "code", "0", "name", "1", "kind", "2", "parent", "3", "below", "1")
		minh.want(http.StatusOK, "Danh sách không có lỗi.", "Áp dụng 4 thay đổi")
		minh.post("/org/import/discard", "list", list)
		minh.want(http.StatusOK, "Đã bỏ danh sách.")
	})
}

func TestAnExportComesBackWithoutChanges(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.get("/org/export.xlsx?under=" + strings.TrimPrefix(s.path("27", ""), "/org/"))
		minh.want(http.StatusOK)
		minh.upload("xuat.xlsx", minh.page)
		minh.want(http.StatusOK, "Không có gì để thay đổi.")
	})
}

func TestNamesOfWaitingListsLeadNowhereElse(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		for _, token := range []string{"../../etc/passwd", "AAAA", strings.Repeat("A", 26), strings.Repeat("a", 26)} {
			minh.get("/org/import?list=" + token)
			minh.want(http.StatusNotFound)
		}
	})
}

func TestLikelyMergersAreTicked(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		merged := "Mã;Tên đơn vị;Loại;Mã cấp trên\r\n256;Đảng bộ thành phố Bắc Ninh;thành phố;\r\n09163;Đảng bộ phường Vũ Ninh;phường;256\r\n" +
			"300;Đảng bộ huyện Yên Quế;huyện;\r\n"
		minh.upload("danh sach.csv", merged, "as-of", "1/7/2020")
		minh.want(http.StatusOK, "Có thể là sáp nhập", "Đảng bộ huyện Quế Võ", "Đảng bộ huyện Yên Quế (300) · tin cậy")
		list, changes := minh.hidden("list"), minh.hidden("changes")
		ticked := []string{"list", list, "changes", changes, "merged", "258", "heir.258", "300", "merged", "259", "heir.259", "300"}
		minh.post("/org/import/apply", append(ticked, "decision", "", "decided", "")...)
		minh.want(http.StatusUnprocessableEntity, "Chưa có số, ký hiệu của quyết định.", "Chưa có ngày ban hành quyết định.", `value="259" checked`)
		minh.post("/org/import/apply", append(ticked, "decision", "1656-QĐ/TU", "decided", "16/6/2020")...)
		minh.want(http.StatusOK, "Đã áp dụng danh sách")
		minh.get(s.path("259", ""))
		minh.want(http.StatusOK, "Đơn vị kế thừa", "Đảng bộ huyện Yên Quế", "1656-QĐ/TU")
	})
}

func TestAListOfADayAheadIsPlanned(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.upload("danh sach.csv", goodList, "as-of", "1/8/2020")
		minh.want(http.StatusOK, "Danh sách tự áp dụng từ ngày 1/8/2020", "Ghi dự kiến từ 1/8/2020", "Đảng bộ huyện Tiên Du")
		minh.post("/org/import/apply", "list", minh.hidden("list"), "changes", minh.hidden("changes"))
		minh.want(http.StatusOK, "Đã ghi dự kiến", "Áp dụng danh sách đơn vị", "từ 1/8/2020")
		minh.get("/org?q=tien+du")
		minh.want(http.StatusOK, "Không tìm thấy đơn vị nào")
	})
}
