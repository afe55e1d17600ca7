package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// Supervisor keeps a directory's media process alive: it takes up the one that runs, from
// before a restart of this program or started by hand, starts one where there is none, and
// starts it again when it dies. When this program ends, the process stays for a
// while, so that the next one takes it up and briefings keep picture and sound.
type Supervisor struct {
	dir       string
	arguments []string
	output    io.Writer
	log       *slog.Logger

	mu    sync.Mutex
	now   *hold
	ready chan struct{} // closed while now is there
}

// NewSupervisor makes a supervisor of the media process in dir: this very program, with
// the arguments that have it run LiveKit. What that says goes to where output is.
func NewSupervisor(dir string, arguments []string, output io.Writer, log *slog.Logger) *Supervisor {
	return &Supervisor{dir: dir, arguments: arguments, output: output, log: log, ready: make(chan struct{})}
}

// The pause before a process that died is started again, and after which time of
// running well it is short again.
const (
	shortest = 100 * time.Millisecond
	longest  = 30 * time.Second
	wellFor  = time.Minute
)

// Run keeps the media process alive until ctx ends, and then lets go of it.
func (s *Supervisor) Run(ctx context.Context) {
	pause := shortest
	for ctx.Err() == nil {
		h, err := s.obtain(ctx)
		if err == nil {
			began := time.Now()
			s.set(h)
			h.lost(ctx)
			s.set(nil)
			if time.Since(began) > wellFor {
				pause = shortest
			}
			err = errors.New("it ended")
		}
		if ctx.Err() != nil {
			return
		}
		s.log.WarnContext(ctx, "picture and sound are away; they are started again", "in", pause, "error", err)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
		pause = min(2*pause, longest)
	}
}

// obtain takes up the process that runs, or starts one.
func (s *Supervisor) obtain(ctx context.Context) (*hold, error) {
	h, err := take(ctx, s.dir)
	if err == nil {
		s.log.InfoContext(ctx, "picture and sound are taken up", "process", h.PID, "version", h.Version)
		return h, nil
	}
	if h != nil { // it is there, and does not answer
		s.log.WarnContext(ctx, "the media process does not answer and is ended", "process", h.PID, "error", err)
		kill(h.PID)
		h.lost(ctx)
	}
	return s.start(ctx)
}

// start starts a process and returns when its LiveKit answers.
func (s *Supervisor) start(ctx context.Context) (*hold, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding the program of the media process: %w", err)
	}
	process := exec.Command(self, s.arguments...)
	process.Args[0] = os.Args[0] // the name that this program was started under
	process.Env, process.Stderr = environment(os.Environ()), s.output
	apart(process)
	if err := process.Start(); err != nil {
		return nil, fmt.Errorf("starting the media process: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- process.Wait() }()
	for {
		h, err := take(ctx, s.dir)
		if err == nil {
			s.log.InfoContext(ctx, "picture and sound are there", "process", h.PID)
			return h, nil
		}
		if h != nil {
			h.conn.Close()
		}
		select {
		case err := <-ended:
			return nil, fmt.Errorf("the media process ended at once: %w", errors.Join(err))
		case <-ctx.Done(): // nobody is in its rooms yet
			return nil, errors.Join(ctx.Err(), process.Process.Kill(), <-ended)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// environment is what a media process needs to know: of our settings the keys alone, not
// the database's password.
func environment(all []string) (kept []string) {
	for _, entry := range all {
		name, _, _ := strings.Cut(entry, "=")
		if name == KeyVariable || name == SecretVariable || !strings.HasPrefix(name, "GIAOBAN_") {
			kept = append(kept, entry)
		}
	}
	return kept
}

func (s *Supervisor) set(h *hold) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = h
	if h != nil {
		close(s.ready)
	} else {
		s.ready = make(chan struct{})
	}
}

// Find is the supervised LiveKit, as a [Finder].
func (s *Supervisor) Find() (LiveKit, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil {
		return LiveKit{}, Away(nil)
	}
	there := s.now.LiveKit
	there.Process = s.now.PID
	return there, nil
}

// Process is the number of the process that is held now; 0 for none.
func (s *Supervisor) Process() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil {
		return 0
	}
	return s.now.PID
}

// Wait returns when picture and sound are there.
func (s *Supervisor) Wait(ctx context.Context) error {
	s.mu.Lock()
	ready := s.ready
	s.mu.Unlock()
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
