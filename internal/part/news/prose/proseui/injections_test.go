package proseui_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/count"
)

// injections are cases of the collections beside the package prose: each in the full run,
// one of twenty else.
func injections(t *testing.T) (cases []string) {
	t.Helper()
	files, err := filepath.Glob("../testdata/injections/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var collection struct{ Cases []string }
		if err := json.Unmarshal(content, &collection); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for i := 0; i < len(collection.Cases); i += count.Of(20, 1) {
			cases = append(cases, collection.Cases[i])
		}
	}
	return cases
}

// pasteAll pastes one case after the other over what the one before left, and gives what a
// script of any of them did.
const pasteAll = `(async (cases) => {
	const caught = [], page = document.querySelector(".prose-page"), real = fetch;
	for (const name of ["alert", "confirm", "prompt", "print", "open", "eval"]) window[name] = () => { caught.push(name); };
	addEventListener("securitypolicyviolation", (e) => caught.push(e.effectiveDirective + " " + e.blockedURI + " " + e.sample));
	for (const one of cases) {
		const read = new Promise((go) => window.fetch = (...asked) => real(...asked).finally(go));
		const data = new DataTransfer();
		data.setData("text/html", one);
		data.setData("text/plain", one);
		getSelection().selectAllChildren(page);
		page.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
		if (one !== "") await read;
		await new Promise(requestAnimationFrame); // it stands in the page
		for (const element of page.querySelectorAll("*")) {
			for (const {name} of element.attributes) if (/^on|^srcdoc$/i.test(name)) caught.push(one + ": " + name);
			if (/^(script|iframe|object|embed|base|style|form|input|svg|math)$/i.test(element.localName)) caught.push(one + ": " + element.localName);
			if (element.href && !/^(https?|mailto):/.test(element.href)) caught.push(one + ": a link to " + element.href);
		}
	}
	for (const one of performance.getEntriesByType("resource")) if (!one.name.startsWith(origin) && !one.name.startsWith("data:")) caught.push("asked for " + one.name);
	return caught;
})(%s)`

// Whatever is on the clipboard, nothing of it runs in the editor's page, under the policy
// that pages have.
func TestInjectionsThatArePastedRunNothingInTheEditor(t *testing.T) {
	b := browser.New(t)
	b.Allow("422") // a document that is too deep or too long
	b.Go(desk(t, say("xem")).URL)
	b.Wait(".prose-page")
	all := injections(t)
	for cases := range slices.Chunk(all, 200) {
		list, err := json.Marshal(cases)
		if err != nil {
			t.Fatal(err)
		}
		if caught, _ := b.Eval(fmt.Sprintf(pasteAll, list)).([]any); len(caught) > 0 {
			t.Errorf("caught %q", caught)
		}
	}
	t.Logf("%d cases were pasted: nothing ran, nothing was asked for", len(all))
}
