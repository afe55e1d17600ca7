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
