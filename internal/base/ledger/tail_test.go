package ledger_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"giaoban/internal/base/ledger"
)

// Whoever asks, in whatever order, gets what the log has after a position, or the first
// of it.
func TestTheTailIsWhatTheLogHas(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		last := w.append(1)
		rapid.Check(t, func(rt *rapid.T) {
			switch rapid.IntRange(0, 5).Draw(rt, "does") {
			case 0, 1:
				last = w.append(rapid.IntRange(1, 300).Draw(rt, "new"))
			case 2:
				gone := rapid.Int64Range(max(1, last-20), last).Draw(rt, "gone")
				if e, _, err := ledger.At(t.Context(), w.DB().Reader(), gone); err == nil && e.Kind == erasable[0] {
					w.ok(w.erase(erasable, "đã rời tổ chức", gone))
					last = w.head()
				}
			}
			after := rapid.Int64Range(max(0, last-400), last).Draw(rt, "after")
			limit := rapid.IntRange(1, 1000).Draw(rt, "limit")
			got, err := w.Tail(t.Context(), after, limit)
			w.ok(err)
			want, err := ledger.After(t.Context(), w.DB().Reader(), after, limit)
			w.ok(err)
			if (len(got) == 0) != (len(want) == 0) {
				rt.Fatalf("%d events come after %d, want %d", len(got), after, len(want))
			}
			if diff := cmp.Diff(want[:len(got)], got, cmpopts.EquateEmpty()); diff != "" {
				rt.Fatalf("after %d (-want +got):\n%s", after, diff)
			}
		})
	})
}

// Nobody is given a payload that another process erased, once the erasure was read.
func TestTheTailForgetsWhatAnotherErased(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.append(3)
		_, err := w.Tail(t.Context(), 0, 10)
		w.ok(err)
		elsewhere := *w
		elsewhere.Ledger = ledger.Open(w.DB(), w.clock)
		w.ok(elsewhere.erase(erasable, "đã rời tổ chức", 2))
		_, err = w.Tail(t.Context(), 3, 10)
		w.ok(err)
		all, err := w.Tail(t.Context(), 0, 10)
		w.ok(err)
		if len(all) != 4 || all[1].Payload != nil || !strings.Contains(string(all[2].Payload), "2") {
			t.Errorf("after the erasure the tail is %v", all)
		}
	})
}

// Those who follow beside those who write, each at a pace of its own, see every event.
func TestManyReadTheTailAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const writers, each = 4, 30
		var group sync.WaitGroup
		for range writers {
			group.Go(func() {
				for range each {
					w.append(2)
				}
			})
		}
		for range 6 {
			group.Go(func() {
				var at int64
				for at < 2*writers*each {
					list, err := w.Tail(t.Context(), at, 50)
					w.ok(err)
					for _, e := range list {
						if at++; e.Position != at {
							t.Errorf("event %d comes in the place of %d", e.Position, at)
							return
						}
					}
				}
			})
		}
		group.Wait()
	})
}
