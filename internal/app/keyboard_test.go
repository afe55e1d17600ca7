package app_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"giaoban/internal/base/testing/browser"
)

// A whole meeting is led, and attended, without a mouse: only keys are pressed.
func TestABriefingIsLedByTheKeyboardAlone(t *testing.T) {
	m := callMeeting(t, serveDemo(t, ""), false)
	chair, site := m.person(t, "trunguong"), m.person(t, "bacninh")
	chair.Go(m.address + "/room")
	site.Go(m.address + "/room")
	site.Wait(`[data-live=on]`)
	chair.Wait(`[data-live=on]`)

	tabTo(site, `.own form[action$="/arrive"] button`)
	site.Press("\r")
	site.Wait(m.at(bacNinh) + ":not(.off)")
	chair.Wait(m.at(bacNinh) + ":not(.off)")
	chair.Strike("n") // the meeting begins
	chair.Wait("#act-pause")
	m.rollByKeys(chair, site)
	m.floorByKeys(chair, site)
	m.handsByKeys(chair, site)
	m.boardByKeys(chair, site)

	chair.Strike("e")
	chair.WaitTrue("the end asks once more", `document.activeElement.closest("#act-end") !== null`)
	chair.Press("\r")
	chair.Wait(`.head a[href$="/record"]`)
	site.Wait(`.head a[href$="/record"]`)
}

// tabTo presses Tab until the focus is on what matches.
func tabTo(b *browser.Browser, selector string) {
	b.Wait(selector)
	for range 200 {
		if b.Eval(fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) == true {
			return
		}
		b.Press("\t")
	}
	b.WaitTrue("Tab reaches "+selector, `false`)
}

// rollByKeys marks all who came, and a site in each of the ways.
func (m meeting) rollByKeys(chair, site *browser.Browser) {
	m.t.Helper()
	chair.Strike("r")
	site.WaitText(m.at(bacNinh)+" small", "có mặt")
	chair.Strike("a")
	for chair.Eval(fmt.Sprintf(`document.activeElement.closest(%q) === null`, m.at(haNoi))) == true {
		chair.Press(kb.ArrowRight)
		if chair.Eval(`document.activeElement.matches("#strip .site:last-child summary")`) == true {
			break
		}
	}
	for key, want := range map[string]string{"1": "có mặt", "2": "đến muộn", "4": "vắng"} {
		chair.Strike(key)
		chair.WaitText(m.at(haNoi)+" small", want)
		chair.WaitGone("[aria-busy=true]") // once it was answered the focus is back at the site
	}
	chair.Strike("3")
	chair.WaitTrue("a reason is asked for", `document.activeElement.name === "note"`)
	chair.Press("Đi công tác\r")
	chair.WaitText(m.at(haNoi)+" small", "vắng có lý do")
	chair.WaitTrue("the focus is back at the site", fmt.Sprintf(`document.activeElement.matches(%q)`, m.at(haNoi)+" summary"))

	chair.Press("\r") // its menu opens, and closes again
	chair.Wait(m.at(haNoi) + " details[open]")
	chair.Press("\t")
	chair.Press(kb.ArrowDown)
	chair.Press(kb.Escape)
	chair.WaitGone(m.at(haNoi) + " details[open]")
	chair.WaitTrue("the focus is back at the site", fmt.Sprintf(`document.activeElement.matches(%q)`, m.at(haNoi)+" summary"))
	for _, want := range []string{"/lead/back", "/lead/remove"} {
		tabTo(chair, m.at(haNoi)+" summary")
		chair.Press("\r")
		tabTo(chair, m.at(haNoi)+` .sheet form:last-child button`)
		chair.Press("\r")
		chair.WaitTrue("the site is out, or in again", fmt.Sprintf(`document.querySelector('%s form[action$="%s"]') !== null`, m.at(haNoi), want))
	}
}

