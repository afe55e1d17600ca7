package app_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// Everything in the room is reached by Tab, in order, and shows it.
func TestTheRoomIsWalkedByTab(t *testing.T) {
	s := serveDemo(t, "")
	for _, login := range []string{"trunguong", "bacninh"} {
		b := s.person(t, login)
		b.Go(s.url + "/briefings/1/room")
		b.Wait("[data-live=on]")
		b.Wait("[data-panel]")
		if n := b.Walk(t); n < 8 {
			t.Errorf("%s: the walk has %d stops", login, n)
		}
		b.Strike("?")
		b.Wait("dialog.keys[open]")
		b.Axe(t)
		b.Press(kb.Escape)
		b.WaitGone("dialog.keys[open]")
	}
}
