package app_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/report"
)

// acceptWaiting has the newest waiting report of a unit accepted.
func (s served) acceptWaiting(t *testing.T, unit string) {
	t.Helper()
	id := int64(s.unit(t, unit))
	_, err := s.Ledger.Update(t.Context(), "program", func(tx *ledger.Tx) error {
		var waiting int64
		err := tx.QueryRowContext(t.Context(), `SELECT id FROM report WHERE unit_id = $1 AND state = 'submitted'`, id).Scan(&waiting)
		if err != nil {
			return err
		}
		_, err = report.Accept(t.Context(), tx, access.Program(s.Tree), report.DecideCommand{Report: waiting, Decider: "Lê Quốc Hùng"})
		return err
	})
	if err != nil {
		t.Fatalf("accepting the report of %s: %v", unit, err)
	}
}

func TestABoardThatLostItsConnectionCatchesUp(t *testing.T) {
	s := serveDemo(t, "")
	root, _ := s.Tree.Root()
	cell := fmt.Sprintf(`tr[data-row="%d"] td.num:not(.hide-phone):nth-of-type(5)`, s.unit(t, "Tỉnh Bắc Ninh"))
	b := s.person(t, "trunguong")
	b.Allow("ERR_") // the connection is cut on purpose
	b.Go(fmt.Sprintf("%s/board/1/%d", s.url, root.ID))
	b.WaitText(cell, "6/11")
	b.Wait(`[data-live=on]`)
	b.Eval(`window.neverReloaded = true`)
	b.Offline(true)
	b.Wait(`[data-live=off]`)
	s.acceptWaiting(t, "Huyện Thuận Thành")
	b.Offline(false)
	b.WaitText(cell, "7/11")
	if kept := b.Eval(`window.neverReloaded === true`); kept != true {
		t.Error("the page was loaded anew; it should have asked for what changed")
	}
}

func TestABoardIsReadAsOfAPastMoment(t *testing.T) {
	s := serveDemo(t, "")
	root, _ := s.Tree.Root()
	cell := fmt.Sprintf(`tr[data-row="%d"] td.num:not(.hide-phone):nth-of-type(5)`, s.unit(t, "Tỉnh Bắc Ninh"))
	b := s.person(t, "trunguong")
	b.Go(fmt.Sprintf("%s/board/1/%d?at=2020-06-30T17:00", s.url, root.ID))
	b.WaitText(cell, "4/11")
	b.WaitText(".past", "17:00 · 30/6/2020")
	if n := b.Eval(`document.querySelectorAll("[data-live]").length`); n != float64(0) {
		t.Errorf("a past board says %v times that it is live", n)
	}
	b.WaitText(".slide output", "30/6/2020")
	b.Eval(`(() => { const r = document.querySelector("#slide"); r.value = r.max; r.dispatchEvent(new Event("change")) })()`)
	b.WaitText(cell, "6/11") // the last place of the slider is the present
	b.Wait("[data-live=on]")
}

