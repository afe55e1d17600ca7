package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/html"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/officetest"
)

// installation is a directory with an office in it, and the database that goes
// with it.
type installation struct {
	t        testing.TB
	dir      string
	database string // of PostgreSQL; "" for SQLite
}

// newInstallation makes the office of officetest at a database as
// enginetest.Each names it.
func newInstallation(t *testing.T, database string) (installation, *officetest.World) {
	t.Helper()
	in := installation{t: t, dir: filepath.Dir(database)}
	if strings.HasPrefix(database, "postgres") {
		in.dir, in.database = t.TempDir(), database
	}
	if _, err := ledger.LoadKey(in.dir); err != nil {
		t.Fatal(err)
	}
	return in, officetest.New(t, database)
}

// command is the program with arguments, on the installation. It is this test's
// own binary, see TestMain.
func (in installation) command(arguments ...string) *exec.Cmd {
	in.t.Helper()
	self, err := os.Executable()
	if err != nil {
		in.t.Fatal(err)
	}
	return &exec.Cmd{
		Path: self, Args: append([]string{"giaoban"}, arguments...),
		Env: append(os.Environ(), "LANG=en_US.UTF-8", "GIAOBAN_DATA="+in.dir, "GIAOBAN_DB="+in.database),
	}
}

// run runs a command that must end with a status, and gives what it printed.
func (in installation) run(status int, arguments ...string) string {
	in.t.Helper()
	c := in.command(arguments...)
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		in.t.Fatal(err)
	}
	if got := c.ProcessState.ExitCode(); got != status {
		in.t.Fatalf("giaoban %s ended with status %d, want %d:\n%s%s", strings.Join(arguments, " "), got, status, out, &said)
	}
	return string(out)
}

// server is the program serving the installation, in a process of its own.
type server struct {
	t   testing.TB
	cmd *exec.Cmd
	url string // "" until it says where it is
	log string // file
}

// serve starts the program and returns when it answers.
func (in installation) serve(flags ...string) *server {
	in.t.Helper()
	s := in.start(append([]string{"serve", "--listen", "127.0.0.1:0"}, flags...)...)
	for late := time.Now().Add(time.Minute); s.url == ""; time.Sleep(10 * time.Millisecond) {
		s.look()
		if time.Now().After(late) {
			in.t.Fatalf("the program does not serve; it says:\n%s", s.said())
		}
	}
	return s
}

// start starts the program in the background.
func (in installation) start(arguments ...string) *server {
	in.t.Helper()
	s := &server{t: in.t, cmd: in.command(arguments...), log: filepath.Join(in.t.TempDir(), "log")}
	log, err := os.Create(s.log)
	if err != nil {
		in.t.Fatal(err)
	}
	defer log.Close()
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		in.t.Fatal(err)
	}
	in.t.Cleanup(func() {
		if s.cmd.ProcessState == nil {
			s.kill()
		}
	})
	return s
}

// look reads where the program is, once it says so.
func (s *server) look() {
	s.t.Helper()
	if found := printed.FindString(s.said()); strings.Contains(s.said(), found+"\n") {
		s.url = found
	}
}

func (s *server) said() string {
	s.t.Helper()
	said, err := os.ReadFile(s.log)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(said)
}

// kill ends the program as a power cut would, as far as the program can tell.
func (s *server) kill() {
	s.t.Helper()
	if err := s.cmd.Process.Kill(); err != nil {
		s.t.Fatal(err)
	}
	// That it was killed is what the error says.
	_ = s.cmd.Wait()
}

// end asks the program to end, as an operator does.
func (s *server) end() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	s.ended()
}

// ended waits until the program that was told to end has done so, well. Long
// before the minute it would have cut everybody off.
func (s *server) ended() {
	s.t.Helper()
	stuck := time.AfterFunc(time.Minute, func() { _ = s.cmd.Process.Signal(syscall.SIGQUIT) }) // it prints where it hangs
	defer stuck.Stop()
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("the program ended with: %v; it says:\n%s", err, s.said())
	}
}

// browser is somebody's browser without scripts. It follows no redirect.
type browser struct {
	t      *testing.T
	client *http.Client
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t, &http.Client{
		Jar: jar, Transport: &http.Transport{}, Timeout: time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	t.Cleanup(b.client.CloseIdleConnections)
	return b
}

// get opens a page, which must be there.
func (b *browser) get(address string) string {
	b.t.Helper()
	response, err := b.client.Get(address)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		b.t.Fatalf("%s answers %s:\n%s", address, response.Status, page)
	}
	return string(page)
}

// post sends a form, which must be taken, and gives the path to which the answer
// leads. It reads no more than the first lines of the answer.
func (b *browser) post(address string, form url.Values) string {
	b.t.Helper()
	response, err := b.client.PostForm(address, form)
	if err != nil {
		b.t.Fatal(err)
	}
	if response.StatusCode != http.StatusSeeOther {
		page, _ := io.ReadAll(response.Body) // what can be read of it tells enough
		b.t.Fatalf("%s answers %s:\n%s", address, response.Status, page)
	}
	b.t.Cleanup(func() { _ = response.Body.Close() }) // nothing is read from it any more
	return response.Header.Get("Location")
}

// watch opens a stream and gives its first line.
func (b *browser) watch(ctx context.Context, address string) io.ReadCloser {
	b.t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Accept", "text/event-stream")
	response, err := (&http.Client{Jar: b.client.Jar}).Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		b.t.Fatalf("%s answers %s", address, response.Status)
	}
	return response.Body
}

// inputs are the fields of a page's forms as they stand there.
func inputs(t *testing.T, page string) url.Values {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	values := url.Values{}
	for node := range root.Descendants() {
		if node.Type != html.ElementNode || node.Data != "input" {
			continue
		}
		attributes := map[string]string{}
		for _, a := range node.Attr {
			attributes[a.Key] = a.Val
		}
		if attributes["name"] != "" && attributes["type"] != "radio" && attributes["type"] != "checkbox" {
			values.Set(attributes["name"], attributes["value"])
		}
	}
	return values
}
