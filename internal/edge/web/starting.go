package web

import (
	"fmt"
	"net/http"

	"giaoban/internal/base/access"
)

// Progress is how far a start is: how many events of how many were read. A total
// of 0 says that nobody knows yet.
type Progress func() (read, total int)

// percent is how much of the events was read, rounded down; 0 when nobody knows.
func (p Progress) percent() int {
	read, total := p()
	return 100 * min(read, total) / max(total, 1)
}

// NewStarting is the frame of a program that cannot show its pages yet, because it
// is still reading the log. It runs (/healthz), is not ready (/readyz), and every
// other address answers with how far it is.
func NewStarting(config Config, progress Progress) (*Frame, error) {
	// Styles alone: what the pages' scripts do needs a program that has started.
	f, err := newFrame(config, []Bundle{look})
	if err != nil {
		return nil, err
	}
	f.starting = progress
	screen := f.Screen(templates, "template/starting.html")
	wait := func(r *Request) error { return r.startingPage(screen) }
	f.Add(
		Route{Pattern: "GET /healthz", Action: access.Public, Handle: f.healthy},
		Route{Pattern: "GET /readyz", Action: access.Public, Handle: f.notYet},
		Route{Pattern: "GET /metrics", Action: access.Public, Handle: f.metrics},
		Route{Pattern: "GET /favicon.ico", Action: access.Public, Handle: f.favicon},
		Route{Pattern: "GET /", Action: access.Public, Handle: wait},
		Route{Pattern: "POST /", Action: access.Public, Handle: wait},
	)
	return f, nil
}

// notYet says to whoever watches the program how far its start is.
func (f *Frame) notYet(r *Request) error {
	retry(r)
	return r.plain(http.StatusServiceUnavailable, fmt.Sprintf("starting: %d %% of the events read", f.starting.percent()))
}

// startingPage says how far the start is. A page reloads by itself. What came with
// a form was not taken: only the browser has it, and sends it when its reader reloads.
func (r *Request) startingPage(screen *Screen) error {
	retry(r)
	percent := r.frame.starting.percent()
	if r.WantsJSON() {
		r.failJSON(http.StatusServiceUnavailable, failure{Kind: "starting", Message: r.T("web.starting.read", "percent", percent)})
		return nil
	}
	sent := r.Method == http.MethodPost
	if !sent {
		r.Writer.Header().Set("Refresh", startingAgain)
	}
	r.layout = &Layout{r: r, Narrow: true, Title: r.T("web.starting")}
	return r.RenderStatus(http.StatusServiceUnavailable, screen, map[string]any{
		"Percent": percent, "Bar": Bar{Done: percent, Total: 100, Due: -1}, "Sent": sent,
	})
}

// startingAgain is after how many seconds it is worth while to ask again.
const startingAgain = "3"

func retry(r *Request) { r.Writer.Header().Set("Retry-After", startingAgain) }