func TestAMomentIsTypedAsAnOfficeWritesItAndGetsAName(t *testing.T) {
	s := serveDemo(t, "")
	home := s.unit(t, "Tỉnh Bắc Ninh")
	b := s.person(t, "bacninh-cv")
	b.Go(fmt.Sprintf("%s/board/1/%d", s.url, home))
	b.Click("details.time summary")
	b.Type("#time-at", "30/06/2020 17h")
	b.Press("\r")
	b.WaitText(".past", "17:00 · 30/6/2020")
	if typed := b.Value("#time-at"); typed != "30/6/2020 17:00" {
		t.Errorf("the field holds %q, want the moment with its day first", typed)
	}
	b.Axe(t)
	const pick = `(() => { const p = document.querySelector(".pick.moment .picker"); p.value = %q; p.dispatchEvent(new Event("change")); return document.querySelector("#time-at").value })()`
	if typed := b.Eval(fmt.Sprintf(pick, "2020-07-03T08:05")); typed != "3/7/2020 08:05" {
		t.Errorf("picked from the browser's calendar the field holds %q, want 3/7/2020 08:05", typed)
	}
	b.Type("#moment-name", "Trước giao ban tháng 7")
	b.Press("\r")
	b.WaitText(".notices", "Trước giao ban tháng 7")
	b.WaitText(`.named [aria-current]`, "Trước giao ban tháng 7")
	b.WaitText(".past", "17:00 · 30/6/2020")

	b.Allow("422") // refusals, each at its field
	b.Go(fmt.Sprintf("%s/board/1/%d?at=31/6/2020+17:00", s.url, home))
	b.WaitText("#time-at-wrong", "31/6/2020 17:00")
	if typed := b.Value("#time-at"); typed != "31/6/2020 17:00" {
		t.Errorf("the field holds %q, want what was typed", typed)
	}
	b.Go(fmt.Sprintf("%s/board/1/%d?at=1/1/2021", s.url, home))
	b.WaitText("#time-at-wrong", "chưa tới")
	b.Go(fmt.Sprintf("%s/board/1/%d", s.url, home))
	b.Click("details.time summary")
	b.Type("#moment-name", "TRUOC giao ban tháng 7")
	b.Press("\r")
	b.WaitText("#moment-name-wrong", "đã đặt tên")
	b.Axe(t)

	// Both moments of a comparison are chosen from the same list, below as well.
	below := s.person(t, "yenphong")
	below.Go(fmt.Sprintf("%s/board/1/%d/compare", s.url, s.unit(t, "Huyện Yên Phong")))
	for _, place := range []string{"1", "2"} {
		below.Click(fmt.Sprintf(`nav.named:nth-of-type(%s) a[title*="Bắc Ninh"]`, place))
		below.WaitText(fmt.Sprintf(`nav.named:nth-of-type(%s) [aria-current]`, place), "Trước giao ban tháng 7")
	}
	below.Axe(t)

	b.Go(fmt.Sprintf("%s/board/1/%d?at=2020-06-30T17:00:00&lang=en", s.url, home)) // as addresses have it
	b.WaitText(".past", "17:00 · 30 June 2020")
	if typed := b.Value("#time-at"); typed != "30 June 2020 17:00" {
		t.Errorf("in English the field holds %q, want 30 June 2020 17:00", typed)
	}
	b.Go(fmt.Sprintf("%s/board/1/%d/moments?lang=vi", s.url, home))
	b.Click("tbody button")
	b.WaitText(".empty", "Chưa có tên nào")
}

// 30 June 2020 beside 10 July: what a briefing asks first, "what has moved since".
func TestTwoMomentsStandSideBySideWithTheUnitsThatChanged(t *testing.T) {
	s := serveDemo(t, "")
	root, _ := s.Tree.Root()
	b := s.person(t, "trunguong")
	b.Go(fmt.Sprintf("%s/board/1/%d", s.url, root.ID))
	b.Click("details.time summary")
	b.Click(`details.time a[href*="/compare"]`)
	b.WaitText(".under", "30/6/2020") // the grassroots' deadline, the last that has passed
	b.WaitText(".figures", "417 / 1.297")
	b.WaitText(".figures", "311 / 1.297")
	b.WaitText(".figures", "+106")
	b.Axe(t)
	b.Go(fmt.Sprintf("%s/board/1/%d/compare?from=2020-06-30T17:00&to=2020-07-10T08:00&map=today", s.url, root.ID))
	b.WaitText(".figures", "311 / 1.297") // nobody was merged since: today's map is that of then
	b.Click(fmt.Sprintf(`td:nth-child(7) a[href*="/board/1/%d/compare/"]`, s.unit(t, "Tỉnh Bắc Ninh")))
	b.WaitText("h1", "Tỉnh Bắc Ninh")
	want := []string{"chưa báo → đã duyệt", "chưa báo → đã báo, chờ duyệt", "chưa báo → đã duyệt", "chưa báo → tạm tính, chưa xác nhận"}
	var changed []string // 4 of 11 were done on 30 June, 6 on 10 July
	for i := range b.Texts("tbody th") {
		changed = append(changed, b.Text(fmt.Sprintf("tbody tr:nth-child(%d) td:nth-child(3)", i+1))+" → "+b.Text(fmt.Sprintf("tbody tr:nth-child(%d) td:nth-child(4)", i+1)))
	}
	if diff := cmp.Diff(want, changed); diff != "" {
		t.Errorf("units of Bac Ninh that changed (-want +got):\n%s", diff)
	}
	b.Click("tbody th a")
	b.WaitText("main", "đã duyệt")
}

