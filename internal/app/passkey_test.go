package app_test

import (
	"fmt"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/directive"
	"giaoban/internal/simulate"
)

// TestAPersonAddsAPasskeySignsInAndSignsByIt is the way of one leader, on a
// telephone: the passkey is added on the account page, opens a session and signs
// a report and a directive, and verification proves both from the log.
func TestAPersonAddsAPasskeySignsInAndSignsByIt(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		o := newOffice(t, database)
		o.url = strings.Replace(o.url, "127.0.0.1", "localhost", 1) // passkeys belong to names
		b := o.person(t, "bacninh")
		b.Passkeys()
		b.Show(browser.Phone)
		b.Allow("422") // the password that is wrong first

		b.Go(o.url + "/account")
		b.Type("#passkey-form [name=name]", "Điện thoại của tôi")
		b.Type("#passkey-form [name=password]", "không phải mật khẩu")
		b.Click("#passkey-form [data-passkey]")
		b.WaitText("#passkey-form [data-passkey-told]", "Mật khẩu chưa đúng")
		b.Type("#passkey-form [name=password]", simulate.Password)
		b.Click("#passkey-form [data-passkey]")
		b.WaitText("body", "Đã thêm khóa truy cập")
		b.Axe(t)

		b.Eval(`document.querySelector('form[action="/sign-out"]').submit()`)
		b.Wait("form.other-way [data-passkey]:not([hidden])")
		b.Axe(t)
		b.Click("form.other-way [data-passkey]")
		b.Wait(".rail")

		o.reports(b)
		o.issues(b)
		o.decides(b)
		o.concludes(b)
		o.verified()
	})
}

// reports signs the report of Bac Ninh on the centre's directive.
func (o *office) reports(b *browser.Browser) {
	o.t.Helper()
	b.Go(fmt.Sprintf("%s/report/%d/%s/%d?correct=1", o.url, centrally, "preparation", o.home))
	b.Wait("#report [data-passkey]:not([hidden])")
	b.Axe(o.t)
	b.Click("#report [data-passkey]")
	b.WaitText("main", "Ký bằng khóa truy cập")
	b.Axe(o.t)
}

// issues signs Bac Ninh's draft.
func (o *office) issues(b *browser.Browser) {
	o.t.Helper()
	b.Go(fmt.Sprintf("%s/directives/%d/review", o.url, o.draft))
	b.Wait("[data-passkey]:not([hidden])")
	b.Axe(o.t)
	b.Click("[data-passkey]")
	b.WaitText("body", "Đã ban hành")
}

// decides exempts Yen Phong of the centre's directive, and ends that again.
func (o *office) decides(b *browser.Browser) {
	o.t.Helper()
	b.Go(fmt.Sprintf("%s/directives/%d/standing/%d", o.url, centrally, o.yenPhong))
	b.Wait("#standing .form-acts [data-passkey]:not([hidden])")
	b.Axe(o.t)
	b.Click("#standing .form-acts [data-passkey]")
	b.WaitText(".errors", "Vui lòng ghi lý do") // said on the page, as without a passkey
	b.Click("#standing input[value=exempt]")
	b.Type("#standing [name=decision]", "128-QĐ/TU")
	b.Type("#standing [name=reason]", "Chờ hợp nhất")
	b.Click("#standing .form-acts [data-passkey]")
	b.WaitText(".notices", "Đã ghi quyết định")
	b.WaitText(".timeline", "ký bằng khóa truy cập")
	b.Wait(".timeline [data-passkey]:not([hidden])")
	b.Axe(o.t)
	b.Click(".timeline [data-passkey]")
	b.WaitText("main", "thôi áp dụng")
	b.WaitText(".under", "Đơn vị thực hiện theo văn bản")
	by := `SELECT COUNT(*) FROM event e JOIN event_payload p ON p.position = e.position WHERE e.kind = $1 AND p.payload LIKE '%"method":"passkey"%'`
	for _, kind := range []ledger.Kind{directive.StandingSet, directive.StandingEnded} {
		if n := o.count(by, kind); n != 1 {
			o.t.Errorf("%d events %s are signed by passkey, want 1", n, kind)
		}
	}
}

// concludes signs the minutes of a briefing that Bac Ninh held.
func (o *office) concludes(b *browser.Browser) {
	o.t.Helper()
	id, leader := o.briefing(), o.as("bacninh").person
	chair := access.Actor{Person: leader, Tree: o.Tree, Grants: []access.Grant{{Unit: o.home, Role: access.Leader}}}
	o.update(func(tx *ledger.Tx) error {
		if _, err := briefing.Begin(o.t.Context(), tx, chair, id); err != nil {
			return err
		}
		if _, err := briefing.End(o.t.Context(), tx, chair, id); err != nil {
			return err
		}
		_, err := briefing.WriteMinutes(o.t.Context(), tx, chair, id, 0, briefing.Body{Sections: []briefing.Section{{Title: "Kết luận", Text: "Xong trước 31/7."}}})
		return err
	})
	b.Go(fmt.Sprintf("%s/briefings/%d/minutes", o.url, id))
	b.Wait("form[action$='/minutes/sign'] [data-passkey]:not([hidden])")
	b.Axe(o.t)
	b.Click("form[action$='/minutes/sign'] [data-passkey]")
	b.WaitText(".proof", "Chủ trì đã ký biên bản")
	by := `SELECT COUNT(*) FROM event e JOIN event_payload p ON p.position = e.position WHERE e.kind = $1 AND p.payload LIKE '%"method":"passkey"%'`
	if n := o.count(by, briefing.MinutesSigned); n != 1 {
		o.t.Errorf("%d minutes are signed by passkey, want 1", n)
	}
}

func TestAnAddressOfNumbersSaysWhyItHasNoPasskeys(t *testing.T) {
	s := serveDemo(t, "")
	b := s.person(t, "bacninh")
	b.Go(s.url + "/account")
	b.WaitText("section[aria-labelledby=passkeys]", "Trên máy này hãy mở http://localhost:")
	if n := b.Count("[data-passkey]"); n != 0 {
		t.Errorf("the page offers %d buttons that cannot work", n)
	}
}
