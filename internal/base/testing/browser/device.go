package browser

import (
	"context"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// Devices lets this person's pages use camera and microphone, or keeps them from it.
// Both are made up: a moving picture and a beep each second.
func (b *Browser) Devices(allowed bool) {
	b.t.Helper()
	setting := browser.PermissionSettingDenied
	if allowed {
		setting = browser.PermissionSettingGranted
	}
	b.Do("set what devices may be used", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		c := chromedp.FromContext(ctx)
		for _, name := range []string{"camera", "microphone"} {
			_, err := cdp.Call(ctx, c.Browser, browser.SetPermission, browser.SetPermissionParams{
				Permission: &browser.PermissionDescriptor{Name: name}, Setting: setting, BrowserContextID: c.BrowserContextID,
			})
			if err != nil {
				return err
			}
		}
		return nil
	}))
}
