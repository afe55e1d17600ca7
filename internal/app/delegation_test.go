package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/part/org"
)

// TestALeaderHandsOverAndSeesWhatWasDone goes the way of a leader who is away:
// hands over on the page, the deputy signs and accepts under K/T, the leader sees
// it and takes it back.
func TestALeaderHandsOverAndSeesWhatWasDone(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		o := newOffice(t, database)
		leader := o.as("bacninh")
		deputy := o.hire("pho", access.Grant{Unit: o.home, Role: access.Officer})
		o.update(func(tx *ledger.Tx) error {
			_, err := org.Appoint(t.Context(), tx, o.program(), org.AppointCommand{
				Unit: o.home, Body: "standing-body", Post: "deputy-secretary", Name: "Ông pho", Person: deputy.person, From: "2020-07-01",
			})
			return err
		})
		accept := fmt.Sprintf("/report/%d/accept", o.waiting)
		if a := deputy.post(accept, nil); a.status != http.StatusForbidden {
			t.Fatalf("before anything is handed over: %d", a.status)
		}
		page := fmt.Sprintf("/admin/delegations?unit=%d", o.home)
		form := url.Values{
			"person": {fmt.Sprint(deputy.person)}, "actions": {"report.decide"}, "from": {"10/7/2020"}, "to": {"12/7/2020"},
			"form": {"K/T"}, "of": {"Bí thư"},
		}
		wrong := url.Values{"person": form["person"], "from": {"9/7/2020"}, "to": {"31/6/2020"}, "form": {"K/T"}, "of": {"Bí thư"}}
		if a := leader.post(page, wrong); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "9/7/2020") {
			t.Errorf("wrong days: %d, and what was typed is gone: %.300s", a.status, said(a.body))
		}
		leader.done(page, form)
		deputy.done(accept, nil)
		evidence := leader.get(fmt.Sprintf("/report/%d", o.waiting)).body
		const signed = "K/T BÍ THƯ, PHÓ BÍ THƯ Ông pho"
		if !strings.Contains(said(evidence), signed) {
			t.Errorf("the report does not say %q: %.2000s", signed, said(evidence))
		}
		own := said(leader.get("/account").body)
		for _, want := range []string{"Việc đã làm thay bạn", "Duyệt và trả lại báo cáo", "đã dùng 1 lần"} {
			if !strings.Contains(own, want) {
				t.Errorf("the leader's page does not say %q: %.1500s", want, own)
			}
		}
		if a := deputy.post(page, form); a.status != http.StatusForbidden {
			t.Errorf("handing on: %d, want 403", a.status)
		}
		id := o.count(`SELECT MAX(id) FROM delegation`)
		leader.done(fmt.Sprintf("/admin/delegations/%d/end", id), nil)
		if a := deputy.post(fmt.Sprintf("/report/%d/accept", o.reported), nil); a.status != http.StatusForbidden {
			t.Errorf("after it was taken back: %d, want 403", a.status)
		}
		o.verified()
	})
}
