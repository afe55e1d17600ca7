package ledger

import (
	"context"
	"iter"
	"sync"

	"giaoban/internal/base/store"
)

// batchSize is how many events are read at once by those who read all.
const batchSize = 2000

// batches gives the rows after a position and up to another, in order. The next
// batch is read while the caller works on one: whoever uses q meanwhile holds
// the lock.
func batches(ctx context.Context, q store.Querier, lock sync.Locker, after, upTo int64) iter.Seq2[[]row, error] {
	type batch struct {
		rows []row
		err  error
	}
	return func(yield func([]row, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		read := make(chan batch, 1)
		go func() {
			defer close(read)
			for at := after; ; {
				lock.Lock()
				rows, err := queryRows(ctx, q, whereBetween, at, upTo, batchSize)
				if err == nil {
					err = keptHashes(ctx, q, rows)
				}
				lock.Unlock()
				if len(rows) == 0 && err == nil {
					return
				}
				select {
				case read <- batch{rows, err}:
				case <-ctx.Done():
					return
				}
				if err != nil {
					return
				}
				at = rows[len(rows)-1].event.Position
			}
		}()
		defer func() { // whoever stops early gets q back
			stop()
			for range read {
			}
		}()
		for b := range read {
			if !yield(b.rows, b.err) || b.err != nil {
				return
			}
		}
	}
}
