package ledger_test

import (
	"context"
	"testing"
	"time"

	"giaoban/internal/base/ledger"
)

func TestWhoFollowsIsWokenByWhatAnotherProcessWrites(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		here := ledger.Open(w.DB(), w.clock)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		ended := make(chan struct{})
		go func() {
			here.Watch(ctx)
			close(ended)
		}()
		for range 3 {
			awake := here.Awake()
			position := w.append(1)
			select {
			case <-awake:
			case <-time.After(time.Minute):
				t.Fatalf("nobody is woken by event %d", position)
			}
		}
		stop()
		<-ended
	})
}
