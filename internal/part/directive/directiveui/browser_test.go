package directiveui_test

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/directive"
)

// arrive signs in with a real browser.
func (s *site) arrive(b *browser.Browser, login string) {
	s.Helper()
	b.Go(s.server.URL + "/sign-in?lang=vi")
	b.Type("[name=login]", login)
	b.Type("[name=password]", password)
	b.Press("\r")
	b.WaitURL("/directives")
}

// await waits until the draft of a directive is as it should be.
func (s *site) await(id int64, what string, is func(directive.Draft) bool) {
	s.Helper()
	for range 100 {
		if d := s.get(id); d.Draft != nil && is(*d.Draft) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.Errorf("the draft is never kept with %s: %+v", what, s.get(id).Draft)
}

func TestADraftIsWrittenWithoutASingleNewPage(t *testing.T) {
	sqlite(t, func(s *site) {
		path, id := s.signedIn("chuyenvien").begin("empty")
		b := browser.New(t)
		s.arrive(b, "trunguong")
		b.Go(s.server.URL + path + "/edit")
		b.Eval(`window.same = true`)
		b.Type("[name=title]", "Tự lưu")
		s.await(id, "the typed title", func(d directive.Draft) bool { return d.Document.Title == "Tự lưu" })
		b.Type("[name='milestones.0.name']", "Mốc đầu")
		b.Click("[value=add-milestone]")
		b.Wait("#milestone-1")
		b.Eval(`document.activeElement.name`)
		b.Press("Mốc hai")
		b.Click("[value='add-indicator.1']")
		b.Wait("[name='milestones.1.indicators.0.name']")
		b.Press("Số dự")
		b.Choose("[name='milestones.1.indicators.0.kind']", "choice")
		b.Type("[name='milestones.1.indicators.0.options']", "Một\nHai")
		s.await(id, "both milestones", func(d directive.Draft) bool {
			m := d.Document.Milestones
			return len(m) == 2 && m[0].Name.VI == "Mốc đầu" && m[1].Name.VI == "Mốc hai" &&
				len(m[1].Indicators) == 1 && m[1].Indicators[0].Name.VI == "Số dự" && len(m[1].Indicators[0].Options) == 2
		})
		b.Click("[value='up-milestone.1']")
		s.await(id, "the milestones in their new order", func(d directive.Draft) bool { return d.Document.Milestones[0].Name.VI == "Mốc hai" })
		b.WaitTrue("the new order is shown", `document.querySelector("[name='milestones.0.name']").value === "Mốc hai"`)
		b.Click("[value='remove-milestone.1']")
		b.WaitGone("#milestone-1")
		if b.Eval(`window.same`) != true {
			t.Error("the page was loaded anew")
		}
	})
}

func TestALostLineLosesNothing(t *testing.T) {
	sqlite(t, func(s *site) {
		path, id := s.signedIn("trunguong").begin("empty")
		b := browser.New(t)
		s.arrive(b, "trunguong")
		b.Go(s.server.URL + path + "/edit")
		b.Offline(true)
		b.Type("[name=title]", "Gõ khi mất mạng")
		b.WaitText("[data-lost]:not([hidden])", "Mất kết nối")
		b.Offline(false)
		s.await(id, "what was typed offline", func(d directive.Draft) bool { return d.Document.Title == "Gõ khi mất mạng" })
		b.Offline(true)
		b.Type("[name=term]", "2020-2025")
		b.WaitText("[data-lost]:not([hidden])", "Mất kết nối")
		b.Go("about:blank") // the tab is closed before the line is back
		b.Offline(false)
		b.Go(s.server.URL + path + "/edit")
		s.await(id, "what a closed tab had kept", func(d directive.Draft) bool { return d.Document.Term == "2020-2025" })
	})
}

func TestTwoWindowsAreToldApart(t *testing.T) {
	sqlite(t, func(s *site) {
		lan := s.signedIn("trunguong")
		path, id := lan.begin("empty")
		b := browser.New(t)
		b.Allow("409")
		s.arrive(b, "chuyenvien")
		b.Go(s.server.URL + path + "/edit")
		lan.press(path, "save", nil) // nothing changed: no conflict
		lan.visit(path + "/edit")
		lan.press(path, "add-milestone", nil)
		b.Type("[name=title]", "Của Minh")
		b.Wait("[data-conflict]:not([hidden])")
		b.Click("[data-conflict] button")
		b.WaitText(".errors", "Nguyễn Thị Lan đã lưu")
		if got := b.Value("[name=title]"); got != "Của Minh" {
			t.Errorf("the form holds %q, want what was typed", got)
		}
		b.Click(".errors [value=save]")
		s.await(id, "Minh's title", func(d directive.Draft) bool { return d.Document.Title == "Của Minh" })
	})
}

// TestScreensAreForEverybody looks at every screen, desk and phone: axe finds
// nothing serious, and nothing must be pushed aside to be read. GIAOBAN_SHOTS
// names a folder for pictures.
func TestScreensAreForEverybody(t *testing.T) {
	sqlite(t, func(s *site) {
		issued, _ := s.issued()
		son := s.signedIn("bacninh")
		son.visit(issued)
		lan := s.signedIn("trunguong")
		lan.visit(issued)
		lan.post(issued+"/revise", nil)
		lan.press(issued, "remove-milestone.0", nil)
		lan.press(issued, "save", func(f url.Values) { f.Set("milestones.0.deadlines.grassroots", "15/7/2020") })
		draft, _ := lan.begin("congresses-2020")
		lan.press(draft, "save", func(f url.Values) { f.Set("date", "31/6/2020") })
		centre, province := browser.New(t), browser.New(t)
		s.arrive(centre, "trunguong")
		s.arrive(province, "bacninh")
		for _, one := range []struct {
			b          *browser.Browser
			name, path string
		}{
			{centre, "list", "/directives"},
			{centre, "new", "/directives/new"},
			{centre, "edit", draft + "/edit"},
			{centre, "review", issued + "/review"},
			{centre, "show-issuer", issued},
			{centre, "receipts", issued + "/receipts?level=above-grassroots"},
			{province, "list-below", "/directives"},
			{province, "show-below", fmt.Sprintf("%s?unit=%d", issued, s.province)},
		} {
			for _, screen := range []browser.Screen{browser.Desk, browser.Small} {
				for _, lang := range []string{"vi", "en"} {
					s.look(one.b, screen, one.name, one.path, lang)
				}
			}
		}
	})
}

func (s *site) look(b *browser.Browser, screen browser.Screen, name, path, lang string) {
	s.Helper()
	b.Show(screen)
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	b.Go(s.server.URL + path + separator + "lang=" + lang)
	b.Wait("h1")
	b.Axe(s.T)
	if wide := b.Eval(`document.documentElement.scrollWidth > innerWidth`); wide == true {
		s.Errorf("%s on a %s must be pushed aside to be read", path, screen.Name)
	}
	if folder := os.Getenv("GIAOBAN_SHOTS"); folder != "" {
		b.Screenshot(filepath.Join(folder, fmt.Sprintf("directive-%s-%s-%s.png", name, screen.Name, lang)))
	}
}

func TestTheFormWorksWithoutScript(t *testing.T) {
	sqlite(t, func(s *site) {
		path, id := s.signedIn("trunguong").begin("empty")
		b := browser.New(t)
		s.arrive(b, "trunguong")
		b.NoScript()
		b.Go(s.server.URL + path + "/edit")
		b.Type("[name=title]", "Không có script")
		b.Press("\r") // in an area a new line
		b.Type("[name=number]", "01-KH/TW")
		b.Press("\r") // Enter in a field saves
		b.WaitText(".notices", "Đã lưu nháp")
		if got := s.get(id).Draft.Document.Number; got != "01-KH/TW" {
			t.Errorf("kept the number %q", got)
		}
		b.Click("[value='add-indicator.0']")
		b.WaitURL("#milestone-0")
		b.Wait("[name='milestones.0.indicators.0.name']")
	})
}
