package app_test

import (
	"fmt"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/part/briefing"
)

func TestMain(m *testing.M) { livekittest.Main(m) }

// join has somebody open picture and sound in the room.
func (m meeting) join(b *browser.Browser, state string) {
	m.t.Helper()
	b.Devices(true)
	b.Click("[data-media-join]")
	b.Wait(fmt.Sprintf(`[data-media][data-state=%q]`, state))
}

// camera is a site's picture, or "chair" for that of the table of the chair.
func (m meeting) camera(of string) string {
	m.t.Helper()
	if of == "chair" {
		return fmt.Sprintf(`[data-kept="person:%d"]`, m.Chair.ID)
	}
	return fmt.Sprintf(`[data-kept="unit:%d"]`, m.unit(m.t, of))
}

// sees waits until ten more frames of a picture have been seen, in a size.
func (m meeting) sees(b *browser.Browser, of, size string) {
	m.t.Helper()
	picture := fmt.Sprintf(`video.%s%s`, size, m.camera(of))
	b.Wait(picture)
	count := fmt.Sprintf(`(document.querySelector(%q)?.getVideoPlaybackQuality().totalVideoFrames ?? 0)`, picture)
	before := b.Eval(count).(float64)
	b.WaitTrue(fmt.Sprintf("ten more frames of %s are seen, %s", of, size), fmt.Sprintf("%s > %v", count, before+9))
}

// The whole morning with picture and sound: the chair, Bac Ninh and Ha Noi see, hear and
// work on the same board.
func TestABriefingIsHeldWithPictureAndSound(t *testing.T) {
	m := callMeeting(t, serveDemoAs(t, app.Config{Media: livekittest.Start(t).Find}), true)
	chair, site, other := m.person(t, "trunguong"), m.person(t, "bacninh"), m.person(t, "hanoi")
	m.arrive(site, bacNinh)
	m.arrive(other, haNoi)
	m.begin(chair)
	m.callRoll(chair, site, bacNinh)
	m.join(chair, "open")
	m.join(site, "closed")
	m.join(other, "closed")
	for _, b := range []*browser.Browser{site, other} {
		m.sees(b, "chair", "large") // nobody has the floor yet
	}

	m.askForTheFloor(site, chair)
	m.hasTheFloor(bacNinh, "6 / 11", chair, site, other)
	site.Wait(`[data-media][data-state="open"]`)
	m.sees(chair, bacNinh, "large")
	m.sees(other, bacNinh, "large")
	m.sees(other, "chair", "corner")
	m.sees(site, "chair", "corner")
	m.onTheRoomScreen(chair, bacNinh)
	other.WaitText("[data-speaking]", "Tỉnh Bắc Ninh")
	m.acceptWaiting(t, "Huyện Thuận Thành")
	m.goLive(chair)
	m.hasTheFloor(bacNinh, "7 / 11", chair, site, other)
	m.muteAndUnmute(chair, site, other)
	m.shareTheScreen(site, chair, other)

	m.askForTheFloor(other, chair)
	other.Wait(`[data-media][data-state="open"]`)
	site.Wait(`[data-media][data-state="closed"]`)
	m.sees(chair, haNoi, "large")
	m.sees(site, haNoi, "large")

	chair.Click("#act-pause button")
	for _, b := range []*browser.Browser{chair, site, other} {
		b.Wait(`[data-media][data-state="closed"]`)
	}
	chair.Click("#act-resume button")
	for _, b := range []*browser.Browser{chair, other} {
		b.Wait(`[data-media][data-state="open"]`)
	}
	m.onlyWhoBelongs(chair, site)

	m.end(chair, site, other)
	m.signMinutes(chair, site)
	m.minutesSay(site, "Tỉnh Bắc Ninh", "Thành phố Hà Nội", "Đã ký bằng mật khẩu")
}

// onTheRoomScreen sees who has the floor on a screen that the chair opens for the room,
// which makes no sound and shows nothing of its own.
func (m meeting) onTheRoomScreen(chair *browser.Browser, site string) {
	m.t.Helper()
	wall := chair.Tab()
	wall.Go(m.address + "/room?screen=1")
	m.sees(wall, site, "large")
	if n := wall.Count("audio"); n != 0 {
		m.t.Errorf("the room screen lets %d sounds be heard, beside those of the room's own device", n)
	}
	wall.Go("about:blank")
}

