package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
)

// serve answers one route: who asks, may they come in at all, and what becomes
// of an error.
func (f *Frame) serve(route Route) http.Handler {
	limit := route.Limit
	if limit == 0 {
		limit = BodyLimit
	}
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		whole := req.Body
		req.Body = http.MaxBytesReader(w, whole, limit)
		f.watched(route, w, req, func(r *Request, a *answer) {
			r.whole = whole
			f.answer(r, a)
		})
	})
}

// answer runs the route's handler and turns what it refuses into a page.
func (f *Frame) answer(r *Request, answer *answer) {
	defer func() {
		if cause := recover(); cause != nil {
			if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(cause) // the server's own way to drop a connection
			}
			f.fail(r, answer, fmt.Errorf("panic: %v\n%s", cause, debug.Stack()))
		}
	}()
	if err := f.identify(r); err != nil {
		f.fail(r, answer, err)
		return
	}
	if r.route.Action != access.Public && !r.SignedIn() {
		f.ask(r, answer)
		return
	}
	if r.Session.Owes && r.route.Action != access.Public && !r.route.Unready {
		f.owes(r, answer)
		return
	}
	handle := r.route.Handle
	if r.route.Once {
		handle = f.once.handle
	}
	if r.route.Shared && f.config.Shares != nil {
		handle = f.config.Shares.make
	}
	if err := handle(r); err != nil {
		f.fail(r, answer, err)
	}
}

// request makes the request of somebody who is not known yet.
func (f *Frame) request(w http.ResponseWriter, req *http.Request) *Request {
	r := &Request{Request: req, Writer: w, frame: f, Lang: language(req)}
	r.layout = &Layout{r: r, Wall: req.URL.Query().Get("screen") == "1"}
	return r
}

// identify finds out who asks.
func (f *Frame) identify(r *Request) error {
	actor, session, err := f.config.Who(r.Request)
	if err != nil {
		return fmt.Errorf("finding out who asks: %w", err)
	}
	r.Actor, r.Session = actor, session
	return nil
}

// ask has somebody who is not signed in sign in: a script gets 401, a page leads
// to the sign-in page and back, and a form that was sent is kept meanwhile.
func (f *Frame) ask(r *Request, answer *answer) {
	r.Writer.Header().Set("Cache-Control", "no-store")
	if r.WantsJSON() {
		r.failJSON(http.StatusUnauthorized, failure{Kind: "signed-out", Message: r.T("web.signed-out")})
		return
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		path := "/sign-in"
		if r.URL.RequestURI() != "/" {
			path += "?next=" + url.QueryEscape(r.URL.RequestURI())
		}
		http.Redirect(r.Writer, r.Request, path, http.StatusSeeOther)
		return
	}
	kept, err := keep(r)
	if err != nil {
		f.fail(r, answer, err)
		return
	}
	r.kept = kept
	if err := f.config.SignIn(r); err != nil {
		f.fail(r, answer, err)
	}
}

// owes keeps a session that came without the second factor that the installation
// asks for from everything but setting one up.
func (f *Frame) owes(r *Request, answer *answer) {
	if r.Method != http.MethodGet || r.WantsJSON() {
		f.fail(r, answer, fault.New(fault.Forbidden, "web.owes"))
		return
	}
	r.Writer.Header().Set("Cache-Control", "no-store")
	http.Redirect(r.Writer, r.Request, "/account#factor", http.StatusSeeOther)
}

// routed answers what no route matches in the way of the others: a page that
// says so, or which methods there are.
func (f *Frame) routed(mux *http.ServeMux) http.Handler {
	lost := func(r *Request, answer *answer) {
		if err := f.identify(r); err != nil {
			f.fail(r, answer, err)
			return
		}
		if methods := methodsOf(mux, r.Request); len(methods) > 0 {
			r.Writer.Header().Set("Allow", strings.Join(methods, ", "))
			f.show(r, http.StatusMethodNotAllowed, failure{Kind: "method", Message: r.T("web.method")})
			return
		}
		f.fail(r, answer, fault.New(fault.NotFound, "web.not-found"))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if f.switchLanguage(w, req) || f.switchTheme(w, req) {
			return
		}
		if _, pattern := mux.Handler(req); pattern == "" {
			f.watched(Route{Pattern: "(none)"}, w, req, lost)
			return
		}
		mux.ServeHTTP(w, req)
	})
}

// methodsOf are the methods with which the address would have matched.
func methodsOf(mux *http.ServeMux, req *http.Request) []string {
	var list []string
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		other := &http.Request{Method: method, URL: req.URL, Host: req.Host}
		if _, pattern := mux.Handler(other); pattern != "" {
			list = append(list, method)
		}
	}
	return list
}

// answer remembers the status that was sent, and how many bytes before they were
// compressed.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader sends the status and remembers the first.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write sends bytes, with status 200 when none was sent before.
func (a *answer) Write(b []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(b)
	a.bytes += int64(n)
	return n, err
}

// Flush sends what was written so far: streams need it, some of them by name.
func (a *answer) Flush() {
	// A writer that cannot flush has nothing held back.
	_ = http.NewResponseController(a.ResponseWriter).Flush()
}

// Unwrap gives the writer beneath to [http.ResponseController].
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// ignoreGone drops the error of a browser that went away: nobody is there to
// read about it, and nothing was lost.
func ignoreGone(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, http.ErrHandlerTimeout) {
		return nil
	}
	return fmt.Errorf("%w: %w", errGone, err)
}

var errGone = errors.New("the browser went away")

// Stream readies the answer for server-sent events: no time limit on writing,
// no cache, no compression. The handler writes the events.
func (r *Request) Stream() error {
	header := r.Writer.Header()
	header.Set("Content-Type", "text/event-stream; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no")
	controller := http.NewResponseController(r.Writer)
	for _, lift := range []func(time.Time) error{controller.SetWriteDeadline, controller.SetReadDeadline} {
		if err := lift(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return fmt.Errorf("lifting the stream's time limit: %w", err)
		}
	}
	return nil
}
