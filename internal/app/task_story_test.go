package app_test

import (
	"fmt"
	"testing"
)

// A task goes from a province's form to a district, further down, and its progress moves
// on the province's open page.
func TestATaskIsHandedDownAndItsProgressMovesOnAnOpenPage(t *testing.T) {
	s := serveDemo(t, "")
	province, district := s.unit(t, "Tỉnh Bắc Ninh"), s.unit(t, "Huyện Yên Phong")
	commune := s.Tree.Children(district)[0]
	above := s.person(t, "bacninh-cv")
	above.Go(fmt.Sprintf("%s/tasks/new?unit=%d", s.url, province))
	above.Allow("422")
	above.Click("#give [value=give]")
	above.WaitText("#give", "Vui lòng nhập nội dung")
	above.Type("[name=title]", "Rà soát nguồn cấp ủy nữ")
	above.Click("[name=units][value=chosen]")
	above.Click(fmt.Sprintf("[name=unit][value='%d']", district))
	above.Type("[name=deadline]", "15/7/2020")
	above.Click("#give [value=give]")
	above.WaitText("h1", "Rà soát nguồn cấp ủy nữ")
	above.WaitText("[data-moves=who]", "Chưa tiếp nhận")
	above.Axe(t)
	id := above.URL()[len(s.url+"/tasks/"):]

	share := fmt.Sprintf("%s/tasks/%s/units/%d", s.url, id, district)
	below := s.person(t, "yenphong")
	below.Go(s.url + "/work")
	below.WaitText("main", "Rà soát nguồn cấp ủy nữ")
	below.Go(share)
	below.Axe(t)
	below.Click("[name=way][value=seen]")
	above.WaitText("[data-moves=who]", "Đang thực hiện") // without a reload
	below.Go(fmt.Sprintf("%s/tasks/new?unit=%d&task=%s", s.url, district, id))
	below.Click("[name=units][value=chosen]")
	below.Click(fmt.Sprintf("[name=unit][value='%d']", commune.ID))
	below.Click("#give [value=give]")
	below.WaitText("h1", "Rà soát nguồn cấp ủy nữ")
	split := below.URL()[len(s.url+"/tasks/"):]
	above.WaitText("[data-moves=who]", "cấp dưới 0/1")

	lowest := s.worker(t, "xa.canbo", commune.ID)
	lowest.Go(fmt.Sprintf("%s/tasks/%s/units/%d", s.url, split, commune.ID))
	lowest.Type("#do [name=text]", "Đã rà soát, đủ 15 % nữ.")
	lowest.Upload("#do [name=file]", scanned(t, "danh-sach.png"))
	lowest.Click("#do .form-acts .btn")
	lowest.WaitText(".head .under", "Báo xong, chờ kiểm tra")
	below.Go(s.url + "/tasks?list=verify")
	below.Click("[name=share]")
	below.Click("[name=act][value=verify]")
	above.WaitText("[data-moves=who]", "cấp dưới 1/1")
}
