package app_test

import (
	"fmt"
	"net/http"
	"testing"

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

func TestABoardIsFoundFilteredAndSorted(t *testing.T) {
	s := serveDemo(t, "")
	root, _ := s.Tree.Root()
	b := s.person(t, "trunguong")
	b.Go(fmt.Sprintf("%s/board/1/%d?q=bac+ninh", s.url, root.ID))
	if names := b.Texts("tr[data-row] th"); len(names) != 1 || names[0] != "Tỉnh Bắc Ninh" {
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
