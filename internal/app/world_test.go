package app_test

import (
	"context"
	"log/slog"
	"net"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/simulate"
)

// served is a demonstration that browsers can open.
type served struct {
	*app.App
	url string
}

// serveDemo serves a new demonstration on loopback until the test ends.
func serveDemo(t *testing.T) served {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := served{url: "http://" + listener.Addr().String()}
	config := app.Config{Data: t.TempDir(), Address: s.url, Version: "test", Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	if s.App, err = app.OpenDemo(t.Context(), config, false); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, listener, nil) }()
	t.Cleanup(func() {
		stop()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("serving ended with: %v", err)
			}
		case <-time.After(20 * time.Second):
			t.Error("serving did not end")
		}
		if err := s.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return s
}

// person opens a browser in which somebody of the demonstration is signed in.
func (s served) person(t *testing.T, login string) *browser.Browser {
	t.Helper()
	b := browser.New(t)
	b.Allow("404")
	b.Go(s.url + "/sign-in")
	b.Type("input[name=login]", login)
	b.Type("input[name=password]", simulate.Password)
	b.Click("main button[type=submit], main .btn.primary")
	b.Wait(".rail")
	return b
}
