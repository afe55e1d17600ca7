package media

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// A child that runs LiveKit opens a socket in the data directory, for the owner alone
// (mode 0600). Whoever connects is told where LiveKit is and what opens it, and holds the child by
// staying connected. A line "stop" ends it.
const (
	socketFile = "media.sock"
	lockFile   = "media.lock"
	stopWord   = "stop"
)

// greeting is what a child says to whoever connects.
type greeting struct {
	LiveKit
	PID     int    `json:"pid"`
	Version string `json:"version"` // of the program that runs it
}

// ErrRunning means that a media process has the directory already.
var ErrRunning = errors.New("a media process of this directory is running already")

// Leash is by which a program holds its media process: the side of that process.
type Leash struct {
	dir  string
	lock *flock.Flock
}

// TakeLeash has one media process at a time in a directory. The lock goes with the process.
func TakeLeash(dir string) (*Leash, error) {
	lock := flock.New(filepath.Join(dir, lockFile))
	taken, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("taking the directory %s for media: %w", dir, err)
	}
	if !taken {
		return nil, ErrRunning
	}
	return &Leash{dir, lock}, nil
}

// Close lets others take the directory.
func (l *Leash) Close() error { return l.lock.Close() }

// Hold tells whoever connects where LiveKit is, and returns when ctx ends, when it was
// told to stop, or when nobody held it for as long as alone says; 0 is for ever.
func (l *Leash) Hold(ctx context.Context, there LiveKit, version string, alone time.Duration) error {
	path := filepath.Join(l.dir, socketFile)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing the old socket of media: %w", err)
	}
	listener, err := listenPrivate(path)
	if err != nil {
		return err
	}
	ctx, end := context.WithCancel(ctx)
	defer end()
	context.AfterFunc(ctx, func() { listener.Close() })
	h := &held{end: end, alone: alone}
	h.change(0)
	for {
		conn, err := listener.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("waiting for the program at %s: %w", path, err)
		}
		h.change(1)
		go func() {
			defer h.change(-1)
			h.serve(ctx, conn, greeting{there, os.Getpid(), version})
		}()
	}
}

func listenPrivate(path string) (net.Listener, error) {
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("opening the socket of media: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("closing the socket of media to others: %w", err), listener.Close())
	}
	return listener, nil
}

// held counts who holds the process, and ends it when that is nobody for long.
type held struct {
	end   context.CancelFunc
	alone time.Duration

	mu    sync.Mutex
	by    int
	timer *time.Timer
}

func (h *held) change(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.by += n
	if h.timer != nil {
		h.timer.Stop()
	}
	if h.by == 0 && h.alone > 0 {
		h.timer = time.AfterFunc(h.alone, h.end)
	}
}

func (h *held) serve(ctx context.Context, conn net.Conn, hello greeting) {
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	if err := json.NewEncoder(conn).Encode(hello); err != nil {
		return
	}
	var word string
	if _, err := fmt.Fscanln(conn, &word); err == nil && word == stopWord {
		h.end()
	}
}
