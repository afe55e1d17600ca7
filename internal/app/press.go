package app

import (
	"crypto/tls"
	"net"
	"net/http"
	"strings"

	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/news/newsui"
)

// turnPages has the answers that are given to everybody alike made anew when what they
// show has changed, on whichever node it did.
func (a *App) turnPages(events []ledger.Event) error {
	for _, e := range events {
		if names := newsui.Changed(e); names != nil {
			a.shares.Changed(names...)
		}
	}
	return nil
}

// entrance is an address at which browsers come in.
type entrance struct {
	listener net.Listener
	secure   *tls.Config // nil for plain HTTP
	door     *door
}

// server serves what is behind the entrance's door: at first a frame.
func (e *entrance) server(frame *web.Frame) *http.Server {
	server := frame.Server(e.listener.Addr().String())
	e.door.lead(server.Handler)
	server.Handler, server.TLSConfig = e.door, e.secure
	return server
}

func (e *entrance) serve(server *http.Server) error {
	if e.secure == nil {
		return server.Serve(e.listener)
	}
	return server.ServeTLS(e.listener, "", "")
}

// outside is the entrance to the public pages alone; nil where there is none.
func (a *App) outside(secure *tls.Config) *entrance {
	if a.config.Public == nil {
		return nil
	}
	if !a.config.PublicTLS {
		secure = nil
	}
	return &entrance{listener: a.config.Public, secure: secure, door: new(door)}
}

// public is what the public is shown at its own address of a frame; while there are no
// pages yet, how far the start is.
func (a *App) public(frame *web.Frame) *web.Frame {
	if !a.start.succeeded() {
		return frame
	}
	return frame.Public("/news/", strings.HasPrefix(a.config.PublicAddress, "https://"), newsui.Outside)
}

func (a *App) closePublic() error {
	if a.config.Public == nil {
		return nil
	}
	return a.config.Public.Close()
}
