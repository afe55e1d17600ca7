package orgui_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"giaoban/internal/part/org"
)

// sendsOn sends the review page's form as it is shown, with some fields changed.
func (p *person) sendsOn(changed ...string) {
	p.s.Helper()
	values := url.Values{}
	for _, input := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`).FindAllStringSubmatch(p.page, -1) {
		values.Set(input[1], strings.NewReplacer("&#43;", "+", "&amp;", "&", "&#34;", `"`).Replace(input[2]))
	}
	for _, choice := range regexp.MustCompile(`(?s)<select [^>]*name="([^"]*)".*?</select>`).FindAllStringSubmatch(p.page, -1) {
		if chosen := regexp.MustCompile(`value="([^"]*)" selected`).FindStringSubmatch(choice[0]); chosen != nil {
			values.Set(choice[1], chosen[1])
		}
	}
	for i := 0; i+1 < len(changed); i += 2 {
		values.Set(changed[i], changed[i+1])
	}
	action := regexp.MustCompile(`action="(/org/\d+/reorganise/apply)"`).FindStringSubmatch(p.page)
	if action == nil {
		p.s.Fatalf("%s is no review:\n%s", p.at, p.words())
	}
	p.do(p.request(http.MethodPost, action[1], "application/x-www-form-urlencoded", strings.NewReader(values.Encode())))
}

func TestAMergerIsReviewedBeforeItApplies(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.get(s.path("258", ""))
		minh.want(http.StatusOK, "Sáp nhập, chia tách, giải thể")
		minh.get(s.path("258", "/reorganise"))
		minh.want(http.StatusOK, "Các đơn vị sáp nhập", "Số, ký hiệu quyết định", `value="27"`)
		minh.post(s.path("258", "/reorganise"), "kind", "merger", "decision", "1656-QĐ/TU", "decided", "20/6/2020", "from", "1/7/2020",
			"others", "que vo\nthành phố Bắc Giang", "heir.0.code", "300", "heir.0.name", "Đảng bộ huyện Yên Võ", "heir.0.kind", "district", "under", "27")
		minh.want(http.StatusUnprocessableEntity, "Không có đơn vị nào bạn quản lý phù hợp với “thành phố Bắc Giang”.", "1656-QĐ/TU")
		minh.post(s.path("258", "/reorganise"), "kind", "merger", "decision", "", "decided", "20/6/2020", "from", "1/7/2020",
			"others", "que vo", "heir.0.code", "300", "heir.0.name", "Đảng bộ huyện Yên Võ", "under", "27")
		minh.want(http.StatusUnprocessableEntity, "Chưa có số, ký hiệu của quyết định.")
		minh.post(s.path("259", "/appoint"), "post", "standing-body/deputy-secretary", "name", "Nguyễn Văn Hùng", "from", "1/3/2020")
		minh.post(s.path("09163", "/move"), "parent", "258", "from", "1/2/2020")
		merger := []string{
			"kind", "merger", "decision", "1656-QĐ/TU", "decided", "20/6/2020", "from", "1/7/2020",
			"others", "que vo", "heir.0.code", "300", "heir.0.name", "Đảng bộ huyện Yên Võ", "heir.0.kind", "district", "under", "27",
		}
		minh.post(s.path("258", "/reorganise"), merger...)
		minh.want(http.StatusOK, "Quyết định 1656-QĐ/TU ngày 20/6/2020, có hiệu lực từ 1/7/2020", "Thành lập mới", "Đảng bộ huyện Quế Võ",
			"1 đơn vị trực thuộc chuyển về", "Đảng bộ phường Vũ Ninh", "Nguyễn Văn Hùng", "Không có báo cáo, chỉ thị nào còn dở.")
		if now := s.as("minh"); true {
			now.get(s.path("258", ""))
			now.want(http.StatusOK, "Đảng bộ huyện Yên Phong")
			now.lack("Đơn vị không tồn tại")
		}
		minh.sendsOn()
		minh.want(http.StatusOK, "Đã sắp xếp", "Đảng bộ huyện Yên Võ", "Đơn vị tiền thân", "Sáp nhập, hợp nhất theo 1656-QĐ/TU, từ 1/7/2020",
			"Đảng bộ phường Vũ Ninh", "Nguyễn Văn Hùng")
		minh.get(s.path("259", ""))
		minh.want(http.StatusOK, "Đơn vị đã giải thể từ ngày 1/7/2020", "Đơn vị kế thừa", "Đảng bộ huyện Yên Võ")
	})
}

func TestAnActAheadIsPlannedAndCanBeCancelled(t *testing.T) {
	each(t, func(s *site) {
		minh := s.as("minh")
		minh.post(s.path("259", "/rename"), "name", "Đảng bộ thị xã Quế Võ", "from", "1/8/2020")
		minh.want(http.StatusOK, "Đã ghi dự kiến; thay đổi tự có hiệu lực từ ngày 1/8/2020.", "Thay đổi dự kiến", "Đổi tên thành “Đảng bộ thị xã Quế Võ”",
			"từ 1/8/2020 · minh ghi ngày 10/7/2020", "<h1>Đảng bộ huyện Quế Võ</h1>")
		cancel := regexp.MustCompile(`/org/plans/\d+/cancel`).FindString(minh.page)
		minh.post(s.path("258", "/reorganise"), "kind", "dissolution", "decision", "60-NQ/TW", "decided", "20/6/2020", "from", "1/8/2020", "heir.0.code", "259")
		minh.want(http.StatusOK, "Ghi dự kiến từ 1/8/2020", "Tiếp tục hoạt động")
		minh.sendsOn()
		minh.want(http.StatusOK, "Đã ghi dự kiến", "Giải thể · 60-NQ/TW")
		minh.get("/org")
		minh.want(http.StatusOK, "Thay đổi dự kiến", "Giải thể · 60-NQ/TW", "Đổi tên thành")
		an := s.as("an")
		an.get("/org")
		an.lack("Thay đổi dự kiến")
		an.post(cancel)
		an.want(http.StatusForbidden)
		lan := s.as("lan")
		lan.get(s.path("259", ""))
		lan.want(http.StatusOK, "Đổi tên thành")
		lan.lack("Hủy dự kiến")
		minh.post(cancel)
		minh.want(http.StatusOK, "Đã hủy thay đổi dự kiến từ ngày 1/8/2020.")
		minh.get(s.path("259", ""))
		minh.lack("Đổi tên thành")
		minh.post(cancel)
		minh.want(http.StatusConflict)
		open, err := org.OpenPlans(s.Context(), s.ledger.DB().Reader())
		if err != nil || len(open) != 1 || open[0].What != "reorganise" {
			s.Errorf("still planned: %+v, %v", open, err)
		}
	})
}

func TestNobodyReorganisesBeyondTheOwnSubtree(t *testing.T) {
	each(t, func(s *site) {
		for _, name := range []string{"lan", "an", "hai"} {
			one := s.as(name)
			one.get(s.path("258", "/reorganise"))
			one.want(http.StatusForbidden)
			for _, rest := range []string{"", "/apply"} {
				one.post(s.path("258", "/reorganise"+rest), "kind", "dissolution", "decision", "1", "decided", "1/7/2020")
				one.want(http.StatusForbidden)
			}
		}
		minh := s.as("minh")
		minh.post(fmt.Sprintf("/org/%d/reorganise", s.units["27"]), "kind", "dissolution", "decision", "1", "decided", "1/7/2020")
		minh.want(http.StatusForbidden)
	})
}
