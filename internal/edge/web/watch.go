package web

import (
	"log/slog"
	"net/http"
	"time"

	"giaoban/internal/base/fault"
)

// watched answers one request, measures it and writes its line in the log. The
// line names the route by its pattern and nothing that came with the request: a
// path may hold an invitation's code, a query a receipt's.
func (f *Frame) watched(route Route, w http.ResponseWriter, req *http.Request, do func(*Request, *answer)) {
	started := f.config.Machine.Now()
	a := &answer{ResponseWriter: w}
	r := f.request(a, req)
	r.route = route
	defer func() {
		took := f.config.Machine.Now().Sub(started)
		refused := r.refusals()
		f.measures.request(route, a.status, took)
		f.measures.refused(refused)
		f.line(r, a, took, refused)
	}()
	do(r, a)
}

// line writes what was asked and answered, for those who set the log to that level.
func (f *Frame) line(r *Request, a *answer, took time.Duration, refused fault.List) {
	if !f.config.Log.Enabled(r.Context(), slog.LevelDebug) {
		return
	}
	attributes := []slog.Attr{
		slog.String("id", r.reference()), slog.String("method", method(r.Request)), slog.String("route", r.route.Pattern),
		slog.Int("status", a.status), slog.Int64("bytes", a.bytes), slog.Duration("took", took), slog.Int64("person", r.Actor.Person),
	}
	if len(refused) > 0 {
		attributes = append(attributes, slog.String("refused", refused[0].Key))
	}
	f.config.Log.LogAttrs(r.Context(), slog.LevelDebug, "request", attributes...)
}

// method is how the request asked, in one of the words that HTTP has for it: others
// may be anything.
func method(req *http.Request) string {
	switch req.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return req.Method
	}
	return "other"
}

// refusals are what the request was refused for: in place of a page, or beside
// the fields of a form.
func (r *Request) refusals() fault.List {
	list := r.refused
	for _, form := range r.forms {
		list = append(list, form.Errors...)
	}
	return list
}

// reference is the request's name: its line in the log bears it, and so does the
// page of an error that nobody foresaw.
func (r *Request) reference() string {
	if r.id == "" {
		r.id = newReference()
	}
	return r.id
}
