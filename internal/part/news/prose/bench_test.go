package prose_test

import (
	"os"
	"strings"
	"testing"

	"giaoban/internal/part/news/prose"
)

// BenchmarkFromHTML reads a paste from Word and such as were made to be slow to read.
func BenchmarkFromHTML(b *testing.B) {
	word, err := os.ReadFile("testdata/paste/word.html")
	if err != nil {
		b.Fatal(err)
	}
	for name, page := range map[string]string{
		"word":       string(word),
		"spans":      strings.Repeat("<span>a </span>", 60_000),
		"bold holes": strings.Repeat("a <b> </b>", 60_000),
		"breaks":     strings.Repeat("<br> ", 100_000),
		"deep":       strings.Repeat("<div><ul><li>a", 160),
		"tables":     strings.Repeat("<table><tr><td colspan=999 rowspan=999>a", 120),
		"rows":       strings.Repeat("<tr><td rowspan=999 colspan=999>", 60_000) + "<table>" + strings.Repeat("<tr><td rowspan=999 colspan=30>", 60_000),
		"marks":      "a" + strings.Repeat("\u0301", 500_000),
		"attributes": "<p " + strings.Repeat("a=b ", 100_000) + ">",
		"unclosed":   strings.Repeat("<b><i><a href=/a>", 20_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				_, _ = prose.FromHTML(page) // some are refused
			}
		})
	}
}

// BenchmarkHTML writes an article of the length of a briefing's news.
func BenchmarkHTML(b *testing.B) {
	word, err := os.ReadFile("testdata/paste/word.html")
	if err != nil {
		b.Fatal(err)
	}
	document, err := prose.FromHTML(string(word))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		document.HTML(prose.Options{})
	}
}

// BenchmarkComment takes comments and writes them.
func BenchmarkComment(b *testing.B) {
	for name, typed := range map[string]string{
		"usual":    strings.Repeat("Đề nghị công bố danh sách. Xem https://example.vn/a?b=c.\n\n", 20),
		"brackets": "http://" + strings.Repeat("a)", 100_000),
		"http":     strings.Repeat("http://", 50_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(typed)))
			for b.Loop() {
				remark, err := prose.Comment(typed, 1_000_000)
				if err != nil {
					b.Fatal(err)
				}
				remark.HTML()
			}
		})
	}
}
