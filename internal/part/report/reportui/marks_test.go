package reportui_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/poppler"
	"giaoban/internal/base/text"
	"giaoban/internal/part/document"
	"giaoban/internal/part/report"
)

// raise sets the ceiling of secrecy.
func raise(s *officetest.Site, ceiling marking.Secrecy) {
	s.Update(func(tx *ledger.Tx) error {
		return marking.SetCeiling(s.Ctx(), tx, access.CommandLine(s.Tree), s.Units["TW"], ceiling)
	})
}

func TestTheReceiptOfASecretReportIsStampedAndThePublicPageTellsNothing(t *testing.T) {
	s := newSite(t)
	raise(s, marking.Secret)
	r, err := s.SubmitAs("leader PL", report.SubmitCommand{
		Slot: s.Slot("PL", officetest.Held), Lang: text.VI, Values: map[string]string{"held-on": "24/6/2020", "convened": "148", "present": "146"},
		Marks: marking.Marks{Secrecy: marking.Secret, Urgency: marking.Flash},
	})
	s.OK(err)
	s.Visit(t, "leader QV").Get(fmt.Sprintf("/queue/%d", s.Units["QV"])).Want(http.StatusOK, "Mật", "Hỏa tốc")
	_, err = s.Accept("leader QV", r.ID)
	s.OK(err)
	s.Grow()
	s.Visit(t, "leader PL").Get(fmt.Sprintf("/report/%d", r.ID)).Want(http.StatusOK, "Mật", "Hỏa tốc", "148")
	pdf := receiptOf(t, s, "leader PL", r.ID, "vi")
	said := poppler.Text(t, pdf, "-layout")
	if !strings.Contains(said, "MẬT · HỎA TỐC") {
		t.Errorf("the receipt is not stamped:\n%s", said)
	}
	data, ok := document.Data(pdf)
	if !ok {
		t.Fatal("there is no data in the PDF")
	}
	for what, page := range map[string]officetest.Page{
		"by its code": guest(t, s).Get("/check?lang=vi&code=" + url.QueryEscape(codes.FindString(said))),
		"as a PDF":    sent(t, s, pdf),
		"by its data": sent(t, s, data),
	} {
		page.Want(http.StatusOK, "Nhật ký vẫn giữ đúng sự kiện này", "không hiển thị nội dung")
		for _, secret := range []string{"Phù Lãng", "Quế Võ", "148", "146", "leader PL", "leader QV", "35-CT/TW", "Đại hội", "24/6"} {
			if strings.Contains(page.Body, secret) {
				t.Errorf("checked %s, the public page tells %q", what, secret)
			}
		}
	}
}

func TestAFileOfATellingAboveTheCeilingIsRefusedAndWhatWasTypedStays(t *testing.T) {
	s := newSite(t)
	officer, path := s.Visit(t, "officer QV"), form(s, officetest.Held, "PL")
	typed := []string{"source", "chat", "said", "Anh Nam", "value.held-on", "24/6/2020", "secrecy", "secret", "urgency", "urgent"}
	page := tellWith(t, s, officer, path, photograph(t), typed...)
	page.Want(http.StatusUnprocessableEntity, "không nhận văn bản mật")
	kept := page.Form("tell")
	for _, chosen := range []string{`<option value="secret" selected>`, `<option value="urgent" selected>`} {
		if !strings.Contains(page.Body, chosen) {
			t.Errorf("the form lacks %s", chosen)
		}
	}
	for i := 0; i < len(typed)-4; i += 2 { // the last two are selects
		if got := kept.Get(typed[i]); got != typed[i+1] {
			t.Errorf("%s is %q in the form, want what was typed: %q", typed[i], got, typed[i+1])
		}
	}
	if !strings.Contains(page.Body, `id="tell-secrecy-wrong"`) {
		t.Error("the form does not say at the field what is wrong")
	}
	raise(s, marking.Secret)
	shown := tellWith(t, s, officer, path, photograph(t), typed...)
	shown.Want(http.StatusOK, "tin nhắn.png", "Mật")
	if n := strings.Count(shown.Body, `class="mark secret"`); n != 2 {
		t.Errorf("the mark stands at %d places, want at the report and at its file", n)
	}
}
