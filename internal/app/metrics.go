package app

import (
	"context"
	"math"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/doctor"
	"giaoban/internal/part/letter"
)

func gauge(name, help string, value func() float64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "giaoban", Name: name, Help: help}, value)
}

// recordMetrics measures what there is before anything is in memory.
func (a *App) recordMetrics() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Namespace: "giaoban", Name: "build_info", Help: "Always 1.", ConstLabels: prometheus.Labels{"version": a.config.Version},
		}, func() float64 { return 1 }),
		gauge("ledger_position", "Position of the last event in the log; NaN while the database does not answer.", a.head),
		gauge("start_events_read", "Events that the start has read.", func() float64 { return float64(a.start.read.Load()) }),
		gauge("start_events", "Events that the start has to read.", func() float64 { return float64(a.start.total.Load()) }),
		gauge("disk_free_bytes", "What the disk under the data directory still takes.", a.diskFree),
		gauge("backup_age_seconds", "How long ago the last backup was made; NaN when there was none.", a.backupAge),
		gauge("clock_behind_seconds", "How far the clock is behind the last event: it was set back, or ran ahead before.", a.clockBehindSeconds),
	)
	return registry
}

// metrics measures what is served.
func (a *App) metrics() *prometheus.Registry {
	registry := a.recordMetrics()
	registry.MustRegister(
		gauge("units", "Units that exist now.", func() float64 { return float64(a.Tree.Len()) }),
		gauge("streams", "Live streams that are open.", func() float64 { return float64(a.Hub.Streams()) }),
		gauge("board_position", "Position in the log that the boards have reached.", func() float64 { return float64(a.boards.Position()) }),
		gauge("tree_position", "Position in the log that the tree has reached.", func() float64 { return float64(a.trees.Position()) }),
	)
	if a.config.Media != nil {
		registry.MustRegister(gauge("media_up", "1 while picture and sound are there, 0 while they are away.", a.mediaUp))
	}
	if a.courier != nil {
		registry.MustRegister(
			gauge("letters_waiting", "E-mails that wait to be sent; NaN while the database does not answer.", a.letters(func(t letter.Tally) int { return t.Waiting })),
			gauge("letters_sent", "E-mails that were sent.", a.letters(func(t letter.Tally) int { return t.Sent })),
			gauge("letters_failed", "E-mails that could not be sent, for good.", a.letters(func(t letter.Tally) int { return t.Failed })),
		)
	}
	if a.witness != nil {
		registry.MustRegister(a.witness.Collectors()...)
	}
	return registry
}

// scrape is how long a question to the database may hold up whoever measures.
const scrape = 2 * time.Second

// letters measures the outbox.
func (a *App) letters(which func(letter.Tally) int) func() float64 {
	return func() float64 {
		ctx, cancel := context.WithTimeout(context.Background(), scrape)
		defer cancel()
		outbox, err := letter.Count(ctx, a.DB.Reader())
		if err != nil {
			return math.NaN()
		}
		return float64(which(outbox))
	}
}

func (a *App) mediaUp() float64 {
	if _, err := a.config.Media(); err != nil {
		return 0
	}
	return 1
}

func (a *App) head() float64 {
	ctx, cancel := context.WithTimeout(context.Background(), scrape)
	defer cancel()
	position, _, err := ledger.Head(ctx, a.DB.Reader())
	if err != nil {
		return math.NaN()
	}
	return float64(position)
}

func (a *App) clockBehindSeconds() float64 {
	ctx, cancel := context.WithTimeout(context.Background(), scrape)
	defer cancel()
	behind, err := a.clockBehind(ctx)
	if err != nil {
		return math.NaN()
	}
	return behind.Seconds()
}

func (a *App) diskFree() float64 {
	free, known, err := doctor.Free(a.config.Data)
	if err != nil || !known {
		return math.NaN()
	}
	return float64(free)
}

func (a *App) backupAge() float64 {
	mark, err := os.Stat(a.path(backupMark))
	if err != nil {
		return math.NaN()
	}
	return clock.Machine.Now().Sub(mark.ModTime()).Seconds()
}
