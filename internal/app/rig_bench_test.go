package app_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/edge/media"
	"giaoban/internal/simulate"
)

// quiet takes what a benchmark's program logs.
func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// measured is a demonstration, served on loopback until the benchmark ends.
type measured struct {
	*app.App
	url string
}

func measure(b testing.TB) measured {
	b.Helper()
	return measureAs(b, nil)
}

// measureAs serves it with the picture and sound that find finds.
func measureAs(b testing.TB, find media.Finder) measured {
	b.Helper()
	return measureWith(b, app.Config{Media: find})
}

// measureWith serves it with a configuration of which it fills in the rest.
func measureWith(b testing.TB, config app.Config) measured {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	m := measured{url: "http://" + listener.Addr().String()}
	config.Data, config.Address, config.Log = b.TempDir(), m.url, quiet()
	if m.App, err = app.OpenDemo(b.Context(), config, false); err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(b.Context()))
	ended := make(chan error, 1)
	go func() { ended <- m.Serve(ctx, listener, nil) }()
	b.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			b.Errorf("serving ended with: %v", err)
		}
		if err := m.Close(); err != nil {
			b.Errorf("closing: %v", err)
		}
	})
	return m
}

// visit signs somebody in, as a browser without scripts.
func (m measured) visit(b testing.TB, login string) *http.Client {
	b.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	client := &http.Client{Jar: jar, Transport: &http.Transport{}, Timeout: time.Minute}
	b.Cleanup(client.CloseIdleConnections)
	m.post(b, client, "/sign-in", url.Values{"login": {login}, "password": {simulate.Password}})
	return client
}

// post sends a form and reads the page to which it leads.
func (m measured) post(b testing.TB, client *http.Client, path string, form url.Values) {
	b.Helper()
	response, err := client.PostForm(m.url+path, form)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		b.Fatalf("%s answers %s: %.500s", path, response.Status, body)
	}
}
