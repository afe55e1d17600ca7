package app_test

import (
	"bytes"
	"context"
	"log/slog"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/enginetest"
)

// The clock is set back again and again in the middle of a history: the log never
// goes back, boards stay right, it verifies, and operators are told.
func TestAClockSetBackIsSaidAndTheLogNeverGoesBack(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		manual := clock.NewManual(time.Date(2020, time.June, 1, 1, 0, 0, 0, time.UTC))
		h := &history{T: t, random: rand.New(rand.NewPCG(seed, 8)), clock: manual, done: map[string]int{}, pace: time.Hour}
		said := &shared{}
		config := app.Config{Data: t.TempDir(), Database: url, Business: manual, Log: slog.New(slog.NewTextHandler(said, nil))}
		h.open(config)
		h.begin()
		rounds := count.Of(3, 60)
		for range rounds {
			for range 10 {
				h.step()
			}
			manual.Set(manual.Now().Add(-time.Duration(h.random.Int64N(int64(40 * 24 * time.Hour)))))
			h.Boards.Advance()
		}
		for range 10 {
			h.step()
		}
		h.compare("after clocks set back")
		events, err := ledger.After(t.Context(), h.DB.Reader(), 0, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i < len(events); i++ {
			if events[i].Time.Before(events[i-1].Time) {
				t.Errorf("event %d is of %v, the one before it of %v", events[i].Position, events[i].Time, events[i-1].Time)
			}
		}
		if v, err := h.Verify(t.Context()); err != nil || len(v.Findings) > 0 {
			t.Errorf("verifying: %+v (%v)", v.Findings, err)
		}
		h.serveAWhile(func() bool { return strings.Contains(said.String(), "the clock is behind the last event") })
		findings, err := h.Doctor(t.Context(), app.DoctorRequest{Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		told := false
		for _, f := range findings {
			told = told || f.Check == "clock" && strings.Contains(f.Message, "behind the last event")
		}
		if !told {
			t.Errorf("the doctor says nothing of the clock: %+v", findings)
		}
		t.Logf("set back %d times: %v", rounds, h.done)
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

// serveAWhile serves until something has happened.
func (h *history) serveAWhile(happened func() bool) {
	h.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.Fatal(err)
	}
	ctx, stop := context.WithCancel(h.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ctx, listener, nil) }()
	for late := time.Now().Add(time.Minute); !happened() && time.Now().Before(late); {
		time.Sleep(10 * time.Millisecond)
	}
	if !happened() {
		h.Error("waited a minute in vain")
	}
	stop()
	if err := <-ended; err != nil {
		h.Errorf("serving ended with %v", err)
	}
}

// shared is a log that is read while it is written.
type shared struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps what is said.
func (s *shared) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// String is everything said so far.
func (s *shared) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}
