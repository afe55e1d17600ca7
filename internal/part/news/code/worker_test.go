package code_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/news/code"
)

// solving is what a page's script does with a challenge: two workers count in turns,
// the first to find the key tells it.
const solving = `
const challenge = await (await fetch("/challenge")).json()
const start = performance.now()
const solution = await new Promise((found) => {
	for (const counterStart of [0, 1]) {
		const worker = new Worker("/worker.js")
		worker.onmessage = (event) => event.data && found(event.data)
		worker.postMessage({ type: "work", challenge, counterStart, counterStep: 2 })
	}
})
document.body.dataset.took = Math.round(performance.now() - start)
document.querySelector("output").textContent = btoa(JSON.stringify({ challenge, solution }))`

// The very worker that readers' browsers run, under the policy of all pages: no
// script and no worker but the site's own files.
func TestABrowserSolvesAChallengeUnderAStrictPolicy(t *testing.T) {
	mux := http.NewServeMux()
	serve := func(path, kind, body string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'")
			fmt.Fprint(w, body)
		})
	}
	challenge, err := guard.Challenge("article-7", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	serve("/{$}", "text/html", `<!doctype html><html lang="vi"><title>x</title><output></output><script type="module" src="/page.js"></script>`)
	serve("/favicon.ico", "image/x-icon", "")
	serve("/page.js", "text/javascript", solving)
	serve("/worker.js", "text/javascript", string(code.Worker))
	serve("/challenge", "application/json", string(challenge))
	server := httptest.NewServer(mux)
	defer server.Close()

	reader := browser.New(t)
	reader.Go(server.URL)
	payload := reader.Text("output:not(:empty)")
	t.Logf("the browser found the solution in %v ms", reader.Eval(`document.body.dataset.took`))
	if nonce, err := guard.Solved(payload, "article-7", time.Now()); err != nil || nonce == "" {
		t.Errorf("what the browser found gives nonce %q, %v", nonce, err)
	}
}
