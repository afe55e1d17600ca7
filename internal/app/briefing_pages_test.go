package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/briefing"
)

// narrow is a desk's page at 400 %, or a page at 200 % on a small window: WCAG 2.1
// wants it read there without a scroll to the side (1.4.10).
var narrow = browser.Screen{Name: "narrow", Width: 320, Height: 640}

// sticksOut is what of a page sticks out of its window; "" when nothing does.
const sticksOut = `(() => {
	const wide = document.documentElement.clientWidth
	if (document.documentElement.scrollWidth <= wide) return ""
	const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > wide + 1)
	return "by " + (document.documentElement.scrollWidth - wide) + ": " + out.slice(0, 8).map((e) => e.tagName.toLowerCase() + "#" + e.id + "." + e.className).join(", ")
})()`

// Every page of a briefing is read in a window of 320 pixels without a scroll to the
// side, before the meeting, during it and after it. With GIAOBAN_SHOTS it takes their
// pictures.
func TestPagesOfABriefingFitANarrowWindow(t *testing.T) {
	s := serveDemo(t, "")
	before := meeting{served: s, Briefing: s.callBriefing(t), t: t}
	m := meeting{served: s, Briefing: s.morning(t), t: t}
	m.address = fmt.Sprintf("%s/briefings/%d", s.url, m.ID)
	chair, writes, site := s.person(t, "trunguong"), s.person(t, "trunguong-cv"), s.person(t, "bacninh")
	sees := func(when string, id int64, b *browser.Browser, pages ...shot) {
		for _, page := range pages {
			page.name = strings.TrimSuffix(when+"-"+page.name, "-")
			page.path = s.path(t, strings.ReplaceAll(page.path, "{id}", fmt.Sprint(id)))
			s.fits(t, b, page)
		}
	}

	host := []shot{{"", "/briefings/{id}"}, {"agenda", "/briefings/{id}/agenda"}, {"hand-out", "/briefings/{id}/handouts/new"}, {"room", "/briefings/{id}/room"}, {"walls", "/briefings/{id}/walls"}}
	guest := []shot{
		{"site", "/briefings/{id}"},
		{"people", "/briefings/{id}/people/{Tỉnh Bắc Ninh}"},
		{"check", "/briefings/{id}/check/{Tỉnh Bắc Ninh}"},
		{"site-room", "/briefings/{id}/room"},
		{"below", "/briefings/{id}/below/{Tỉnh Bắc Ninh}"},
	}
	sees("list", 0, chair, shot{"", "/briefings"}, shot{"call", "/briefings/new"})
	sees("before", before.ID, chair, append(host, shot{"change", "/briefings/{id}/change"})...)
	sees("before", before.ID, site, guest...)

	paper := filepath.Join(t.TempDir(), "bao-cao.pdf")
	if err := os.WriteFile(paper, pages(t, "Giao ban", "Hai"), 0o600); err != nil {
		t.Fatal(err)
	}
	chair.Show(browser.Desk)
	chair.Go(m.address + "/handouts/new?lang=vi")
	chair.Upload("input[type=file]", paper)
	chair.Type("input[name=title]", "Báo cáo tổng hợp kết quả tham mưu thực hiện Chỉ thị 35-CT/TW")
	chair.Click("main form .btn.primary")
	chair.Click(".handouts a")
	chair.Wait("[data-reader]")
	reader := shot{"reader", strings.TrimPrefix(chair.URL(), s.url)}
	written := []shot{{"minutes", "/briefings/{id}/minutes"}, {"record", "/briefings/{id}/record"}}
	sees("during", m.ID, chair, append(host, reader)...)
	sees("during", m.ID, chair, written...)
	sees("during", m.ID, writes, shot{"secretary-room", "/briefings/{id}/room"}, shot{"secretary", "/briefings/{id}"})
	sees("during", m.ID, site, append(guest, reader)...)

	s.lead(t, func(tx *ledger.Tx, actor access.Actor) error {
		_, err := briefing.End(t.Context(), tx, actor, m.ID)
		return err
	})
	sees("after", m.ID, chair, written[0])
	chair.Show(browser.Desk)
	m.signMinutes(chair, site)
	sees("after", m.ID, chair, append(written, host[0], reader)...)
	sees("after", m.ID, site, append(written, guest[0])...)
}

// fits opens a page in a narrow window, where nothing may stick out to the side, and
// takes its pictures where somebody wants to see them.
func (s served) fits(t *testing.T, b *browser.Browser, page shot) {
	t.Helper()
	b.Show(narrow)
	b.Go(s.url + page.path + "?lang=vi")
	b.Wait("h1")
	if strings.HasSuffix(page.path, "/room") {
		b.WaitTrue("have what is shown, or nothing", `(() => {
			const place = document.querySelector("[data-place]")
			return !place || place.hidden || place.querySelector("[data-panel], [data-reader]") !== null
		})()`)
	}
	if out := b.Eval(sticksOut); out != "" {
		t.Errorf("%s sticks out of a window of %d pixels %v", page.path, narrow.Width, out)
	}
	folder := os.Getenv("GIAOBAN_SHOTS")
	if folder == "" {
		return
	}
	b.Screenshot(filepath.Join(folder, "narrow", page.name+".png"))
	for _, screen := range []browser.Screen{browser.Desk, browser.Phone} {
		for _, language := range []string{"vi", "en"} {
			b.Show(screen)
			b.Go(s.url + page.path + "?lang=" + language)
			b.Wait("h1")
			b.WaitTrue("have its fonts", `document.fonts.status === "loaded"`)
			b.Screenshot(filepath.Join(folder, page.name+"-"+screen.Name+"-"+language+".png"))
		}
	}
}
