package app_test

import (
	"testing"
	"time"

	"giaoban/internal/base/testing/browser"
)

// BenchmarkNewsOnAThinLine opens the front page and an article as somebody does who was
// never there, on a line of 1.6 Mbit/s with 150 ms there and back, and tells when the largest of what is
// first seen was painted.
func BenchmarkNewsOnAThinLine(b *testing.B) {
	m := measure(b)
	for name, path := range map[string]string{"front": "/news/", "article": "/news/1/giao-ban-truc-tuyen-ve-dai-hoi-dang-bo-cac-cap"} {
		b.Run(name, func(b *testing.B) {
			var slowest float64
			for b.Loop() {
				reader := browser.New(b)
				reader.Thin(200_000, 75*time.Millisecond)
				reader.Go(m.url + path)
				reader.WaitTrue("all is painted", `document.readyState === "complete" && (window.painted ??= 0, window.watching ??= new PerformanceObserver(list => {
					for (const one of list.getEntries()) window.painted = one.startTime;
				}).observe({type: "largest-contentful-paint", buffered: true}) ?? true, window.painted > 0)`)
				painted, _ := reader.Eval(`window.painted`).(float64)
				slowest = max(slowest, painted)
			}
			b.ReportMetric(slowest, "slowest-ms")
		})
	}
}
