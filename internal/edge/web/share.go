package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash/maphash"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
)

// What is kept of answers that everybody gets alike.
const (
	shareMost = 64 << 20    // bytes, unpacked
	shareAge  = time.Minute // what changes with the clock alone is so late at most
	lanes     = 64
)

// Shares are answers that are the same for everybody who reads in their language, each
// made once. Whether one still holds is told by counting: every change of something has
// a number, and an answer holds until something that it shows has changed with a number
// above the one at which its making began. So an answer that was begun before a change
// and kept after it does not hold either.
type Shares struct {
	kept    *otter.Cache[string, *shared]
	changes atomic.Uint64
	changed sync.Map // of what last changed: its name to the number of its change
	seed    maphash.Seed
	lanes   [lanes]sync.Mutex // whoever makes an answer holds its lane, so that others wait for it
}

// shared is one answer.
type shared struct {
	route   Route
	header  http.Header // that its handler set
	content []byte
	of      []string // what it shows
	made    uint64   // number of the last change when its making began
	packs   packs
}

// NewShares keeps none yet. All frames of a process may have the same.
func NewShares() *Shares {
	kept := otter.Must(&otter.Options[string, *shared]{
		MaximumWeight:    shareMost,
		Weigher:          func(key string, s *shared) uint32 { return uint32(len(key)+len(s.content)) + 512 },
		ExpiryCalculator: otter.ExpiryWriting[string, *shared](shareAge),
	})
	return &Shares{kept: kept, seed: maphash.MakeSeed()}
}

// Changed says that what is named has changed: no answer that shows it is given again.
// "" names everything.
func (s *Shares) Changed(names ...string) {
	number := s.changes.Add(1)
	for _, name := range names {
		s.changed.Store(name, number)
	}
}

// Share says that the answer is the same for everybody who reads in its language, until
// one of the things changes that it shows: see [Shares.Changed]. The route has to be
// Shared, and the answer 200 and without a cookie.
func (r *Request) Share(of ...string) {
	if r.sharing != nil {
		r.sharing.of = append(slices.Clone(of), "")
	}
}

// holds says whether nothing has changed that the answer shows.
func (s *Shares) holds(one *shared) bool {
	for _, name := range one.of {
		if number, changed := s.changed.Load(name); changed && number.(uint64) > one.made {
			return false
		}
	}
	return true
}

// find gives the answer to a request that is kept and holds; nil for none.
func (s *Shares) find(key string) *shared {
	one, ok := s.kept.GetIfPresent(key)
	if !ok || !s.holds(one) {
		return nil
	}
	return one
}

// shareKey names the answer to a request; "" where none is shared: only what is asked
// for without a message that waits for the next page is.
func (f *Frame) shareKey(req *http.Request) string {
	if req.Method != http.MethodGet && req.Method != http.MethodHead {
		return ""
	}
	if cookies := req.Header["Cookie"]; len(cookies) > 0 && strings.Contains(cookies[0], noticeCookie+"=") {
		return ""
	}
	where := " "
	if f.outside {
		where = " outside "
	}
	return themeOf(req).key(language(req)) + where + req.Host + req.URL.RequestURI() // pages tell their whole address
}

// given answers with an answer that is kept, before anything else is done about the
// request; it says whether there is one. Where every request has its line in the log, it
// goes the long way.
func (f *Frame) given(w http.ResponseWriter, req *http.Request) bool {
	if f.config.Shares == nil || f.config.Shares.kept.EstimatedSize() == 0 || f.config.Log.Enabled(req.Context(), slog.LevelDebug) {
		return false
	}
	key := f.shareKey(req)
	if key == "" {
		return false
	}
	started := f.config.Machine.Now()
	one := f.config.Shares.find(key)
	if one == nil {
		return false
	}
	status := one.write(w, req)
	f.measures.request(one.route, status, f.config.Machine.Now().Sub(started))
	return true
}

