package witness_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"giaoban/internal/edge/witness"
)

// log is what would be the ledger: its newest checkpoint covers size events.
type log struct{ size atomic.Int64 }

func (l *log) newest(context.Context) (string, int64, error) {
	size := l.size.Load()
	if size == 0 {
		return "", 0, nil
	}
	return "giaoban\n" + strconv.FormatInt(size, 10) + "\n", size, nil
}

// run has a sender send the log's checkpoints to a handler until the test ends.
func run(t *testing.T, l *log, handler http.HandlerFunc) *prometheus.Registry {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	metrics := prometheus.NewRegistry()
	sender := witness.New(witness.Config{
		URL: server.URL + "/keep", Newest: l.newest, Every: time.Millisecond, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	metrics.MustRegister(sender.Collectors()...)
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { sender.Run(ctx) })
	t.Cleanup(func() { stop(); running.Wait() })
	return metrics
}

// value is a figure among metrics.
func value(t *testing.T, metrics *prometheus.Registry, name string) float64 {
	t.Helper()
	families, err := metrics.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		if family.GetName() == "giaoban_"+name {
			one := family.GetMetric()[0]
			return one.GetCounter().GetValue() + one.GetGauge().GetValue()
		}
	}
	t.Fatalf("there is no figure %s", name)
	return 0
}

func TestEachNewCheckpointIsSentOnce(t *testing.T) {
	kept := make(chan string, 100)
	l := &log{}
	metrics := run(t, l, func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		kept <- r.Method + " " + r.URL.Path + " " + string(body)
	})
	for _, size := range []int64{3, 8} {
		l.size.Store(size)
		if got, want := <-kept, "POST /keep giaoban\n"+strconv.FormatInt(size, 10)+"\n"; got != want {
			t.Errorf("the witness got %q, want %q", got, want)
		}
		for value(t, metrics, "witness_position") != float64(size) {
			if t.Context().Err() != nil {
				t.Fatal("the figure never says that it was taken")
			}
		}
	}
	if len(kept) > 0 {
		t.Errorf("sent again: %q", <-kept)
	}
}

func TestWhatIsNotTakenIsSentAgainAndCounted(t *testing.T) {
	kept := make(chan string)
	refusals := []int{http.StatusServiceUnavailable, http.StatusFound, http.StatusForbidden}
	var asked atomic.Int64
	l := &log{}
	l.size.Store(5)
	metrics := run(t, l, func(w http.ResponseWriter, r *http.Request) {
		if n := int(asked.Add(1)); n <= len(refusals) {
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(refusals[n-1])
			return
		}
		body, _ := io.ReadAll(r.Body)
		kept <- string(body)
	})
	if got := <-kept; !strings.Contains(got, "\n5\n") {
		t.Errorf("the witness got %q", got)
	}
	if got := value(t, metrics, "witness_failures_total"); got != 3 {
		t.Errorf("%v failures are counted, want 3", got)
	}
}

func TestOnlyAddressesOfTheWebAreWitnesses(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://witness.example.vn/giaoban": true, "http://127.0.0.1:9/": true,
		"witness.example.vn": false, "ftp://witness.example.vn/": false, "https://": false, ":": false, "": false,
	} {
		if err := witness.Check(address); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}
