package remindui_test

import (
	"os"
	"path/filepath"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/board"
	"giaoban/internal/part/remind"
)

// Whoever looks at a page sees at once at the bell that the unit was urged; the pages
// are readable for all, on a phone too.
func TestTheBellRingsWhileAPageIsLookedAt(t *testing.T) {
	s := newSite(t)
	s.OK(s.ring.CatchUp(t.Context()))
	b := browser.New(t)
	b.Show(browser.Small)
	b.Go(s.Enter(t, "leader PL", "/reminders"))
	b.WaitText("main", "Chưa có lời nhắc nào")
	b.Axe(t)
	s.Update(func(tx *ledger.Tx) error {
		_, err := remind.Press(t.Context(), tx, s.People["officer QV"], remind.PressCommand{
			Key: "một", By: s.Units["QV"], Directive: s.Directive, Milestone: officetest.Held, Units: []board.Listed{{Unit: s.Units["PL"], Deadline: "2020-06-30"}},
		})
		return err
	})
	s.OK(s.ring.CatchUp(t.Context()))
	b.WaitText("[data-bell-unread]:not([hidden])", "1")
	b.Click("[data-bell]")
	b.WaitText("main", "Huyện ủy Quế Võ đôn đốc")
	b.Axe(t)
	picture(b, "list-small")

	s.Visit(t, "officer QV").Get(s.late("QV")) // the boards catch up
	office := browser.New(t)
	office.Show(browser.Desk)
	office.Go(s.Enter(t, "officer QV", s.late("QV")))
	office.WaitText("main", "Đảng ủy xã Phù Lãng")
	office.Axe(t)
	picture(office, "late-desk")
}

// picture keeps what the page looks like where GIAOBAN_SHOTS names a folder.
func picture(b *browser.Browser, name string) {
	if folder := os.Getenv("GIAOBAN_SHOTS"); folder != "" {
		b.Screenshot(filepath.Join(folder, "remind-"+name+".png"))
	}
}
