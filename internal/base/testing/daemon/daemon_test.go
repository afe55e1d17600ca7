package daemon_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/testing/daemon"
)

// A test process that is killed can only be watched from another one: the
// tests run themselves again, with this variable naming the folder.
const folder = "GIAOBAN_TEST_DAEMON_DIR"

func TestMain(m *testing.M) {
	dir := os.Getenv(folder)
	if dir == "" {
		os.Exit(m.Run())
	}
	_, err := daemon.Start(daemon.Program{
		Name: "sh", Args: []string{"-c", "echo $$ >pid; exec sleep 1000"}, Dir: dir, Stop: "TERM",
	})
	if err != nil {
		panic(err)
	}
	time.Sleep(time.Hour)
}

func TestNothingIsLeftOfADaemonWhenItsTestsAreKilled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "daemon")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	tests := exec.Command(os.Args[0])
	tests.Env = append(os.Environ(), folder+"="+dir)
	if err := tests.Start(); err != nil {
		t.Fatal(err)
	}
	var pid string
	within(t, "the daemon has started", func() bool {
		text, err := os.ReadFile(filepath.Join(dir, "pid"))
		pid = strings.TrimSpace(string(text))
		return err == nil && pid != ""
	})

	if err := tests.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := tests.Wait(); err == nil {
		t.Fatal("the killed process ended well")
	}

	within(t, "the daemon has gone", func() bool { return exec.Command("kill", "-0", pid).Run() != nil })
	within(t, "its folder has gone", func() bool {
		_, err := os.Stat(dir)
		return errors.Is(err, os.ErrNotExist)
	})
}

func TestADaemonThatEndsAtOnceTellsWhatItSaid(t *testing.T) {
	d, err := daemon.Start(daemon.Program{
		Name: "sh", Args: []string{"-c", "echo no room; exit 3"}, Dir: t.TempDir(), Stop: "TERM",
	})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Await(time.Minute, func() error { return errors.New("not yet") })
	if err == nil || !strings.Contains(err.Error(), "no room") {
		t.Errorf("Await says %v, want the daemon's own words", err)
	}
}

func within(t *testing.T, what string, done func() bool) {
	t.Helper()
	for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(10 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("waited a minute in vain: %s", what)
}
