package orgui_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestWhoRunsTheSystemGivesItHolidaysOfItsOwn(t *testing.T) {
	each(t, func(s *site) {
		hai, tam := s.as("hai"), s.as("tam")
		tam.get("/settings/holidays")
		tam.want(http.StatusForbidden)
		hai.get("/settings/holidays")
		hai.want(http.StatusOK, "Đang theo lịch nghỉ của bộ danh mục.", "2020-09-02", "2/9/2020")
		hai.post("/settings/holidays", "key", "một", "holidays", "holidays:\n  - 2020-09-02\n  - 30/4/2021\n")
		hai.want(http.StatusUnprocessableEntity, "Dòng 3: không có ngày “30/4/2021”", "  - 30/4/2021")
		hai.post("/settings/holidays", "key", "hai", "holidays", "holidays:\r\n  - 2020-09-03\r\n")
		hai.want(http.StatusOK, "Đang theo lịch nghỉ riêng của hệ thống.", "3/9/2020")
		hai.lack("2/9/2020")
		hai.send("/settings/holidays", "lich.yaml", "holidays:\n  - 2020-09-04\n  - 2020-09-04\n", "key", "ba", "holidays", "")
		hai.want(http.StatusUnprocessableEntity, "Dòng 3: ngày", "đã có ở dòng 2")
		hai.send("/settings/holidays", "lich.yaml", "holidays:\n  - 2020-09-04\n", "key", "bốn", "holidays", "holidays:\n  - 2020-09-03\n")
		hai.want(http.StatusOK, "4/9/2020")
		tam.post("/settings/holidays", "key", "năm", "act", "default")
		tam.want(http.StatusForbidden)
		hai.post("/settings/holidays", "key", "sáu", "act", "default", "holidays", "holidays:\n  - 2020-09-03\n")
		hai.want(http.StatusOK, "Đang theo lịch nghỉ của bộ danh mục.", "2/9/2020")
		if strings.Contains(hai.page, `value="default"`) {
			t.Error("it is at the profile's days and can go back to them")
		}
	})
}
