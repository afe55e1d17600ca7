package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/edge/media"
	"giaoban/internal/part/briefing"
)

// Where many sites lose packets at the same time, nobody's own line is bad: everybody sees a smaller
// picture, is told so, and whoever presides reads why. It is written nowhere.
func TestWhereManyLosePacketsEverybodysPictureGrowsSmaller(t *testing.T) {
	find := livekittest.Start(t).Find
	o := &office{served: serveDemoAs(t, app.Config{Media: find}), t: t, counter: &atomic.Int64{}}
	others := []string{"Tỉnh Nghệ An", "Tỉnh Thanh Hóa", "Tỉnh Quảng Ninh", "Tỉnh Cao Bằng"}
	m := meeting{served: o.served, Briefing: o.call(t, true, append(others, bacNinh)...), t: t}
	m.address = fmt.Sprintf("%s/briefings/%d", o.url, m.ID)
	chair, site := m.person(t, "trunguong"), m.person(t, "bacninh")
	m.arrive(site, bacNinh)
	m.begin(chair)
	m.join(chair, "open")
	m.join(site, "closed")
	m.sees(site, "chair", "large")

	there, err := find()
	if err != nil {
		t.Fatal(err)
	}
	tell := map[string]*visitor{} // by the address that takes how a line is
	for i, name := range others {
		unit := o.unit(t, name)
		o.update(func(tx *ledger.Tx) error {
			_, err := briefing.Arrive(t.Context(), tx, o.program(), m.ID, unit)
			return err
		})
		token, err := there.Token(media.Seat{Briefing: m.ID, Identity: media.SiteIdentity(unit), Name: name, Role: media.Site})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := livekittest.Join(t, there.URL, token); err != nil {
			t.Fatal(err)
		}
		tell[fmt.Sprintf("/briefings/%d/line/%d", m.ID, unit)] = o.hire(fmt.Sprint("vien.chuc.", i), access.Grant{Unit: unit, Role: access.Officer})
	}
	before := o.head()
	for path, by := range tell {
		a := by.post(path, url.Values{"grade": {"weak"}, "mode": {"full"}, "loss": {"60"}, "trip": {"40"}}, "Accept", "application/json")
		if a.status != http.StatusOK {
			t.Fatalf("a site tells of its line and is answered %d: %.200s", a.status, a.body)
		}
	}
	chair.WaitText("#crowded", "điểm cầu mất gói tin cùng lúc")
	site.WaitText("#crowded", "Hình đã thu nhỏ ở mọi điểm cầu")
	if n := site.Count("#crowded small"); n != 0 {
		t.Error("a site reads why pictures are smaller")
	}
	picture := fmt.Sprintf("document.querySelector(%q)?.videoHeight", "video.large"+m.camera("chair"))
	site.WaitTrue("the chair's picture has 360 lines or fewer", picture+" > 0 && "+picture+" <= 360")
	m.sees(site, "chair", "large")
	if after := o.head(); after != before {
		t.Errorf("%d events were written of it", after-before)
	}
}
