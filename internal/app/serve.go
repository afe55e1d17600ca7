package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"giaoban/internal/edge/web"
	"giaoban/internal/part/board/boardui"
)

// Serve answers browsers on listener and commands on the socket, follows the
// ledger, and returns when ctx ends, once what was asked has been answered. With
// a TLS configuration it speaks HTTPS only.
func (a *App) Serve(ctx context.Context, listener net.Listener, secure *tls.Config) error {
	frame, err := a.Frame(ctx)
	if err != nil {
		return err
	}
	socket, err := a.listenSocket()
	if err != nil {
		return err
	}
	boardui.Push(a.Boards, a.Hub, a.config.Log)
	following, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	go a.Follow(following)

	server := a.server(frame, listener.Addr().String())
	commands := &http.Server{Handler: a.commandHandler(), ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 2)
	go func() { failed <- commands.Serve(socket) }()
	go func() {
		if secure == nil {
			failed <- server.Serve(listener)
			return
		}
		server.TLSConfig = secure
		failed <- server.ServeTLS(listener, "", "")
	}()
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	return errors.Join(ignoreClosed(err), a.stop(server, commands))
}

// server keeps streams from holding up the end: they are closed first.
func (a *App) server(frame *web.Frame, address string) *http.Server {
	server := frame.Server(address)
	base, cancel := context.WithCancel(context.Background())
	server.BaseContext = func(net.Listener) context.Context { return base }
	server.RegisterOnShutdown(cancel)
	return server
}

func (a *App) stop(servers ...*http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var errs []error
	for _, server := range servers {
		if err := server.Shutdown(ctx); err != nil {
			errs = append(errs, fmt.Errorf("ending the server: %w", err))
		}
	}
	return errors.Join(errs...)
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
