package follow_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
)

// upTo are the positions from first to last.
func upTo(first, last int64) []int64 {
	var list []int64
	for position := first; position <= last; position++ {
		list = append(list, position)
	}
	return list
}

// notes is what a reader has seen.
type notes struct {
	mu        sync.Mutex
	positions []int64
}

func (n *notes) apply(events []ledger.Event) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, e := range events {
		n.positions = append(n.positions, e.Position)
	}
	return nil
}

func (n *notes) list() []int64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.positions
}

func TestAReaderSeesEveryEventOnceAndInOrder(t *testing.T) {
	each(t, func(t *testing.T, open func() *ledger.Ledger) {
		l := open()
		write(t, l, 5)
		var got notes
		r := follow.NewReader(l, 2, got.apply)
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		// Who waits for what was just written catches up beside it.
		running.Go(func() { r.Run(ctx) })
		for range 3 {
			running.Go(func() {
				for ctx.Err() == nil {
					if err := r.CatchUp(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		last := writeMuch(t, l)
		if err := r.Wait(t.Context(), last); err != nil {
			t.Fatal(err)
		}
		stop()
		running.Wait()
		if diff := cmp.Diff(upTo(3, last), got.list()); diff != "" {
			t.Errorf("positions (-want +got):\n%s", diff)
		}
		if r.Position() != last {
			t.Errorf("the reader is at %d, want %d", r.Position(), last)
		}
	})
}

func TestAReaderSeesWhatAnotherProcessWrites(t *testing.T) {
	each(t, func(t *testing.T, open func() *ledger.Ledger) {
		here, elsewhere := open(), open()
		var got notes
		r := follow.NewReader(here, 0, got.apply)
		go r.Run(t.Context())
		if err := r.Wait(t.Context(), write(t, elsewhere, 3)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(upTo(1, 3), got.list()); diff != "" {
			t.Errorf("positions (-want +got):\n%s", diff)
		}
	})
}

func TestALongLogIsReadInParts(t *testing.T) {
	each(t, func(t *testing.T, open func() *ledger.Ledger) {
		l := open()
		last := write(t, l, 2500)
		var got notes
		parts := 0
		r := follow.NewReader(l, 0, func(events []ledger.Event) error {
			parts++
			return got.apply(events)
		})
		if err := r.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(upTo(1, last), got.list()); diff != "" {
			t.Errorf("positions (-want +got):\n%s", diff)
		}
		if parts < 2 {
			t.Errorf("%d events came in %d part", last, parts)
		}
	})
}

func TestWhatAReaderFailsOnIsGivenToItAgain(t *testing.T) {
	each(t, func(t *testing.T, open func() *ledger.Ledger) {
		l := open()
		last := write(t, l, 3)
		broken := errors.New("broken")
		var got notes
		failures := 2
		r := follow.NewReader(l, 0, func(events []ledger.Event) error {
			if failures > 0 {
				failures--
				return broken
			}
			return got.apply(events)
		})
		if err := r.CatchUp(t.Context()); !errors.Is(err, broken) || r.Position() != 0 {
			t.Errorf("CatchUp gave %v and moved to %d; want the reader's own error and 0", err, r.Position())
		}
		go r.Run(t.Context())
		if err := r.Wait(t.Context(), last); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(upTo(1, last), got.list()); diff != "" {
			t.Errorf("positions (-want +got):\n%s", diff)
		}
	})
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	each(t, func(t *testing.T, open func() *ledger.Ledger) {
		l := open()
		r := follow.NewReader(l, 4, new(notes).apply)
		if err := r.Wait(t.Context(), 4); err != nil {
			t.Errorf("waiting for what was seen gives %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if err := r.Wait(ctx, 5); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting for what does not come gives %v, want the context's error", err)
		}
		ended, end := context.WithCancel(t.Context())
		end()
		r.Run(ended) // returns
	})
}