// make answers a shared route: others who ask for the same wait, and get what the first
// was given.
func (s *Shares) make(r *Request) error {
	key := r.frame.shareKey(r.Request)
	if key == "" {
		return r.route.Handle(r)
	}
	lane := &s.lanes[maphash.String(s.seed, key)%lanes]
	lane.Lock()
	defer lane.Unlock()
	if one := s.find(key); one != nil {
		one.write(r.Writer, r.Request)
		return nil
	}
	held := &held{ResponseWriter: r.Writer}
	one := &shared{route: r.route, made: s.changes.Load()}
	r.Writer, r.sharing = held, one
	err := r.route.Handle(r)
	r.Writer, r.sharing = held.ResponseWriter, nil
	if err != nil {
		return err
	}
	header := r.Writer.Header()
	if one.of == nil || held.status != http.StatusOK || r.Method == http.MethodHead || header.Get("Set-Cookie") != "" {
		return held.release()
	}
	one.fill(header, held.content.Bytes())
	s.kept.Set(key, one)
	one.send(r.Writer, r.Request, "", one.content)
	return nil
}

// fill completes an answer. It is packed when a second asks for it: most pages of an
// archive are asked for once.
func (one *shared) fill(header http.Header, content []byte) {
	if age := header.Get("Cache-Control"); age == "" || strings.Contains(age, "private") {
		header.Set("Cache-Control", "public, max-age=0, must-revalidate")
	}
	sum := sha256.Sum256(content)
	header.Set("ETag", `W/"`+hex.EncodeToString(sum[:12])+`"`)
	header.Set("Vary", "Accept-Encoding, Accept-Language, Cookie")
	one.header = http.Header{}
	for _, name := range []string{"Cache-Control", "Content-Type", "Content-Language", "Etag", "Vary", "Link", "Last-Modified", "Content-Disposition", "Cross-Origin-Resource-Policy"} {
		if values := header[name]; values != nil {
			one.header[name] = slices.Clone(values)
		}
	}
	one.content, one.packs = bytes.Clone(content), unpacked
	if kind := header.Get("Content-Type"); !strings.HasPrefix(kind, "image/") || strings.Contains(kind, "svg") {
		one.packs = packsOf(one.content)
	}
}

// write gives the answer in the way that the browser unpacks.
func (one *shared) write(w http.ResponseWriter, req *http.Request) (status int) {
	way, body := one.packs.choose(req)
	if way == "" {
		body = one.content
	}
	return one.send(w, req, way, body)
}

// send gives the answer packed in a way, or that it has not changed since the browser
// kept it.
func (one *shared) send(w http.ResponseWriter, req *http.Request, way string, body []byte) (status int) {
	header := w.Header()
	maps.Copy(header, one.header)
	if kept := req.Header.Get("If-None-Match"); kept != "" && strings.Contains(kept, one.header.Get("ETag")) {
		w.WriteHeader(http.StatusNotModified)
		return http.StatusNotModified
	}
	if way != "" {
		header.Set("Content-Encoding", way)
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if req.Method != http.MethodHead {
		_, _ = w.Write(body) // a browser that goes away in the middle asks again
	}
	return http.StatusOK
}

// held is an answer that is held back until it is known whether it is shared.
type held struct {
	http.ResponseWriter
	status  int
	content bytes.Buffer
}

// WriteHeader holds the status back.
func (h *held) WriteHeader(status int) {
	if h.status == 0 {
		h.status = status
	}
}

// Write holds bytes back.
func (h *held) Write(b []byte) (int, error) {
	h.WriteHeader(http.StatusOK)
	return h.content.Write(b)
}

// release sends what was held back.
func (h *held) release() error {
	if h.status != 0 {
		h.ResponseWriter.WriteHeader(h.status)
	}
	_, err := h.ResponseWriter.Write(h.content.Bytes())
	return ignoreGone(err)
}
