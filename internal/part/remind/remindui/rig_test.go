package remindui_test

import (
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/live"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/remind"
	"giaoban/internal/part/remind/remindui"
)

// site is a small organisation in which the district of Từ Sơn and its like are late.
type site struct {
	*officetest.Site
	boards *board.Boards
	ring   *follow.Reader
}

func newSite(t *testing.T) *site {
	t.Helper()
	texts, err := text.Load(text.Texts, web.Texts, access.Texts, account.Texts, profile.Texts, org.Texts, marking.Texts,
		directive.Texts, remind.Texts, remindui.Texts)
	if err != nil {
		t.Fatal(err)
	}
	w := officetest.New(t, filepath.Join(t.TempDir(), "giaoban.db"))
	hub, err := live.Open(slog.New(slog.NewTextHandler(io.Discard, nil)))
	w.OK(err)
	s := &site{boards: board.New(w.Clock)}
	w.Clock.Set(time.Date(2020, 7, 2, 2, 0, 0, 0, time.UTC)) // 9:00 in Hanoi, two days after the deadline of communes
	s.Site = w.Serve(web.Config{Texts: texts, Bell: remindui.Bell}, func(f *web.Frame, _ *officetest.Site) {
		remindui.Add(f, remindui.Config{Boards: s.boards, Hub: hub, Address: "https://giaoban.example", Mailed: true})
	})
	s.Follow(s.boards.Apply)
	s.ring = follow.NewReader(w.Ledger, 0, func(events []ledger.Event) error { return remindui.Ring(hub, events) })
	return s
}

// late is the address of the list of late communes below a unit.
func (s *site) late(unit string) string {
	return fmt.Sprintf("/late/%d/%s/grassroots/%d", s.Directive, officetest.Held, s.Units[unit])
}
