package orgui_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/base/testing/browser"
)

// open opens a page in a real browser as somebody.
func (s *site) open(name string) *browser.Browser {
	s.Helper()
	b := browser.New(s.T)
	b.Allow("404") // before the cookie, nobody is signed in, and this site has no page for that
	b.Go(s.URL + "/org?lang=vi")
	b.Eval(fmt.Sprintf(`document.cookie = "person=%s; path=/"`, name))
	return b
}

func TestTheTreeOpensBranchByBranch(t *testing.T) {
	s := newSite(t, filepath.Join(t.TempDir(), "giaoban.db"))
	b := s.open("tam")
	b.Go(s.URL + "/org")
	b.Click(`details[data-branch="` + s.path("27", "/children") + `"] > summary`)
	b.WaitText("[data-tree]", "Đảng bộ huyện Quế Võ")
	b.Click(`details[data-branch="` + s.path("256", "/children") + `"] > summary`)
	b.WaitText("[data-tree]", "Đảng bộ phường Vũ Ninh")
	b.Axe(t)
}

func TestAListOfManyUnitsIsAppliedWithItsProgress(t *testing.T) {
	s := newSite(t, filepath.Join(t.TempDir(), "giaoban.db"))
	var list strings.Builder
	list.WriteString("Mã,Tên đơn vị,Loại,Mã cấp trên\n256,Đảng bộ thành phố Bắc Ninh,thành phố,\n")
	for i := range 3000 {
		fmt.Fprintf(&list, "%05d,Đảng bộ xã thứ %d,xã,256\n", i+1, i+1)
	}
	minh := s.as("minh")
	minh.upload("danh sach.csv", list.String())
	b := s.open("minh")
	b.Go(s.URL + minh.at)
	b.Axe(t)
	b.Click("form[data-apply] button")
	b.WaitText("main h1", "Đảng bộ tỉnh Bắc Ninh")
	b.WaitText("main", "3.000 tổ chức cơ sở đảng")
}

func TestTheScreensCanBeReadByEverybody(t *testing.T) {
	s := newSite(t, filepath.Join(t.TempDir(), "giaoban.db"))
	minh := s.as("minh")
	minh.post(s.path("27", "/appoint"), "post", "standing-body/secretary", "name", "Nguyễn Văn Hùng", "from", "1/3/2020")
	minh.upload("danh sach.csv", goodList+"260;;huyện;999\r\n")
	b := s.open("minh")
	for _, screen := range []browser.Screen{browser.Desk, browser.Phone} {
		b.Show(screen)
		for _, path := range []string{
			"/org", "/org?q=ninh", "/org/import", minh.at, s.path("27", ""), s.path("258", "?day=1/2/2020"), s.path("258", "/move"), s.path("27", "/create"),
		} {
			b.Go(s.URL + path)
			b.Axe(t)
		}
	}
}
