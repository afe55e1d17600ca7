package smtptest

import (
	_ "embed" // the server
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"giaoban/internal/base/testing/daemon"
)

//go:embed server.py
var script string

// Server is a mail server of one test's own, which it may end and start again. The
// addresses nobody@, barred@, full@ and later@ of any place are refused: for good, by
// policy, for a full box, and until [Server.Open] for now.
type Server struct {
	Address string // host:port

	t                testing.TB
	folder           string // of what it took
	certificate, key string
	running          *daemon.Daemon
}

// Letter is a letter as the server took it.
type Letter struct {
	To  []string // of the envelope
	Raw []byte
	*mail.Message
}

// New starts a server without encryption; it ends with t.
func New(t testing.TB) *Server { return NewSecure(t, "", "") }

// NewSecure starts a server that demands STARTTLS with a certificate, and a sign-in
// as "giaoban" with "mat khau".
func NewSecure(t testing.TB, certificate, key string) *Server {
	t.Helper()
	if _, err := os.Stat("/usr/lib/python3/dist-packages/aiosmtpd"); err != nil {
		t.Fatal("there is no mail server for tests: run scripts/setup, or install python3-aiosmtpd")
	}
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Address: port.Addr().String(), t: t, folder: t.TempDir(), certificate: certificate, key: key}
	if err := port.Close(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.End)
	s.Start()
	return s
}

// Start starts the server and returns when it answers.
func (s *Server) Start() {
	s.t.Helper()
	own, err := os.MkdirTemp("", "giaoban-smtp-")
	if err == nil {
		err = os.WriteFile(filepath.Join(own, "server.py"), []byte(script), 0o600)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(s.Address)
	if err := os.Remove(filepath.Join(s.folder, "pid")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.t.Fatal(err)
	}
	s.running, err = daemon.Start(daemon.Program{
		Name: "/usr/bin/python3", Args: []string{filepath.Join(own, "server.py"), s.folder, port, s.certificate, s.key}, Dir: own, Stop: "KILL",
	})
	if err != nil {
		s.t.Fatal(err)
	}
	err = s.running.Await(30*time.Second, func() error {
		connection, err := net.Dial("tcp", s.Address)
		if err != nil {
			return err
		}
		_, err = os.Stat(filepath.Join(s.folder, "pid"))
		return errors.Join(err, connection.Close())
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// End ends the server at once, and returns when it has.
func (s *Server) End() {
	if s.running == nil {
		return
	}
	s.t.Helper()
	content, err := os.ReadFile(filepath.Join(s.folder, "pid"))
	if err != nil {
		s.t.Fatal(err)
	}
	pid, err := strconv.Atoi(string(content))
	if err == nil {
		err = syscall.Kill(pid, syscall.SIGKILL)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.running.Wait()
	s.running = nil
}

// Open has the server take from now on what it asked to be sent later.
func (s *Server) Open() {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.folder, "open"), nil, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// Await returns once the server has taken so many letters. It gives up where none comes
// for a minute.
func (s *Server) Await(n int) []Letter {
	s.t.Helper()
	for has := len(s.files()); has < n; {
		before := has
		err := s.running.Await(time.Minute, func() error {
			if has = len(s.files()); has == before {
				return fmt.Errorf("%d letters of %d have come", has, n)
			}
			return nil
		})
		if err != nil {
			s.t.Fatal(err)
		}
	}
	return s.Letters()
}

// files are the letters that the server took, in their order, unread.
func (s *Server) files() []string {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(s.folder, "*.eml"))
	if err != nil {
		s.t.Fatal(err)
	}
	slices.Sort(files)
	return files
}

// Letters are the letters that the server took, in their order.
func (s *Server) Letters() []Letter {
	s.t.Helper()
	var list []Letter
	for _, file := range s.files() {
		l, err := read(file)
		if err != nil {
			s.t.Fatal(err)
		}
		list = append(list, l)
	}
	return list
}

func read(file string) (l Letter, err error) {
	if l.Raw, err = os.ReadFile(file); err != nil {
		return l, err
	}
	to, err := os.ReadFile(strings.TrimSuffix(file, ".eml") + ".to")
	if err == nil {
		err = json.Unmarshal(to, &l.To)
	}
	if err == nil {
		l.Message, err = mail.ReadMessage(strings.NewReader(string(l.Raw)))
	}
	if err != nil {
		return l, fmt.Errorf("reading a letter: %w", err)
	}
	return l, nil
}
