package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/testing/officetest"
)

// The program is killed the moment the first byte of its answer of success is
// there, again and again. What it answered for is there each time.
func TestAReportThatWasAnsweredForSurvivesAKill(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		in, world := newInstallation(t, database)
		form := fmt.Sprintf("/report/%d/%s/%d", world.Directive, officetest.Held, world.Units["PL"])
		leader := newBrowser(t)
		program := in.serve()
		leader.signIn(program)
		for i := range count.Of(2, 20) {
			values := inputs(t, leader.get(program.url+form+"?correct=1"))
			values.Set("value.held-on", "26/6/2020")
			values.Set("value.convened", strconv.Itoa(1000+i))
			values.Set("act", "sign")
			values.Set("password", officetest.Password)
			receipt := leader.post(program.url+form, values)
			program.kill()

			if said := in.run(0, "verify"); !strings.Contains(said, fmt.Sprintf("reports compared: %d.", i+1)) {
				t.Fatalf("after kill %d verify says: %s", i+1, said)
			}
			program = in.serve()
			page := leader.get(program.url + receipt)
			if want := fmt.Sprintf("1.%03d", i); !strings.Contains(page, want) {
				t.Fatalf("after kill %d the report at %s does not show the %s delegates of it:\n%s", i+1, receipt, want, page)
			}
		}
		program.end()
		in.run(0, "verify")
	})
}

// The program is killed at random moments while ten people send and accept as
// fast as they are answered.
func TestKilledUnderLoadNothingThatWasAnsweredForIsLost(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		in, world := newInstallation(t, database)
		program := in.serve()
		people := newLoad(t, world, program)
		const seed = 20200710
		random := rand.New(rand.NewPCG(seed, 1))
		kills := count.Of(3, 50)
		for range kills {
			at := people.asked.Load() + 10 + random.Int64N(60)
			spare := time.Duration(random.IntN(4000)) * time.Microsecond // into whatever is being done then
			var once sync.Once
			people.run(program, func() bool {
				if people.asked.Load() >= at {
					once.Do(func() { time.AfterFunc(spare, func() { _ = program.cmd.Process.Kill() }) })
				}
				return false
			})
			_ = program.cmd.Wait() // it was killed, which is an error
			in.run(0, "verify")
			people.check(in)
			program = in.serve()
		}
		program.end()
		in.run(0, "verify")
		t.Logf("%d kills, seed %d: %d questions, %d answers of success, none lost", kills, seed, people.asked.Load(), len(people.done))
		if len(people.done) < kills {
			t.Errorf("%d answers of success between %d kills are too few to say anything", len(people.done), kills)
		}
	})
}

// signIn signs the leader of Phu Lang in, with Vietnamese pages.
func (b *browser) signIn(program *server) { b.signInAs(program, "leader.PL") }

func (b *browser) signInAs(program *server, login string) {
	b.t.Helper()
	b.get(program.url + "/sign-in")
	b.post(program.url+"/sign-in", url.Values{"login": {login}, "password": {officetest.Password}})
}

func TestToldToEndTheProgramAnswersWhatWasAskedAndEndsItsStreams(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		in, world := newInstallation(t, database)
		program := in.serve()
		leader := newBrowser(t)
		leader.signIn(program)
		var streams []io.ReadCloser
		for range 3 {
			streams = append(streams, leader.watch(t.Context(), fmt.Sprintf("%s/board/%d/%d/live", program.url, world.Directive, world.Units["PL"])))
		}
		asking := beginSigningIn(t, program)

		ended := make(chan struct{})
		go func() {
			defer close(ended)
			program.end()
		}()
		asking.finish()
		for _, stream := range streams {
			// A stream that was cut off in the middle of a message would be an error.
			if _, err := io.Copy(io.Discard, stream); err != nil {
				t.Errorf("a stream ended with: %v", err)
			}
			if err := stream.Close(); err != nil {
				t.Errorf("closing a stream: %v", err)
			}
		}
		<-ended
		if said := program.said(); strings.Contains(said, "level=ERROR") || strings.Contains(said, "cut off") {
			t.Errorf("ending was not quiet:\n%s", said)
		}
		in.run(0, "verify")
	})
}

// question is a form whose head was sent and is being answered.
type question struct {
	t          *testing.T
	connection net.Conn
	answer     *bufio.Reader
	address    string
	body       string
}

// beginSigningIn sends the head of a sign-in and waits until the program wants
// the rest.
func beginSigningIn(t *testing.T, program *server) question {
	t.Helper()
	address := strings.TrimPrefix(program.url, "http://")
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() }) // the program may have closed it
	body := url.Values{"login": {"leader.PL"}, "password": {officetest.Password}}.Encode()
	_, err = fmt.Fprintf(connection, "POST /sign-in HTTP/1.1\r\nHost: %s\r\nExpect: 100-continue\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", address, len(body))
	if err != nil {
		t.Fatal(err)
	}
	q := question{t, connection, bufio.NewReader(connection), address, body}
	if status := q.line(); !strings.Contains(status, "100 Continue") {
		t.Fatalf("the head of a form is answered with %q", status)
	}
	q.line() // the empty one after it
	return q
}

func (q question) line() string {
	q.t.Helper()
	line, err := q.answer.ReadString('\n')
	if err != nil {
		q.t.Errorf("reading an answer: %v", err)
	}
	return line
}

// finish waits until the program takes no more questions, sends the rest and
// reads the answer.
func (q question) finish() {
	q.t.Helper()
	for {
		another, err := net.Dial("tcp", q.address)
		if err != nil {
			break
		}
		if err := another.Close(); err != nil {
			q.t.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
	if _, err := io.WriteString(q.connection, q.body); err != nil {
		q.t.Errorf("sending the rest of a form: %v", err)
	}
	if status := q.line(); !strings.Contains(status, "303") {
		q.t.Errorf("a question asked before the end is answered with %q, want 303", status)
	}
}
