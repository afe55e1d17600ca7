package app_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/part/briefing"
)

// hand is a browser that remembers the room's keys that were struck.
type hand struct {
	*browser.Browser
	struck map[string]bool
}

// Strike strikes a key of the room.
func (h hand) Strike(key string) {
	h.struck[key] = true
	h.Browser.Strike(key)
}

// A whole meeting is led, and attended, without a mouse: only keys are pressed, and each
// that the chair's sheet of keys tells of.
func TestABriefingIsLedByTheKeyboardAlone(t *testing.T) {
	m := callMeeting(t, serveDemoAs(t, app.Config{Media: livekittest.Start(t).Find}), true)
	m.prepare()
	chair, site := hand{m.person(t, "trunguong"), map[string]bool{}}, m.person(t, "bacninh")
	for _, b := range []*browser.Browser{chair.Browser, site} {
		b.Devices(true)
		b.Allow("that's not present") // LiveKit's script, of one who has just left
	}
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
	m.sheetByKeys(chair)
	m.rollByKeys(chair, site)
	m.floorByKeys(chair, site)
	m.handsByKeys(chair, site)
	m.boardByKeys(chair, site)
	m.papersByKeys(chair, site)
	m.mediaByKeys(chair, site)

	chair.Strike("e")
	chair.WaitTrue("the end asks once more", `document.activeElement.closest("#act-end") !== null`)
	told := chair.Eval(`[...document.querySelectorAll("#keys [data-key]")].map((k) => k.dataset.key).sort()`).([]any)
	chair.Press("\r")
	chair.Wait(`.head a[href$="/record"]`)
	site.Wait(`.head a[href$="/record"]`)
	for _, key := range told {
		if !chair.struck[fmt.Sprint(key)] {
			t.Errorf("the sheet of keys tells of %v, which nobody struck", key)
		}
	}
	if len(told) == 0 {
		t.Error("the sheet tells of no key")
	}
}

// prepare gives the meeting an item of Bac Ninh's and a paper of two pages.
func (m meeting) prepare() {
	m.t.Helper()
	program := access.Program(m.Tree)
	upload, err := m.Files.Take("Báo cáo.pdf", bytes.NewReader(pages(m.t, "one", "two")))
	if err != nil {
		m.t.Fatal(err)
	}
	_, err = m.Ledger.Update(m.t.Context(), "program", func(tx *ledger.Tx) error {
		items := []briefing.ItemDraft{{Title: "Tiến độ đại hội", Minutes: 5, Speaker: m.unit(m.t, bacNinh)}}
		if _, err := briefing.SetAgenda(m.t.Context(), tx, program, m.ID, m.Revision, items); err != nil {
			return err
		}
		_, err := briefing.HandOut(m.t.Context(), tx, program, briefing.HandOutCommand{Briefing: m.ID, Unit: m.Unit, Key: "report", Upload: upload})
		return err
	})
	if err != nil {
		m.t.Fatal(err)
	}
}

// A switch that is turned on and back again before the answer came is off: what a push
// made of the button is another act.
func TestASwitchIsTurnedBackBeforeItsAnswerCame(t *testing.T) {
	m := callMeeting(t, serveDemo(t, ""), false)
	chair, site := m.person(t, "trunguong"), m.person(t, "bacninh")
	m.arrive(site, bacNinh)
	m.begin(chair)
	site.Wait("[data-panel]")
	chair.Eval(`{
		const real = window.fetch
		window.answers = []
		window.fetch = async (to, how) => {
			const answer = await real(to, how)
			if (how?.method === "POST") await new Promise((go) => answers.push(go))
			return answer
		}
		0
	}`)
	chair.Strike("b")
	site.WaitGone("[data-panel]")
	chair.Wait("#act-neutral [aria-pressed=true]")
	chair.Strike("b")
	site.Wait("[data-panel]")
	chair.Wait("#act-neutral [aria-pressed=false]")
	chair.WaitTrue("both are answered", `answers.length === 2`)
	chair.Eval(`answers.forEach((go) => go())`)
	chair.WaitGone("[aria-busy=true]")
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

// sheetByKeys opens and closes the sheet of keys, and goes to the walls and back.
func (m meeting) sheetByKeys(chair hand) {
	chair.Strike("?")
	chair.Wait("dialog.keys[open]")
	chair.Press(kb.Escape)
	chair.WaitGone("dialog.keys[open]")
	chair.Strike("w")
	chair.Press("\r")
	chair.Wait(".wall-card")
	chair.Go(m.address + "/room")
	chair.Wait(`[data-live=on]`)
}

// rollByKeys marks all who came, and a site in each of the ways.
func (m meeting) rollByKeys(chair hand, site *browser.Browser) {
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
		tabTo(chair.Browser, m.at(haNoi)+" summary")
		chair.Press("\r")
		tabTo(chair.Browser, m.at(haNoi)+` .sheet form:last-child button`)
		chair.Press("\r")
		chair.WaitTrue("the site is out, or in again", fmt.Sprintf(`document.querySelector('%s form[action$="%s"]') !== null`, m.at(haNoi), want))
	}
}

