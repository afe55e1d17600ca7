package reportui_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/part/report"
)

// visit opens a real browser in which somebody is signed in.
func visit(t *testing.T, s *officetest.Site, who, path string, screen browser.Screen) *browser.Browser {
	t.Helper()
	b := browser.New(t)
	b.Allow("404")
	b.Show(screen)
	b.Go(s.Enter(t, who, path))
	b.Wait("h1")
	return b
}

// picture keeps what the page looks like where GIAOBAN_SHOTS names a folder.
func picture(b *browser.Browser, name string) {
	if folder := os.Getenv("GIAOBAN_SHOTS"); folder != "" {
		b.Screenshot(filepath.Join(folder, "report-"+name+".png"))
	}
}

// openWindow opens the signing windows of all sessions.
func openWindow(t *testing.T, s *officetest.Site) {
	t.Helper()
	s.OK(s.Ledger.DB().Update(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE session SET window_opened = $1`, s.Machine.Now().UnixMicro())
		return err
	}))
}

func TestEnterAfterThePasswordSigns(t *testing.T) {
	s := newSite(t)
	b := visit(t, s, "leader PL", form(s, officetest.Plain, "PL"), browser.Desk)
	b.Type("#report input[name=password]", officetest.Password)
	b.Press("\r")
	b.WaitText("main", "chờ duyệt")
}

func TestThreeTapsFromMyWorkOnASmallPhone(t *testing.T) {
	s := newSite(t)
	b := visit(t, s, "leader PL", "/work", browser.Small)
	openWindow(t, s)
	picture(b, "work-small")
	b.Axe(t)
	item := fmt.Sprintf(`a[href="%s"]`, form(s, officetest.Plain, "PL"))
	b.Eval(`document.querySelector('` + item + `').scrollIntoView({block: "center"})`)
	b.Click(item) // one
	b.Wait("#report .btn.primary")
	picture(b, "form-plain-small")
	if visible := b.Eval(`(() => { const r = document.querySelector("#report .btn.primary").getBoundingClientRect(); return r.bottom <= innerHeight })()`); visible != true {
		t.Error("the button to sign is not on the screen: a scroll would be a fourth tap")
	}
	b.Click("#report .btn.primary") // two
	b.WaitText("main", "chờ duyệt")
	picture(b, "evidence-small")
	b.Axe(t)
}

func TestAFormSavesItselfAndLosesNothingOffline(t *testing.T) {
	s := newSite(t)
	b := visit(t, s, "leader PL", form(s, officetest.Held, "PL"), browser.Phone)
	picture(b, "form-phone")
	b.Axe(t)
	b.Type(`[name="value.held-on"]`, "24/6/2020")
	b.WaitText("[data-saved]", "Đã lưu nháp")
	b.Offline(true)
	b.Type(`[name="value.convened"]`, "148")
	b.WaitText("[data-saved]", "Mất kết nối")
	b.Click("#report .btn.primary")
	b.WaitText("[data-saved]", "Mất kết nối") // still on the page
	b.Offline(false)
	b.WaitText("[data-saved]", "Đã lưu nháp")
	draft, _, err := report.DraftOf(t.Context(), s.Ledger.DB().Reader(), s.Slot("PL", officetest.Held))
	s.OK(err)
	if draft.Values["held-on"] != "24/6/2020" || draft.Values["convened"] != "148" {
		t.Errorf("the draft holds %v", draft.Values)
	}
	b.Go(s.URL + "/work")
	b.Go(s.URL + form(s, officetest.Held, "PL"))
	if got := b.Value(`[name="value.convened"]`); got != "148" {
		t.Errorf("opened again, the form holds %q", got)
	}
	if b.Eval(`document.querySelector("[data-kept]").hidden`) != true {
		t.Error("the form says that something unsent was kept, but all of it was saved")
	}
}

func TestATabThatIsClosedOfflineLosesNothing(t *testing.T) {
	s := newSite(t)
	b := visit(t, s, "leader PL", form(s, officetest.Held, "PL"), browser.Desk)
	b.Offline(true)
	b.Type(`[name="value.held-on"]`, "24/6/2020")
	b.WaitText("[data-saved]", "Mất kết nối")
	b.Offline(false)
	b.Go("about:blank")
	b.Go(s.URL + form(s, officetest.Held, "PL"))
	if got := b.Value(`[name="value.held-on"]`); got != "24/6/2020" {
		t.Errorf("opened again, the form holds %q", got)
	}
}

func TestATickListSavesItselfAndLosesNothing(t *testing.T) {
	s := newSite(t)
	b := visit(t, s, "officer PL", cells(s, "PL"), browser.Small)
	b.Allow("401")
	tick := func(code string) string { return `[name="` + report.CellField(s.Units[code], "") + `"]` }
	ticked := func(b *browser.Browser, code string) bool {
		b.Wait("#cells")
		return b.Eval(`document.querySelector('`+tick(code)+`').checked`) == true
	}
	b.Click(tick("C1"))
	b.WaitText("[data-saved]", "Đã lưu nháp")
	picture(b, "cells-saved-small")
	b.Axe(t)
	b.Go("about:blank") // the tab is closed

	leader := visit(t, s, "leader PL", cells(s, "PL"), browser.Phone)
	if !ticked(leader, "C1") || ticked(leader, "C2") {
		t.Error("the leader does not find what the officer ticked")
	}
	leader.WaitText("[data-saved]", "officer PL lưu nháp")

	b.Go(s.URL + cells(s, "PL"))
	s.OK(s.Ledger.DB().Update(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `DELETE FROM session`)
		return err
	}))
	b.Click(tick("C2"))
	b.WaitText("[data-saved]", "Phiên làm việc đã hết") // nothing went away
	b.Go(s.Enter(t, "officer PL", cells(s, "PL")))
	if !ticked(b, "C1") || !ticked(b, "C2") {
		t.Error("signed in again, what was ticked meanwhile is gone")
	}
	b.WaitText("[data-saved]", "Đã lưu nháp")
	draft, _, err := report.CellsDraftOf(t.Context(), s.Ledger.DB().Reader(), s.Slot("PL", officetest.Held))
	s.OK(err)
	if len(draft.Values) != 4 || draft.Values[report.CellField(s.Units["C2"], "")] != "yes" {
		t.Errorf("the server keeps %v", draft.Values)
	}
}

func TestTheSecondEditorIsShownBothTexts(t *testing.T) {
	s := newSite(t)
	leader := visit(t, s, "leader PL", form(s, officetest.Held, "PL"), browser.Desk)
	leader.Allow("409")
	_, err := s.Save("officer PL", report.SaveCommand{
		Slot: s.Slot("PL", officetest.Held), Lang: "vi", Values: map[string]string{"held-on": "24/6/2020", "convened": "150"},
	})
	s.OK(err)
	leader.Type(`[name="value.held-on"]`, "25/6/2020")
	leader.WaitText("[data-moved]", "officer PL đã lưu bản nháp này")
	leader.Click("[data-moved-see]")
	leader.WaitText("table.beside", "24/6/2020")
	picture(leader, "beside-desk")
	leader.Axe(t)
	leader.Click("a[data-take]")
	leader.WaitGone("table.beside")
	if got := leader.Value(`[name="value.convened"]`); got != "150" {
		t.Errorf("taking the other text leaves %q", got)
	}
}

func TestErrorsAreListedAndAtTheirFields(t *testing.T) {
	s := newSite(t)
	b := visit(t, s, "leader PL", form(s, officetest.Held, "PL"), browser.Phone)
	b.Allow("422")
	openWindow(t, s)
	b.Type(`[name="value.held-on"]`, "24/6/2020")
	b.Type(`[name="value.convened"]`, "148")
	b.Type(`[name="value.present"]`, "184")
	b.Click("#report .btn.primary")
	b.Wait(".errors")
	picture(b, "form-wrong-phone")
	b.Axe(t)
}

func TestTheQueueByKeyboard(t *testing.T) {
	s := newSite(t)
	s.Submitted("PL", officetest.Held, 0, map[string]string{"held-on": "24/6/2020", "convened": "148", "present": "146"})
	s.Submitted("DT", officetest.Held, 0, officetest.Day("25/6/2020"))
	back := s.Submitted("PL", officetest.Plain, 0, nil)
	b := visit(t, s, "leader QV", queue(s, "QV"), browser.Desk)
	picture(b, "queue-desk")
	b.Axe(t)
	b.Show(browser.Phone)
	picture(b, "queue-phone")
	b.Show(browser.Desk)
	b.Wait(".queue li:focus")
	b.Press("j")
	b.Press("a")
	b.WaitText(".notices", "Đã duyệt báo cáo của Đảng ủy xã Đức Long")
	b.Wait(".queue li:focus")
	b.Press("j")
	b.Press("r")
	b.Wait("dialog[open]")
	picture(b, "return-desk")
	b.Type("dialog textarea", "Thiếu chữ ký")
	b.Click("dialog .btn.danger")
	b.WaitText(".notices", "Đã trả lại báo cáo")
	returned, err := report.Get(t.Context(), s.Ledger.DB().Reader(), back.ID)
	s.OK(err)
	if returned.State != report.SentBack || returned.Reason != "Thiếu chữ ký" {
		t.Errorf("the report is %s for %q", returned.State, returned.Reason)
	}
}

func TestCellsAreTickedByKeyboard(t *testing.T) {
	s := newSite(t)
	b := visit(t, s, "leader PL", cells(s, "PL"), browser.Desk)
	openWindow(t, s)
	b.Reload()
	b.Wait("#cell-list")
	b.Type("#cells-day", "14/6/2020")
	b.Press(kb.Tab)
	b.Eval(`document.querySelector("#cell-list [type=checkbox]").focus()`)
	b.Press(" ")
	b.Press(kb.ArrowDown)
	b.Press(" ")
	b.WaitText("[data-tick-count]", "2")
	picture(b, "cells-desk")
	b.Axe(t)
	b.Click("#cells .btn.primary")
	b.WaitText(".notices", "Đã ký báo cáo cho 2 đơn vị")
	standing, err := report.StandingOf(t.Context(), s.Ledger.DB().Reader(), s.Slot("C2", officetest.Held))
	s.OK(err)
	if standing.Accepted.Values()["held-on"] != "2020-06-14" {
		t.Errorf("C2 reports %v", standing.Accepted.Values())
	}
	b.Show(browser.Phone)
	picture(b, "cells-phone")
}

func TestTheEvidenceOnADesk(t *testing.T) {
	s := newSite(t)
	first := s.Submitted("PL", officetest.Held, 0, map[string]string{"held-on": "24/6/2020", "convened": "148", "present": "146"})
	_, err := s.Return("leader QV", first.ID, "Số có mặt chưa khớp biên bản; đề nghị kiểm tra lại.")
	s.OK(err)
	second := s.Submitted("PL", officetest.Held, 1, map[string]string{"held-on": "24/6/2020", "convened": "148", "present": "147"})
	b := visit(t, s, "leader QV", fmt.Sprintf("/report/%d", second.ID), browser.Desk)
	picture(b, "decide-desk")
	b.Click(`form[action$="/accept"] .btn`)
	b.WaitText(".notices", "Đã duyệt")
	b.Click("details.event summary")
	picture(b, "evidence-desk")
	b.Axe(t)
	b.Go(s.URL + fmt.Sprintf("/report/%d?lang=en", second.ID))
	b.WaitText("main", "Verified here")
	picture(b, "evidence-desk-en")
}
