package app_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/briefing"
)

// wallScreen is a screen on the wall of a room.
var wallScreen = browser.Screen{Name: "wall", Width: 1920, Height: 1080}

// Whoever leads the meeting drives the wall from a phone: pins a picture, has them
// take turns, and puts the neutral picture on at one key; the wall follows.
func TestAWallIsDrivenFromAPhone(t *testing.T) {
	s := serveDemo(t, "")
	b, bacNinh := s.callBriefing(t), s.unit(t, "Tỉnh Bắc Ninh")
	address := fmt.Sprintf("%s/briefings/%d", s.url, b.ID)
	phone := s.person(t, "trunguong")
	phone.Show(browser.Phone)
	wall := phone.Tab()
	wall.Show(wallScreen)
	folder := os.Getenv("GIAOBAN_SHOTS")
	picture := func(b *browser.Browser, name string) {
		if b.Axe(t); folder != "" {
			b.Screenshot(filepath.Join(folder, name+".png"))
		}
	}

	wall.Go(address + "/walls/1")
	phone.Go(address + "/walls")
	phone.Wait(".wall-card")
	for _, kind := range []string{"map", "late", "due", "floor"} {
		phone.Click("#pin-1-" + kind)
		wall.Wait(".picture." + kind)
		phone.WaitText("[data-now]", phone.Text("#pin-1-"+kind+" [data-name]"))
		picture(wall, "wall-"+kind)
	}
	picture(phone, "walls-phone")

	s.begin(t, b, bacNinh)
	wall.WaitText(".speaking .who", "Tỉnh Bắc Ninh")
	wall.Wait(".wall-clock")
	picture(wall, "wall-speaker")

	phone.Press("b")
	wall.Wait(".rest")
	picture(wall, "wall-neutral")
	wall.Press("b") // at the wall itself
	wall.Wait(".wall-clock")

	phone.Click("#turn-1")
	phone.Wait("#turn-1[aria-pressed=true]")
	phone.Click("#wall-more")
	phone.Wait("#pin-2-late")
	second := phone.Tab()
	second.Go(address + "/walls/2")
	phone.Click("#pin-2-late")
	second.Wait(".picture.late")
	phone.Show(browser.Desk)
	picture(phone, "walls-desk")
	phone.Click("#wall-fewer")
	phone.WaitGone("#pin-2-late")

	phone.Click("#pin-1-map")
	wall.Wait(".picture.map")
	s.lead(t, func(tx *ledger.Tx, chair access.Actor) error {
		_, err := briefing.Show(t.Context(), tx, chair, briefing.ShowCommand{Briefing: b.ID, Shown: briefing.Shown{Unit: b.Unit}, Live: true})
		return err
	})
	wall.Wait(".as-of.live-now")
	before := wall.Text(".tiles")
	s.acceptWaiting(t, "Huyện Thuận Thành")
	if now := s.moved(wall, before); now == before {
		t.Error("a report was accepted, and the live map on the wall did not move")
	}
}

// moved is the text of the wall's map once it is another than before.
func (s served) moved(wall *browser.Browser, before string) string {
	wall.Do("see the map move", waitFor(fmt.Sprintf(`document.querySelector(".head-figure").innerText + document.querySelector(".tiles").innerText !== %q`, before)))
	return wall.Text(".head-figure") + wall.Text(".tiles")
}

// lead does something as whoever holds the chair of the demonstration's briefing.
func (s served) lead(t *testing.T, act func(*ledger.Tx, access.Actor) error) {
	t.Helper()
	chair := s.actor(t, "trunguong")
	if _, err := s.Ledger.Update(t.Context(), "person:"+fmt.Sprint(chair.Person), func(tx *ledger.Tx) error { return act(tx, chair) }); err != nil {
		t.Fatal(err)
	}
}

var _ = http.StatusOK
var _ = time.Second
