package app_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/edge/media/recording"
)

// The colours of the cameras.
const (
	red   = "rgb(190,30,30)" // the chair's
	green = "rgb(20,150,50)" // Bac Ninh's
)

// recorded returns once so much more of the meeting lies on disk.
func (m meeting) recorded(more time.Duration) {
	m.t.Helper()
	folder := filepath.Join(m.dir, "recordings", fmt.Sprint(m.ID))
	length := func() time.Duration {
		film, err := recording.Open(folder)
		if err != nil {
			return 0 // it has not begun
		}
		return film.Length
	}
	before := length()
	for late := time.Now().Add(time.Minute); length() < before+more; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(late) {
			m.t.Fatalf("a minute later the recording is %s long, want %s more than %s", length(), more, before)
		}
	}
}

// pictured waits until the large picture of a replay has a colour in its middle: most
// of that, and little of the others.
func (m meeting) pictured(b *browser.Browser, colour string) {
	m.t.Helper()
	most := map[string]string{red: "r > 100 && g < 90 && bl < 90", green: "g > 90 && r < 90 && bl < 110"}[colour]
	b.WaitTrue("the speaker's picture is "+colour, fmt.Sprintf(`(() => {
		const video = document.querySelector(".lane.floor")
		if (!video || video.seeking || video.readyState < 2) return false
		const canvas = Object.assign(document.createElement("canvas"), {width: 32, height: 18})
		const brush = canvas.getContext("2d")
		brush.drawImage(video, 0, 0, 32, 18)
		const [r, g, bl] = brush.getImageData(16, 8, 1, 1).data
		return %s
	})()`, most))
}

// seek goes to a second of a replay, as pulling the slider does.
func (m meeting) seek(b *browser.Browser, second string) {
	m.t.Helper()
	b.Eval(fmt.Sprintf(`(() => {
		const slider = document.querySelector(".replay [data-seek]")
		slider.step = "any"
		slider.value = %s
		slider.dispatchEvent(new Event("input", {bubbles: true}))
	})()`, second))
}

// A meeting is recorded and seen again at once: at a chosen second the picture has the
// speaker, and the board beside it that second's figure.
func TestAReplayHasTheSpeakerAndTheFigureOfTheSecond(t *testing.T) {
	m := callMeeting(t, serveDemoAs(t, app.Config{Media: livekittest.Start(t).Find}), true)
	chair, site := m.person(t, "trunguong"), m.person(t, "bacninh")
	chair.Camera(red)
	site.Camera(green)
	m.arrive(site, bacNinh)
	m.begin(chair)
	m.join(chair, "open")
	m.join(site, "closed")
	m.sees(site, "chair", "large")
	m.goLive(chair)

	chair.Click(`#act-record button`)
	for _, b := range []*browser.Browser{chair, site} {
		b.WaitText(".recording-sign", "Đang ghi hình")
	}
	m.recorded(4 * time.Second) // the first picture comes a moment after the beginning
	m.askForTheFloor(site, chair)
	m.hasTheFloor(bacNinh, "6 / 11", chair, site)
	m.sees(chair, bacNinh, "large")
	m.recorded(4 * time.Second)
	m.acceptWaiting(t, "Huyện Thuận Thành")
	m.hasTheFloor(bacNinh, "7 / 11", chair, site)
	m.recorded(4 * time.Second)
	chair.Click(`#act-take button`)
	m.sees(site, "chair", "large")
	m.recorded(3 * time.Second)
	m.end(chair, site)

	site.Click(`.head a[href$="/replay"]`)
	site.Click(`.replay-chapters li:last-child button`)
	site.WaitText(".replay-caption", bacNinh)
	site.WaitText(".replay-board h2", bacNinh)
	site.WaitText(".replay-board .panel-figures", "6 / 11")
	m.pictured(site, green)
	site.WaitTrue("five frames of the speaker are seen, with sound", `(() => {
		const video = document.querySelector(".lane.floor")
		return video.getVideoPlaybackQuality().totalVideoFrames > 5 && video.webkitAudioDecodedByteCount > 0
	})()`)
	site.Press("k")
	site.WaitTrue("it stands still", `document.querySelector(".lane.floor").paused`)

	accepted := `JSON.parse(document.querySelector("[data-facts]").dataset.facts).boards.at(-1).from`
	m.seek(site, accepted+" + 1")
	site.WaitText(".replay-board .panel-figures", "7 / 11")
	m.pictured(site, green)
	m.seek(site, accepted+" - 0.5")
	site.WaitText(".replay-board .panel-figures", "6 / 11")
	m.pictured(site, green)
	m.seek(site, `JSON.parse(document.querySelector("[data-facts]").dataset.facts).turns[0].from - 1`)
	site.WaitText(".replay-board h2", "Trung ương")
	m.pictured(site, red)
	site.Axe(t)
}
