package web

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"giaoban/internal/base/fault"
)

// policy is what a page may load: its own scripts, styles and pictures and
// nothing else. There is no 'unsafe-inline', because templates write neither
// scripts nor styles into a page: a bar's width is an SVG attribute, and what a
// script moves it moves by the DOM, which the policy does not concern. "data:"
// pictures are the signs and arrows inside the style sheet.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; " +
	"img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; " +
	"worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard stands before every route: headers that browsers obey, no form from
// another site, compression.
func (f *Frame) guard(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(f.refuseForeign))
	next = compress(protection.Handler(next))
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Permissions-Policy", "geolocation=(), payment=(), usb=(), camera=(self), microphone=(self)")
		if f.config.Secure {
			header.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if !f.given(w, req) {
			next.ServeHTTP(w, req)
		}
	})
}

// refuseForeign answers a form that another site sent in the person's name.
func (f *Frame) refuseForeign(w http.ResponseWriter, req *http.Request) {
	f.watched(Route{Pattern: "(another site)"}, w, req, func(r *Request, answer *answer) {
		f.fail(r, answer, fault.New(fault.Forbidden, "web.foreign"))
	})
}

// compress packs pages, scripts and styles, and leaves streams alone: what is
// packed waits for more, and an event must not wait.
func compress(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(1024),
		gzhttp.ExceptContentTypes([]string{
			"text/event-stream", "font/woff2", "image/png", "image/jpeg", "application/zip", "application/pdf", "application/octet-stream", "video/webm",
			"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		}),
	)
	if err != nil {
		panic("web: compression: " + err.Error()) // the options are constants
	}
	packed := wrap(next)
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.Contains(req.Header.Get("Accept"), "text/event-stream") {
			next.ServeHTTP(w, req)
			return
		}
		packed.ServeHTTP(w, req)
	})
}
