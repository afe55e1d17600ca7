package app

import (
	"context"
	"net/http"
	"sync/atomic"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/edge/web"
)

// start is how far an installation is on its way into memory.
type start struct {
	read, total *atomic.Int64 // events; a total of 0 while it is not known
	done        chan struct{} // closed when the start is over
	failed      *atomic.Bool
}

func newStart() start {
	return start{read: new(atomic.Int64), total: new(atomic.Int64), done: make(chan struct{}), failed: new(atomic.Bool)}
}

// over says whether the start has ended, well or not.
func (s start) over() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// succeeded says whether everything is in memory.
func (s start) succeeded() bool { return s.over() && !s.failed.Load() }

// begin brings everything into memory, unless it is there.
func (a *App) begin(ctx context.Context) error {
	if a.start.over() {
		return nil
	}
	err := a.open(ctx)
	a.start.failed.Store(err != nil)
	close(a.start.done)
	return err
}

// door is where browsers come in: they find what the start has to say behind it,
// and then all pages.
type door struct{ behind atomic.Pointer[http.Handler] }

// lead has the door lead to a handler from now on.
func (d *door) lead(to http.Handler) { d.behind.Store(&to) }

// ServeHTTP answers with what is behind the door now.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) { (*d.behind.Load()).ServeHTTP(w, r) }

// first is the frame of all pages, or while they cannot be shown yet of what is
// said meanwhile.
func (a *App) first(ctx context.Context) (*web.Frame, error) {
	if a.start.succeeded() {
		return a.Frame(ctx)
	}
	config, err := a.frameConfig(ctx)
	if err != nil {
		return nil, err
	}
	config.Who = func(*http.Request) (access.Actor, account.Session, error) {
		return access.Actor{}, account.Session{}, nil
	}
	config.SignIn = func(r *web.Request) error { return r.See("/") } // no page of a start asks for it
	config.Metrics = a.recordMetrics()
	return web.NewStarting(config, func() (read, total int) { return int(a.start.read.Load()), int(a.start.total.Load()) })
}