// floorByKeys gives the floor from the queue and by the agenda, and takes it back.
func (m meeting) floorByKeys(chair hand, site *browser.Browser) {
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
	chair.Wait("#act-take")
	chair.Strike("t")
	site.WaitText(".video .tag", "Chủ trì")
	chair.Wait("#act-item")
	chair.Strike("n") // by the agenda
	site.WaitText(".video .tag", bacNinh)
	chair.Wait("#act-take")
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
func (m meeting) handsByKeys(chair hand, site *browser.Browser) {
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
func (m meeting) boardByKeys(chair hand, site *browser.Browser) {
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
	for _, b := range []*browser.Browser{site, chair.Browser} {
		b.WaitText(".panel h2", fmt.Sprint(unit))
	}
	chair.Wait(`[name=sort][value=least][data-keys=z]`)
	chair.Strike("z")
	site.Wait("[data-panel][data-sort=least]")
	chair.Wait("[data-panel][data-sort=least]")
	tabTo(site, ".panel [data-look] button")
	site.Press("\r")
	chair.Wait(".panel [data-look] button[data-keys=m]")
	chair.Strike("m")
	chair.Wait(".panel .alone")
	chair.Strike("m")
	site.Strike("m")
	for _, b := range []*browser.Browser{site, chair.Browser} {
		b.WaitGone(".panel .alone")
	}
}

// papersByKeys shows a paper, turns its page and turns it back.
func (m meeting) papersByKeys(chair hand, site *browser.Browser) {
	chair.Strike("d")
	chair.Press("\r")
	step := func(key, pressed, want string) {
		m.t.Helper()
		if key != "" {
			chair.struck[key] = true
			chair.Press(pressed)
		}
		for _, b := range []*browser.Browser{chair.Browser, site} {
			b.Wait(fmt.Sprintf(`.shown [data-reader][data-drawn=%q]`, want))
		}
	}
	step("", "", "1")
	step("pagedown", kb.PageDown, "2")
	step("pageup", kb.PageUp, "1")
	tabTo(chair.Browser, `.shown form[data-show-act] button.slim:not([data-step])`)
	chair.Press("\r")
	site.Wait("[data-panel]")
}

// mediaByKeys opens picture and sound, records, closes and opens microphones, shares the
// screen, and leaves.
func (m meeting) mediaByKeys(chair hand, site *browser.Browser) {
	state := func(b *browser.Browser, want string) {
		m.t.Helper()
		b.Wait(fmt.Sprintf(`[data-media][data-state=%q]`, want))
	}
	chair.Strike("v")
	state(chair.Browser, "open")
	site.Strike("v")
	state(site, "closed")
	for _, pressed := range []string{"true", "false"} {
		chair.Strike("g")
		chair.Wait(fmt.Sprintf("#act-record [aria-pressed=%s]", pressed))
	}
	for _, silenced := range []int{1, 0} { // the device of the host's room, not the chair's own
		chair.Strike("o")
		chair.WaitTrue("the microphone of the host's room is at hand", `document.activeElement.closest("form[action$='/mute']") !== null`)
		chair.Press("\r")
		chair.WaitTrue("it is silent, or heard again", fmt.Sprintf(`document.querySelectorAll("#strip .silenced").length === %d`, silenced))
		chair.WaitGone("[aria-busy=true]")
	}
	site.Strike("h")
	chair.WaitText(".queue", bacNinh)
	chair.Strike("i")
	state(site, "open")
	for _, want := range []string{"muted", "open"} {
		chair.Wait(fmt.Sprintf("#act-mute [aria-pressed=%v]", want == "open"))
		chair.Strike("s")
		state(site, want)
	}
	chair.Strike("t")
	state(site, "closed")
	chair.Wait("[data-media-share]:not([hidden])")
	chair.Strike("c")
	site.Wait(".shared:not([hidden]) video.screen")
	chair.Wait("[data-media-share][aria-pressed=true]")
	chair.Strike("c")
	site.WaitGone(".shared:not([hidden])")
	chair.Strike("v")
	state(chair.Browser, "left")
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