// muteAndUnmute closes the speaker's microphone by a key, and opens it again.
func (m meeting) muteAndUnmute(chair, speaker, other *browser.Browser) {
	m.t.Helper()
	chair.Press("s")
	speaker.Wait(`[data-media][data-state="muted"]`)
	speaker.WaitText("[data-media-told]", "Chủ trì đã tắt micrô")
	other.WaitText(".video .tag", "micrô tắt")
	chair.Wait("#act-mute [aria-pressed=true]")
	chair.Press("s")
	speaker.Wait(`[data-media][data-state="open"]`)
	chair.WaitGone(".video .silenced")
}

// shareTheScreen has the speaker share a screen, which stands before the board on the
// others, until it is taken away.
func (m meeting) shareTheScreen(speaker *browser.Browser, others ...*browser.Browser) {
	m.t.Helper()
	speaker.Click("[data-media-share]")
	for _, b := range others {
		b.Wait(".shared:not([hidden]) video.screen")
		b.WaitTrue("the shared screen is seen", `document.querySelector("video.screen").getVideoPlaybackQuality().totalVideoFrames > 0`)
	}
	speaker.Click("[data-media-share]")
	for _, b := range others {
		b.WaitGone(".shared:not([hidden])")
		b.WaitTrue("the briefing shows the board again", `document.querySelector("[data-shown]").dataset.screen === ""`)
	}
}

// onlyWhoBelongs sees that the locked door is closed to a late site, the room to
// strangers, and that a seat is one device's at a time.
func (m meeting) onlyWhoBelongs(chair, site *browser.Browser) {
	m.t.Helper()
	chair.Click("#act-lock button")
	chair.Wait(`#act-lock [aria-pressed=true]`)
	late := m.person(m.t, "yenphong")
	late.Allow("409")
	late.Allow("403") // the board is for those who are there
	late.Go(m.address + "/room")
	m.join(late, "refused")
	late.WaitText("[data-media-told]", "Phòng họp đã khóa")

	stranger := m.person(m.t, "tuson")
	stranger.Allow("404")
	if got := stranger.Eval(fmt.Sprintf(`fetch("/briefings/%d/pass").then((r) => r.status)`, m.ID)); got != float64(404) {
		m.t.Errorf("a stranger who asks for a pass is answered %v, want 404", got)
	}

	again := m.person(m.t, "bacninh")
	again.Go(m.address + "/room")
	m.join(again, "closed")
	site.Wait(`[data-media][data-state="taken"]`)
	site.WaitText("[data-media-told]", "một thiết bị khác")
}

// The briefing of the demonstration with picture and sound: who has the floor is seen
// and heard, whose floor ends is closed, who is sent out is out, and a pass is for the
// own seat alone.
func TestWhoHasTheFloorIsSeenAndWhoIsSentOutIsOut(t *testing.T) {
	s := serveDemoAs(t, app.Config{Media: livekittest.Start(t).Find})
	chair, site := s.person(t, "trunguong"), s.person(t, "bacninh")
	bacNinh := s.unit(t, "Tỉnh Bắc Ninh")
	room := s.url + "/briefings/1/room"
	lead := func(act, form string) {
		t.Helper()
		chair.Eval(fmt.Sprintf(`fetch("/briefings/1/lead/%s", {method: "POST", headers: {Accept: "application/json"}, body: new URLSearchParams("%s")}).then((r) => r.status)`, act, form))
	}

	m := meeting{served: s, t: t}
	chair.Go(room)
	m.join(chair, "open")
	site.Go(room)
	site.Eval(pulled)
	m.join(site, "closed")
	lead("floor", fmt.Sprintf("unit=%d", bacNinh))
	site.Wait(`[data-media][data-state="open"]`)
	chair.Wait(fmt.Sprintf(`.video video.large[data-kept="unit:%d"]`, bacNinh))
	const frames = `document.querySelector(".video video.large").getVideoPlaybackQuality().totalVideoFrames`
	chair.WaitTrue("ten frames of Bac Ninh are seen", frames+` > 10`)

	site.Eval(`pull()`)
	for _, kind := range []string{"video", "audio"} {
		site.WaitTrue("the device is there again: "+kind, fmt.Sprintf(`devices.filter((one) => one.kind === %q).at(-1).readyState === "live"`, kind))
	}
	still := chair.Eval(frames).(float64)
	chair.WaitTrue("it moves again", fmt.Sprintf(frames+` > %v`, still+10))

	lead("take", "")
	site.Wait(`[data-media][data-state="closed"]`)

	pass := site.Eval(`fetch("/briefings/1/pass").then((r) => r.json()).then((a) => a.pass)`).(string)
	lead("remove", fmt.Sprintf("unit=%d", bacNinh))
	site.Wait(`[data-media][data-state="removed"]`)
	site.Allow("403")
	for path, who := range map[string]string{"pass?": "a new pass", "rtc/validate?access_token=" + pass: "the old pass"} {
		if got := site.Eval(fmt.Sprintf(`fetch("/briefings/1/%s").then((r) => r.status)`, path)); got != float64(403) {
			t.Errorf("whoever was sent out is answered %v to %s, want 403", got, who)
		}
	}
	chair.Allow("403")
	if got := chair.Eval(fmt.Sprintf(`fetch("/briefings/1/rtc/validate?access_token=%s").then((r) => r.status)`, pass)); got != float64(403) {
		t.Errorf("a pass of another seat is answered %v, want 403", got)
	}
}

