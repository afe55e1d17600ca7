package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// start measures how long `giaoban serve` takes until it is ready, in a process
// of its own: by counting the whole log, and from what it left when it ended
// before; and how much memory it then has.
func (b *bench) start(ctx context.Context) error {
	snapshots, err := filepath.Glob(filepath.Join(b.copy.config.Data, "*.snapshot"))
	if err != nil {
		return err
	}
	for _, file := range snapshots {
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	for _, name := range []string{"start.rebuild", "start.snapshot"} {
		took, memory, err := b.startOnce(ctx)
		if err != nil {
			return err
		}
		b.tell(name, took.Seconds(), "s")
		b.tell(name+".memory", memory, "MiB")
	}
	return nil
}

var addressPrinted = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

func (b *bench) startOnce(ctx context.Context) (took time.Duration, memory float64, err error) {
	arguments := []string{"serve", "--data", b.copy.config.Data, "--listen", "127.0.0.1:0"}
	program := exec.CommandContext(ctx, b.Program, arguments...)
	program.Env = os.Environ()
	if b.copy.config.Database != "" {
		program.Env = append(program.Env, "GIAOBAN_DB="+b.copy.config.Database)
	}
	said, err := program.StderrPipe()
	if err != nil {
		return 0, 0, err
	}
	began := time.Now()
	if err := program.Start(); err != nil {
		return 0, 0, err
	}
	defer func() {
		stopped := program.Process.Signal(syscall.SIGTERM)
		err = errors.Join(err, stopped, program.Wait())
	}()
	address, err := printed(said)
	if err != nil {
		return 0, 0, err
	}
	if err := ready(ctx, address); err != nil {
		return 0, 0, err
	}
	took = time.Since(began)
	memory, err = resident(program.Process.Pid)
	return took, memory, err
}

// printed waits for the address that a program prints, and reads on so that it
// is never held up.
func printed(said io.Reader) (string, error) {
	lines := bufio.NewScanner(said)
	var all []string
	for lines.Scan() {
		if found := addressPrinted.FindString(lines.Text()); found != "" {
			go func() { _, _ = io.Copy(io.Discard, said) }()
			return found, nil
		}
		all = append(all, lines.Text())
	}
	return "", fmt.Errorf("the program ended: %s", strings.Join(all, "; "))
}

func ready(ctx context.Context, address string) error {
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/readyz", http.NoBody)
		if err != nil {
			return err
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			if err := response.Body.Close(); err != nil {
				return err
			}
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// resident is the memory of a process that is in use, in MiB, as Linux counts it.
func resident(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kilobytes, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
			return kilobytes / 1024, err
		}
	}
	return 0, errors.New("the system does not tell a process's memory")
}
