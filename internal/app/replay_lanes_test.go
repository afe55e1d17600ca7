package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/edge/media/recording"
)

// A replay plays the screen that somebody shared at its seconds and no others, and has
// the page of a paper beside the pictures at the seconds at which it stood there.
func TestAReplayHasTheSharedScreenAndThePagesOfTheSecond(t *testing.T) {
	m := callMeeting(t, serveDemoAs(t, app.Config{Media: livekittest.Start(t).Find}), true)
	m.prepare()
	chair, site := m.person(t, "trunguong"), m.person(t, "bacninh")
	chair.Camera(red)
	m.arrive(site, bacNinh)
	m.begin(chair)
	m.join(chair, "open")
	m.join(site, "closed")
	chair.Click(`#act-record button`)
	site.WaitText(".recording-sign", "Đang ghi hình")
	m.recorded(4 * time.Second)

	chair.Click("[data-media-share]")
	site.WaitTrue("the shared screen is seen", `document.querySelector(".shared:not([hidden]) video.screen")?.getVideoPlaybackQuality().totalVideoFrames > 0`)
	m.recorded(4 * time.Second)
	shared := m.filmed() - time.Second
	chair.Click("[data-media-share]")
	site.WaitGone(".shared:not([hidden])")
	m.recorded(4 * time.Second)

	chair.Click(`#papers form[action$="/lead/show"] button`)
	chair.Wait(`.shown [data-reader][data-drawn="1"]`)
	chair.Click(`.shown [data-step="1"]`)
	site.Wait(`.shown [data-reader][data-drawn="2"]`)
	m.recorded(3 * time.Second)
	m.end(chair, site)

	site.Click(`.head a[href$="/replay"]`)
	site.Wait(".replay-board [data-panel]")
	lane := `document.querySelector(".lane.screen")`
	m.seek(site, fmt.Sprint(shared.Seconds()))
	site.WaitTrue("the shared screen is seen at its second", fmt.Sprintf(`%s?.readyState > 1 && !%[1]s.classList.contains("blank")`, lane))
	site.Wait(".replay-board [data-panel]")
	m.shoot(site, "replay-screen")
	m.seek(site, "1")
	site.WaitTrue("nobody shares a screen at the beginning", lane+`.classList.contains("blank")`)

	page := `JSON.parse(document.querySelector("[data-facts]").dataset.facts).boards.findLast((b) => b.path?.includes("/handouts/") && b.path.includes("page=%d")).from`
	for number, said := range []string{"one", "two"} {
		m.seek(site, fmt.Sprintf(page, number+1))
		site.Wait(fmt.Sprintf(`.replay-board [data-reader][data-drawn="%d"]`, number+1))
		site.WaitText(".replay-board [data-heard]", said)
	}
	m.shoot(site, "replay-paper")
	m.seek(site, "1")
	site.Wait(".replay-board [data-panel]")
}

// filmed is how much of the meeting lies on disk.
func (m meeting) filmed() time.Duration {
	m.t.Helper()
	film, err := recording.Open(filepath.Join(m.dir, "recordings", fmt.Sprint(m.ID)))
	if err != nil {
		m.t.Fatal(err)
	}
	return film.Length
}

// shoot takes pictures of a page, desk and phone, for people to look at, where they are
// asked for.
func (m meeting) shoot(b *browser.Browser, name string) {
	m.t.Helper()
	folder := os.Getenv("GIAOBAN_SHOTS")
	if folder == "" {
		return
	}
	for _, screen := range []browser.Screen{browser.Phone, browser.Desk} {
		b.Show(screen)
		b.Screenshot(filepath.Join(folder, name+"-"+screen.Name+".png"))
	}
}
