package app_test

import (
	"fmt"
	"testing"

	"giaoban/internal/base/testing/browser"
)

// A meeting is held in browsers that run no scripts: what is done is a form, and a
// page says that it has to be loaded anew.
func TestAMeetingIsHeldWithoutScripts(t *testing.T) {
	s := serveDemo(t, "")
	m := meeting{served: s, Briefing: s.callBriefing(t), t: t}
	room := fmt.Sprintf("%s/briefings/%d/room", s.url, m.ID)
	chair, site := s.person(t, "trunguong"), s.person(t, "bacninh")
	for _, b := range []*browser.Browser{chair, site} {
		b.NoScript()
		b.Go(room)
		b.WaitText(".banner", "không tự cập nhật")
	}
	site.Click(`.own form[action$="/arrive"] button`)
	site.Wait(m.at(bacNinh) + ":not(.off)")

	chair.Click(`form[action$="/lead/begin"] button`)
	chair.Wait(`form[action$="/lead/mark-arrived"]`)
	chair.Click(`form[action$="/lead/mark-arrived"] button`)
	chair.WaitText(m.at(bacNinh)+" small", "có mặt")

	site.Type(`.own input[name=topic]`, "Tiến độ đại hội")
	site.Click(`.own form[data-up] button`)
	site.WaitText(".queue", bacNinh)
	chair.Click(`noscript a.btn`) // loads the page anew
	chair.WaitText(".queue", "Tiến độ đại hội")
	chair.Click(`.queue form[action$="/lead/floor"] button`)
	chair.WaitText(".video .tag", bacNinh)
	site.Click(`noscript a.btn`)
	site.WaitText(".video .tag", bacNinh)
	site.WaitText(".panel h2", bacNinh)
	site.WaitText(".panel-figures", "6")

	chair.Click(`.controls details:last-of-type summary.danger`)
	chair.Click(`form[action$="/lead/end"] button`)
	chair.Wait(`.head a[href$="/record"]`)
	site.Go(room)
	site.Wait(`.head a[href$="/record"]`)
}
