package prose_test

import (
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/news/prose"
)

// frame is a page as ours are, with a trap: whatever shows that a script ran, something
// was asked for, or a name of the page was taken is written down in caught. Nothing is
// forbidden to the page; what a strict policy would forbid is told to it.
const frame = `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>trap</title>
<link rel="icon" href="data:,"><script nonce="ours">
const caught = [];
for (const name of ["alert", "confirm", "prompt", "print", "open", "eval", "fetch", "setTimeout", "postMessage", "write"]) {
	const trap = () => { caught.push(name); };
	window[name] = trap;
	document[name] = trap;
}
document.addEventListener("securitypolicyviolation", (e) => caught.push(e.effectiveDirective + " " + e.blockedURI + " " + e.sample));
</script></head><body><header id="top"><form id="search"><input name="q"></form></header><main id="main">
%s</main>
<script nonce="ours">
document.addEventListener("submit", (e) => { e.preventDefault(); caught.push("submit"); });
function touched() {
	const main = document.getElementById("main");
	for (const element of main.querySelectorAll("*")) {
		for (const name of ["mouseover", "mouseenter", "focus", "blur", "animationstart", "toggle", "load", "error", "wheel", "pointerdown"]) {
			element.dispatchEvent(new Event(name, {bubbles: true}));
		}
		for (const attribute of element.attributes) {
			if (/^on|^(style|id|name|srcdoc|action|formaction|target)$/i.test(attribute.name)) caught.push(element.tagName + " " + attribute.name);
		}
		if (element.namespaceURI !== "http://www.w3.org/1999/xhtml") caught.push("namespace of " + element.tagName);
	}
	for (const link of main.querySelectorAll("a, area")) {
		if (!["http:", "https:", "mailto:"].includes(link.protocol)) caught.push("link to " + link.href);
	}
	for (const entry of performance.getEntriesByType("resource")) caught.push("asked for " + entry.name);
	if (window.main !== main || document.forms.length !== 1 || document.forms.search.elements.q === undefined) caught.push("a name of the page was taken");
	if (Array.from(document.body.children, (e) => e.tagName).join() !== "HEADER,MAIN,SCRIPT") caught.push("it left its place: " + document.body.innerHTML.slice(0, 200));
	return caught.concat("end");
}
</script></body></html>`

// trap serves pages and counts what else is asked for.
type trap struct {
	*httptest.Server
	mu    sync.Mutex
	page  string
	asked []string
}

func newTrap(t *testing.T) *trap {
	trap := &trap{}
	trap.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		trap.mu.Lock()
		defer trap.mu.Unlock()
		if r.URL.Path != "/" {
			trap.asked = append(trap.asked, r.URL.String())
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Security-Policy-Report-Only", "default-src 'none'; script-src 'nonce-ours'; img-src data:; base-uri 'none'; form-action 'none'")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, trap.page)
	}))
	t.Cleanup(trap.Close)
	return trap
}

// show loads a page with the parts in it and gives what was caught.
func (trap *trap) show(b *browser.Browser, parts []template.HTML) []any {
	var all strings.Builder
	for _, part := range parts {
		all.WriteString(string(part))
	}
	trap.mu.Lock()
	trap.page = fmt.Sprintf(frame, all.String())
	trap.mu.Unlock()
	b.Go(trap.URL + "/")
	b.WaitTrue("see the page loaded", `document.readyState === "complete" || null`)
	caught, _ := b.Eval(`touched()`).([]any)
	trap.mu.Lock()
	defer trap.mu.Unlock()
	for _, address := range trap.asked {
		caught = append(caught, "the server was asked for "+address)
	}
	return caught
}

func TestInjectionsRunNothingInABrowser(t *testing.T) {
	var parts []template.HTML
	count := 0
	for _, c := range collections(t) {
		for _, untrusted := range c.Cases {
			parts = append(parts, written(t, untrusted)...)
			count++
		}
	}
	caught := newTrap(t).show(browser.New(t), parts)
	if len(caught) != 1 || caught[0] != "end" {
		t.Errorf("caught: %q", caught)
	}
	t.Logf("%d cases as %d parts of a page: nothing ran, nothing was asked for", count, len(parts))
}

// The trap itself is tried, so that its silence says something.
func TestTheTrapCatchesWhatIsNotCleaned(t *testing.T) {
	b := browser.New(t)
	b.Allow("") // it complains of all that the policy would forbid
	for untrusted, want := range map[template.HTML]string{
		`<img src=x onerror="alert(1)">`:             "alert",
		`<p style="color:red">`:                      "style",
		`<a href="javascript:alert(1)">x</a>`:        "link to javascript:",
		`<img id="main">`:                            "IMG id",
		`<link rel="stylesheet" href="/stolen.css">`: "asked for",
		`</main></body><p>out`:                       "left its place",
		`<svg><a></a></svg>`:                         "namespace",
	} {
		caught := fmt.Sprint(newTrap(t).show(b, []template.HTML{untrusted}))
		if !strings.Contains(caught, want) {
			t.Errorf("%s: caught %s, want %q", untrusted, caught, want)
		}
	}
}

func TestEverybodyCanReadAnArticle(t *testing.T) {
	page := fmt.Sprintf(`<!DOCTYPE html><html lang="vi"><title>article</title><link rel="icon" href="data:,"><main><h1>Tiến độ</h1>%s</main></html>`, article().HTML(prose.Options{}))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page)
	}))
	t.Cleanup(server.Close)
	b := browser.New(t)
	b.Go(server.URL)
	b.Axe(t)
}
