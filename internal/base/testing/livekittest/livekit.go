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
	if len(os.Args) != 3 || os.Args[1] != word {
		os.Exit(m.Run())
	}
	if err := carry(os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// carry is the media process of a directory.
func carry(dir string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	return server.Run(ctx, server.Settings{
		Dir: dir, Signal: "127.0.0.1:0", Memory: 256 << 20, Alone: 5 * time.Second, Version: "test",
	})
}

// Arguments are those by which this test binary is the media process of a directory.
func Arguments(dir string) []string { return []string{word, dir} }

// Server is a supervised LiveKit.
type Server struct {
	*media.Supervisor
	Dir string

	letGo func()
}

// Start starts a LiveKit in a new directory and stops it when the test ends.
func Start(t testing.TB) *Server {
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
	return Supervise(t, dir)
}

// Supervise starts a supervisor of the directory, as a program that serves it does, and
// returns once picture and sound are there.
func Supervise(t testing.TB, dir string) *Server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &Server{Supervisor: media.NewSupervisor(dir, Arguments(dir), os.Stderr, slog.New(slog.DiscardHandler)), Dir: dir}
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
