package browser

import (
	"context"
	"encoding/base64"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Screen is the size of a screen in CSS pixels; a phone is touched.
type Screen struct {
	Name          string // for files: "desk"
	Width, Height int64
	Phone         bool
}

// The screens that pages are made for.
var (
	Desk  = Screen{Name: "desk", Width: 1366, Height: 768}
	Phone = Screen{Name: "phone", Width: 390, Height: 844, Phone: true}
	Small = Screen{Name: "small", Width: 360, Height: 640, Phone: true}
)

// Show puts the tab on a screen.
func (b *Browser) Show(s Screen) {
	b.t.Helper()
	var options []chromedp.EmulateViewportOption
	if s.Phone {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	b.Do("show a screen", chromedp.EmulateViewport(s.Width, s.Height, options...))
}

// Text is the visible text of the first element that matches the CSS selector, once it
// is there.
func (b *Browser) Text(selector string) string {
	b.t.Helper()
	return until[string](b, "read "+selector, fmt.Sprintf(`document.querySelector(%s)?.innerText`, quote(selector)))
}

// Texts are the visible texts of all elements that match now, in their order.
func (b *Browser) Texts(selector string) []string {
	b.t.Helper()
	return until[[]string](b, "read all "+selector,
		fmt.Sprintf(`[...document.querySelectorAll(%s)].map((e) => e.innerText)`, quote(selector)))
}

// Value is what stands in a field, once it is there.
func (b *Browser) Value(selector string) string {
	b.t.Helper()
	return until[string](b, "read the field "+selector, fmt.Sprintf(`document.querySelector(%s)?.value`, quote(selector)))
}

// Count is how many elements match now.
func (b *Browser) Count(selector string) int {
	b.t.Helper()
	return until[int](b, "count "+selector, fmt.Sprintf(`document.querySelectorAll(%s).length`, quote(selector)))
}

// URL is the address of the page.
func (b *Browser) URL() string {
	b.t.Helper()
	return until[string](b, "read the address", `location.href`)
}

// Eval is the value of a JavaScript expression in the page, as JSON gives it;
// a promise is awaited.
func (b *Browser) Eval(expression string) any {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[any](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.fail("evaluate "+expression, err)
	}
	return value
}

// Wait waits until a matching element can be seen.
func (b *Browser) Wait(selector string) {
	b.t.Helper()
	until[bool](b, "see "+selector,
		fmt.Sprintf(`[...document.querySelectorAll(%s)].some((e) => e.checkVisibility()) || null`, quote(selector)))
}

// WaitTrue waits until a condition, in JavaScript, holds.
func (b *Browser) WaitTrue(what, condition string) {
	b.t.Helper()
	until[bool](b, "wait until "+what, "("+condition+") || null")
}

// WaitGone waits until no matching element can be seen.
func (b *Browser) WaitGone(selector string) {
	b.t.Helper()
	until[bool](b, "see "+selector+" go",
		fmt.Sprintf(`![...document.querySelectorAll(%s)].some((e) => e.checkVisibility()) || null`, quote(selector)))
}

// WaitText waits until the visible text of a matching element contains want.
func (b *Browser) WaitText(selector, want string) {
	b.t.Helper()
	until[bool](b, fmt.Sprintf("read %q in %s", want, selector), fmt.Sprintf(
		`[...document.querySelectorAll(%s)].some((e) => e.innerText.includes(%s)) || null`, quote(selector), quote(want)))
}

// WaitOther waits until the visible text of the first element that matches is another
// than before.
func (b *Browser) WaitOther(selector, before string) {
	b.t.Helper()
	until[bool](b, fmt.Sprintf("read anything but %q in %s", before, selector),
		fmt.Sprintf(`(document.querySelector(%s)?.innerText ?? %[2]s) !== %[2]s || null`, quote(selector), quote(before)))
}

// WaitURL waits until the address contains part.
func (b *Browser) WaitURL(part string) {
	b.t.Helper()
	until[bool](b, "arrive at "+part,
		fmt.Sprintf(`(location.href.includes(%s) && document.readyState === "complete") || null`, quote(part)))
}

// Screenshot writes the whole page as a PNG file and makes its folder.
func (b *Browser) Screenshot(file string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	if err := b.picture(ctx, file); err != nil {
		b.fail("take a picture", err)
	}
}

func (b *Browser) picture(ctx context.Context, file string) error {
	png, err := chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		size, err := cdp.Call(ctx, t, page.GetLayoutMetrics, cdp.Empty{})
		if err != nil {
			return nil, err
		}
		beyond := true
		shot, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{
			CaptureBeyondViewport: &beyond,
			Clip: &page.Viewport{
				Width:  math.Ceil(size.CSSContentSize.Width),
				Height: math.Ceil(size.CSSContentSize.Height),
				Scale:  1,
			},
		})
		if err != nil {
			return nil, err
		}
		return shot.Data, nil
	})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, png, 0o644)
}

// Paper is the page as the browser prints it on A4: a PDF.
func (b *Browser) Paper() []byte {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	pdf, err := chromedp.Run(ctx, func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		const inch = 25.4
		printed, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 210 / inch, PaperHeight: 297 / inch})
		return printed.Data, err
	})
	if err != nil {
		b.fail("print the page", err)
	}
	return pdf
}

// Download is the file that a link leads to, as this profile gets it.
func (b *Browser) Download(selector string) []byte {
	b.t.Helper()
	b.Wait(selector)
	encoded := until[string](b, "download "+selector, fmt.Sprintf(`(async () => {
		const answer = await fetch(document.querySelector(%s).href)
		if (!answer.ok) throw new Error("the download is answered " + answer.status)
		const bytes = new Uint8Array(await answer.arrayBuffer())
		return btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""))
	})()`, quote(selector)))
	file, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		b.fail("download "+selector, err)
	}
	return file
}

// failure takes a picture into the folder shots/failed of the repository, which
// git ignores, and returns its name.
func (b *Browser) failure(ctx context.Context) (string, error) {
	root, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := root; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			root = dir
			break
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	name := regexp.MustCompile(`[^\pL\pN]+`).ReplaceAllString(b.t.Name(), "_")
	file := filepath.Join(root, "shots", "failed", name+".png")
	return file, b.picture(ctx, file)
}
