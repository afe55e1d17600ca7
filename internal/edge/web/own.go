package web

import (
	"fmt"
	"net"
	"net/http"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
)

// ownRoutes are the addresses that the frame itself answers.
func (f *Frame) ownRoutes() []Route {
	return []Route{
		{Pattern: "GET /healthz", Action: access.Public, Handle: f.healthy},
		{Pattern: "GET /readyz", Action: access.Public, Handle: f.ready},
		{Pattern: "GET /metrics", Action: access.Public, Handle: f.metrics},
		{Pattern: "GET /favicon.ico", Action: access.Public, Handle: f.favicon},
		{Pattern: "GET /components", Action: access.SignedIn, Handle: f.components()},
		{Pattern: "POST /components", Action: access.SignedIn, Handle: f.components()},
	}
}

// healthy says that the process answers.
func (f *Frame) healthy(r *Request) error {
	return r.plain(http.StatusOK, "ok")
}

// ready says that the node can serve: its database answers, its board is built.
// Why it cannot is for the log alone: everybody may ask.
func (f *Frame) ready(r *Request) error {
	if f.config.Ready != nil {
		if err := f.config.Ready(r.Context()); err != nil {
			f.config.Log.WarnContext(r.Context(), "not ready", "error", err)
			return r.plain(http.StatusServiceUnavailable, "not ready")
		}
	}
	return r.plain(http.StatusOK, "ready")
}

// metrics are for those who run the system: on the machine itself, or signed in
// as one who may.
func (f *Frame) metrics(r *Request) error {
	if !loopback(r.RemoteAddr) && (f.config.Operator == nil || !f.config.Operator(r)) {
		return fault.New(fault.Forbidden, "access.refused")
	}
	options := promhttp.HandlerOpts{DisableCompression: true} // the frame compresses
	promhttp.HandlerFor(f.measures.registry, options).ServeHTTP(r.Writer, r.Request)
	return nil
}

// loopback says whether address is this machine's own.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// favicon leads browsers that ask for the old name to the mark.
func (f *Frame) favicon(r *Request) error {
	http.Redirect(r.Writer, r.Request, f.assets.entry("mark.svg"), http.StatusMovedPermanently)
	return nil
}

func (r *Request) plain(status int, message string) error {
	r.Writer.Header().Set("Content-Type", "text/plain; charset=utf-8")
	r.Writer.Header().Set("Cache-Control", "no-store")
	r.Writer.WriteHeader(status)
	_, err := fmt.Fprintln(r.Writer, message)
	return ignoreGone(err)
}
