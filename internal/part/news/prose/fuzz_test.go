package prose_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"giaoban/internal/base/fault"
	"giaoban/internal/part/news/prose"
)

// seeds are a few cases of each kind; the collections are all tried by
// TestInjectionsComeOutHarmless.
var seeds = []string{
	"", "<p>Đại hội <b>đã</b> <i>xong</i>.", "<ul><li>a<ul><li>b</ul></ul>", "<table><tr><td colspan=2>a<td rowspan=3>b<tr><td>c</table>",
	"<a href='java\tscript:alert(1)'>x</a>", "<svg><style><img src=x onerror=alert(1)>", "<b>a</b>\u0338<i>\u0301</i>",
	`<data class="prose-figure" data-directive="1" data-milestone="done" data-unit="2" data-kind="percent" data-moment="2020-07-10T08:00:00.5+07:00">89,5%</data>`,
	`<figure data-file="ab12"><img alt="x"><figcaption>a <span class="prose-credit">b</span></figcaption></figure>`,
	"<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.</span>a</p><p style='mso-list:l0 level1 lfo1'>b</p>",
	"xem https://example.vn/a?b=(c). http://a.b\u0338/", "\u202ehttps://example.vn/\u2066",
}

func FuzzFromHTML(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, untrusted string) {
		document, err := prose.FromHTML(untrusted)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("an error that nobody can act on: %v", err)
			}
			return
		}
		for _, page := range []string{string(document.HTML(bound)), string(document.HTML(prose.Options{}))} {
			if found := harmful(page); found != "" {
				t.Errorf("the page has %s:\n%s", found, page)
			}
			if !norm.NFC.IsNormalString(page) {
				t.Errorf("the page is not composed: %q", page)
			}
		}
		if err := sameAgain(document); err != nil {
			t.Error(err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, seed := range append(seeds, `null`, `{}`, `{"version":1,"blocks":[{"rule":{}},{"paragraph":{"line":[{"text":"a","link":"https://example.vn/%zz"}]}}]}`,
		`{"version":1,"blocks":[{"list":{"items":[{"line":null,"list":{"items":[{"line":[{"text":"a"},{"break":true}]}]}}]}}]}`,
		`{"version":1,"blocks":[{"table":{"header":[null,[{"text":"a"}]],"rows":[[],[[{"text":" "}]]]}}]}`) {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		document, err := prose.Decode(body)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("an error that nobody can act on: %v", err)
			}
			return
		}
		if found := harmful(string(document.HTML(bound))); found != "" {
			t.Errorf("the page has %s", found)
		}
		if err := sameAgain(document); err != nil {
			t.Error(err)
		}
	})
}

func FuzzComment(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if found := harmful(string(prose.Remark(typed).HTML())); found != "" {
			t.Errorf("the page of what was typed has %s", found)
		}
		remark, err := prose.Comment(typed, 500)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("an error that nobody can act on: %v", err)
			}
			return
		}
		if found := harmful(string(remark.HTML())); found != "" {
			t.Errorf("the page has %s", found)
		}
		if many := utf8.RuneCountInString(string(remark)); many > 500 {
			t.Errorf("it has %d characters", many)
		}
		if strings.ContainsAny(string(remark), "\u202e\u2066\u200b\x00\r\t") || !norm.NFC.IsNormalString(string(remark)) {
			t.Errorf("it is not clean: %q", remark)
		}
		again, err := prose.Comment(string(remark), 500)
		if diff := cmp.Diff(remark, again); diff != "" || err != nil {
			t.Errorf("taken again: %v (-first +again):\n%s", err, diff)
		}
	})
}
