package livekittest

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"

	"giaoban/internal/edge/media"
	"giaoban/internal/edge/media/server"
)

// word is the argument by which a test binary is told to be a media process.
const word = "livekittest-media"

// Main runs the tests, or is the media process that one of them started.
func Main(m *testing.M) {
	lksdk.SetLogger(logger.GetDiscardLogger())
	if len(os.Args) < 4 || os.Args[1] != word {
		os.Exit(bothWays(m.Run))
	}
	if err := carry(os.Args[2], os.Args[3], os.Args[4:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// carry is the media process of a directory, with its signalling at an address, and with a
// relay if that has arguments.
func carry(dir, signalling string, relay []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	return server.Run(ctx, server.Settings{
		Dir: dir, Signal: signalling, Memory: 256 << 20, Alone: 5 * time.Second, Version: "test",
		Relay: relayOf(relay),
	})
}

// Arguments are those by which this test binary is the media process of a directory.
func Arguments(dir string) []string { return []string{word, dir, anyPort} }

const anyPort = "127.0.0.1:0"

// Server is a LiveKit: a supervised one, or one elsewhere, which has no supervisor.
type Server struct {
	*media.Supervisor
	Find  media.Finder
	Dir   string
	Relay int // its port of TURN over TLS; 0 for none

	letGo func()
}

// Start starts a LiveKit in a new directory and stops it when the test ends. It runs
// beside the test or elsewhere, as [bothWays] has it.
func Start(t testing.TB) *Server {
	t.Helper()
	used(t)
	if outside() {
		return elsewhere(t, newDir(t))
	}
	return Supervised(t)
}

// Supervised is as Start, and always supervised.
func Supervised(t testing.TB) *Server {
	t.Helper()
	return Supervise(t, newDir(t))
}

// newDir is a new directory whose media process is stopped when the test ends.
func newDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "livekit-") // short: it holds a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := media.Stop(ctx, dir); err != nil {
			t.Errorf("stopping LiveKit: %v", err)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// Supervise starts a supervisor of the directory, as a program that serves it does, and
// returns once picture and sound are there.
func Supervise(t testing.TB, dir string) *Server {
	t.Helper()
	return supervise(t, dir, Arguments(dir))
}

func supervise(t testing.TB, dir string, arguments []string) *Server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &Server{Supervisor: media.NewSupervisor(dir, arguments, os.Stderr, slog.New(slog.DiscardHandler)), Dir: dir}
	s.Find = s.Supervisor.Find
	var running sync.WaitGroup
	running.Go(func() { s.Run(ctx) })
	s.letGo = func() { cancel(); running.Wait() }
	t.Cleanup(s.letGo)
	s.Await(t)
	return s
}

// Await returns once picture and sound are there.
func (s *Server) Await(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := s.Wait(ctx); err != nil {
		t.Fatalf("waiting for LiveKit in %s: %v", filepath.Base(s.Dir), err)
	}
}

// LetGo ends the supervisor and leaves LiveKit running, as the end of a program does.
func (s *Server) LetGo() { s.letGo() }
