package ledger

import (
	"context"
	"time"
)

// glance is how often Watch looks. It reads one row by its key: some ten of the thousands
// of questions that a database answers in a second, for each node.
const glance = 100 * time.Millisecond

// Watch finds what other processes write, until ctx ends, and wakes those who follow the
// log here. A database that does not answer is asked again: they look by themselves, too.
func (l *Ledger) Watch(ctx context.Context) {
	for {
		select {
		case <-time.After(glance):
		case <-ctx.Done():
			return
		}
		if head, _, err := Head(ctx, l.db.Reader()); err == nil {
			l.wake(head)
		}
	}
}
