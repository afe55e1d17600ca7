package accountui_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/testing/browser"
)

// arrive signs in with a real browser.
func arrive(s *site, b *browser.Browser, login string) {
	s.Helper()
	b.Go(s.server.URL + "/sign-in?lang=vi")
	b.Type("[name=login]", login)
	b.Type("[name=password]", right)
	b.Press("\r")
	b.Wait("pre") // the first page of this site is JSON
}

func TestScreensAreForEverybodyOnDeskAndPhone(t *testing.T) {
	sqlite(t, func(s *site) {
		s.person("admin", at(province, access.UnitAdmin), at(centre, access.SystemAdmin), at(commune, access.Viewer))
		other := s.person("an.le", at(district, access.Leader))
		invited := s.signedIn("admin")
		invited.post("/admin/invite?unit=5", "name", "Nguyễn Thị Hoa", "role", "officer")
		code := invited.codes()[0]
		guest, b := browser.New(t), browser.New(t)
		arrive(s, b, "admin")
		look := func(b *browser.Browser, path string) {
			for _, screen := range []browser.Screen{browser.Desk, browser.Small} {
				b.Show(screen)
				b.Go(s.server.URL + path)
				b.Axe(t)
				if wide := b.Eval(`document.documentElement.scrollWidth > innerWidth`); wide == true {
					t.Errorf("%s on a %s must be pushed aside to be read", path, screen.Name)
				}
			}
		}
		for _, path := range []string{"/sign-in", "/invitation", "/invitation/" + code} {
			look(guest, path)
		}
		for _, path := range []string{
			"/account", "/sign?next=/account", "/admin", "/admin?unit=2", "/admin?unit=2&q=an", "/admin?unit=4", "/admin/invite?unit=3",
			"/admin/leaders?unit=2", "/admin/delegations?unit=3", "/settings", fmt.Sprintf("/admin/accounts/%d", other.ID),
		} {
			look(b, path)
		}
		b.Show(browser.Desk)
		b.Go(s.server.URL + "/admin/leaders?unit=2")
		b.Click(".btn.primary")
		b.Wait(".leaflet")
		b.Axe(t)
		show(b, "print")
		if high := b.Eval(`document.querySelector(".leaflet svg").clientHeight`); high == 0.0 {
			t.Error("the QR code is not printed")
		}
		show(b, "screen")
		b.Allow("422") // the form that is sent without a name
		b.Go(s.server.URL + "/admin/invite?unit=2")
		b.Click("[value=leader]")
		b.Click(".btn.primary")
		b.Wait(".errors")
		b.Axe(t)
		b.Type("[name=name]", "Trần Văn Bình")
		b.Click(".btn.primary")
		b.Wait(".leaflet")
		b.Axe(t)
		show(b, "print")
		if high := b.Eval(`document.querySelector(".leaflet svg").clientHeight`); high == 0.0 {
			t.Error("the QR code is not printed")
		}
	})
}

// show shows the page as on a medium: "print", or "screen".
func show(b *browser.Browser, medium string) {
	b.Do("show it in "+medium, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium})
		return err
	}))
}

func TestATypedPasswordCanBeShown(t *testing.T) {
	sqlite(t, func(s *site) {
		s.person("admin", at(centre, access.SystemAdmin))
		b := browser.New(t)
		b.Go(s.server.URL + "/sign-in?lang=vi")
		b.Type("[name=password]", right)
		b.Click("[aria-controls=sign-in-password]")
		if got := b.Eval(`document.querySelector("[name=password]").type`); got != "text" {
			t.Errorf("after a click on “show”, the field is of type %v, want text", got)
		}
		b.Click("[aria-controls=sign-in-password]")
		if got := b.Eval(`document.querySelector("[name=password]").type`); got != "password" {
			t.Errorf("after a second click the field is of type %v, want password", got)
		}
	})
}
