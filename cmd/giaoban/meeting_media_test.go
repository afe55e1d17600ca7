package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	chromium "giaoban/internal/base/testing/browser"
	"giaoban/internal/edge/media"
)

// The program, then the media process, is killed in the middle of a briefing with picture
// and sound. Those in the room touch nothing: what they see and hear goes on without the
// program, and comes back by itself after the media process died, with the microphone open
// for whoever has the floor and for nobody else.
func TestPictureAndSoundOfABriefingGoOnAfterEitherProcessWasKilled(t *testing.T) {
	t.Run("the program starts and supervises it", func(t *testing.T) {
		in := installation{t: t, dir: shortDir(t)}
		goesOn(t, in, in, func() {})
	})
	t.Run("it runs elsewhere, by --livekit", func(t *testing.T) {
		in, there := installation{t: t, dir: shortDir(t)}, installation{t: t, dir: shortDir(t)}
		t.Setenv(media.KeyVariable, "elsewhere")
		t.Setenv(media.SecretVariable, rand.Text()+rand.Text())
		signalling := freeAddress(t)
		start := func() {
			there.start("media", "--data", there.dir, "--signal", signalling, "--media-udp", "0", "--media-tcp", "0")
		}
		start()
		goesOn(t, in, there, start, "--livekit", "http://"+signalling)
	})
}

// shortDir is a directory in whose name a socket has room.
func shortDir(t *testing.T) string {
	dir, err := os.MkdirTemp("", "giaoban-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// goesOn has the demonstration's briefing in two browsers go on when the program in one
// directory is killed, and then the media process of another, which is started again.
func goesOn(t *testing.T, in, there installation, again func(), flags ...string) {
	address := freeAddress(t)
	flags = append(flags, "--no-sites")
	program := in.demo(address, flags...)
	chair, site := attending(signedIn(t, program.url, "trunguong")), attending(signedIn(t, program.url, "bacninh"))
	all := []attendant{chair, site}
	for _, a := range all {
		a.join(program.url + "/briefings/1/room")
	}
	chair.Click(`#act-item button`)
	site.Wait(`[data-media][data-state="open"]`)
	chair.sees("large")
	site.sees("corner")
	chair.hears()
	site.hears()

	before := there.await("a media process is there", func(c *carried) bool { return c != nil })
	for _, a := range all {
		for _, said := range lineLost {
			a.Allow(said)
		}
	}
	program.kill()
	for _, a := range all {
		a.WaitText("[data-told]:not([hidden])", "Mất kết nối")
	}
	chair.sees("large")
	chair.hears()
	program = in.demo(address, flags...)
	returned(t, "the program was killed and answers", all)
	if now := there.carried(); now == nil || now.PID != before.PID {
		t.Errorf("after a kill of the program the media process is %+v, want %d as before", now, before.PID)
	}

	if err := syscall.Kill(before.PID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	again()
	there.await("another media process is there", func(c *carried) bool { return c != nil && c.PID != before.PID })
	returned(t, "the media process was killed and is up", all)

	chair.Click(`#act-take button`)
	site.Wait(`[data-media][data-state="closed"]`)
	chair.Wait(`[data-media][data-state="open"]`)
	chair.deaf()
	site.hears()
	chair.Go(program.url + "/briefings/1/record")
	chair.WaitText("main", "Tỉnh Bắc Ninh")
	program.end()
	in.run(0, "verify")
}

// lineLost is what the network and LiveKit's script say of a line that was cut.
var lineLost = []string{"net::ERR_", "502", "503", "signal stream", "Failed to fetch", "ebsocket", "WebSocket", "leave request", "ata channel", "DataChannel"}

// returned waits until chair and site see and hear each other again, Bac Ninh with the
// floor, and tells how long that took.
func returned(t *testing.T, since string, all []attendant) {
	t.Helper()
	began := time.Now()
	for _, a := range all {
		a.WaitGone("[data-told]:not([hidden])")
		a.WaitText(".video .tag", "Tỉnh Bắc Ninh")
		a.Wait(`[data-media][data-state="open"]`)
	}
	all[0].sees("large")
	all[1].sees("corner")
	for _, a := range all {
		a.hears()
	}
	t.Logf("both see and hear again %v after %s", time.Since(began).Round(time.Millisecond), since)
}

// attendant is a browser in the room with camera and microphone.
type attendant struct{ *chromium.Browser }

func attending(b *chromium.Browser) attendant {
	b.Devices(true)
	return attendant{b}
}

// join opens the room with picture and sound.
func (a attendant) join(room string) {
	a.Go(room)
	a.Eval(counting)
	a.Click("[data-media-join]")
	a.WaitTrue("picture and sound are there", `["open", "closed"].includes(document.querySelector("[data-media]").dataset.state)`)
}

// sees waits until ten more frames of the picture in a place were seen.
func (a attendant) sees(place string) {
	a.WaitTrue("frames are seen "+place, fmt.Sprintf(`(async () => {
		const seen = document.querySelector(%q), frames = () => seen.getVideoPlaybackQuality().totalVideoFrames;
		if (!seen) return false;
		const before = frames();
		await new Promise((later) => setTimeout(later, 500));
		return seen.isConnected && frames() > before;
	})().then((moves) => moves || null)`, ".video video."+place))
}

// hears waits until 50 more packets of sound have come: a second of it.
func (a attendant) hears() {
	before := a.Eval(`heard()`).(float64)
	a.WaitTrue("sound comes in", fmt.Sprintf(`heard().then((now) => now > %v || null)`, before+50))
}

// deaf waits until no sound comes in any more.
func (a attendant) deaf() {
	a.WaitTrue("no sound comes in any more", `heard().then(async (before) => {
		await new Promise((later) => setTimeout(later, 500));
		return (await heard()) === before || null;
	})`)
}

// counting has a page count the packets of sound that came in over all its lines.
const counting = `{
	const lines = [], gone = new Map(), Line = window.RTCPeerConnection;
	window.RTCPeerConnection = class extends Line { constructor(...a) { super(...a); lines.push(this); } };
	window.heard = async () => {
		for (const [i, line] of lines.entries()) for (const s of (await line.getStats()).values()) {
			if (s.type === "inbound-rtp" && s.kind === "audio") gone.set(i + s.id, s.packetsReceived);
		}
		return [...gone.values()].reduce((sum, n) => sum + n, 0);
	};
	0
}`
