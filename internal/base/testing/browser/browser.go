package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// limit is how long a step may take. It is generous: a machine of two cores
// may be building at the same time.
const limit = 30 * time.Second

// Browser is one tab of a person's browser. Its methods fail the test they
// were made for; they have no errors to handle.
type Browser struct {
	t     testing.TB
	ctx   context.Context
	cable *cable

	mu      sync.Mutex
	errors  []string // what the console said
	allowed []string // parts of console errors that the test expects
}

// New opens a fresh profile, with no cookies, on a desk's screen. It closes
// when t ends; t fails if a page's console showed an error by then. There is
// neither camera nor microphone: see [WithCamera].
func New(t testing.TB) *Browser {
	t.Helper()
	return profile(t, shell)
}

// WithCamera is New for a person with a camera, a microphone and a screen to share.
func WithCamera(t testing.TB) *Browser {
	t.Helper()
	return profile(t, whole)
}

func profile(t testing.TB, start func() (context.Context, error)) *Browser {
	t.Helper()
	chromium, err := start()
	if err != nil {
		t.Fatalf("starting Chromium for the tests: %v", err)
	}
	cable := newCable(t)
	return open(chromium, t, cable, chromedp.WithNewBrowserContext(func(p *target.CreateBrowserContextParams) {
		p.ProxyServer = "socks5://" + cable.listener.Addr().String()
		p.ProxyBypassList = "<-loopback>" // not even for this machine
	}))
}

// Tab opens another tab of the same person: it shares the cookies of b.
func (b *Browser) Tab() *Browser {
	b.t.Helper()
	return open(b.ctx, b.t, b.cable)
}

func open(parent context.Context, t testing.TB, cable *cable, options ...chromedp.ContextOption) *Browser {
	t.Helper()
	b := &Browser{t: t, cable: cable}
	ctx, closeTab := chromedp.NewContext(parent, append(options, chromedp.WithListener(b.hear))...)
	b.ctx = ctx
	// The tab lives as long as the first context it meets: one without a limit.
	if err := chromedp.Do(ctx); err != nil {
		closeTab()
		t.Fatalf("opening a tab: %v", err)
	}
	t.Cleanup(func() {
		b.complain()
		closeTab()
	})
	b.Show(Desk)
	return b
}

// Allow says that console errors which contain part are expected.
func (b *Browser) Allow(part string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.allowed = append(b.allowed, part)
}

// hear collects what a developer would see in red in the console.
func (b *Browser) hear(event any) {
	var said string
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError {
			return
		}
		for _, arg := range e.Args {
			said += " " + spoken(arg)
		}
	case *runtime.EventExceptionThrown:
		said = e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			said += " " + e.ExceptionDetails.Exception.Description
		}
	case *log.EventEntryAdded:
		if e.Entry.Level != log.EntryLevelError {
			return
		}
		said = e.Entry.Text + " " + e.Entry.URL
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.errors = append(b.errors, strings.TrimSpace(said))
}

// spoken is a console's argument in words.
func spoken(arg *runtime.RemoteObject) string {
	var text string
	if err := json.Unmarshal(arg.Value, &text); err != nil {
		return arg.Description + string(arg.Value) // not a text: an error, an object, a number
	}
	return text
}

// complain fails the test for console errors that were not allowed.
func (b *Browser) complain() {
	for _, said := range b.unexpected() {
		b.t.Errorf("the browser's console says: %s", said)
	}
}

func (b *Browser) unexpected() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []string
	for _, said := range b.errors {
		expected := false
		for _, part := range b.allowed {
			expected = expected || strings.Contains(said, part)
		}
		if !expected {
			all = append(all, said)
		}
	}
	return all
}

// Do runs chromedp's own actions, for what has no method here.
func (b *Browser) Do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.fail(what, err)
	}
}

// until evaluates a JavaScript expression again and again until it is neither
// null nor an error, as in a page that is just loading, and returns its value.
func until[T any](b *Browser, what, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	for {
		value, err := chromedp.Run(ctx, chromedp.Evaluate[*T](expression, chromedp.EvalAwaitPromise))
		if err == nil && value != nil {
			return *value
		}
		select {
		case <-ctx.Done():
			b.fail(what, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// fail ends the test with what the page looks like.
func (b *Browser) fail(what string, cause error) {
	b.t.Helper()
	message := "cannot " + what
	if cause != nil {
		message += ": " + cause.Error()
	}
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	page, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + (document.body?.innerText ?? "")`))
	if err != nil {
		page = fmt.Sprintf("(it cannot be read: %v)", err)
	}
	if len(page) > 4000 {
		page = page[:4000] + " ..."
	}
	file, err := b.failure(ctx)
	if err != nil {
		file = fmt.Sprintf("(no picture: %v)", err)
	}
	b.t.Fatalf("%s\npicture: %s\nconsole: %q\nthe page is %s", message, file, b.unexpected(), page)
}