// pulled keeps the page's devices, so that they end all at once as by a plug that is pulled.
const pulled = `{
	window.devices = []
	const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
	navigator.mediaDevices.getUserMedia = async (wanted) => {
		const stream = await ask(wanted)
		devices.push(...stream.getTracks())
		return stream
	}
	window.pull = () => devices.forEach((one) => one.stop())
}`

// One person alone tries picture and sound: made-up sites move in the strip, one of them
// is seen large and heard once it has the floor, and gives way to a person who takes its
// seat, until that one has left.
func TestMadeUpSitesFillTheRoomOfOnePerson(t *testing.T) {
	s := serveDemoAs(t, app.Config{Media: livekittest.Start(t).Find, MadeUpSites: true})
	chair := s.person(t, "trunguong")
	chair.Devices(true)
	chair.Allow("that's not present") // LiveKit's script, of one whose seat a person took
	chair.Go(s.url + "/briefings/1/room")
	chair.Eval(listens)
	chair.Click("[data-media-join]")
	chair.Wait(`[data-media][data-state="open"]`)
	chair.WaitTrue("several sites move in the strip", `[...document.querySelectorAll(".strip video")].filter((v) => v.getVideoPlaybackQuality().totalVideoFrames > 10).length >= 5`)

	floor := func(act func(*ledger.Tx, access.Actor) error) { t.Helper(); s.lead(t, act) }
	floor(func(tx *ledger.Tx, chair access.Actor) error {
		_, err := briefing.Take(t.Context(), tx, chair, 1)
		return err
	})
	chair.WaitTrue("nobody is heard", `sounds === 0`)
	bacNinh := s.unit(t, "Tỉnh Bắc Ninh")
	large := fmt.Sprintf(`document.querySelector(".video video.large[data-kept='unit:%d']")`, bacNinh)
	floor(func(tx *ledger.Tx, chair access.Actor) error {
		_, err := briefing.Give(t.Context(), tx, chair, briefing.GiveCommand{Briefing: 1, Unit: bacNinh})
		return err
	})
	chair.WaitTrue("the made-up Bac Ninh is large and moves", fmt.Sprintf(`%s?.videoWidth === 512 && %[1]s.getVideoPlaybackQuality().totalVideoFrames > 10`, large))
	chair.WaitTrue("its tone is heard", `sounds === 1 && loud > 0`)

	site := s.person(t, "bacninh")
	site.Devices(true)
	site.Go(s.url + "/briefings/1/room")
	site.Click("[data-media-join]")
	site.Wait(`[data-media][data-state="open"]`)
	chair.WaitTrue("the camera of a person is in its place", fmt.Sprintf(`%s?.videoWidth > 0 && %[1]s.videoWidth !== 512`, large))
	site.Click("[data-media-join]")
	site.Wait(`[data-media][data-state="left"]`)
	chair.WaitTrue("the made-up Bac Ninh is back", fmt.Sprintf(`%s?.videoWidth === 512`, large))
}

// listens has a page count in sounds the microphones of which something comes in, and how
// loud they were.
const listens = `{
	window.sounds = -1;
	const lines = [], before = new Map(), Line = window.RTCPeerConnection;
	window.RTCPeerConnection = class extends Line { constructor(...a) { super(...a); lines.push(this); } };
	setInterval(async () => {
		let sounds = 0, loud = 0;
		for (const line of lines) for (const s of (await line.getStats()).values()) if (s.type === "inbound-rtp" && s.kind === "audio") {
			const last = before.get(s.id) ?? {packetsReceived: 0, totalAudioEnergy: 0};
			if (s.packetsReceived > last.packetsReceived) sounds++;
			loud += s.totalAudioEnergy - last.totalAudioEnergy;
			before.set(s.id, s);
		}
		Object.assign(window, {sounds, loud});
	}, 200);
	0
}`
