package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// strip is the stills of a briefing's sites: each sends its own every few seconds to the program and
// fetches those in sight, as pages do.
type strip struct {
	over   chan struct{}
	moving sync.WaitGroup

	mu   sync.Mutex
	got  int
	slow time.Duration
	err  error
}

func newStrip() *strip { return &strip{over: make(chan struct{})} }

// As the page's script has it.
const (
	stillEvery = 5 * time.Second
	stillSize  = 6 << 10
)

// show has a site take part from now on.
func (s *strip) show(ctx context.Context, address string, t ticket) {
	s.moving.Go(func() {
		if err := s.move(ctx, address, t); err != nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.err = err
		}
	})
}

// move is one site, until the strip is closed.
func (s *strip) move(ctx context.Context, address string, t ticket) error {
	still := append([]byte{0xff, 0xd8, 0xff, 0xe0}, noise(stillSize-4)...)
	browser := &http.Client{Transport: &http.Transport{}}
	defer browser.CloseIdleConnections()
	ask := func(method, path string, body []byte) ([]byte, error) {
		request, err := http.NewRequestWithContext(ctx, method, address+path, bytes.NewReader(body))
		if err != nil {
			return nil, err
		}
		request.Header.Set("Cookie", t.Cookie)
		request.Header.Set("Accept", "application/json")
		request.Header.Set("Content-Type", "image/jpeg")
		response, err := browser.Do(request)
		if err != nil {
			return nil, err
		}
		defer response.Body.Close()
		answer, err := io.ReadAll(response.Body)
		if err == nil && response.StatusCode != http.StatusOK {
			err = fmt.Errorf("%s answers %s: %s", path, response.Status, answer)
		}
		return answer, err
	}
	tick := time.NewTicker(stillEvery)
	defer tick.Stop()
	var newest struct {
		At     int64             `json:"at"`
		Stills map[string]string `json:"stills"`
	}
	for {
		began := time.Now()
		if _, err := ask(http.MethodPost, fmt.Sprint("/still/", t.Unit), still); err != nil {
			return err
		}
		answer, err := ask(http.MethodGet, fmt.Sprintf("/stills?units=%s&after=%d", t.InSight, newest.At), nil)
		if err != nil {
			return err
		}
		newest.Stills = nil
		if err := json.Unmarshal(answer, &newest); err != nil {
			return err
		}
		s.add(newest.Stills, time.Since(began))
		select {
		case <-tick.C:
		case <-s.over:
			return nil
		}
	}
}

func (s *strip) add(stills map[string]string, took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range stills {
		if one != "" {
			s.got++
		}
	}
	s.slow = max(s.slow, took)
}

// count is how many stills came to all sites since the last time, and the longest that a site took to
// send its own and fetch the others'.
func (s *strip) count() (got int, slow time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	got, slow = s.got, s.slow
	s.got, s.slow = 0, 0
	return got, slow
}

// wrong is why the strip of a site stands still; nil when all move.
func (s *strip) wrong() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

func (s *strip) close() {
	close(s.over)
	s.moving.Wait()
}
