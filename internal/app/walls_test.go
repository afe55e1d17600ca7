package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

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
	b := s.morning(t)
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

	s.lead(t, func(tx *ledger.Tx, chair access.Actor) error {
		_, err := briefing.Give(t.Context(), tx, chair, briefing.GiveCommand{Briefing: b.ID, Unit: s.unit(t, "Tỉnh Bắc Ninh"), Minutes: 7})
		return err
	})
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
	second.Allow("404") // it is taken down again
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
	wall.WaitText(".tiles", "Bắc Ninh")
	before := wall.Text("[data-hung]")
	s.acceptWaiting(t, "Huyện Thuận Thành")
	wall.WaitOther("[data-hung]", before)
}

// morning is the briefing that the demonstration has under way.
func (s served) morning(t *testing.T) briefing.Briefing {
	t.Helper()
	list, err := briefing.UnderWay(t.Context(), s.DB.Reader())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d briefings are under way (%v), want that of the morning", len(list), err)
	}
	return list[0]
}

// lead does something as whoever has the chair of the demonstration's briefing.
func (s served) lead(t *testing.T, act func(*ledger.Tx, access.Actor) error) {
	t.Helper()
	b := s.morning(t)
	chair := access.Actor{Person: b.Chair.ID, Name: b.Chair.Name, Tree: s.Tree, Grants: []access.Grant{{Unit: b.Unit, Role: access.Leader}}}
	if _, err := s.Ledger.Update(t.Context(), fmt.Sprint("person:", chair.Person), func(tx *ledger.Tx) error { return act(tx, chair) }); err != nil {
		t.Fatal(err)
	}
}
