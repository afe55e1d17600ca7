package orgui_test

import (
	"html"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"giaoban/internal/base/profile"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/org"
)

// looksAt has a person look at what a version that comes with the program changes.
func (p *person) looksAt(shipped string) (document string) {
	p.s.Helper()
	p.post("/profile/check", "shipped", shipped)
	found := regexp.MustCompile(`name="document" value="([^"]*)"`).FindStringSubmatch(p.page)
	if found == nil {
		p.s.Fatalf("no document in %s", p.words())
	}
	return html.UnescapeString(found[1])
}

func (s *site) versions() (pins []string) {
	s.Helper()
	versions, err := org.Versions(s.Context(), s.ledger.DB().Reader())
	if err != nil {
		s.Fatal(err)
	}
	for _, v := range versions {
		pins = append(pins, v.Profile.Pin()+" "+string(v.From))
	}
	return pins
}

func (s *site) wantVersions(want ...string) {
	s.Helper()
	if got := strings.Join(s.versions(), ", "); got != strings.Join(want, ", ") {
		s.Errorf("versions %s, want %s", got, strings.Join(want, ", "))
	}
}

func TestWhoRunsTheSystemAdoptsTheNextVersion(t *testing.T) {
	each(t, func(s *site) {
		hai := s.as("hai")
		hai.get("/profile")
		hai.want(http.StatusOK, "Đảng bộ các cấp, nhiệm kỳ 2020-2025", "vn-party-2020/1", "từ khi thiết lập hệ thống", "không giới hạn")
		document := hai.looksAt("vn-party-2025")
		hai.want(http.StatusOK, "Thay đổi trong", "Xã, phường, đặc khu", "đặc khu", "thêm mới", "Chỉ thị đã ban hành vẫn theo phiên bản lúc ban hành")
		s.wantVersions("vn-party-2020/1 1900-01-01") // looking changes nothing
		hai.post("/profile/adopt", "document", document, "from", "10/7/2020")
		hai.want(http.StatusOK, "Hệ thống áp dụng", "vn-party-2025/1", "từ ngày 10/7/2020", "từ ngày 1/7/2025")
		s.wantVersions("vn-party-2020/1 1900-01-01", "vn-party-2025/1 2020-07-10")
		hai.post("/profile/adopt", "document", document, "from", "10/7/2020", "key", "another")
		hai.want(http.StatusUnprocessableEntity, "đã áp dụng vn-party-2025/1")
	})
}

func TestAVersionOfADayAheadIsPlannedAndCanBeTakenBack(t *testing.T) {
	each(t, func(s *site) {
		hai := s.as("hai")
		document := hai.looksAt("vn-party-2025")
		hai.post("/profile/adopt", "document", strings.ReplaceAll(document, "\n", "\r\n"), "from", "1/7/2025")
		hai.want(http.StatusOK, "Đã ghi dự kiến", "1/7/2025", "Áp dụng bộ danh mục")
		s.wantVersions("vn-party-2020/1 1900-01-01")
		tam := s.as("tam") // keeps the centre's units, and not the system
		tam.get("/org")
		tam.lack("/profile/plans/1/cancel")
		cancel := regexp.MustCompile(`action="(/profile/plans/\d+/cancel)"`).FindStringSubmatch(hai.page)
		if cancel == nil {
			t.Fatalf("no way to take it back: %s", hai.words())
		}
		tam.post(cancel[1])
		tam.want(http.StatusForbidden)
		hai.post(cancel[1])
		hai.want(http.StatusOK, "vn-party-2020/1")
		hai.lack("Áp dụng bộ danh mục")
	})
}

func TestAVersionThatUnitsDoNotFitIntoIsRefused(t *testing.T) {
	party, err := profile.Get(profile.Default)
	if err != nil {
		t.Fatal(err)
	}
	next := strings.Replace(string(party.Bytes()), "version: 1", "version: 2", 1)
	for name, c := range map[string]struct {
		person, document, from string
		status                 int
		says                   string
	}{
		"by who does not run the system": {"tam", next, "10/7/2020", http.StatusForbidden, ""},
		"of a profile without a level":   {"hai", "association", "10/7/2020", http.StatusUnprocessableEntity, "mà các đơn vị đang dùng"},
		"of another zone":                {"hai", strings.Replace(next, "Asia/Ho_Chi_Minh", "Asia/Tokyo", 1), "10/7/2020", http.StatusUnprocessableEntity, "Múi giờ phải giữ nguyên"},
		"of no day":                      {"hai", next, "31/2/2021", http.StatusUnprocessableEntity, "31/2/2021"},
		"that is none":                   {"hai", "levels: 7", "10/7/2020", http.StatusUnprocessableEntity, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, filepath.Join(t.TempDir(), "giaoban.db"))
			document := c.document
			if document == "association" {
				p, err := profile.Get(document)
				if err != nil {
					t.Fatal(err)
				}
				document = string(p.Bytes())
			}
			by := s.as(c.person)
			by.post("/profile/adopt", "document", document, "from", c.from)
			by.want(c.status, c.says)
			s.wantVersions("vn-party-2020/1 1900-01-01")
		})
	}
}

func TestTheProfileCanBeReadByEverybody(t *testing.T) {
	s := newSite(t, filepath.Join(t.TempDir(), "giaoban.db"))
	s.as("an").get("/profile")
	b := s.open("hai")
	for _, screen := range []browser.Screen{browser.Desk, browser.Phone} {
		b.Show(screen)
		b.Go(s.URL + "/profile")
		b.Axe(t)
	}
	b.Choose(`select[name="shipped"]`, "vn-party-2025")
	b.Click(`form[action="/profile/check"] button`)
	b.WaitText("main", "Thay đổi trong")
	b.Axe(t)
}
