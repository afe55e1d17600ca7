package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Go opens an address and waits until the page has loaded.
func (b *Browser) Go(url string) {
	b.t.Helper()
	b.Do("open "+url, chromedp.Navigate(url))
}

// Reload loads the page again.
func (b *Browser) Reload() {
	b.t.Helper()
	b.Do("reload the page", chromedp.Reload())
}

// point is a place of the window.
type point struct{ X, Y float64 }

// Click clicks, with the mouse, the first element that matches the CSS selector. It
// waits until a person could: until the element is there, enabled and not
// covered by another.
func (b *Browser) Click(selector string) {
	b.t.Helper()
	at := b.reach(selector)
	b.Do("click "+selector, chromedp.MouseClickXY(at.X, at.Y))
}

// Hold presses the mouse on what Click would click, and gives what lets go.
func (b *Browser) Hold(selector string) (release func()) {
	b.t.Helper()
	at := b.reach(selector)
	button := func(what string, kind input.DispatchMouseEventType) {
		b.Do(what+" "+selector, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, input.DispatchMouseEvent, input.DispatchMouseEventParams{
				Type: kind, X: at.X, Y: at.Y, Button: input.MouseButtonLeft, ClickCount: 1,
			})
			return err
		}))
	}
	button("press", chromedp.MousePressed)
	return func() { button("let go", chromedp.MouseReleased) }
}

// reach is the middle of the first element that matches, once a person could click
// there: a page whose address names a place jumps to it as late as when it has loaded.
func (b *Browser) reach(selector string) point {
	b.t.Helper()
	return until[point](b, "click "+selector, fmt.Sprintf(`(() => {
		const e = document.querySelector(%s)
		if (!e || e.disabled || location.hash && document.readyState !== "complete") return null
		const inside = (r) => r.top >= 0 && r.bottom <= innerHeight && r.left >= 0 && r.right <= innerWidth
		if (!inside(e.getBoundingClientRect())) e.scrollIntoView({block: "center", inline: "center", behavior: "instant"})
		const r = e.getClientRects()[0]
		if (!r) return null
		const x = r.left + r.width / 2, y = r.top + r.height / 2
		const top = document.elementFromPoint(x, y)
		return top && (e.contains(top) || top.contains(e) && top.matches("label, summary, a")) ? {x, y} : null
	})()`, quote(selector)))
}

// Type replaces the text of a field by typing. For fields without a caret, as
// dates and lists, see [Browser.Choose].
func (b *Browser) Type(selector, text string) {
	b.t.Helper()
	b.Click(selector)
	// A page that moved meanwhile was clicked beside it: a person clicks again.
	if b.Eval(fmt.Sprintf(`document.activeElement === document.querySelector(%s)`, quote(selector))) != true {
		b.Click(selector)
	}
	until[bool](b, "type into "+selector, fmt.Sprintf(`(() => {
		const e = document.querySelector(%s)
		if (document.activeElement !== e) return null
		e.select()
		return true
	})()`, quote(selector)))
	if text == "" {
		b.Press("\b")
		return
	}
	b.Do("type into "+selector, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
}

// Press presses keys where the focus is: text, "\r" for Enter, "\t" for Tab,
// or a key of package kb.
func (b *Browser) Press(keys string) {
	b.t.Helper()
	b.Do(fmt.Sprintf("press %q", keys), chromedp.KeyEvent(keys))
}

// Strike strikes one key as a keyboard does: its letter is written only where the page
// does nothing else with the key, which [Browser.Press] cannot tell.
func (b *Browser) Strike(key string) {
	b.t.Helper()
	b.Do("strike "+key, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		down := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: key, Text: key}
		if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, down); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: key})
		return err
	}))
}

// Choose gives a list, a date or a time its value, as picking it would.
func (b *Browser) Choose(selector, value string) {
	b.t.Helper()
	until[bool](b, "choose "+value+" in "+selector, fmt.Sprintf(`(() => {
		const e = document.querySelector(%s), value = %s
		if (!e || e.disabled) return null
		e.focus()
		e.value = value
		if (e.value !== value) return null
		e.dispatchEvent(new Event("input", {bubbles: true}))
		e.dispatchEvent(new Event("change", {bubbles: true}))
		return true
	})()`, quote(selector), quote(value)))
}

// Upload puts files into a file field.
func (b *Browser) Upload(selector string, files ...string) {
	b.t.Helper()
	b.Do("upload into "+selector, chromedp.SetUploadFiles(chromedp.CSS(selector), files))
}

// Offline pulls the network cable of this profile, all its tabs and open
// streams included, or plugs it in again. The console errors of a lost network
// are allowed.
func (b *Browser) Offline(out bool) {
	b.t.Helper()
	b.Allow("net::ERR_")
	b.cable.pull(out)
	state := network.OverrideNetworkStateParams{Offline: out, DownloadThroughput: -1, UploadThroughput: -1}
	b.Do("tell the page about its network", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.OverrideNetworkState, state)
		return err
	}))
}

// Thin lets no more than so many bytes a second through the cable of this profile, either
// way, each after a delay: of pages, and of picture and sound as far as they go by TCP.
// 0 and 0 make it wide again.
func (b *Browser) Thin(bytesPerSecond int, delay time.Duration) { b.cable.thin(bytesPerSecond, delay) }

// Kill ends the tab's process at once: nothing in it hears of that.
func (b *Browser) Kill() {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Second)
	defer cancel()
	// It has nobody left to answer.
	_ = chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.Crash, cdp.Empty{})
		return err
	}))
}

// Slow gives the page a thin line from now on: each answer comes after latency, and
// no more than so many bytes a second go either way.
func (b *Browser) Slow(latency time.Duration, bytesPerSecond float64) {
	b.t.Helper()
	line := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{
		Latency: float64(latency.Milliseconds()), DownloadThroughput: bytesPerSecond, UploadThroughput: bytesPerSecond,
	}}}
	b.Do("make the network slow", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.EmulateNetworkConditionsByRule, line)
		return err
	}))
}

// NoScript turns the scripts of pages off, from the next page on.
func (b *Browser) NoScript() {
	b.t.Helper()
	b.Do("turn scripts off", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
}

// quote writes s as JavaScript does.
func quote(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always has a JSON form
	}
	return string(text)
}
