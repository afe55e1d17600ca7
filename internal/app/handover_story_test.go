package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/part/org"
	"giaoban/internal/simulate"
)

// TestALeaderIsAwayForThreeDays hands signing and deciding over, the deputy signs
// by a passkey under K/T, the evidence says so and who handed it over, and at
// midnight of the last day it is over, also for a form that was open before.
func TestALeaderIsAwayForThreeDays(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		business := clock.NewManual(time.Date(2020, 7, 10, 1, 0, 0, 0, time.UTC)) // a Friday, 08:00 in Hanoi
		o := newOfficeAt(t, database, business)
		deputy := o.hire("pho", access.Grant{Unit: o.home, Role: access.Officer}).person
		o.update(func(tx *ledger.Tx) error {
			_, err := org.Appoint(t.Context(), tx, o.program(), org.AppointCommand{
				Unit: o.home, Body: "standing-body", Post: "deputy-secretary", Name: "Ông pho", Person: deputy, From: "2020-07-01",
			})
			return err
		})
		o.url = strings.Replace(o.url, "127.0.0.1", "localhost", 1) // passkeys belong to names

		leader := o.person(t, "bacninh")
		leader.Go(fmt.Sprintf("%s/admin/delegations?unit=%d", o.url, o.home))
		leader.Choose("[name=person]", fmt.Sprint(deputy))
		leader.Click("[name=actions][value='report.submit']")
		leader.Click("[name=actions][value='report.decide']")
		leader.Type("[name=from]", "10/7/2020")
		leader.Type("[name=to]", "12/7/2020")
		leader.Click("[name=form][value='K/T']")
		leader.Type("[name=of]", "Bí thư")
		leader.Axe(t)
		leader.Click("#delegation .btn.primary")
		leader.WaitText("body", "Đã ủy quyền cho Ông pho")

		b := o.person(t, "pho")
		b.Passkeys()
		b.Show(browser.Phone)
		b.Go(o.url + "/account")
		b.WaitText("main", "đến hết 12/7")
		b.Type("#passkey-form [name=name]", "Điện thoại")
		b.Type("#passkey-form [name=password]", simulate.Password)
		b.Click("#passkey-form [data-passkey]")
		b.WaitText("body", "Đã thêm khóa truy cập")
		form := fmt.Sprintf("%s/report/%d/%s/%d?correct=1", o.url, centrally, "preparation", o.home)
		b.Go(form)
		b.Wait("#report [data-passkey]:not([hidden])")
		b.WaitText("main", "Bạn ký với tư cách K/T BÍ THƯ")
		b.Axe(t)
		b.Click("#report [data-passkey]")
		b.WaitText("main", "Ký bằng khóa truy cập")
		for _, said := range []string{"K/T BÍ THƯ, PHÓ BÍ THƯ Ông pho", "theo ủy quyền của", "đến hết 12/7/2020"} {
			b.WaitText(".signature", said)
		}
		b.Axe(t)

		business.Set(time.Date(2020, 7, 12, 16, 59, 0, 0, time.UTC)) // a minute before midnight in Hanoi
		b.Go(form)
		b.Wait("#report [data-passkey]:not([hidden])")
		business.Set(time.Date(2020, 7, 12, 17, 0, 0, 0, time.UTC))
		b.Allow("403")
		b.Click("#report [data-passkey]")
		b.WaitText("body", "không có quyền")
		b.Go(form)
		b.Wait("#report")
		if n := b.Count("#report [data-passkey]"); n != 0 {
			t.Errorf("after the last day the form offers %d ways to sign", n)
		}
		// The reports that came to the leader on Friday: not yet the deputy's turn on
		// Monday, by the post alone, and so on Wednesday.
		pho := o.enter(deputy)
		accept := fmt.Sprintf("/report/%d/accept", o.fresh())
		if a := pho.post(accept, url.Values{}); a.status != http.StatusForbidden {
			t.Errorf("deciding after the last day: %d, want 403", a.status)
		}
		business.Set(time.Date(2020, 7, 15, 17, 0, 0, 0, time.UTC)) // Thursday, 00:00
		b.Go(o.url + "/work")
		b.WaitText("main", "đã đến lượt cấp phó: bạn ký K/T BÍ THƯ")
		b.Axe(t)
		pho.done(accept, nil)
		b.Go(o.url + strings.TrimSuffix(accept, "/accept"))
		b.WaitText("main", "cấp phó ký thay")
		o.verified()
	})
}
