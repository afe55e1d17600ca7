package witness

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Config is what a sender is built from.
type Config struct {
	// URL takes each checkpoint as the body of a POST, text/plain, and answers with
	// a status below 300 once it is kept.
	URL string
	// Newest gives the newest signed checkpoint and how many events it covers; ""
	// while there is none.
	Newest func(context.Context) (checkpoint string, size int64, err error)
	// Every is how often the sender looks for a newer one; a minute when zero. After
	// a failure it waits twice as long each time, up to 64 times as long.
	Every time.Duration
	Log   *slog.Logger
}

// Sender sends checkpoints to a witness.
type Sender struct {
	config   Config
	client   *http.Client
	taken    atomic.Int64 // events that the last checkpoint covers that was taken
	failures prometheus.Counter
}

// Check refuses an address that no checkpoint can be sent to.
func Check(address string) error {
	parsed, err := url.Parse(address)
	if err != nil {
		return err
	}
	if parsed.Scheme != "https" && parsed.Scheme != "http" || parsed.Host == "" {
		return fmt.Errorf("%q is no address of the form https://witness.example.vn/giaoban", address)
	}
	return nil
}

// New makes a sender.
func New(config Config) *Sender {
	if config.Every == 0 {
		config.Every = time.Minute
	}
	return &Sender{
		config: config,
		client: &http.Client{
			Timeout: 30 * time.Second,
			// A POST that is sent elsewhere becomes a GET: nobody would have kept it.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		failures: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: "giaoban", Name: "witness_failures_total", Help: "Checkpoints that the witness did not take.",
		}),
	}
}

// Collectors are the sender's figures.
func (s *Sender) Collectors() []prometheus.Collector {
	return []prometheus.Collector{s.failures, prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Namespace: "giaoban", Name: "witness_position", Help: "Ledger position of the last checkpoint that the witness took since the start.",
	}, func() float64 { return float64(s.taken.Load()) })}
}

// Run sends until ctx ends.
func (s *Sender) Run(ctx context.Context) {
	const most = 64
	wait := time.Duration(0) // the first at once: it may be the last before a long time
	for failed := 1; ; {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = s.config.Every
		if err := s.send(ctx); err != nil && ctx.Err() == nil {
			s.failures.Inc()
			failed = min(2*failed, most)
			wait *= time.Duration(failed)
			s.config.Log.ErrorContext(ctx, "the witness did not take a checkpoint; it is tried again", "witness", redacted(s.config.URL), "after", wait, "error", err)
			continue
		}
		failed = 1
	}
}

// send sends the newest checkpoint unless the witness has it.
func (s *Sender) send(ctx context.Context) error {
	checkpoint, size, err := s.config.Newest(ctx)
	if err != nil || checkpoint == "" || size == s.taken.Load() {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.config.URL, strings.NewReader(checkpoint))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "text/plain; charset=utf-8")
	response, err := s.client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<16)) // so that the connection can be used again
	if response.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("it answers %s", response.Status)
	}
	s.taken.Store(size)
	return nil
}

// redacted is an address without the password or key in it.
func redacted(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return "?"
	}
	parsed.RawQuery = ""
	return parsed.Redacted()
}
