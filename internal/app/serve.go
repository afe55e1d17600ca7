package app

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"giaoban/internal/part/board/boardui"
)

// Serve answers browsers on listener and commands on the socket, follows the
// ledger, and returns when ctx ends, once what was asked has been answered. It
// closes the listener. With a TLS configuration it speaks HTTPS only. An
// installation that was only taken is opened meanwhile: until it is, pages say how
// far that is, and commands wait.
func (a *App) Serve(ctx context.Context, listener net.Listener, secure *tls.Config) error {
	frame, err := a.first(ctx)
	if err != nil {
		return errors.Join(unlessTold(ctx, err), listener.Close(), a.closePublic())
	}
	socket, err := a.listenSocket()
	if err != nil {
		return errors.Join(err, listener.Close(), a.closePublic())
	}
	sparing()
	inside := entrance{listener: listener, secure: secure, door: new(door)}
	server := inside.server(frame)
	server.RegisterOnShutdown(a.endStreams)
	commands := &http.Server{Handler: a.commandHandler(), ReadHeaderTimeout: 10 * time.Second}
	servers := []*http.Server{server, commands}
	failed := make(chan error, 3)
	go func() { failed <- commands.Serve(socket) }()
	go func() { failed <- inside.serve(server) }()
	outside := a.outside(secure)
	if outside != nil {
		public := outside.server(a.public(frame))
		servers = append(servers, public)
		go func() { failed <- outside.serve(public) }()
	}
	if err := a.enter(ctx, inside.door, outside); err != nil {
		return errors.Join(unlessTold(ctx, err), a.stop(servers...))
	}
	boardui.Push(a.Boards, a.Hub, a.config.Log, a.briefings.Elsewhere)
	following, stop := context.WithCancel(context.WithoutCancel(ctx))
	var followers sync.WaitGroup
	followers.Go(func() { a.Follow(following) })
	defer followers.Wait()
	defer stop()
	if a.config.Serving != nil {
		a.config.Serving()
	}
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	return errors.Join(ignoreClosed(err), a.stop(servers...))
}

// enter brings everything into memory, leads browsers to their pages and takes up
// the briefings that are under way.
func (a *App) enter(ctx context.Context, inside *door, outside *entrance) error {
	if !a.start.over() {
		if err := a.begin(ctx); err != nil {
			return err
		}
		frame, err := a.Frame(ctx)
		if err != nil {
			return err
		}
		inside.lead(frame.Handler())
		if outside != nil {
			outside.door.lead(a.public(frame).Handler())
		}
	}
	return a.briefings.Start(ctx)
}

// endStreams ends all streams: they would hold up the end, since they end by
// themselves only when their browsers go away.
func (a *App) endStreams() {
	if a.Hub == nil {
		return // it had not started
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := a.Hub.Close(ctx); err != nil {
		a.config.Log.Warn("ending the live streams", "error", err)
	}
}

// patience is how long an answer that is being given may still take when the
// program is told to end.
const patience = 5 * time.Second

// stop ends servers: no new questions, and the old ones are answered within
// the patience. Whoever takes longer is cut off.
func (a *App) stop(servers ...*http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var errs []error
	for _, server := range servers {
		err := server.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			a.config.Log.Warn("questions that took too long were cut off", "address", server.Addr)
			err = server.Close()
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("ending the server: %w", err))
		}
	}
	return errors.Join(errs...)
}

// unlessTold gives what kept the program from starting, and nothing when that is
// that it was told to end before it had.
func unlessTold(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
