package bench

import (
	"context"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"giaoban/internal/base/tree"
)

// readers is how many people read pages at once, with a second to think.
const readers = 50

// pages measures board pages, read as browsers do: by people who think, and
// without a pause.
func (b *bench) pages(ctx context.Context) error {
	s, err := b.served(ctx)
	if err != nil {
		return err
	}
	units := make([]tree.UnitID, readers)
	provinces := s.provinces()
	for i := range units {
		if units[i] = s.root; i%2 == 1 {
			units[i] = provinces[i%len(provinces)]
		}
	}
	visitors, err := s.visitors(ctx, units)
	if err != nil {
		return err
	}
	directive := s.Boards.Directives(s.root)
	if len(directive) == 0 {
		return errNoBoard
	}
	path := func(v visitor) string { return fmt.Sprintf("/board/%d/%d", directive[len(directive)-1], v.unit) }
	debug.FreeOSMemory() // what was measured before is not what serving takes
	thinking, _, err := read(ctx, s.host, visitors, path, time.Second, b.Time/2)
	if err != nil {
		return err
	}
	b.tell("pages.thinking.p50", thinking.percentile(50), "ms")
	b.tell("pages.thinking.p99", thinking.percentile(99), "ms")
	const busy = 8 // enough to keep two cores at work
	closed, elapsed, err := read(ctx, s.host, visitors[:busy], path, 0, b.Time/4)
	if err != nil {
		return err
	}
	memory, err := resident(os.Getpid())
	if err != nil {
		return err
	}
	b.tell("pages.memory", memory, "MiB of the program and its readers")
	b.tell("pages.closed.rate", float64(len(closed.all))/elapsed.Seconds(), "pages/s")
	b.tell("pages.closed.p99", closed.percentile(99), "ms")
	return nil
}

// read has each visitor read a page again and again, thinking in between.
func read(
	ctx context.Context, host string, visitors []visitor, path func(visitor) string, think, long time.Duration,
) (took *times, elapsed time.Duration, err error) {
	took = &times{}
	began := time.Now()
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	for i, v := range visitors {
		group.Go(func() {
			if err := readOne(ctx, host, v, path(v), think, began.Add(think*time.Duration(i)/time.Duration(len(visitors))), began.Add(long), took); err != nil {
				failed.CompareAndSwap(nil, &err)
			}
		})
	}
	group.Wait()
	if first := failed.Load(); first != nil {
		err = *first
	}
	return took, time.Since(began), err
}

func readOne(ctx context.Context, host string, v visitor, path string, think time.Duration, from, until time.Time, took *times) error {
	c, err := dial(ctx, host, v.cookie)
	if err != nil {
		return err
	}
	defer c.conn.Close()
	time.Sleep(time.Until(from))
	for time.Now().Before(until) && ctx.Err() == nil {
		_, one, err := c.get(path)
		if err != nil {
			return err
		}
		took.add(one)
		time.Sleep(think)
	}
	return ctx.Err()
}
