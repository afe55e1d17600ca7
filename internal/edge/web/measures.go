package web

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// measures is what the frame counts.
type measures struct {
	registry *prometheus.Registry
	seconds  *prometheus.HistogramVec
	failures prometheus.Counter
}

func newMeasures(registry *prometheus.Registry) *measures {
	m := &measures{
		registry: registry,
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "giaoban_http_seconds",
			Help:    "Time to answer, by route and status.",
			Buckets: []float64{.001, .002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route", "status"}),
		failures: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "giaoban_http_failures_total",
			Help: "Requests that ended in an error nobody foresaw; each is in the log under its reference.",
		}),
	}
	registry.MustRegister(m.seconds, m.failures)
	return m
}

// request counts one answer. A stream's time is how long somebody watched, so
// it is left out.
func (m *measures) request(route Route, status int, took time.Duration) {
	if route.Stream {
		return
	}
	m.seconds.WithLabelValues(route.Pattern, strconv.Itoa(status)).Observe(took.Seconds())
}

func (m *measures) failed() { m.failures.Inc() }
