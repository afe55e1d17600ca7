package browser_test

import (
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/testing/browser"
)

const form = `<!doctype html><html lang="vi"><title>Đăng nhập</title>
<meta name="viewport" content="width=device-width">
<main style="height:3000px">
<h1>Đăng nhập</h1>
<form action="/hello">
<label>Tên <input name="name" value="cũ"></label>
<label>Ngày <input name="day" type="date"></label>
<label>Cấp <select name="level"><option>tỉnh<option>xã</select></label>
<div style="height:2000px"></div>
<button>Vào</button>
</form></main>`

// site answers with a form, with what was sent, and with a stream of numbers.
func site(t *testing.T) string {
	mux := http.NewServeMux()
	page := func(path, html string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, html)
		})
	}
	page("/{$}", form)
	page("/favicon.ico", "")
	page("/loud", `<!doctype html><title>x</title><script>console.error("đỏ"); missing()</script>`)
	page("/covered", `<!doctype html><title>x</title>
		<button onclick="document.title='clicked'">Gửi</button>
		<div id="veil" style="position:fixed;inset:0"></div>
		<script>setTimeout(() => veil.remove(), 300)</script>`)
	page("/poor", `<!doctype html><html lang="vi"><title>x</title><main><img src="data:,"><input></main>`)
	page("/live", `<!doctype html><title>x</title><output>...</output><script>
		const stream = new EventSource("/stream"), show = (text) => document.querySelector("output").textContent = text
		stream.onmessage = (e) => show(e.data)
		stream.onerror = () => show("lost")</script>`)
	mux.HandleFunc("GET /hello", func(w http.ResponseWriter, r *http.Request) {
		if cookie, err := r.Cookie("seen"); err == nil {
			fmt.Fprintf(w, "again %s", cookie.Value)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "once"})
		fmt.Fprintf(w, "%s, %s, %s", r.FormValue("name"), r.FormValue("day"), r.FormValue("level"))
	})
	mux.HandleFunc("GET /stream", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, "retry: 100\ndata: 7/11\n\n")
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		<-r.Context().Done()
	})
	server := httptest.NewServer(mux)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return server.URL
}

func TestAFormIsFilledInAndSentAsByAPerson(t *testing.T) {
	b := browser.New(t)
	b.Go(site(t) + "/")
	b.Type("input[name=name]", "Nguyễn Thị Đào")
	b.Choose("input[name=day]", "2020-07-10")
	b.Choose("select", "xã")
	if got := b.Value("input[name=name]"); got != "Nguyễn Thị Đào" {
		t.Errorf("the field holds %q after typing over it", got)
	}
	b.Click("button")
	b.WaitText("body", "Nguyễn Thị Đào, 2020-07-10, xã")
}

func TestAScreenReaderIsToldWhatHasTheFocus(t *testing.T) {
	b := browser.New(t)
	b.Go(site(t) + "/")
	b.TabTo("textbox", "Tên")
	b.TabTo("combobox", "Cấp")
	b.TabTo("button", "Vào")
	if heard := b.Heard(); heard != (browser.Heard{Role: "button", Name: "Vào"}) {
		t.Errorf("of the button a screen reader says %v", heard)
	}
	b.Press("\r")
	b.WaitText("body", "cũ, , tỉnh")
}

func TestProfilesAreSeparateAndTabsShareOne(t *testing.T) {
	address := site(t) + "/hello?name=A"
	one, other := browser.New(t), browser.New(t)
	for _, b := range []*browser.Browser{one, other} {
		b.Go(address)
		if got := b.Text("body"); !strings.HasPrefix(got, "A") {
			t.Errorf("a fresh profile sees %q, want the page of a first visit", got)
		}
	}
	tab := one.Tab()
	tab.Go(address)
	if got := tab.Text("body"); got != "again once" {
		t.Errorf("a second tab sees %q, want the first tab's cookie", got)
	}
}

func TestAPictureShowsTheWholePage(t *testing.T) {
	b := browser.New(t)
	address := site(t)
	for _, screen := range []browser.Screen{browser.Desk, browser.Phone, browser.Small} {
		b.Show(screen)
		b.Go(address + "/")
		name := filepath.Join(t.TempDir(), "new", screen.Name+".png")
		b.Screenshot(name)
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		picture, err := png.DecodeConfig(file)
		if err != nil {
			t.Fatal(err)
		}
		if picture.Width != int(screen.Width) || picture.Height < 3000 {
			t.Errorf("the picture of a page of 3000 on %s is %dx%d", screen.Name, picture.Width, picture.Height)
		}
	}
}

func TestErrorsInTheConsoleFailTheTest(t *testing.T) {
	r := &recorder{TB: t}
	b := browser.New(r)
	b.Allow("ReferenceError: missing")
	b.Go(site(t) + "/loud")
	r.end()
	want := []string{"the browser's console says: đỏ"}
	if diff := cmp.Diff(want, r.failures); diff != "" {
		t.Errorf("failures (-want +got):\n%s", diff)
	}
}

func TestAClickWaitsUntilNothingCoversTheButton(t *testing.T) {
	b := browser.New(t)
	b.Go(site(t) + "/covered")
	b.Click("button")
	if got := b.Eval("document.title"); got != "clicked" {
		t.Errorf("the title is %q: the click went into the veil", got)
	}
}

func TestAStreamIsLostWhenTheNetworkIsCutAndComesBack(t *testing.T) {
	b := browser.New(t)
	b.Go(site(t) + "/live")
	b.WaitText("output", "7/11")
	b.Offline(true)
	b.WaitText("output", "lost")
	if got := b.Eval("navigator.onLine"); got != false {
		t.Errorf("the page thinks that it is online: %v", got)
	}
	b.Offline(false)
	b.WaitText("output", "7/11")
}

func TestAPageCanBeReadWithoutScripts(t *testing.T) {
	b := browser.New(t)
	b.NoScript()
	b.Go(site(t) + "/live")
	if got := b.Text("output"); got != "..." {
		t.Errorf("the output is %q, want what the page had before its script", got)
	}
}

func TestAxeNamesWhatIsWrong(t *testing.T) {
	b := browser.New(t)
	address := site(t)

	b.Go(address + "/poor")
	r := &recorder{TB: t}
	b.Axe(r)
	all := strings.Join(r.failures, "\n")
	for _, want := range []string{"[img]", "image-alt", "[input]", "label"} {
		if !strings.Contains(all, want) {
			t.Errorf("axe does not name %q on a poor page:\n%s", want, all)
		}
	}

	b.Go(address + "/")
	b.Axe(t)
}

// recorder is a test that collects its failures and ends when it is told to.
type recorder struct {
	testing.TB
	failures []string
	cleanups []func()
}

func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

func (r *recorder) end() {
	for _, f := range r.cleanups {
		f()
	}
}
