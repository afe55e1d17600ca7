package livekittest

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/internal/edge/media"
)

// variable is by which a run of tests has its LiveKit elsewhere, when it is "outside": a
// process that no program supervises, found by address and keys alone, as
// giaoban serve --livekit finds it.
const variable = "GIAOBAN_TEST_LIVEKIT"

func outside() bool { return os.Getenv(variable) == "outside" }

// users are the tests that had a LiveKit by Start.
var users = struct {
	mu    sync.Mutex
	names map[string]bool
}{names: map[string]bool{}}

func used(t testing.TB) {
	name, _, _ := strings.Cut(t.Name(), "/")
	users.mu.Lock()
	defer users.mu.Unlock()
	users.names[name] = true
}

// bothWays runs the tests with a supervised LiveKit, and then those that had one once
// more, with a LiveKit elsewhere. Where tests are chosen by -run, it leaves the choice
// of the way to the variable.
func bothWays(run func() int) (status int) {
	status = run()
	chosen := flag.Lookup("test.run").Value.String() != ""
	if status != 0 || outside() || chosen || len(users.names) == 0 {
		return status
	}
	names := strings.Join(slices.Sorted(maps.Keys(users.names)), "|")
	arguments := slices.DeleteFunc(slices.Clone(os.Args[1:]), writes)
	again := exec.Command(os.Args[0], append(arguments, "-test.run=^("+names+")$")...)
	again.Env = append(os.Environ(), variable+"=outside")
	again.Stdout, again.Stderr = os.Stdout, os.Stderr
	fmt.Println("once more, with LiveKit in a process of its own:", names)
	if err := again.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "with LiveKit in a process of its own:", err)
		return 1
	}
	return 0
}

// writes says whether a flag names a file that the first run has written.
func writes(argument string) bool {
	name, _, _ := strings.Cut(strings.TrimLeft(argument, "-"), "=")
	return name == "test.testlogfile" || strings.HasSuffix(name, "profile")
}

// elsewhere is a LiveKit that nobody supervises.
func elsewhere(t testing.TB, dir string) *Server {
	t.Helper()
	keys := media.Keys{Key: "outside", Secret: rand.Text() + rand.Text()}
	signalling := free(t).String()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	process := exec.Command(self, word, dir, signalling)
	process.Env = append(os.Environ(), media.KeyVariable+"="+keys.Key, media.SecretVariable+"="+keys.Secret)
	process.Stderr = os.Stderr
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { _ = process.Wait() }() // it is stopped when the test ends
	find, err := media.Outside("http://"+signalling, keys)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Find: find, Dir: dir, letGo: func() {}}
	s.answers(t)
	hold := holdOn(t, filepath.Join(dir, "media.sock"))
	t.Cleanup(func() { hold.Close() })
	return s
}

// holdOn holds the process by its socket, which it opens once its LiveKit answers; the
// process goes when this one does.
func holdOn(t testing.TB, socket string) net.Conn {
	t.Helper()
	for late := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		hold, err := net.Dial("unix", socket)
		if err == nil {
			return hold
		}
		if time.Now().After(late) {
			t.Fatalf("holding LiveKit: %v", err)
		}
	}
}

// answers returns once an unsupervised LiveKit answers.
func (s *Server) answers(t testing.TB) {
	t.Helper()
	there, err := s.Find()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		question, err := http.NewRequestWithContext(ctx, http.MethodGet, there.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(question)
		if err == nil {
			answer.Body.Close()
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("waiting for LiveKit at %s: %v", there.URL, err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// free is an address at which nothing listens.
func free(t testing.TB) *net.TCPAddr {
	t.Helper()
	listener, err := net.Listen("tcp", anyPort)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr)
}
