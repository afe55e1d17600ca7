package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/part/briefing"
)

// The name of somebody without an account goes from the lists of sites, by a page of
// those who manage accounts; the record says that something was erased.
func TestANameIsErasedFromSitesListsByAPage(t *testing.T) {
	o := newOffice(t, "")
	id := o.briefing()
	o.update(func(tx *ledger.Tx) error {
		_, err := briefing.KeepList(t.Context(), tx, o.program(), briefing.ListCommand{
			Briefing: id, Unit: o.thuanThanh, Heads: 1, Attendees: []briefing.Attendee{{Name: "Nguyễn Thị Bí Mật"}},
		})
		return err
	})
	admin := o.hire("quantri.bacninh", access.Grant{Unit: o.home, Role: access.UnitAdmin}, access.Grant{Unit: o.home, Role: access.Leader})
	if list := admin.get("/briefings").body; !strings.Contains(list, `href="/briefings/erase"`) {
		t.Error("the list of briefings has no way to the page")
	}
	if list := o.as("bacninh").get("/briefings").body; strings.Contains(list, "/briefings/erase") {
		t.Error("a leader is offered the page")
	}
	form := url.Values{"unit": {fmt.Sprint(o.home)}, "name": {"Nguyễn Thị Bí Mật"}, "reason": {"theo đề nghị"}}
	if a := admin.post("/briefings/erase", form); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Hãy đánh dấu xác nhận") {
		t.Errorf("unsure: %d, want it refused at the field", a.status)
	}
	form.Set("sure", "yes")
	if a := admin.post("/briefings/erase", form); a.status != http.StatusSeeOther {
		t.Fatalf("erasing: %d %s", a.status, a.body)
	}
	if a := admin.post("/briefings/erase", form); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Không có danh sách") {
		t.Errorf("again: %d, want it said that there is none", a.status)
	}
	record := admin.get(fmt.Sprintf("/briefings/%d/record", id)).body
	if !strings.Contains(record, "nội dung có tên người đã được xóa") || strings.Contains(record, "Bí Mật") {
		t.Errorf("the record does not say that something was erased:\n%s", record)
	}
}

// A name on a scan is found by looking alone: the page says so, and lists the scans of
// the sites that the person is in charge of, which a site replaces.
func TestTheErasingPageListsTheScansThatHaveToBeLookedAt(t *testing.T) {
	o := newOffice(t, "")
	id := o.briefing()
	scan := func(content string) {
		t.Helper()
		upload, err := o.Files.Take("danh sách.pdf", strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		o.update(func(tx *ledger.Tx) error {
			_, err := briefing.KeepSheet(t.Context(), tx, o.program(), briefing.SheetCommand{Briefing: id, Unit: o.thuanThanh, Heads: 3, Upload: upload})
			return err
		})
	}
	admin := o.hire("quantri.bacninh", access.Grant{Unit: o.home, Role: access.UnitAdmin}, access.Grant{Unit: o.home, Role: access.Leader})
	elsewhere := o.hire("quantri.yenphong", access.Grant{Unit: o.yenPhong, Role: access.UnitAdmin}, access.Grant{Unit: o.yenPhong, Role: access.Leader})
	if page := admin.get("/briefings/erase").body; !strings.Contains(page, "máy không tìm ra được") || !strings.Contains(page, "Chưa có điểm cầu nào gửi") {
		t.Errorf("the page does not say that names on scans are not found:\n%.2000s", page)
	}
	scan(somePDF)
	address := fmt.Sprintf("/briefings/%d/people/%d/sheet", id, o.thuanThanh)
	if page := admin.get("/briefings/erase").body; !strings.Contains(page, `href="`+address+`"`) {
		t.Errorf("the page does not list the scan:\n%.2000s", page)
	}
	if page := elsewhere.get("/briefings/erase").body; strings.Contains(page, address) {
		t.Error("the scan is listed for whoever is in charge of another district")
	}
	scan(somePDF + "2")
	if a := admin.get(address); a.body != somePDF+"2" {
		t.Errorf("after it was replaced the sheet is %q, want the other scan", a.body)
	}
	if n := o.count(`SELECT COUNT(*) FROM briefing_sheet`); n != 1 {
		t.Errorf("%d scans are kept, want the newest alone", n)
	}
}
