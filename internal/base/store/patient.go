package store

import (
	"context"
	"database/sql/driver"
	"sync/atomic"
	"time"
)

// patience is how long whoever wants a connection waits for a PostgreSQL that
// is being restarted. Longer than that it is away, and people are told so at once.
const patience = 5 * time.Second

// patient makes connections, and waits a little for a server that has gone away
// and will most likely be back.
type patient struct {
	driver.Connector
	reached atomic.Bool  // since the start: before, an error is told at once
	lost    atomic.Int64 // the moment at which it was missed first, in nanoseconds; 0 while it is there
}

// Connect opens a connection.
func (p *patient) Connect(ctx context.Context) (driver.Conn, error) {
	for {
		made, err := p.Connector.Connect(ctx)
		if err == nil {
			p.reached.Store(true)
			p.lost.Store(0)
			return ending(made)
		}
		now := time.Now()
		p.lost.CompareAndSwap(0, now.UnixNano())
		if !p.reached.Load() || !away(err) || now.UnixNano()-p.lost.Load() > int64(patience) {
			return nil, err
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return nil, err
		}
	}
}
