package newsui_test

import (
	"net/http"
	"strings"
	"testing"

	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/news/prose"
)

// Nobody presses "save": what is typed is at the server before the tab dies, and what is
// typed without a line is in the browser. A second editor hears of the first at once, and of
// what was saved while both have the article open.
func TestNothingTypedIsLostWhenATabDies(t *testing.T) {
	s := site(t, t.TempDir()+"/giaoban.db")
	officer := s.Visit(t, "officer BN")
	form := officer.Get("/desk/new").Form("article")
	form.Set("headline", "Giao ban")
	officer.Post("/desk/new", form).Want(http.StatusOK, "Đã lưu.")

	first := browser.New(t)
	first.Go(s.Enter(t, "officer BN", "/desk/1"))
	first.Wait(".prose-page")
	first.Wait("[data-desk-keys]:not([hidden])") // the script is there
	second := browser.New(t)
	second.Go(s.Enter(t, "leader BN", "/desk/1"))
	second.WaitText("[data-desk-others]", "officer BN")
	first.Click(".prose-page")
	first.Press("Sáng 10/7, 63 điểm cầu.")
	first.WaitTrue("it was saved", `document.querySelector("#article [name=revision]").value !== "1"`)
	first.Kill()
	body, err := prose.Typed(officer.Get("/desk/1").Form("article").Get("body"))
	if err != nil || !strings.Contains(body.Text(), "63 điểm cầu.") {
		t.Errorf("the server has %q (%v)", body.Text(), err)
	}
	second.WaitText("[data-desk-moved]", "officer BN vừa lưu bài này")
	second.Wait("[data-desk-reload]:not([hidden])")
	second.Type("[name=source]", "BTV") // all the same
	second.Wait("[data-desk-both]:not([hidden])")

	again := first.Tab()
	again.Go(s.URL + "/desk/1")
	again.WaitText(".prose-page", "63 điểm cầu.")
	again.Offline(true)
	again.Type("[name=lead]", "Viết khi mất mạng.")
	again.WaitTrue("the browser keeps it", `Object.values(localStorage).some((kept) => kept.includes("Viết khi mất mạng."))`)
	again.Kill()
	last := first.Tab()
	last.Offline(false)
	last.Go(s.URL + "/desk/1")
	last.WaitTrue("it stands there again", `document.querySelector("[name=lead]").value === "Viết khi mất mạng."`)
	last.WaitTrue("and is saved by itself", `document.querySelector("#article [name=revision]").value === "3"`)

	last.Type("[name=source]", "BTV")
	if last.Eval(`(() => {
		const save = new KeyboardEvent("keydown", {key: "s", ctrlKey: true, bubbles: true, cancelable: true});
		document.querySelector("[name=source]").dispatchEvent(save);
		return save.defaultPrevented && document.querySelector("[data-desk-saved]").textContent === "Đang lưu…";
	})()`) != true {
		t.Error("Ctrl+S does not save at once")
	}
	last.WaitTrue("the keys save it", `document.querySelector("#article [name=revision]").value === "4"`)

	last.Offline(true)
	last.Type("[name=source]", "TTXVN")
	last.Click("#article .btn.primary")
	last.WaitText("[data-desk-saved]", "Mất kết nối") // and not a page of the browser's own
	last.Offline(false)
	last.WaitTrue("it goes when the line is back", `document.querySelector("#article [name=revision]").value === "5"`)
	last.Eval(`(() => {
		const source = document.querySelector("[name=source]");
		const type = (said) => { source.value = said; source.dispatchEvent(new InputEvent("input", {bubbles: true})); };
		type("Báo");
		source.dispatchEvent(new KeyboardEvent("keydown", {key: "s", ctrlKey: true, bubbles: true}));
		type("Báo tỉnh"); // while that is on its way
		document.getElementById("article").requestSubmit();
	})()`)
	last.WaitText(".notice", "Đã lưu.")
	if source, theirs := last.Value("[name=source]"), last.Count(".news-both"); source != "Báo tỉnh" || theirs > 0 {
		t.Errorf("saved while a save was under way: %q stands there, and %d texts of somebody else", source, theirs)
	}
}
