package app_test

import (
	"testing"
	"time"

	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/livekittest"
	"giaoban/internal/simulate"
)

// meet serves the demonstration with picture and sound and gives browsers with a camera
// before its room, each signed in as somebody.
func meet(b *testing.B, logins ...string) (people []*browser.Browser) {
	b.Helper()
	m := measureAs(b, livekittest.Start(b).Find)
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
	people := meet(b, "trunguong", "hanoi", "bacninh")
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
