package app_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
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
	url     string
	dir     string // the data directory
	cameras bool   // people have them, and microphones
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
	s := served{url: "http://" + listener.Addr().String(), dir: t.TempDir(), cameras: config.Media != nil}
	if config.Database == "" {
		tell(t, s.dir)
	}
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

// told are the files of the demonstration on SQLite, by their names: its story is told
// once for all tests of this process.
var told = sync.OnceValues(func() (files map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "giaoban-told-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	a, err := app.OpenDemo(context.Background(), app.Config{Data: dir, Version: "test", Log: quiet()}, false)
	if err != nil {
		return nil, err
	}
	if err := a.Close(); err != nil {
		return nil, err
	}
	files = map[string][]byte{}
	err = filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		files[name], err = os.ReadFile(file)
		return err
	})
	return files, err
})

// tell has the demonstration in an empty directory.
func tell(t *testing.T, dir string) {
	t.Helper()
	files, err := told()
	if err != nil {
		t.Fatalf("telling the demonstration: %v", err)
	}
	for name, content := range files {
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, content, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

// person opens a browser in which somebody of the demonstration is signed in.
func (s served) person(t *testing.T, login string) *browser.Browser {
	t.Helper()
	open := browser.New
	if s.cameras {
		open = browser.WithCamera
	}
	b := open(t)
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
