package reportui_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/base/sheet"
	"giaoban/internal/base/testing/officetest"
)

func lists(s *officetest.Site, unit string) string {
	return fmt.Sprintf("/told/%d/%s/%d", s.Directive, officetest.Held, s.Units[unit])
}

func TestAPastedListIsCheckedAndThenEntered(t *testing.T) {
	s := newSite(t)
	officer, path := s.Visit(t, "officer BN"), lists(s, "BN")
	page := officer.Get(path)
	page.Want(http.StatusOK, "Ghi thay theo danh sách", "Dán bảng vào đây")
	officer.Post(path, page.Form("list")).Want(http.StatusUnprocessableEntity, "Vui lòng dán bảng hoặc chọn tệp")
	wrong := officer.Post(path, with(page.Form("list"), "source", "phone", "said", "Chị Hoa", "pasted", "Đơn vị\tĐã xong\nPhù Lãng\t31/6/2020\nNơi nào đó\t24/6/2020"))
	wrong.Want(http.StatusOK, "2 chỗ cần sửa", "Bảng dán B2", "Bảng dán A3", "Không có đơn vị nào bên dưới tên “Nơi nào đó”")
	checked := officer.Post(path, with(wrong.Form("list"), "pasted", "Đơn vị\tĐã xong\nPhù Lãng\t24/6/2020\nĐức Long\t25/6/2020\nQuế Võ\tchưa"))
	checked.Want(http.StatusOK, "Sẽ ghi thay 2 đơn vị; 0 đơn vị giữ nguyên, 1 dòng chưa xong", "Đảng ủy xã Phù Lãng", "24/6/2020", "Điện thoại · Chị Hoa", "Ghi thay 2 đơn vị")
	s.Visit(t, "leader PL").Get("/work").Want(http.StatusOK, "Sắp đến hạn")
	entered := officer.Post(path, checked.Form("enter"))
	if want := fmt.Sprintf("/board/%d/%d", s.Directive, s.Units["BN"]); !strings.HasPrefix(entered.Path(), want) {
		t.Errorf("entering leads to %s with %d:\n%s", entered.Path(), entered.StatusCode, entered.Text())
	}
	s.Visit(t, "leader PL").Get("/work").Want(http.StatusOK, "Đã ghi thay đơn vị: xác nhận hoặc sửa", "Tỉnh ủy Bắc Ninh ghi theo lời Chị Hoa")
	officer.Post(path, with(officer.Get(path).Form("list"), "source", "phone", "said", "Chị Hoa", "pasted", "Đơn vị\tĐã xong\nPhù Lãng\t24/6/2020")).
		Want(http.StatusOK, "Không có gì mới để ghi: 1 đơn vị giữ nguyên")
}

func TestTheFormToFillInIsDownloaded(t *testing.T) {
	s := newSite(t)
	got := s.Visit(t, "officer QV").Get(lists(s, "QV") + "/form.xlsx")
	if got.StatusCode != http.StatusOK {
		t.Fatalf("the form answers %d", got.StatusCode)
	}
	sheets, err := sheet.Read("form.xlsx", []byte(got.Body), sheet.Limits{})
	s.OK(err)
	if n := len(sheets[0].Rows); n != 3 {
		t.Errorf("the form has %d rows, want headings and two communes", n)
	}
}

func TestListsAreForThePersonsOwnOffice(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{"officer TS", "leader PL", "officer BN"} {
		s.Visit(t, who).Get(lists(s, "QV")).Want(http.StatusForbidden)
		s.Visit(t, who).Get(lists(s, "QV") + "/form.xlsx").Want(http.StatusForbidden)
		s.Visit(t, who).Post(lists(s, "QV"), url.Values{"pasted": {"x"}}).Want(http.StatusForbidden)
	}
}
