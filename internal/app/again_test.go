package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/testing/enginetest"
)

// TestAFormSentTwiceIsDoneOnce sends each form once more, as a double click, a
// retry over a bad line and the back button do: the same answer, and no event.
func TestAFormSentTwiceIsDoneOnce(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		o := newOffice(t, database)
		admin := o.hire("quan.ly", access.Grant{Unit: o.home, Role: access.UnitAdmin})
		leader, below := o.as("bacninh"), o.as("yenphong")
		draft := o.begin(o.home, "15-CT/TU", "Gửi hai lần")
		list := "code,name\n"
		for _, unit := range o.Tree.Children(o.thuanThanh) {
			list += fmt.Sprintf("%s,%s\n", unit.Code, unit.Name)
		}
		id, closing := o.newUnit(), o.issue(o.home, "16-CT/TU", "Để kết thúc")
		apply := o.sendList(admin, list+"TT-2,Đơn vị mới\n")
		for _, one := range []struct {
			name, path string
			who        *visitor
			form       url.Values
		}{
			{"a list of units", "/org/import/apply", admin, apply},
			{"a report", fmt.Sprintf("/report/%d/%s/%d", o.own, milestone, o.yenPhong), below, signed(o.based(url.Values{"act": {"sign"}, "value.note": {"một lần"}}))},
			{"a draft", fmt.Sprintf("/report/%d/%s/%d/draft", centrally, "preparation", o.yenPhong), below, url.Values{"value.note": {"nháp"}, "after": {"1"}, "revision": {"0"}, "lang": {"vi"}}},
			{"an acceptance", fmt.Sprintf("/report/%d/accept", o.waiting), leader, nil},
			{"a return", fmt.Sprintf("/report/%d/return", o.reported), leader, url.Values{"reason": {"thiếu"}}},
			{"a directive", fmt.Sprintf("/directives/%d/issue", draft.ID), leader, signed(url.Values{"revision": {fmt.Sprint(draft.Revision)}, "version": {"0"}})},
			{"an acknowledgement", fmt.Sprintf("/directives/%d/acknowledge", o.own), below, url.Values{"unit": {fmt.Sprint(o.yenPhong)}, "version": {"1"}}},
			{"a tighter deadline", fmt.Sprintf("/directives/%d/tighten", o.own), below, url.Values{"unit": {fmt.Sprint(o.yenPhong)}, "milestone": {milestone}, "level": {"grassroots"}, "deadline": {"15/9/2020"}}},
			{"a closing", fmt.Sprintf("/directives/%d/close", closing), leader, nil},
			{"a new unit", fmt.Sprintf("/org/%d/create", o.home), admin, url.Values{"code": {"BN-MOI"}, "name": {"Đơn vị lập một lần"}}},
			{"a new name", fmt.Sprintf("/org/%d/rename", id), admin, url.Values{"name": {"Tên mới"}}},
			{"a move", fmt.Sprintf("/org/%d/move", id), admin, url.Values{"parent": {o.codeOf(o.thuanThanh)}}},
			{"a post", fmt.Sprintf("/org/%d/appoint", o.home), admin, url.Values{"post": {"office/clerk"}, "name": {"Người văn thư"}}},
			{"a dissolution", fmt.Sprintf("/org/%d/dissolve", id), admin, nil},
			{"a role", fmt.Sprintf("/admin/accounts/%d/roles", below.person), admin, url.Values{"role": {"viewer"}, "unit": {o.codeOf(o.yenPhong)}}},
			{"an end of a role", fmt.Sprintf("/admin/roles/%d/end", o.count(`SELECT MIN(id) FROM role_grant WHERE person = $1`, o.as("thuanthanh").person)), admin, nil},
		} {
			t.Run(one.name, func(t *testing.T) {
				o := o.in(t)
				form := url.Values{"key": {fmt.Sprint("key-", o.next())}}
				for name, values := range one.form {
					form[name] = values
				}
				start := o.head()
				first := one.who.post(one.path, form)
				if first.status >= http.StatusBadRequest {
					t.Fatalf("%s: %d: %.600s", one.path, first.status, said(first.body))
				}
				before := o.head()
				if before == start && one.name != "a draft" {
					t.Fatalf("%s wrote nothing: %d to %q", one.path, first.status, first.header.Get("Location"))
				}
				again := one.who.post(one.path, form)
				if again.status != first.status || again.header.Get("Location") != first.header.Get("Location") {
					t.Errorf("%s again: %d to %q, want %d to %q: %.600s", one.path, again.status, again.header.Get("Location"),
						first.status, first.header.Get("Location"), said(again.body))
				}
				if o.head() != before {
					t.Errorf("%s again wrote %d events", one.path, o.head()-before)
				}
			})
		}
		o.verified()
	})
}
