package browser

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Shared is in the title of the page that this browser shares where one asks for the
// screen.
const Shared = "Giao ban"

// ofLines is what LiveKit's script calls an error, of lines that ended, come back, or are
// slow: it goes on.
var ofLines = []string{"data channel", "DataChannel", "could not determine track dimensions", "cannot send signal request before connected"}

// Devices lets this person's pages use camera and microphone, or keeps them from it.
// Both are made up: a moving picture and something like a voice.
func (b *Browser) Devices(allowed bool) {
	b.t.Helper()
	for _, said := range ofLines {
		b.Allow(said)
	}
	setting := browser.PermissionSettingDenied
	if allowed {
		setting = browser.PermissionSettingGranted
	}
	b.Do("set what devices may be used", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		c := chromedp.FromContext(ctx)
		for _, name := range []string{"camera", "microphone"} {
			_, err := cdp.Call(ctx, c.Browser, browser.SetPermission, browser.SetPermissionParams{
				Permission: &browser.PermissionDescriptor{Name: name}, Setting: setting, BrowserContextID: c.BrowserContextID,
			})
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// Camera gives this person's pages, from the next one on, a camera that shows one
// colour, as CSS writes it, with something moving in it: whose picture is seen can be told by it.
func (b *Browser) Camera(colour string) {
	b.t.Helper()
	script := fmt.Sprintf(camera, quote(colour))
	b.Do("change the camera", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}))
}

// camera puts a canvas in the place of Chromium's own moving picture.
const camera = `(() => {
	const devices = navigator.mediaDevices
	if (!devices) return
	const ask = devices.getUserMedia.bind(devices)
	devices.getUserMedia = async (wanted) => {
		const stream = await ask(wanted)
		for (const track of stream.getVideoTracks()) {
			const canvas = Object.assign(document.createElement("canvas"), {width: 640, height: 360})
			const brush = canvas.getContext("2d")
			let n = 0
			const paint = () => {
				brush.fillStyle = %s
				brush.fillRect(0, 0, 640, 360)
				brush.fillStyle = "white"
				brush.fillRect(8 * (n++ %% 78), 340, 16, 16)
			}
			paint()
			setInterval(paint, 66)
			stream.removeTrack(track)
			track.stop()
			stream.addTrack(canvas.captureStream(15).getVideoTracks()[0])
		}
		return stream
	}
})()`
