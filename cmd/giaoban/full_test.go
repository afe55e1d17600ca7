//go:build linux

package main

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"giaoban/internal/base/testing/count"
)

// The disk becomes full under load, again and again: writing is refused in words
// and nothing half-written stays; reading goes on; with space again, so does
// writing.
func TestAFullDiskIsSaidAndLosesNothing(t *testing.T) {
	if os.Geteuid() != 0 {
		inOwnNamespace(t)
		return
	}
	disk := t.TempDir()
	if err := syscall.Mount("giaoban-test", disk, "tmpfs", 0, "size=32m,mode=700"); err != nil {
		t.Fatalf("mounting a small disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	in, world := newInstallation(t, filepath.Join(disk, "giaoban.db"))
	program := in.serve()
	people := newLoad(t, world, program)
	rounds := count.Of(2, 20)
	for range rounds {
		enough := len(people.done) + 10
		people.run(program, func() bool { return people.promises() >= enough || t.Failed() })
		fill(t, disk)
		told := people.told() + 10
		people.run(program, func() bool { return people.told() >= told || t.Failed() })
		// Reading goes on.
		for _, p := range people.pairs {
			for _, path := range []string{"/work", "/board", "/directives"} {
				if _, err := people.ask(p.below, http.MethodGet, program.url+path, nil); err != nil {
					t.Errorf("%s with a full disk: %v", path, err)
				}
			}
		}
		if err := os.Remove(filepath.Join(disk, "filler")); err != nil {
			t.Fatal(err)
		}
	}
	enough := len(people.done) + 10
	people.run(program, func() bool { return people.promises() >= enough || t.Failed() })
	for _, page := range people.refused {
		if !strings.Contains(page, "Ổ đĩa của máy chủ đã đầy") {
			t.Errorf("somebody was refused by:\n%s", page)
		}
	}
	program.end()
	in.run(0, "verify")
	people.check(in)
	t.Logf("the disk was full %d times: %d questions, %d refused in words, %d answers of success, none lost",
		rounds, people.asked.Load(), len(people.refused), len(people.done))
}

// fill leaves no byte free.
func fill(t *testing.T, disk string) {
	t.Helper()
	file, err := os.Create(filepath.Join(disk, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for size := 1 << 20; size > 0; {
		_, err := file.Write(make([]byte, size))
		switch {
		case errors.Is(err, syscall.ENOSPC):
			size /= 2
		case err != nil:
			t.Fatal(err)
		}
	}
}

// inOwnNamespace runs the test as the root of a namespace of its own, where a
// disk may be mounted.
func inOwnNamespace(t *testing.T) {
	t.Helper()
	self := exec.CommandContext(t.Context(), "unshare", "--user", "--map-root-user", "--mount",
		os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	said, err := self.CombinedOutput()
	t.Logf("%s", said)
	if err != nil {
		t.Errorf("a small disk can be mounted by root, or where users may have namespaces: %v", err)
	}
}
