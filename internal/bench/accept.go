package bench

import (
	"context"
	"errors"
	"net/url"
	"os"
	"time"

	"giaoban/internal/app"
)

// deciders is how many people accept at once.
const deciders = 16

// accept measures how many reports a second are accepted, each in a transaction
// of its own that is durable when it is answered: on SQLite, on PostgreSQL, and
// on PostgreSQL with a millisecond added to each round trip.
func (b *bench) accept(ctx context.Context) error {
	if err := b.acceptOn(ctx, "accept.sqlite", ""); err != nil {
		return err
	}
	e, err := b.postgres(ctx)
	if errors.Is(err, errNoPostgres) {
		b.lacking("accept.postgres", err)
		return nil
	}
	if err != nil {
		return err
	}
	for _, c := range []struct {
		name  string
		delay time.Duration
	}{{"accept.postgres", 0}, {"accept.postgres.1ms", time.Millisecond}} {
		name, err := e.database(ctx)
		if err != nil {
			return err
		}
		address := e.address(name)
		if c.delay > 0 {
			slow, err := listenSlow(e.socket(), c.delay)
			if err != nil {
				return err
			}
			defer slow.Close()
			u := url.URL{Scheme: "postgres", User: url.User("postgres"), Host: slow.Addr().String(), Path: "/" + name, RawQuery: "sslmode=disable"}
			address = u.String()
		}
		if err := b.acceptOn(ctx, c.name, address); err != nil {
			return err
		}
	}
	return nil
}

// acceptOn measures on a small country in an empty place.
func (b *bench) acceptOn(ctx context.Context, name, database string) (err error) {
	dir, err := os.MkdirTemp("", "giaoban-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	config := app.Config{Data: dir, Database: database, Log: quiet()}
	if _, _, err := app.Simulate(ctx, config, app.Simulation{Seed: 1, Share: 0.002, Password: secret}); err != nil {
		return err
	}
	a, err := app.Open(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	accepted := max(deciders, b.Rate*int(b.Time/time.Second)/6)
	w, err := b.work(ctx, a, accepted)
	if err != nil {
		return err
	}
	reports := make([]int64, accepted)
	err = many(ctx, accepted, deciders, func(i int) (err error) {
		reports[i], err = w.submit(ctx, w.open[i])
		return err
	})
	if err != nil {
		return err
	}
	following, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { a.Follow(following); close(ended) }()
	defer func() { stop(); <-ended }()
	var took times
	began := time.Now()
	err = many(ctx, accepted, deciders, func(i int) error {
		began := time.Now()
		position, err := w.accept(ctx, reports[i])
		if err == nil && position == 0 {
			err = errors.New("a report was accepted before")
		}
		took.add(time.Since(began))
		return err
	})
	if err != nil {
		return err
	}
	b.tell(name, float64(accepted)/time.Since(began).Seconds(), "reports/s")
	b.tell(name+".p99", took.percentile(99), "ms")
	return nil
}
