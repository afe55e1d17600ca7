package pgtest

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"giaoban/internal/base/testing/daemon"
)

// Server is a PostgreSQL of one test's own, which it may end and start again.
type Server struct {
	URL string // of its one database

	t       testing.TB
	dir     string
	running *daemon.Daemon
}

// NewServer starts a server; it ends with t.
func NewServer(t testing.TB) *Server {
	t.Helper()
	dir, err := os.MkdirTemp("", "giaoban-postgres-")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{URL: address(dir, "postgres"), t: t, dir: dir}
	t.Cleanup(func() {
		if s.running != nil {
			s.End(syscall.SIGQUIT)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := initialise(dir, s.rows()); err != nil {
		t.Fatal(err)
	}
	s.Start()
	return s
}

func (s *Server) rows() string { return filepath.Join(s.dir, "rows") }

// Start starts the server again and returns when it answers. After a crash it
// takes some attempts: what the old one leaves in memory has to go first.
func (s *Server) Start() {
	s.t.Helper()
	for late := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		running, err := s.start()
		if err == nil {
			s.running = running
			return
		}
		if time.Now().After(late) {
			s.t.Fatal(err)
		}
	}
}

func (s *Server) start() (*daemon.Daemon, error) {
	own, err := os.MkdirTemp(s.dir, "run-")
	if err != nil {
		return nil, err
	}
	as, err := owner()
	if err == nil && as != nil {
		err = os.Chown(own, int(as.Uid), int(as.Gid))
	}
	if err != nil {
		return nil, err
	}
	return launch(own, s.dir, s.rows())
}

// End sends the server a signal and returns when it has ended: INT is a restart's
// quick end, QUIT leaves the recovery to the next start, KILL is a crash.
func (s *Server) End(signal syscall.Signal) {
	s.t.Helper()
	content, err := os.ReadFile(filepath.Join(s.rows(), "postmaster.pid"))
	if err != nil {
		s.t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(content), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := syscall.Kill(pid, signal); err != nil {
		s.t.Fatal(err)
	}
	s.running.Wait()
	s.running = nil
}
