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

// TestOnePersonWithPostsInSeveralUnits leads one unit and drafts for another, by
// one account: the subject of a page decides for which unit one acts.
func TestOnePersonWithPostsInSeveralUnits(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		o := newOffice(t, database)
		lead, draft := access.Grant{Unit: o.thuanThanh, Role: access.Leader}, access.Grant{Unit: o.yenPhong, Role: access.Officer}
		who := o.hire("hai.don.vi", draft, lead)
		o.update(func(tx *ledger.Tx) error {
			for _, held := range []org.AppointCommand{
				{Unit: o.thuanThanh, Body: "standing-body", Post: "deputy-secretary"},
				{Unit: o.yenPhong, Body: "office", Post: "officer"},
			} {
				held.Name, held.Person, held.From = "Ông hai.don.vi", who.person, "2020-07-01"
				if _, err := org.Appoint(t.Context(), tx, o.program(), held); err != nil {
					return err
				}
			}
			return nil
		})
		work := said(who.get("/work").body)
		for _, want := range []string{"Mọi đơn vị", "Huyện Thuận Thành", "Huyện Yên Phong"} {
			if !strings.Contains(work, want) {
				t.Errorf("my work lacks %q: %.1500s", want, work)
			}
		}
		form := func(unit fmt.Stringer, of int64, after int) (string, url.Values) {
			path := fmt.Sprintf("/report/%d/%s/%s", of, milestone, unit)
			return path, signed(url.Values{"act": {"sign"}, "value.note": {"ký"}, "after": {fmt.Sprint(after)}, "revision": {"0"}, "lang": {"vi"}})
		}
		path, values := form(id(o.thuanThanh), o.own, o.latest(o.own, o.thuanThanh).Version)
		who.done(path, values)
		sent := o.latest(o.own, o.thuanThanh)
		if want := "Ông hai.don.vi, Phó bí thư"; sent.Signer != want {
			t.Errorf("signed as %q, want the post at that unit: %q", sent.Signer, want)
		}
		path, values = form(id(o.yenPhong), o.own, o.latest(o.own, o.yenPhong).Version)
		if a := who.post(path, values); a.status != http.StatusForbidden {
			t.Errorf("signing where one only drafts: %d, want 403", a.status)
		}
		values.Set("act", "draft")
		who.done(path, values)
		if a := who.get(fmt.Sprintf("/queue/%d", o.yenPhong)); a.status != http.StatusForbidden {
			t.Errorf("the queue of the unit where one only drafts: %d, want 403", a.status)
		}
		if a := who.get(fmt.Sprintf("/queue/%d", o.thuanThanh)); a.status != http.StatusOK {
			t.Errorf("the queue of the unit that one leads: %d, want 200", a.status)
		}
		if a := who.get(fmt.Sprintf("/board/%d/%d", o.elsewhere, o.hanoi)); !a.refused() {
			t.Errorf("a unit in which one has no post: %d", a.status)
		}
		alone := said(who.get(fmt.Sprintf("/work?unit=%d", o.yenPhong)).body)
		if !strings.Contains(alone, "đã lưu nháp") || strings.Contains(alone, fmt.Sprintf("/%d\"", o.thuanThanh)) && !strings.Contains(alone, fmt.Sprintf("/work?unit=%d", o.thuanThanh)) {
			t.Errorf("the work of one unit alone: %.1500s", alone)
		}
		o.verified()
	})
}

// id prints a unit as an address names it.
type id int64

func (n id) String() string { return fmt.Sprint(int64(n)) }
