package briefingui

import (
	"crypto/rand"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/edge/web"
)

// Bounds of what a site may send and fetch to measure its line.
const (
	mostLoad    = 2 << 20 // bytes of one load
	mostLoads   = 60      // by one person in a window
	loadsWindow = time.Minute
	atOnce      = 8 // loads of all persons together: a measure must not slow the board
)

// loads says who may measure a line now.
type loads struct {
	mu     sync.Mutex
	begun  time.Time     // of the window
	spent  map[int64]int // by person, in the window
	places chan struct{} // of loads under way
}

func newLoads() *loads { return &loads{spent: map[int64]int{}, places: make(chan struct{}, atOnce)} }

// take counts a load of a person at a moment of the machine; done says that it is
// over. Unavailable: too many.
func (l *loads) take(person int64, now time.Time) (done func(), err error) {
	l.mu.Lock()
	if now.Sub(l.begun) >= loadsWindow || now.Before(l.begun) {
		l.begun, l.spent = now, map[int64]int{}
	}
	l.spent[person]++
	over := l.spent[person] > mostLoads
	l.mu.Unlock()
	if over {
		return nil, fault.New(fault.Unavailable, "briefings.check.too-often")
	}
	select {
	case l.places <- struct{}{}:
		return func() { <-l.places }, nil
	default:
		return nil, fault.New(fault.Unavailable, "briefings.check.busy")
	}
}

// noise is what is fetched: nothing on the way can pack it.
var noise = sync.OnceValue(func() []byte {
	bytes := make([]byte, mostLoad)
	rand.Read(bytes)
	return bytes
})

// fetchLoad answers with so many bytes as the address asks for, to measure the line
// from here.
func (s *Screens) fetchLoad(r *web.Request) error {
	if _, _, err := s.ownSite(r); err != nil {
		return err
	}
	done, err := s.loads.take(r.Actor.Person, s.Machine.Now())
	if err != nil {
		return err
	}
	defer done()
	size := min(max(queryNumber(r, "bytes"), 0), mostLoad)
	header := r.Writer.Header()
	header.Set("Content-Type", "application/octet-stream")
	header.Set("Content-Length", strconv.FormatInt(size, 10))
	header.Set("Cache-Control", "no-store")
	r.Writer.WriteHeader(http.StatusOK)
	_, _ = r.Writer.Write(noise()[:size]) // a browser that goes away measures nothing
	return nil
}

// takeLoad reads what a site sends and throws it away, to measure the line to here.
func (s *Screens) takeLoad(r *web.Request) error {
	if _, _, err := s.ownSite(r); err != nil {
		return err
	}
	done, err := s.loads.take(r.Actor.Person, s.Machine.Now())
	if err != nil {
		return err
	}
	defer done()
	n, err := io.Copy(io.Discard, r.Body)
	if err != nil {
		return err
	}
	return r.JSON(map[string]int64{"bytes": n})
}
