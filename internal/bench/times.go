package bench

import (
	"math"
	"slices"
	"sync"
	"time"
)

// times are durations, taken by many at once.
type times struct {
	mu  sync.Mutex
	all []time.Duration
}

func (t *times) add(took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all = append(t.all, took)
}

// percentile is the duration, in milliseconds, that so many of a hundred do not
// exceed; NaN when there is none.
func (t *times) percentile(n float64) float64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.all) == 0 {
		return math.NaN()
	}
	slices.Sort(t.all)
	at := int(math.Ceil(float64(len(t.all))*n/100)) - 1
	return float64(t.all[max(0, at)].Microseconds()) / 1000
}

// buckets counts durations by tenths of a millisecond, for more than memory
// should hold one by one.
type buckets struct {
	counts [600_000]int64 // up to a minute; the last takes all beyond
	total  int64
	most   time.Duration
}

func (b *buckets) add(took time.Duration) {
	took = max(took, 0)
	b.counts[min(int(took/(100*time.Microsecond)), len(b.counts)-1)]++
	b.total++
	b.most = max(b.most, took)
}

// percentile is as that of times.
func (b *buckets) percentile(n float64) float64 {
	if b.total == 0 {
		return math.NaN()
	}
	want, seen := int64(math.Ceil(float64(b.total)*n/100)), int64(0)
	for at, count := range b.counts {
		if seen += count; seen >= want {
			return float64(at+1) / 10
		}
	}
	return float64(b.most.Microseconds()) / 1000
}
