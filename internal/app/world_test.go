package app_test

import (
	"context"
	"log/slog"
	"net"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/tree"
	"giaoban/internal/simulate"
)

// served is a demonstration that browsers can open.
type served struct {
	*app.App
	url string
	dir string // the data directory
}

// serveDemo serves a new demonstration on loopback until the test ends, on the
// database at url; "" for SQLite.
func serveDemo(t *testing.T, url string) served {
	t.Helper()
	return serveDemoAt(t, url, nil)
}

// serveDemoAt serves it by a business clock of the test; nil for its own.
func serveDemoAt(t *testing.T, url string, business clock.Clock) served {
	t.Helper()
	return serveDemoAs(t, app.Config{Database: url, Business: business})
}

// serveDemoAs serves it as a configuration says, in a directory of its own.
func serveDemoAs(t *testing.T, config app.Config) served {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := served{url: "http://" + listener.Addr().String(), dir: t.TempDir()}
	config.Data, config.Address, config.Version, config.Log = s.dir, s.url, "test", slog.New(slog.NewTextHandler(t.Output(), nil))
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
	b.Go(s.url + "/sign-in?lang=vi")
	b.Type("input[name=login]", login)
	b.Type("input[name=password]", simulate.Password)
	b.Click("main button[type=submit], main .btn.primary")
	b.Wait(".rail")
	return b
}

var unitName = regexp.MustCompile(`\{[^}]+\}`)

// path fills the ids of units into a path that names them: "/org/{Tỉnh Bắc Ninh}".
func (s served) path(t *testing.T, path string) string {
	t.Helper()
	return unitName.ReplaceAllStringFunc(path, func(name string) string {
		return strconv.FormatInt(int64(s.unit(t, strings.Trim(name, "{}"))), 10)
	})
}

// unit finds a unit by its name.
func (s served) unit(t testing.TB, name string) tree.UnitID {
	t.Helper()
	root, _ := s.Tree.Root()
	for _, u := range s.Tree.Find(root.ID, name, 10) {
		if u.Name == name {
			return u.ID
		}
	}
	t.Fatalf("there is no unit %q", name)
	return 0
}