// floorByKeys gives the floor from the queue and by the agenda, and takes it back.
func (m meeting) floorByKeys(chair, site *browser.Browser) {
	m.t.Helper()
	raise := func() {
		site.Wait(".own form[data-up]")
		site.Strike("h")
		chair.WaitText(".queue", bacNinh)
		site.Wait(".own form[data-down]")
	}
	raise()
	site.Strike("h") // down again, by whoever asked
	chair.WaitGone(".queue")
	raise()
	chair.Strike("x") // and by the chair
	chair.WaitGone(".queue")
	raise()
	chair.Strike("i")
	site.WaitText(".video .tag", bacNinh)
	chair.Strike("p")
	site.WaitText(".video .tag", "Tạm dừng")
	chair.Wait("#act-resume")
	chair.Strike("p")
	site.WaitText(".video .tag", bacNinh)
	chair.Wait("#act-pause")
	chair.Strike("t")
	site.WaitText(".video .tag", "Chủ trì")
	chair.Strike("l")
	site.Wait(".side .chip.gold")
	chair.Wait("#act-lock [aria-pressed=true]:not([aria-busy])") // the next press is another act
	chair.Strike("l")
	site.WaitGone(".side .chip.gold")
}

// handsByKeys asks for a show of hands, counts and closes it; and asks and answers.
func (m meeting) handsByKeys(chair, site *browser.Browser) {
	m.t.Helper()
	chair.Strike("y")
	chair.WaitTrue("a question is asked for", `document.activeElement.name === "question"`)
	chair.Press("Họp lại ngày 17\r")
	chair.Wait("#act-poll-close")
	site.Wait(".own-hands [name=yes]")
	site.Strike("y")
	site.Press("5\t1\t2\r")
	chair.WaitText(".poll", "Đồng ý 5")
	chair.Strike("y")
	chair.WaitTrue("the hands can be closed", `document.activeElement.closest("#act-poll-close") !== null`)
	chair.Press("\r")
	site.WaitGone(".own-hands")
	site.Strike("q")
	site.WaitTrue("a question is asked for", `document.activeElement.name === "question"`)
	site.Press("Hạn nộp có lùi không?\t\r")
	chair.WaitText(".questions", "Hạn nộp")
	chair.Strike("q")
	chair.Press("Không.\r")
	site.WaitText(".questions", "Không.")
}

// boardByKeys changes what all see, drills down, sorts, and looks around alone.
func (m meeting) boardByKeys(chair, site *browser.Browser) {
	m.t.Helper()
	chair.Strike("b")
	site.WaitGone("[data-panel]")
	chair.Wait("#act-neutral [aria-pressed=true]")
	chair.Strike("b")
	site.Wait("[data-panel]")
	chair.Wait("#act-neutral [aria-pressed=false]")
	chair.Strike("f")
	site.Wait("[data-panel][data-live=yes]")
	chair.Wait("#act-figures [aria-pressed=true]")
	chair.Strike("f")
	site.Wait("[data-panel][data-live='']")
	chair.Wait(".panel-rows button")
	chair.Strike("k")
	chair.Press(kb.ArrowDown)
	unit := chair.Eval(`document.activeElement.innerText`)
	chair.Press("\r")
	for _, b := range []*browser.Browser{site, chair} {
		b.WaitText(".panel h2", fmt.Sprint(unit))
	}
	chair.Wait(`[name=sort][value=least][data-keys=z]`)
	chair.Strike("z")
	site.Wait("[data-panel][data-sort=least]")
	chair.Wait("[data-panel][data-sort=least]")
	for _, b := range []*browser.Browser{chair, site} {
		if b == chair {
			b.Wait(".panel [data-look] button[data-keys=m]")
			b.Strike("m")
		} else {
			tabTo(b, ".panel [data-look] button")
			b.Press("\r")
		}
		b.Wait(".panel .alone")
		b.Strike("m")
		b.WaitGone(".panel .alone")
	}
}

// Everything in the room is reached by Tab, in order, and shows it.
func TestTheRoomIsWalkedByTab(t *testing.T) {
	s := serveDemo(t, "")
	for _, login := range []string{"trunguong", "bacninh"} {
		b := s.person(t, login)
		b.Go(s.url + "/briefings/1/room")
		b.Wait("[data-live=on]")
		b.Wait("[data-panel]")
		if n := b.Walk(t); n < 8 {
			t.Errorf("%s: the walk has %d stops", login, n)
		}
		b.Strike("?")
		b.Wait("dialog.keys[open]")
		b.Axe(t)
		b.Press(kb.Escape)
		b.WaitGone("dialog.keys[open]")
	}
}
