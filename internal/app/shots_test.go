package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/base/testing/browser"
)

// TestShots takes every screen, desk and phone, in both languages, into the
// folder that GIAOBAN_SHOTS names: for people to look at. Without the folder it
// still opens every screen, once, so that none is broken.
func TestShots(t *testing.T) {
	folder := os.Getenv("GIAOBAN_SHOTS")
	s := serveDemo(t, "")
	sizes := map[string]browser.Screen{"desk": browser.Desk, "phone": browser.Phone}
	languages := []string{"vi", "en"}
	if folder == "" {
		sizes, languages = map[string]browser.Screen{"desk": browser.Desk}, languages[:1]
	}
	for login, pages := range screens {
		b := browser.New(t)
		if login != "" {
			b = s.person(t, login)
		}
		for _, page := range pages {
			for size, screen := range sizes {
				for _, language := range languages {
					b.Show(screen)
					separator := "?"
					if strings.Contains(page.path, "?") {
						separator = "&"
					}
					b.Go(s.url + s.path(t, page.path) + separator + "lang=" + language)
					b.Wait("h1")
					if folder != "" {
						b.Screenshot(filepath.Join(folder, page.name+"-"+size+"-"+language+".png"))
					}
				}
			}
		}
	}
}

type shot struct{ name, path string }

// screens are the pages worth looking at, by who looks.
var screens = map[string][]shot{
	"": {{"sign-in", "/sign-in"}, {"invitation", "/invitation"}, {"check", "/check"}, {"check-wrong", "/check?code=12-AAAAA-AAAAA"}},
	"trunguong": {
		{"work", "/work"},
		{"board", "/board/1/1"},
		{"board-units", "/board/1/1/column/2"},
		{"board-past", "/board/1/1?at=2020-06-30T17:00:00"},
		{"board-compare", "/board/1/1/compare?from=2020-06-30T17:00:00"},
		{"board-changed", "/board/1/1/compare/1?from=2020-06-30T17:00:00"},
		{"board-wall", "/board/1/1?screen=1"},
		{"directives", "/directives"},
		{"directive-new", "/directives/new"},
		{"directive", "/directives/1"},
		{"receipts", "/directives/1/receipts"},
		{"evidence", "/report/1"},
		{"account", "/account"},
		{"briefings", "/briefings"},
		{"briefing-call", "/briefings/new"},
		{"briefing", "/briefings/1"},
		{"briefing-agenda", "/briefings/1/agenda"},
		{"briefing-hand-out", "/briefings/1/handouts/new"},
		{"briefing-room", "/briefings/1/room"},
		{"briefing-screen", "/briefings/1/room?screen=1"},
		{"briefing-walls", "/briefings/1/walls"},
		{"briefing-wall", "/briefings/1/walls/1"},
		{"briefing-record", "/briefings/1/record"},
		{"briefing-replay-none", "/briefings/1/replay"},
		{"briefing-minutes", "/briefings/1/minutes"},
		{"search", "/search?q=bac+ninh"},
		{"tasks", "/tasks"},
		{"tasks-given", "/tasks?list=given"},
		{"tasks-verify", "/tasks?list=verify"},
		{"task", "/tasks/1"},
		{"task-matrix", "/tasks/matrix"},
		{"task-share", "/tasks/1/units/{Tỉnh Bắc Ninh}"},
		{"task-new", "/tasks/new"},
		{"task-calendar", "/tasks/calendar"},
		{"papers", "/papers"},
		{"paper-numbers", "/papers/numbers"},
		{"reminders", "/reminders"},
		{"difficulties", "/difficulties"},
		{"difficulty", "/difficulties/1"},
	},
	"bacninh-cv": {
		{"nothing", "/report/1/congress-held/{Huyện Yên Phong}"},
		{"tell", "/report/1/congress-held/{Huyện Yên Phong}/tell"},
		{"told", "/report/1/congress-held/{Thị xã Từ Sơn}"},
		{"board-name", "/board/1/{Tỉnh Bắc Ninh}?at=30/6/2020+17:00"},
		{"board-moments", "/board/1/{Tỉnh Bắc Ninh}/moments"},
		{"late", "/late/1/congress-held/above-grassroots/{Tỉnh Bắc Ninh}"},
		{"told-list", "/told/1/congress-held/{Tỉnh Bắc Ninh}"},
		{"folders", "/folders"},
	},
	"tuson":    {{"work-told", "/work"}, {"confirm", "/report/1/congress-held/{Thị xã Từ Sơn}"}, {"difficulty-new", "/difficulties/new"}},
	"hanoi":    {{"board-exempt", "/board/1/{Thành phố Hà Nội}?milestone=preparation"}, {"board-told", "/board/1/{Thành phố Hà Nội}"}},
	"yenphong": {{"work-leader", "/work"}, {"report-form", "/report/1/congress-held/{Huyện Yên Phong}"}},
	"bacninh":  {{"org", "/org"}, {"org-unit", "/org/{Tỉnh Bắc Ninh}"}, {"work-province", "/work"}, {"queue", "/queue/{Tỉnh Bắc Ninh}"}, {"board-bacninh", "/board/1/{Tỉnh Bắc Ninh}"}, {"standing", "/directives/1/standing/{Công an tỉnh}"}, {"delegations", "/admin/delegations"}, {"account-leader", "/account"}, {"briefing-site", "/briefings/1"}, {"briefing-people", "/briefings/1/people/{Tỉnh Bắc Ninh}"}, {"briefing-check", "/briefings/1/check/{Tỉnh Bắc Ninh}"}, {"briefing-room-site", "/briefings/1/room"}, {"briefing-below", "/briefings/1/below/{Tỉnh Bắc Ninh}"}},
	"quantri":  {{"org-import", "/org/import"}, {"org-root", "/org"}, {"org-reorganise", "/org/{Huyện Yên Phong}/reorganise"}, {"org-line", "/org/{Huyện Yên Phong}/line"}, {"org-split", "/org/{Huyện Yên Phong}/reorganise?kind=split"}, {"admin", "/admin"}, {"leaders", "/admin/leaders"}, {"admin-invite", "/admin/invite"}, {"settings", "/settings"}, {"settings-mail", "/settings/mail"}, {"settings-bundles", "/settings/bundles"}, {"profile", "/profile"}, {"components", "/components"}},
}
