package prose_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"giaoban/internal/part/news/prose"
)

func TestLinksThatMayBeStored(t *testing.T) {
	for typed, want := range map[string]string{
		"https://example.vn":                               "https://example.vn",
		" HTTP://Example.vn/a b?c=d#e ":                    "",
		"https://example.vn/tin tức":                       "",
		"https://example.vn/tin-tức?q=đ":                   "https://example.vn/tin-t%E1%BB%A9c?q=đ",
		"HTTPS://example.vn/":                              "https://example.vn/",
		"mailto:vanphong@example.vn":                       "mailto:vanphong@example.vn",
		"mailto:a@b.vn?bcc=c@d.vn&body=x":                  "mailto:a@b.vn",
		"/news/dai-hoi-12":                                 "/news/dai-hoi-12",
		"":                                                 "",
		`https://abc"><script>alert(1)</script/`:           "",
		"https://đại-hội.vn:8443/":                         "https://%C4%91%E1%BA%A1i-h%E1%BB%99i.vn:8443/",
		"http://[::1]:80/":                                 "http://[::1]:80/",
		"#_ftn1":                                           "",
		"news/1":                                           "",
		"//evil.example":                                   "",
		`/\evil.example`:                                   "",
		`\\evil.example`:                                   "",
		"https:evil.example":                               "",
		"https://":                                         "",
		"https:///evil.example":                            "",
		"https://bank.vn@evil.example/":                    "",
		"javascript:alert(1)":                              "",
		"JaVaScRiPt:alert(1)":                              "",
		"java\tscript:alert(1)":                            "",
		"\x01javascript:alert(1)":                          "",
		"javascript://example.vn/%0aalert(1)":              "",
		"data:text/html,<script>alert(1)</script>":         "",
		"vbscript:x":                                       "",
		"file:///etc/passwd":                               "",
		"tel:113":                                          "",
		"mailto:a@b.vn\r\nBcc:c@d.vn":                      "",
		"https://example.vn/\u202egpj.exe":                 "",
		"https://example.vn/" + strings.Repeat("a", 2_000): "",
	} {
		got, ok := prose.Link(typed)
		if got != want || ok != (want != "") {
			t.Errorf("Link(%q) = %q, %v, want %q", typed, got, ok, want)
		}
	}
}

func TestALinkThatIsStoredIsTheSameAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.SampledFrom([]string{"http://", "https://a", "/", "mailto:", "https://a.vn/", ""}).Draw(t, "begin") + rapid.String().Draw(t, "rest")
		link, ok := prose.Link(typed)
		if !ok {
			return
		}
		if again, ok := prose.Link(link); again != link || !ok {
			t.Errorf("Link(%q) = %q, but Link of that is %q, %v", typed, link, again, ok)
		}
		if !leadsSomewhereSafe(link) {
			t.Errorf("Link(%q) leads to %q", typed, link)
		}
	})
}
