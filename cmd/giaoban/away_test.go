package main

import (
	"strings"
	"syscall"
	"testing"

	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/pgtest"
)

// PostgreSQL is restarted, and crashes, while ten people send and accept: each
// waits or is told clearly, and it goes on by itself.
func TestPostgreSQLGoesAwayUnderLoadAndComesBack(t *testing.T) {
	server := pgtest.NewServer(t)
	in, world := newInstallation(t, server.URL)
	program := in.serve()
	people := newLoad(t, world, program)
	ends := []syscall.Signal{syscall.SIGINT, syscall.SIGKILL, syscall.SIGQUIT}
	rounds := count.Of(3, 30)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for round := range rounds {
			people.more(10)
			server.End(ends[round%len(ends)])
			server.Start()
		}
		people.more(10)
	}()
	people.run(program, func() bool {
		select {
		case <-ended:
			return true
		default:
			return t.Failed()
		}
	})
	for _, page := range people.refused {
		if !strings.Contains(page, "Cơ sở dữ liệu tạm thời không trả lời") && !strings.Contains(page, "nhiều người ghi cùng lúc") {
			t.Errorf("somebody was refused by:\n%s", page)
		}
	}
	program.end()
	in.run(0, "verify")
	people.check(in)
	t.Logf("PostgreSQL ended %d times: %d questions, %d told to wait, %d answers of success, none lost",
		rounds, people.asked.Load(), len(people.refused), len(people.done))
}
