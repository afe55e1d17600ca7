package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/briefing"
)

// callChecked calls a briefing for next week, at which devices are checked or not.
func (s served) callChecked(t *testing.T, devices bool) briefing.Briefing {
	t.Helper()
	root, _ := s.Tree.Root()
	chair, err := account.FindLogin(t.Context(), s.DB.Reader(), "trunguong")
	if err != nil {
		t.Fatal(err)
	}
	var b briefing.Briefing
	_, err = s.Ledger.Update(t.Context(), "program", func(tx *ledger.Tx) (err error) {
		b, err = briefing.Call(t.Context(), tx, access.Program(s.Tree), briefing.CallCommand{
			Unit: root.ID, Key: fmt.Sprint("checked", devices), Title: "Giao ban tuần sau", Begins: tx.Now().Add(7 * 24 * time.Hour), Minutes: 120, Devices: devices,
			Chair: briefing.Person{ID: chair.ID, Name: chair.Name}, Sites: []tree.UnitID{s.unit(t, "Tỉnh Bắc Ninh"), s.unit(t, "Thành phố Hà Nội")},
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A site tries its place: what is blocked is said in words, and mended; the host sees
// it at a glance.
func TestASiteTriesItsPlaceBeforeTheDay(t *testing.T) {
	s := serveDemo(t, "")
	s.cameras = true
	b, bacNinh := s.callChecked(t, true), s.unit(t, "Tỉnh Bắc Ninh")
	address := fmt.Sprintf("%s/briefings/%d", s.url, b.ID)
	chair, site := s.person(t, "trunguong"), s.person(t, "bacninh")

	site.Devices(false)
	site.Go(address)
	site.Click(fmt.Sprintf(`.acts a[href$="/check/%d"]`, bacNinh))
	site.Click("[data-start]")
	site.WaitText(`[data-part=browser] .state.done`, "dùng được")
	site.WaitText(`[data-part=network] .state.done`, "Mbit/s")
	site.WaitText(`[data-part=camera] .state.late`, "đang chặn camera")
	site.WaitText(`[data-part=microphone] .state.late`, "đang chặn micro")
	site.WaitText("[data-overall]", "cần khắc phục")
	chair.Go(address)
	chair.WaitText(".checks", "1 có lỗi")
	chair.WaitText(".checks", "1 chưa kiểm tra")

	site.Devices(true)
	site.Reload()
	site.WaitText(`[data-part=camera] .state.late`, "đang chặn camera") // kept
	site.Click("[data-start]")
	site.WaitText(`[data-part=camera] .state.done`, "có hình")
	site.WaitText(`[data-part=microphone] .state.done`, "thu được tiếng")
	site.WaitText("[data-overall]", "chưa kiểm tra hết")
	site.Click("[data-play]")
	site.Click(`[data-heard=silent]`)
	site.WaitText(`[data-part=speakers] .state.late`, "Không nghe thấy")
	site.Click(`[data-heard=works]`)
	site.WaitText(`[data-part=speakers] .state.done`, "nghe được")
	site.WaitText("[data-overall]", "tốt")
	if width := site.Eval(`document.querySelector("[data-picture]").videoWidth`); width == float64(0) {
		t.Error("the camera's picture is not on the page")
	}
	site.Axe(t)
	chair.Reload()
	chair.WaitText(".checks", "1 tốt")
}

// Rooms with a conference system of their own check browser and line alone.
func TestABoardOnlyBriefingChecksNoDevices(t *testing.T) {
	s := serveDemo(t, "")
	b, bacNinh := s.callChecked(t, false), s.unit(t, "Tỉnh Bắc Ninh")
	site := s.person(t, "bacninh")
	site.Go(fmt.Sprintf("%s/briefings/%d/check/%d", s.url, b.ID, bacNinh))
	if got := site.Count("[data-part]"); got != 2 {
		t.Errorf("%d parts are checked, want browser and network", got)
	}
	site.Click("[data-start]")
	site.WaitText("[data-overall]", "tốt")
}

// The line is measured by who acts for the site, in bounds.
func TestALineIsMeasuredInBounds(t *testing.T) {
	o := newOffice(t, "")
	site, stranger := o.as("thuanthanh"), o.hire("ke.la", access.Grant{Unit: o.hanoi, Role: access.Leader})
	load := fmt.Sprintf("/briefings/%d/check/%d/load", o.briefing(), o.thuanThanh)
	if a := site.get(load + "?bytes=1000"); a.status != http.StatusOK || len(a.body) != 1000 {
		t.Errorf("1000 bytes are answered %d with %d", a.status, len(a.body))
	}
	if a := site.get(load + "?bytes=1000000000"); len(a.body) != 2<<20 {
		t.Errorf("whoever asks for all gets %d bytes", len(a.body))
	}
	if a := site.do(http.MethodPost, load, strings.NewReader(strings.Repeat("x", 3<<20))); a.status == http.StatusOK {
		t.Error("3 MB are taken, want at most 2")
	}
	for range 70 {
		site.get(load + "?bytes=0")
	}
	if a := site.get(load + "?bytes=1"); a.status != http.StatusServiceUnavailable {
		t.Errorf("after 70 loads in a moment one more is answered %d", a.status)
	}
	if a := stranger.get(load + "?bytes=1"); !a.refused() {
		t.Errorf("a stranger measures: %d", a.status)
	}
	if a := o.as("bacninh").get(load + "?bytes=1"); !a.refused() {
		t.Errorf("whoever does not act for the site measures: %d", a.status)
	}
}
