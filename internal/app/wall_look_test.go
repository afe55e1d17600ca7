package app_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/briefing"
)

// leastLetter is what is read at 8 m on a screen 1.9 m wide of 1920 pixels: 1/200 of
// the distance is 40 pixels.
const leastLetter = 40

// mustBeRead is, by picture of a wall, what a person on the last row came to read.
var mustBeRead = map[briefing.Picture][]string{
	briefing.MapPicture:         {"h2", ".as-of", "header p", ".head-figure .big", ".head-figure .since", ".fifths span", ".tiles h3", ".tiles .name", ".tiles b", ".tiles small"},
	briefing.LatePicture:        {"h2", ".as-of", ".open b", ".open span", ".open em"},
	briefing.DuePicture:         {"h2", ".as-of"},
	briefing.FloorPicture:       {"h2", ".who b", ".who p", ".wall-clock", ".wall-clock small", ".next b", ".next span"},
	briefing.ConclusionsPicture: {"h2", ".as-of", ".concluded h3", ".concluded p"},
}

// tooSmall names what has letters of fewer pixels than a number, or is cut off.
const tooSmall = `((within, least, selectors) => selectors.flatMap((selector) => {
	const found = [...document.querySelectorAll(within + " " + selector)]
	if (found.length === 0) return [selector + " is not there"]
	return found.flatMap((e) => {
		const size = parseFloat(getComputedStyle(e).fontSize), box = e.getBoundingClientRect()
		const wrong = []
		if (size < least) wrong.push(selector + " has letters of " + size + " pixels: " + e.innerText)
		if (box.right > innerWidth || box.bottom > innerHeight) wrong.push(selector + " sticks out of the screen: " + e.innerText)
		if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow === "hidden") wrong.push(selector + " is cut: " + e.innerText)
		return wrong
	})
}).join("\n"))(%q, %d, %s)`

// Each wall is read from the last row, and moves by itself: the map with a report, the
// floor with the speaker, the conclusions when the chair of the last briefing signs them.
func TestWallsAreReadAtEightMetresAndMoveByThemselves(t *testing.T) {
	s := serveDemo(t, "")
	m := meeting{served: s, Briefing: s.morning(t), t: t}
	m.address = fmt.Sprintf("%s/briefings/%d", s.url, m.ID)
	kinds := []briefing.Picture{briefing.MapPicture, briefing.LatePicture, briefing.DuePicture, briefing.FloorPicture}
	s.lead(t, func(tx *ledger.Tx, chair access.Actor) error {
		for i, kind := range kinds {
			if _, err := briefing.SetWall(t.Context(), tx, chair, briefing.WallCommand{Briefing: m.ID, Number: i + 1, Pictures: []briefing.Picture{kind}}); err != nil {
				return err
			}
		}
		_, err := briefing.Show(t.Context(), tx, chair, briefing.ShowCommand{Briefing: m.ID, Shown: briefing.Shown{Unit: m.Unit}, Live: true})
		return err
	})
	chair := s.person(t, "trunguong")
	wall := map[briefing.Picture]*browser.Browser{}
	for i, kind := range kinds {
		wall[kind] = s.hang(t, chair, m.ID, i+1, kind)
		readable(t, wall[kind], kind)
	}

	figure := wall[briefing.MapPicture].Text(".head-figure")
	s.acceptWaiting(t, "Huyện Thuận Thành")
	wall[briefing.MapPicture].WaitOther(".head-figure", figure)
	s.lead(t, func(tx *ledger.Tx, chair access.Actor) error {
		_, err := briefing.Give(t.Context(), tx, chair, briefing.GiveCommand{Briefing: m.ID, Unit: s.unit(t, haNoi), Minutes: 7})
		return err
	})
	wall[briefing.FloorPicture].WaitText(".who", haNoi)

	next := m.endFor(briefing.ConclusionsPicture)
	tab := s.hang(t, chair, next, 1, "")
	if seen := tab.Count(".picture"); seen != 0 {
		t.Errorf("%d pictures show conclusions that nobody has signed", seen)
	}
	m.signMinutes(chair, s.person(t, "bacninh"))
	tab.WaitText(".picture.conclusions", drawn)
	readable(t, tab, briefing.ConclusionsPicture)
}

// hang opens a wall of a briefing in a tab, and waits for its picture.
func (s served) hang(t *testing.T, of *browser.Browser, id int64, number int, kind briefing.Picture) *browser.Browser {
	t.Helper()
	tab := of.Tab()
	tab.Show(wallScreen)
	tab.Go(fmt.Sprintf("%s/briefings/%d/walls/%d?lang=vi", s.url, id, number))
	tab.Wait("[data-live=on]")
	if kind != "" {
		tab.Wait(".picture." + string(kind))
	}
	return tab
}

// readable says what on a wall cannot be read from the last row.
func readable(t *testing.T, wall *browser.Browser, kind briefing.Picture) {
	t.Helper()
	wanted, err := json.Marshal(mustBeRead[kind])
	if err != nil {
		t.Fatal(err)
	}
	wall.WaitTrue("have its fonts", `document.fonts.status === "loaded"`)
	if wrong := wall.Eval(fmt.Sprintf(tooSmall, ".picture."+string(kind), leastLetter, wanted)); wrong != "" {
		t.Errorf("the wall %q is not read at 8 m:\n%v", kind, wrong)
	}
	if folder := os.Getenv("GIAOBAN_SHOTS"); folder != "" {
		wall.Screenshot(filepath.Join(folder, "read-wall-"+string(kind)+".png"))
	}
}

// endFor ends the meeting and hangs a picture on the first wall of the one that follows.
func (m meeting) endFor(kind briefing.Picture) (next int64) {
	m.t.Helper()
	m.lead(m.t, func(tx *ledger.Tx, chair access.Actor) error {
		if _, err := briefing.End(m.t.Context(), tx, chair, m.ID); err != nil {
			return err
		}
		list, err := briefing.Ahead(m.t.Context(), tx)
		for _, b := range list {
			if b.Unit == m.Unit {
				next = b.ID
			}
		}
		if err != nil {
			return err
		}
		_, err = briefing.SetWall(m.t.Context(), tx, chair, briefing.WallCommand{Briefing: next, Number: 1, Pictures: []briefing.Picture{kind}})
		return err
	})
	return next
}
