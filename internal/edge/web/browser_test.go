package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/testing/browser"
)

// open opens a browser in which Lan is signed in, by signing in.
func open(t *testing.T, r *rig, next string) *browser.Browser {
	t.Helper()
	b := browser.New(t)
	b.Go(r.URL + "/sign-in?lang=vi&next=" + url.QueryEscape(next))
	b.Click("button.primary")
	b.WaitURL(next)
	return b
}

// widest names the elements that reach out of the screen and do not scroll.
const widest = `[...document.querySelectorAll("main *")]
	.filter((e) => e.getBoundingClientRect().right > screen.width + 1 && !e.closest(".scroll, .heard, .tabs, .steps"))
	.slice(0, 5).map((e) => e.tagName + "." + (e.className.baseVal ?? e.className)).join(", ")`

// GIAOBAN_SHOTS names a folder for pictures of every component, for looking at.
func TestTheComponentPageIsForEverybody(t *testing.T) {
	b := open(t, newRig(t), "/components")
	for _, lang := range []string{"vi", "en"} {
		for _, screen := range []browser.Screen{browser.Desk, browser.Phone} {
			b.Show(screen)
			b.Go(b.Eval("location.origin").(string) + "/components?lang=" + lang)
			b.WaitURL("/components")
			b.Axe(t)
			if wide := b.Eval("document.documentElement.scrollWidth").(float64); int64(wide) > screen.Width {
				t.Errorf("%s, %s: the page is %v pixels wide: %v", screen.Name, lang, wide, b.Eval(widest))
			}
			if folder := os.Getenv("GIAOBAN_SHOTS"); folder != "" {
				b.Screenshot(filepath.Join(folder, "components-"+screen.Name+"-"+lang+".png"))
			}
		}
	}
}

func TestAClosedTabLosesNothing(t *testing.T) {
	r := newRig(t)
	b := open(t, r, "/report")
	b.Type("#report-delegates", "184")
	b.Type("#report-note", "mưa lũ")
	b.Type("#report-password", "bí mật")
	b.Eval("new Promise((done) => setTimeout(done, 500))")
	key := b.Value("input[name=key]")
	again := b.Tab()
	again.Go(r.URL + "/report")
	again.Wait("[data-kept]")
	got := []string{
		again.Value("#report-delegates"), again.Value("#report-note"),
		again.Value("#report-password"), again.Value("input[name=key]"),
	}
	if diff := cmp.Diff([]string{"184", "mưa lũ", "", key}, got); diff != "" {
		t.Errorf("in the next tab (-want +got):\n%s", diff)
	}
}

func TestAFormThatWasTakenIsForgotten(t *testing.T) {
	r := newRig(t)
	b := open(t, r, "/report")
	b.Type("#report-held", "26/6/2020")
	b.Click("main button.primary")
	b.WaitText("main h1", "Xin chào")
	b.WaitText(".notice", "Đã gửi 2 báo cáo")
	b.Go(r.URL + "/report")
	if got := b.Value("#report-held"); got != "" {
		t.Errorf("the field still holds %q", got)
	}
}

func TestErrorsTakeTheFocusAndLeadToTheirFields(t *testing.T) {
	b := open(t, newRig(t), "/report")
	b.Allow("422")
	b.Type("#report-delegates", "184")
	b.Click("main button.primary")
	b.WaitText(".errors h2", "Còn 2 chỗ cần sửa")
	b.WaitTrue("the list of errors has the focus", `document.activeElement.className === "errors"`)
	b.Click(".errors li:last-child a")
	if got := b.Eval("document.activeElement.id"); got != "report-delegates" {
		t.Errorf("the link leads to %v, want report-delegates", got)
	}
	if got := b.Value("#report-delegates"); got != "184" {
		t.Errorf("the field holds %q, want what was typed", got)
	}
	b.Axe(t)
}

