package web

import (
	"net/http"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
)

// Outside says whether the request came to the public's own address.
func (r *Request) Outside() bool { return r.frame.outside }

// Public is the part of the frame that the public has at an address of its own: the
// routes for everybody that are theirs, scripts and styles, and nothing else. Whoever
// comes there is nobody: no session is looked for, whatever cookies come. The address
// itself leads to front. secure is set when people come there by HTTPS. It is called
// after the last Add.
func (f *Frame) Public(front string, secure bool, theirs func(Route) bool) *Frame {
	public := *f
	public.routes, public.outside = nil, true
	public.config.Secure = secure
	public.config.Who = func(*http.Request) (access.Actor, account.Session, error) {
		return access.Actor{}, account.Session{}, nil
	}
	public.config.Bell, public.config.Rail, public.config.Operator, public.config.Search, public.config.Checkpoint = nil, nil, nil, "", ""
	public.Add(
		Route{Pattern: "GET /{$}", Action: access.Public, Handle: func(r *Request) error { return r.See(front) }},
		Route{Pattern: "GET /healthz", Action: access.Public, Handle: f.healthy},
		Route{Pattern: "GET /favicon.ico", Action: access.Public, Handle: f.favicon},
	)
	for _, route := range f.routes {
		if route.Action == access.Public && theirs(route) {
			public.Add(route)
		}
	}
	return &public
}
