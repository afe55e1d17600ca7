package web

import (
	"html/template"
	"strconv"
	"strings"
)

// Bar shows how far a figure is: accepted, waiting, told on behalf, and where
// it should be today. It is drawn as SVG: its widths are attributes, which the
// content policy allows and printers print.
type Bar struct {
	Done, Waiting, Told, Total int
	// Due is how many should be done today; negative shows no tick.
	Due int
	// Key names the bar for the script that moves it; "" for none.
	Key string
}

// html draws the bar; those who listen hear its numbers.
func (b Bar) html(t func(string, ...any) string) template.HTML {
	var s strings.Builder
	s.Grow(420)
	s.WriteString(`<span class="bar" role="img" aria-label="`)
	template.HTMLEscape(&s, []byte(t("web.bar", "done", b.Done, "total", b.Total, "waiting", b.Waiting, "told", b.Told)))
	if b.Key != "" {
		s.WriteString(`" data-bar="`)
		template.HTMLEscape(&s, []byte(b.Key))
	}
	s.WriteString(`"><svg class="track" aria-hidden="true">`)
	at := 0
	for _, part := range [...]struct {
		class string
		n     int
	}{{"done", b.Done}, {"waiting", b.Waiting}, {"told", b.Told}} {
		if part.n > 0 || b.Key != "" {
			s.WriteString(`<rect class="` + part.class + `" x="` + b.share(at) + `" width="` + b.share(part.n) + `" height="100%"/>`)
		}
		at += part.n
	}
	s.WriteString(`</svg>`)
	if b.Due >= 0 {
		due := b.share(b.Due)
		s.WriteString(`<svg class="due" aria-hidden="true"><line x1="` + due + `" x2="` + due + `" y2="100%"/></svg>`)
	}
	s.WriteString(`</span>`)
	return template.HTML(s.String())
}

// share is n of the total as a width, with two decimals at most.
func (b Bar) share(n int) string {
	if b.Total <= 0 || n <= 0 {
		return "0"
	}
	hundredths := min(n*10_000/b.Total, 10_000)
	return strconv.FormatFloat(float64(hundredths)/100, 'f', -1, 64) + "%"
}