func TestAnEndedSessionIsTakenUpInTheBrowser(t *testing.T) {
	b := open(t, newRig(t), "/report")
	b.Type("#report-held", "26/6/2020")
	b.Type("#report-delegates", "147")
	b.Eval(`cookieStore.delete("session")`)
	b.Click("main button.primary")
	b.WaitText(".banner", "Những gì đã nhập vẫn còn")
	b.Click("button.primary")
	b.WaitText("h1", "Gửi tiếp nội dung đã nhập")
	b.Click("button.primary")
	b.WaitText(".notice", "Đã gửi 2 báo cáo")
}

func TestRowsAreFoundWithoutDiacriticsAndSorted(t *testing.T) {
	b := open(t, newRig(t), "/components")
	b.Type("#find", "da nang")
	b.WaitText("[data-filter-told]", "1 đơn vị")
	b.Type("#find", "")
	b.Click("#rows th:nth-child(4) .sort")
	want := []string{"Quân đội", "Hà Nội", "Bắc Ninh", "Đà Nẵng", "Cao Bằng", "Cà Mau"}
	if diff := cmp.Diff(want, b.Texts("#rows tbody th")); diff != "" {
		t.Errorf("sorted by change (-want +got):\n%s", diff)
	}
	b.Click("#rows th:nth-child(1) .sort")
	if got := b.Texts("#rows tbody th")[0]; got != "Bắc Ninh" {
		t.Errorf("sorted by name, the first is %s, want Bắc Ninh", got)
	}
}

func TestATickListIsDrivenByTheKeyboard(t *testing.T) {
	b := open(t, newRig(t), "/components")
	b.Click("#tick-1")
	b.Click("#tick-1")
	b.Press(kb.ArrowDown + " ")
	b.WaitText("[data-tick-count]", "3 đã đánh dấu")
	b.Type("[name=day-3]", "30/6/2020")
	b.Press("\r")
	if got := b.Eval("document.activeElement.name"); got != "day-4" {
		t.Errorf("Enter leads to %v, want the next line's day", got)
	}
	b.WaitText("[data-tick-count]", "4 đã đánh dấu")
	b.Click("#tick-5")
	if got := b.Value("[name=day-5]"); got != "30/6/2020" {
		t.Errorf("the next tick is offered %q, want the day last typed", got)
	}
}

func TestADialogOpensClosesAndGivesTheFocusBack(t *testing.T) {
	b := open(t, newRig(t), "/components")
	b.Click("[data-dialog=dialog]")
	b.Wait("dialog[open]")
	b.Press(kb.Escape)
	b.WaitGone("dialog[open]")
	if got := b.Eval("document.activeElement.dataset.dialog"); got != "dialog" {
		t.Errorf("the focus is on %v, want the button that opened the dialog", got)
	}
}

func TestAFormIsSentOnce(t *testing.T) {
	var sent atomic.Int32
	r := newRig(t)
	inner := r.Config.Handler
	r.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.Method == http.MethodPost && req.URL.Path == "/report" {
			sent.Add(1)
		}
		inner.ServeHTTP(w, req)
	})
	b := open(t, r, "/report")
	b.Type("#report-held", "26/6/2020")
	b.Eval(`(() => { const b = document.querySelector("main button.primary"); b.click(); b.click(); b.click() })()`)
	b.WaitText("main h1", "Xin chào")
	if got := sent.Load(); got != 1 {
		t.Errorf("three quick presses sent the form %d times, want once", got)
	}
}

func TestADraftOutlivesAPageThatDidNotTakeIt(t *testing.T) {
	r := newRig(t)
	b := open(t, r, "/report")
	b.Allow("422")
	b.Type("#report-delegates", "184")
	b.Click("main button.primary")
	b.WaitText(".errors h2", "Còn 2 chỗ cần sửa")
	b.Go(r.URL + "/")
	b.Go(r.URL + "/report")
	b.Wait("[data-kept]")
	if got := b.Value("#report-delegates"); got != "184" {
		t.Errorf("the refused form was forgotten: the field holds %q", got)
	}
}
