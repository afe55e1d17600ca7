package app_test

import (
	"fmt"
	"testing"
	"time"

	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/media"
	"giaoban/internal/simulate"
)

// meet serves the demonstration with picture and sound and gives browsers with a camera
// before its room, each signed in as somebody.
func meet(b *testing.B, find media.Finder, logins ...string) (people []*browser.Browser) {
	b.Helper()
	m := measureAs(b, find)
	for _, login := range logins {
		one := browser.New(b)
		one.Allow("that's not present") // LiveKit's script, of one who left
		one.Go(m.url + "/sign-in")
		one.Type("input[name=login]", login)
		one.Type("input[name=password]", simulate.Password)
		one.Click("form button.primary")
		one.Wait(".rail")
		one.Devices(true)
		one.Go(m.url + "/briefings/1/room")
		people = append(people, one)
	}
	return people
}

// firstPicture is in how many milliseconds from the click on "join" the first frame of
// somebody else's camera is shown.
const firstPicture = `new Promise((done) => {
	const began = performance.now();
	const watch = () => {
		const seen = [...document.querySelectorAll("video[data-kept]")].some((v) => v.getVideoPlaybackQuality().totalVideoFrames > 0);
		seen ? done(performance.now() - began) : requestAnimationFrame(watch);
	};
	document.querySelector("[data-media-join]").click();
	watch();
})`

// BenchmarkJoinToFirstPicture is a third browser that joins a room in which two are. It
// reports the median and the 95th percentile from the click to the first remote
// picture, in milliseconds.
func BenchmarkJoinToFirstPicture(b *testing.B) {
	people := meet(b, livekittest.Start(b).Find, "trunguong", "hanoi", "bacninh")
	for _, one := range people[:2] {
		one.Click("[data-media-join]")
		one.Wait(`[data-media][data-state="open"], [data-media][data-state="closed"]`)
	}
	site := people[2]
	var all []time.Duration
	for b.Loop() {
		all = append(all, milliseconds(site.Eval(firstPicture)))
		site.Wait(`[data-media][data-state="open"], [data-media][data-state="closed"]`)
		site.Click("[data-media-join]")
		site.Wait(`[data-media][data-state="left"]`)
	}
	b.ReportMetric(percentile(all, 50), "p50-ms")
	b.ReportMetric(percentile(all, 95), "p95-ms")
}

func milliseconds(value any) time.Duration {
	n, _ := value.(float64)
	return time.Duration(n * float64(time.Millisecond))
}

// watchesFloor has a page tell when, after a chair's act, a unit's site was seen large,
// heard and sharp, by the machine's clock. Whom it hears it tells by the lines of sound
// that nothing came through before.
const watchesFloor = `{
	const lines = [], talking = new Map(), energy = new Map(), Line = window.RTCPeerConnection;
	window.RTCPeerConnection = class extends Line { constructor(...a) { super(...a); lines.push(this); } };
	const listen = async () => {
		for (const line of lines) for (const s of (await line.getStats()).values()) if (s.type === "inbound-rtp" && s.kind === "audio") {
			if (s.totalAudioEnergy > (energy.get(s.id) ?? 0) + 2e-4) talking.set(s.id, Date.now());
			energy.set(s.id, s.totalAudioEnergy);
		}
		setTimeout(listen, 20);
	};
	listen();
	window.voices = () => [...talking].filter(([, at]) => at > Date.now() - 500).map(([id]) => id);
	window.watchFloor = (unit) => {
		const told = window.told = {seen: 0, heard: 0, sharp: 0}, began = Date.now(), before = new Set(voices());
		let frames = -1;
		const look = () => {
			const video = document.querySelector('.video video.large[data-kept="unit:' + unit + '"]');
			const n = video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
			if (video && frames < 0) frames = n;
			if (video && n > frames) told.seen ||= Date.now();
			if (video?.videoWidth >= 1280 && n > frames) told.sharp ||= Date.now();
			for (const [id, at] of talking) if (!before.has(id) && at > began) told.heard ||= at;
			if (!told.seen || !told.sharp || !told.heard) requestAnimationFrame(look);
		};
		look();
	};
}`

// BenchmarkChangeOfFloor is a room of three browsers whose floor goes from one site to
// the other. It reports the median and the 95th percentile in milliseconds, over all who look
// on, from the chair's act until the picture of who has the floor is large, until it is
// heard, and until the picture is sharp.
func BenchmarkChangeOfFloor(b *testing.B) {
	find := livekittest.Start(b).Find
	people := meet(b, find, "trunguong", "hanoi", "bacninh")
	chair := people[0]
	chair.Devices(false) // only who has the floor is heard
	var units []float64
	for _, one := range people {
		one.Allow("Requested device not found")
		one.Allow("NotAllowed")
		one.Eval(watchesFloor)
		one.Click("[data-media-join]")
		one.Wait(`[data-media]:is([data-state="open"], [data-state="closed"], [data-state="no-camera"])`)
		own, _ := one.Eval(`Number(document.querySelector("[data-room]").dataset.own || 0)`).(float64)
		units = append(units, own)
	}
	var seen, heard, sharp []time.Duration
	for turn := 0; b.Loop(); turn++ {
		speaker := 1 + turn%2
		others := []*browser.Browser{chair, people[3-speaker]}
		people[speaker].Eval(fmt.Sprintf(asks, units[speaker]))
		catchUp(b, "its microphone is there and muted", func() bool {
			there, muted := microphone(b, find, media.SiteIdentity(tree.UnitID(units[speaker])))
			return there && muted
		})
		for _, one := range others {
			one.WaitTrue("who had the floor before is silent", `voices().length <= 1`)
			one.Eval(fmt.Sprintf(`watchFloor(%v)`, units[speaker]))
		}
		began, _ := chair.Eval(fmt.Sprintf(give, units[speaker])).(float64)
		for _, one := range others {
			for _, name := range []string{"seen", "heard", "sharp"} {
				one.WaitTrue("who has the floor is "+name, "told."+name+" > 0")
			}
			for name, list := range map[string]*[]time.Duration{"seen": &seen, "heard": &heard, "sharp": &sharp} {
				at, _ := one.Eval("told." + name).(float64)
				*list = append(*list, milliseconds(at-began))
			}
		}
	}
	for name, list := range map[string][]time.Duration{"seen": seen, "heard": heard, "sharp": sharp} {
		b.ReportMetric(percentile(list, 50), name+"-p50-ms")
		b.ReportMetric(percentile(list, 95), name+"-p95-ms")
	}
}

// asks has a site ask for the floor, so that it is among those who speak next; give has
// the chair give it, and says when.
const (
	give = `(async () => { const began = Date.now(); await fetch("/briefings/1/lead/floor", {method: "POST", headers: {Accept: "application/json"}, body: new URLSearchParams("unit=%v")}); return began; })()`
	asks = `fetch("/briefings/1/site/%v/hand", {method: "POST", headers: {Accept: "application/json"}, body: new URLSearchParams("topic=")}).then((r) => r.status)`
)
