package daemon

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// Program is what to run, and how to end it.
type Program struct {
	Name string   // the file to run, found in PATH when it has no slash
	Args []string // what follows the name
	Dir  string   // its own folder, removed after it has ended

	// Stop is the signal that ends it, as kill(1) writes it: "TERM", "QUIT".
	Stop string

	// As is the user that it runs as; nil for the user of this process. Dir
	// has to belong to that user.
	As *syscall.Credential
}

// Daemon is a running program.
type Daemon struct {
	log   log
	ended chan struct{}
}

// keeper runs the program and waits for the first of two ends: the program's
// own, or the end of file 3, a pipe of which the test process holds the other
// side and which the kernel closes with it. What the shell says about the end
// has no reader then, so it ignores the broken pipe.
const keeper = `
dir=$1 stop=$2; shift 2
"$@" 3<&- </dev/null &
pid=$!
trap '' PIPE
{ cat <&3; kill -s "$stop" $pid; } >/dev/null 2>&1 &
wait $pid
rm -rf "$dir" 2>/dev/null || { sleep 1; rm -rf "$dir"; }
`

// Start runs p. It does not wait until p is of any use: see [Daemon.Await].
func Start(p Program) (*Daemon, error) {
	near, far, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("starting %s: %w", p.Name, err)
	}
	defer near.Close()

	d := &Daemon{ended: make(chan struct{})}
	args := append([]string{"-c", keeper, "keeper", p.Dir, p.Stop, p.Name}, p.Args...)
	shell := exec.Command("/bin/sh", args...)
	shell.Dir = p.Dir
	shell.Stdout, shell.Stderr = &d.log, &d.log
	shell.ExtraFiles = []*os.File{near}
	// A group of its own: Ctrl-C is meant for the tests, and their end is the
	// signal that the keeper waits for.
	shell.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: p.As}
	if err := shell.Start(); err != nil {
		far.Close()
		return nil, fmt.Errorf("starting %s: %w", p.Name, err)
	}
	go func() {
		// How it ended is in its log; Await shows that.
		_ = shell.Wait()
		far.Close()
		close(d.ended)
	}()
	return d, nil
}

// Await asks ready again and again until it returns nil. It gives up, with the
// program's output in the error, when the program ends or the limit has passed.
func (d *Daemon) Await(limit time.Duration, ready func() error) error {
	late := time.After(limit)
	for {
		err := ready()
		if err == nil {
			return nil
		}
		select {
		case <-d.ended:
			return errors.New("it ended at once, having said:\n" + d.log.String())
		case <-late:
			return fmt.Errorf("not ready after %v: %w; it said:\n%s", limit, err, d.log.String())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Wait returns when the program has ended and its folder is gone.
func (d *Daemon) Wait() { <-d.ended }

// log is what the program said, written and read at the same time.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps what the program says.
func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String is everything said so far.
func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
