package app_test

import (
	"fmt"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/testing/livekittest"
)

func TestMain(m *testing.M) { livekittest.Main(m) }

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

	chair.Devices(true)
	site.Devices(true)
	chair.Go(room)
	chair.Click("[data-media-join]")
	chair.Wait(`[data-media][data-state="open"]`)
	site.Go(room)
	site.Click("[data-media-join]")
	lead("floor", fmt.Sprintf("unit=%d", bacNinh))
	site.Wait(`[data-media][data-state="open"]`)
	chair.Wait(fmt.Sprintf(`.video video.large[data-kept="unit:%d"]`, bacNinh))
	chair.WaitTrue("ten frames of Bac Ninh are seen", `document.querySelector(".video video.large").getVideoPlaybackQuality().totalVideoFrames > 10`)

	lead("take", "")
	site.Wait(`[data-media][data-state="closed"]`)

	pass := site.Eval(`fetch("/briefings/1/pass").then((r) => r.json()).then((a) => a.pass)`).(string)
	lead("remove", fmt.Sprintf("unit=%d", bacNinh))
	site.Wait(`[data-media][data-state="removed"]`)
	site.Allow("403")
	site.Allow("data channel") // LiveKit's script, of a line that was cut
	site.Allow("DataChannel")
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