func TestAComparisonKeepsToWhomItsFiguresConcern(t *testing.T) {
	o := newOffice(t, "")
	for login, want := range map[string]int{"trunguong": http.StatusOK, "bacninh": http.StatusForbidden} {
		who := o.as(login)
		for _, page := range []string{"compare", "compare/0"} {
			if a := who.get(fmt.Sprintf("/board/1/%d/%s", o.centre, page)); a.status != want {
				t.Errorf("%s asks for the centre's %s: %d, want %d", login, page, a.status, want)
			}
		}
		if a := who.get(fmt.Sprintf("/board/1/%d/compare/0?map=today", o.home)); a.status != http.StatusOK {
			t.Errorf("%s asks for Bac Ninh's changes: %d, want 200", login, a.status)
		}
		if a := who.get(fmt.Sprintf("/board/1/%d/compare", o.home)); a.status != http.StatusOK {
			t.Errorf("%s asks for Bac Ninh's comparison: %d, want 200", login, a.status)
		}
	}
}

func TestABoardIsFoundFilteredAndSorted(t *testing.T) {
	s := serveDemo(t, "")
	root, _ := s.Tree.Root()
	b := s.person(t, "trunguong")
	b.Go(fmt.Sprintf("%s/board/1/%d?q=bac+ninh", s.url, root.ID))
	if names := b.Texts("tr[data-row] th > a"); len(names) != 1 || names[0] != "Tỉnh Bắc Ninh" {
		t.Errorf("searching without marks for bac ninh found %q", names)
	}
	b.Go(fmt.Sprintf("%s/board/1/%d?sort=late&down=1", s.url, root.ID))
	late := b.Texts("tr[data-row] td:last-child")
	for i := 1; i < len(late); i++ {
		if late[i-1] == "–" && late[i] != "–" {
			t.Fatalf("sorted by late, row %d has %s after none", i, late[i])
		}
	}
	for _, screen := range []browser.Screen{browser.Desk, browser.Phone} {
		b.Show(screen)
		b.Go(fmt.Sprintf("%s/board/1/%d", s.url, root.ID))
		b.Axe(t)
	}
}

func TestABoardGoesIntoASpreadsheetForThoseWhoMaySeeIt(t *testing.T) {
	s := serveDemo(t, "")
	home := s.unit(t, "Tỉnh Bắc Ninh")
	own, other := s.person(t, "bacninh"), s.person(t, "hanoi")
	path := fmt.Sprintf("%s/board/1/%d/export.xlsx", s.url, home)
	const fetched = `(async () => { const r = await fetch(%q); return [r.status, (await r.arrayBuffer()).byteLength] })()`
	if got := own.Eval(fmt.Sprintf(fetched, path)).([]any); got[0] != float64(http.StatusOK) || got[1].(float64) < 4000 {
		t.Errorf("the province's own table: got status and size %v", got)
	}
	other.Allow("403")
	if got := other.Eval(fmt.Sprintf(fetched, path)).([]any); got[0] != float64(http.StatusForbidden) {
		t.Errorf("another province's table: got status %v, want 403", got[0])
	}
}
