package media

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"giaoban/internal/base/fault"
)

// Gate leads browsers to LiveKit's signalling, one connection at a time, and to nothing
// else of it. It can put out whoever it let in.
type Gate struct {
	find Finder
	log  *slog.Logger

	mu     sync.Mutex
	inside map[place]map[*line]struct{}
}

// line is one connection that was let in.
type line struct {
	cut  context.CancelFunc
	over chan struct{} // closed when it has ended
}

type place struct {
	briefing int64
	identity string
}

// NewGate makes a gate to the LiveKit that find finds.
func NewGate(find Finder, log *slog.Logger) *Gate {
	return &Gate{find: find, log: log, inside: map[place]map[*line]struct{}{}}
}

// open are the paths of LiveKit's signalling: the connection, and the question why it
// was refused.
var open = map[string]bool{"/rtc": true, "/rtc/v1": true, "/rtc/validate": true, "/rtc/v1/validate": true}

// Lead leads one connection through, or refuses it. Paths are LiveKit's own, as /rtc;
// whoever mounts the gate strips what stands before. The check says why the seat of the
// pass may not be taken now: not this person's, removed, the door locked. It is asked at
// every connection; nil lets it through.
func (g *Gate) Lead(w http.ResponseWriter, r *http.Request, check func(Seat) error) {
	if r.Method != http.MethodGet || !open[r.URL.Path] {
		http.NotFound(w, r)
		return
	}
	there, err := g.find()
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	seat, err := there.seat(tokenOf(r))
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	// Entered before it is asked about: who is removed meanwhile is refused or cut.
	ctx, leave := g.enter(r.Context(), seat)
	defer leave()
	if err := check(seat); err != nil {
		g.refuse(w, r, err)
		return
	}
	g.pass(w, r.WithContext(ctx), there)
}

func tokenOf(r *http.Request) string {
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return bearer
	}
	return r.URL.Query().Get("access_token")
}

// pass forwards the request until either side, or the context, ends.
func (g *Gate) pass(w http.ResponseWriter, r *http.Request, there LiveKit) {
	target, err := url.Parse(there.URL)
	if err != nil {
		g.refuse(w, r, err)
		return
	}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(target)
			p.SetXForwarded()
			p.Out.Header.Del("Cookie") // our sessions are none of LiveKit's business
		},
		ErrorLog: slog.NewLogLogger(g.log.Handler(), slog.LevelDebug),
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			if r.Context().Err() == nil {
				g.refuse(w, r, Away(err))
			}
		},
	}
	proxy.ServeHTTP(w, r)
}

// enter notes a connection, so that PutOut finds it.
func (g *Gate) enter(ctx context.Context, s Seat) (_ context.Context, leave func()) {
	ctx, cancel := context.WithCancel(ctx)
	at, one := place{s.Briefing, s.Identity}, &line{cancel, make(chan struct{})}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside[at] == nil {
		g.inside[at] = map[*line]struct{}{}
	}
	g.inside[at][one] = struct{}{}
	return ctx, func() {
		cancel()
		g.mu.Lock()
		defer g.mu.Unlock()
		close(one.over)
		delete(g.inside[at], one)
		if len(g.inside[at]) == 0 {
			delete(g.inside, at)
		}
	}
}

// farewell is how long LiveKit may take to say good-bye before a line is cut.
const farewell = 500 * time.Millisecond

// PutOut ends picture and sound of an identity in a briefing, whether LiveKit answers or
// not. LiveKit says good-bye first: a device whose line is cut without that believes in
// a bad network and tries to come back for minutes. That it stays out is the check's.
func (g *Gate) PutOut(ctx context.Context, briefing int64, identity string) error {
	err := g.find.Remove(ctx, briefing, identity)
	ctx, cancel := context.WithTimeout(ctx, farewell)
	defer cancel()
	for _, one := range g.lines(briefing, identity) {
		if err == nil {
			select {
			case <-one.over:
			case <-ctx.Done():
			}
		}
		one.cut()
	}
	return err
}

func (g *Gate) lines(briefing int64, identity string) []*line {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Collect(maps.Keys(g.inside[place{briefing, identity}]))
}

// refuse answers with the status that the error has. The script of the page says what
// that means.
func (g *Gate) refuse(w http.ResponseWriter, r *http.Request, err error) {
	status := http.StatusInternalServerError
	var f *fault.Error
	if errors.As(err, &f) {
		status = statuses[f.Kind]
	}
	g.log.DebugContext(r.Context(), "a connection to a room was refused", "error", err)
	http.Error(w, http.StatusText(status), status)
}

var statuses = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.NotFound: http.StatusNotFound, fault.Forbidden: http.StatusForbidden,
	fault.Conflict: http.StatusConflict, fault.TooLate: http.StatusGone, fault.Unavailable: http.StatusServiceUnavailable,
}
