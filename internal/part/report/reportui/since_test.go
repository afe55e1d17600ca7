package reportui_test

import (
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/testing/poppler"
)

// A receipt stays true of its own version. Whether that version still counts, and
// which other one does, is said beside it, by code and by file alike, and never
// what the other version says.
func TestAReceiptIsToldWhetherItsVersionIsInForce(t *testing.T) {
	s := newSite(t)
	done := accepted(t, s)
	pdf := receiptOf(t, s, "leader PL", done.ID, "vi")
	code := codes.FindString(poppler.Text(t, pdf, "-layout"))
	correct := func(after int, present string) int64 {
		return s.Submitted("PL", officetest.Held, after, map[string]string{"held-on": "24/6/2020", "convened": "159", "present": present}).ID
	}
	var waiting int64
	const inForce, replaced = "Bản này đang có hiệu lực", "Bản này đã được thay thế, không còn hiệu lực"
	for _, step := range []struct {
		name string
		do   func()
		want []string
		not  string
	}{
		{"nothing came after it", func() {}, []string{inForce}, "Bản đính chính"},
		{"a correction waits", func() { waiting = correct(1, "157") }, []string{inForce, "bản số 2", "đang chờ duyệt"}, replaced},
		{"it was returned", func() {
			_, err := s.Return("leader QV", waiting, "chưa khớp")
			s.OK(err)
		}, []string{inForce, "bản số 2", "bị trả lại"}, replaced},
		{"another was accepted", func() {
			_, err := s.Accept("leader QV", correct(2, "158"))
			s.OK(err)
		}, []string{replaced, "Bản đang có hiệu lực là bản số 3, được duyệt"}, inForce},
		{"and a third one waits", func() { correct(3, "156") }, []string{replaced, "bản số 3"}, inForce},
	} {
		t.Run(step.name, func(t *testing.T) {
			step.do()
			s.Grow()
			for how, page := range map[string]officetest.Page{"code": guest(t, s).Get("/check?lang=vi&code=" + code), "file": sent(t, s, pdf)} {
				page.Want(http.StatusOK, append(step.want, "Nhật ký vẫn giữ đúng sự kiện này", "148")...)
				for _, word := range []string{step.not, "159", "157", "158", "chưa khớp"} {
					if strings.Contains(page.Text(), word) {
						t.Errorf("by its %s the page says %q:\n%s", how, word, page.Text())
					}
				}
			}
		})
	}
	s.Exec(`UPDATE event_payload SET payload = REPLACE(payload, '148', '184') WHERE payload LIKE '%148%'`)
	for _, page := range []officetest.Page{sent(t, s, pdf), guest(t, s).Get("/check?lang=vi&code=" + code)} {
		page.Want(http.StatusOK, "CẢNH BÁO")
		if strings.Contains(page.Text(), replaced) || strings.Contains(page.Text(), inForce) {
			t.Errorf("over a broken log the page says what is in force:\n%s", page.Text())
		}
	}
}

// On paper the page is what was found, where and when, without its forms.
func TestTheCheckPageOnPaperIsWhatWasFound(t *testing.T) {
	s := newSite(t)
	done := accepted(t, s)
	code := codes.FindString(poppler.Text(t, receiptOf(t, s, "leader PL", done.ID, "vi"), "-layout"))
	next := s.Submitted("PL", officetest.Held, 1, map[string]string{"held-on": "24/6/2020", "convened": "159", "present": "150"})
	_, err := s.Accept("leader QV", next.ID)
	s.OK(err)
	s.Grow()
	b := browser.New(t)
	for size, screen := range map[string]browser.Screen{"desk": browser.Desk, "phone": browser.Phone} {
		b.Show(screen)
		b.Go(s.URL + "/check?lang=vi&code=" + code)
		b.Wait("#since")
		picture(b, "check-superseded-"+size)
	}
	b.Axe(t)
	paper := poppler.Text(t, b.Paper(), "-layout")
	for _, words := range []string{"Nhật ký vẫn giữ đúng", "Bản này đã được thay thế", "bản số 2", "Kiểm tra lúc", "/check", code} {
		if !strings.Contains(paper, words) {
			t.Errorf("on paper it lacks %q:\n%s", words, paper)
		}
	}
	if strings.Contains(paper, "Kiểm tra biên nhận khác") || strings.Contains(paper, "Tệp biên nhận") {
		t.Errorf("on paper there are forms:\n%s", paper)
	}
}
