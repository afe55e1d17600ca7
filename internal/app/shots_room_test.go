package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"giaoban/internal/app"
	"giaoban/internal/base/testing/livekittest"
)

// TestShotsOfTheRoom is as TestShots, of what has to be brought about first: the room
// with pictures, its sheet of keys, and the screen of the room, in both languages.
func TestShotsOfTheRoom(t *testing.T) {
	m := callMeeting(t, serveDemoAs(t, app.Config{Media: livekittest.Start(t).Find}), true)
	chair, site := m.person(t, "trunguong"), m.person(t, "bacninh")
	chair.Camera(red)
	site.Camera(green)
	m.arrive(site, bacNinh)
	m.begin(chair)
	m.join(site, "closed")
	m.askForTheFloor(site, chair)
	site.Wait(`[data-media][data-state="open"]`)
	wall := chair.Tab()
	wall.Show(wallScreen)
	for _, language := range []string{"vi", "en"} {
		chair.Go(fmt.Sprintf("%s/room?lang=%s", m.address, language))
		m.join(chair, "open")
		m.sees(chair, bacNinh, "large")
		m.shoot(chair, "room-pictures-"+language)
		chair.Strike("?")
		chair.Wait("dialog.keys[open]")
		m.shoot(chair, "room-keys-"+language)
		chair.Press(kb.Escape)
		wall.Go(fmt.Sprintf("%s/room?screen=1&lang=%s", m.address, language))
		m.sees(wall, bacNinh, "large")
		if folder := os.Getenv("GIAOBAN_SHOTS"); folder != "" {
			wall.Screenshot(filepath.Join(folder, "room-screen-"+language+".png"))
		}
	}
}
