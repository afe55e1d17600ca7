package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/access"
)

// A site prints the sheet, has it signed and sends the scan; a file that is none is
// refused at its field, and nobody but the site and the host reads what was sent.
func TestTheSignedSheetIsPrintedSentAndReadBySiteAndHost(t *testing.T) {
	o := newOffice(t, "")
	id := o.briefing()
	site := o.hire("vanphong.thuanthanh", access.Grant{Unit: o.thuanThanh, Role: access.Officer})
	address := fmt.Sprintf("/briefings/%d/people/%d", id, o.thuanThanh)
	if a := site.get(address + "/blank.pdf"); a.status != http.StatusOK || !strings.HasPrefix(a.body, "%PDF-") {
		t.Errorf("the sheet to sign: %d, want a PDF", a.status)
	}
	if a := site.get(address + "/sheet"); a.status != http.StatusNotFound {
		t.Errorf("before it was sent: %d, want 404", a.status)
	}
	for what, refused := range map[string]struct{ name, content, heads, says string }{
		"a renamed program": {"danh-sach.pdf", "MZ\x90\x00 a program", "12", "Tệp"},
		"an Office file":    {"danh-sach.docx", "PK\x03\x04", "12", "Tệp"},
		"nobody signed":     {"danh-sach.pdf", somePDF, "0", "Vui lòng ghi số người đã ký"},
	} {
		a := site.sendFile(address+"/sheet", map[string]string{"key": what, "heads": refused.heads}, refused.name, strings.NewReader(refused.content))
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, refused.says) {
			t.Errorf("%s: %d, want it refused at the field", what, a.status)
		}
	}
	a := site.sendFile(address+"/sheet", map[string]string{"key": "k", "heads": "12"}, "danh-sach.pdf", strings.NewReader(somePDF))
	if a.status != http.StatusSeeOther {
		t.Fatalf("sending it: %d %s", a.status, a.body)
	}
	for login, want := range map[*visitor]int{
		site: http.StatusOK, o.as("bacninh"): http.StatusOK, o.as("hanoi"): http.StatusNotFound,
		o.hire("xem.bacninh", access.Grant{Unit: o.home, Role: access.Viewer}): http.StatusForbidden,
	} {
		if a := login.get(address + "/sheet"); a.status != want || want == http.StatusOK && a.body != somePDF {
			t.Errorf("person %d reads it: %d, want %d", login.person, a.status, want)
		}
	}
	if record := o.as("bacninh").get(fmt.Sprintf("/briefings/%d/record", id)).body; !strings.Contains(record, address+"/sheet") {
		t.Error("the record shows the host no way to the sheet")
	}
}
