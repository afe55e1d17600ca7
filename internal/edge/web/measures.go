package web

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"giaoban/internal/base/fault"
)

// measures is what the frame counts.
type measures struct {
	registry *prometheus.Registry
	seconds  *prometheus.HistogramVec
	failures prometheus.Counter
	refusals *prometheus.CounterVec
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
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "giaoban_refusals_total",
			Help: "What people were refused, by the key of its text: wrong passwords, codes and signatures, what a role does not allow, what a rule forbids.",
		}, []string{"reason"}),
	}
	registry.MustRegister(m.seconds, m.failures, m.refusals)
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

// refused counts refusals. There are as many reasons as the program has texts.
func (m *measures) refused(list fault.List) {
	for _, one := range list {
		m.refusals.WithLabelValues(one.Key).Inc()
	}
}
