package app

import (
	"context"
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// sparing has memory collected when half as much as is in use has become free, not
// as much again: most of it is the tree and the boards, which stay. Whoever sets
// GOGC decides otherwise.
func sparing() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}

// enough is what a country with thousands of streams does with, in bytes. Beside it lie
// some 95 MiB of the program's and the database's files, and 600 are asked of all.
const enough = 480 << 20

// keepSparing has, while the program serves, memory collected sooner where it would
// become more than enough; where that much is in use anyway, a fifth above it. Whoever sets GOMEMLIMIT decides otherwise.
func (a *App) keepSparing(ctx context.Context) {
	if debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return
	}
	defer debug.SetMemoryLimit(math.MaxInt64)
	tick := time.NewTicker(10 * time.Second)
	defer tick.Stop()
	for {
		debug.SetMemoryLimit(max(enough, inUse()/5*6))
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// inUse is how many bytes were in use when memory was collected last, with the
// stacks of all streams.
func inUse() (bytes int64) {
	samples := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	metrics.Read(samples)
	for _, s := range samples {
		if s.Value.Kind() == metrics.KindUint64 {
			bytes += int64(s.Value.Uint64())
		}
	}
	return bytes
}
