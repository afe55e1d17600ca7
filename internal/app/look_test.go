package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// What the presenter drills down to, sorts and sets back in time, all see; anybody
// looks around alone meanwhile and comes back.
func TestAllFollowThePresenterAndAnybodyLooksAroundAlone(t *testing.T) {
	s := serveDemo(t, "")
	b, bacNinh := s.morning(t), s.unit(t, "Tỉnh Bắc Ninh")
	address := fmt.Sprintf("%s/briefings/%d", s.url, b.ID)
	chair, site := s.person(t, "trunguong"), s.person(t, "bacninh")
	chair.Go(address + "/room")
	site.Go(address + "/room")
	site.Wait("[data-panel]")

	chair.Click(fmt.Sprintf(`[data-show-act]:has(input[value="%d"]) button.link`, bacNinh))
	site.WaitText(".panel h2", "Tỉnh Bắc Ninh")
	chair.Wait(`[name=sort][value=least]`)
	chair.Click(`[name=sort][value=least]`)
	site.Wait(`[data-panel][data-sort=least]`)
	before := site.Text(".panel-figures")
	chair.Click(".moments summary")
	chair.Click(`.moments form:nth-of-type(3) button`) // a month ago
	site.Wait(".as-of.past")
	site.WaitOther(".panel-figures", before)

	chair.Click(`.panel-acts [data-look] button`)
	chair.Wait(".panel .alone")
	chair.Click(fmt.Sprintf(`.panel [data-look]:has(input[value="%d"]) button`, b.Unit)) // up again, alone
	chair.WaitText(".panel h2", "Trung ương")
	if seen := site.Text(".panel h2"); seen != "Tỉnh Bắc Ninh" {
		t.Errorf("the chair looks around alone, and all see %q", seen)
	}
	chair.Press("m")
	chair.WaitText(".panel h2", "Tỉnh Bắc Ninh")
	chair.WaitGone(".panel .alone")

	district := s.unit(t, "Huyện Yên Phong")
	site.Click(fmt.Sprintf(`.panel-rows [data-look]:has(input[value="%d"]) button`, district))
	site.WaitText(".panel h2", "Huyện Yên Phong")
	site.Wait(".panel .alone")
	s.lead(t, func(tx *ledger.Tx, actor access.Actor) error {
		_, err := briefing.Show(t.Context(), tx, actor, briefing.ShowCommand{Briefing: b.ID, Shown: briefing.Shown{Unit: s.unit(t, "Thành phố Hà Nội")}})
		return err
	})
	chair.WaitText(".panel h2", "Thành phố Hà Nội")
	if seen := site.Text(".panel h2"); seen != "Huyện Yên Phong" {
		t.Errorf("the site looks around alone, and was taken to %q", seen)
	}
	site.Click("[data-common]")
	site.WaitText(".panel h2", "Thành phố Hà Nội")
	site.WaitGone(".panel .alone")
}

// Whoever looks around alone sees no more than at any other time.
func TestLookingAroundAloneOpensNothing(t *testing.T) {
	o := newOffice(t, "")
	chair, site := o.as("bacninh"), o.as("thuanthanh")
	lead := access.Actor{Person: chair.person, Tree: o.Tree, Grants: []access.Grant{{Unit: o.home, Role: access.Leader}}}
	own := access.Actor{Person: site.person, Tree: o.Tree, Grants: []access.Grant{{Unit: o.thuanThanh, Role: access.Leader}}}
	var b briefing.Briefing
	o.update(func(tx *ledger.Tx) (err error) {
		b, err = briefing.Call(t.Context(), tx, lead, briefing.CallCommand{
			Unit: o.home, Key: "alone", Directive: centrally, Title: "Giao ban", Begins: tx.Now(), Minutes: 60,
			Chair: briefing.Person{ID: chair.person, Name: "Chánh Văn phòng"}, Sites: []tree.UnitID{o.thuanThanh, o.yenPhong},
		})
		if err != nil {
			return err
		}
		if _, err = briefing.Begin(t.Context(), tx, lead, b.ID); err != nil {
			return err
		}
		_, err = briefing.Arrive(t.Context(), tx, own, b.ID, o.thuanThanh)
		return err
	})
	address := fmt.Sprintf("/briefings/%d", b.ID)
	tomorrow := o.Ledger.Now().AddDate(0, 0, 2).UnixMicro()
	for what, one := range map[string]struct {
		path string
		want int
	}{
		"the own board":           {fmt.Sprintf("/panel?alone=1&unit=%d", o.thuanThanh), http.StatusOK},
		"another's board":         {fmt.Sprintf("/panel?alone=1&unit=%d", o.yenPhong), http.StatusForbidden},
		"the host's board":        {fmt.Sprintf("/panel?alone=1&unit=%d", o.home), http.StatusForbidden},
		"no unit":                 {"/panel?alone=1&unit=x", http.StatusNotFound},
		"a moment to come":        {fmt.Sprintf("/panel?alone=1&unit=%d&at=%d", o.thuanThanh, tomorrow), http.StatusUnprocessableEntity},
		"a moment that is none":   {fmt.Sprintf("/panel?alone=1&unit=%d&moment=hôm+qua", o.thuanThanh), http.StatusUnprocessableEntity},
		"the page of the walls":   {"/walls", http.StatusForbidden},
		"a wall of the room":      {"/walls/1", http.StatusOK},
		"a wall that is not":      {"/walls/7", http.StatusNotFound},
		"the own sites below":     {fmt.Sprintf("/below/%d", o.thuanThanh), http.StatusOK},
		"the sites of another":    {fmt.Sprintf("/below/%d", o.yenPhong), http.StatusForbidden},
		"the stream of the chair": {"/live?wall=0", http.StatusForbidden},
	} {
		if a := site.get(address + one.path); a.status != one.want {
			t.Errorf("%s is answered %d, want %d", what, a.status, one.want)
		}
	}
	if a := site.post(fmt.Sprintf("%s/site/%d/bring", address, o.thuanThanh), url.Values{"below": {fmt.Sprint(o.yenPhong)}}); strings.Contains(a.body, "Điểm cầu cấp dưới") {
		t.Error("a neighbour was brought in")
	}
}

// A province opens the sites of its districts on its own page; the host counts them.
func TestAProvinceOpensItsDistrictsSites(t *testing.T) {
	s := serveDemo(t, "")
	b, bacNinh, yenPhong := s.morning(t), s.unit(t, "Tỉnh Bắc Ninh"), s.unit(t, "Huyện Yên Phong")
	address := fmt.Sprintf("%s/briefings/%d", s.url, b.ID)
	chair, site, district := s.person(t, "trunguong"), s.person(t, "bacninh"), s.person(t, "yenphong")
	chair.Go(address + "/room")
	site.Go(address + "/room")
	district.Allow("403") // nothing is shown to who has not come in
	site.Click(fmt.Sprintf(`.own a[href$="/below/%d"]`, bacNinh))
	site.Wait("h1")
	site.Axe(t)
	site.Click(fmt.Sprintf(`input[name=below][value="%d"]`, yenPhong))
	site.Click(`form[action$="/bring"] button.primary`)
	site.WaitText("table", "Huyện Yên Phong")
	chair.Wait(fmt.Sprintf(`[data-site="%d"].sub.off`, yenPhong))

	district.Go(address + "/room")
	district.Click(`.own form[action$="/arrive"] button`)
	chair.Wait(fmt.Sprintf(`[data-site="%d"].sub:not(.off)`, yenPhong))
	district.Wait("[data-panel]") // the board of the moment, without loading the page anew
	site.Reload()
	site.WaitText("table", "đã vào")
}
