package web_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/andybalholm/brotli"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/edge/web"
)

// press is a rig with a page about "article:1" that says how often it was made.
func press(t testing.TB) (*rig, *atomic.Int64) {
	made := new(atomic.Int64)
	r := newRig(t, func(c *web.Config) { c.Shares = web.NewShares() })
	r.frame.Add(
		web.Route{Pattern: "GET /press/{id}", Action: access.Public, Shared: true, Handle: func(r *web.Request) error {
			if r.PathValue("id") == "none" {
				return fault.New(fault.NotFound, "web.not-found")
			}
			n := made.Add(1)
			if r.PathValue("id") != "own" {
				r.Share("article:" + r.PathValue("id"))
			}
			_, err := fmt.Fprintf(r.Writer, "%s %d %s", r.Lang, n, strings.Repeat("giao ban ", 500))
			return err
		}},
	)
	r.Config.Handler = r.frame.Handler()
	return r, made
}

// given is an answer.
type given struct {
	status int
	header http.Header
}

// ask gives the answer to a request with some headers, unpacked.
func ask(t testing.TB, r *rig, path string, headers ...string) (answered given, content string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body := io.Reader(answer.Body)
	switch answer.Header.Get("Content-Encoding") {
	case "br":
		body = brotli.NewReader(body)
	case "gzip":
		if body, err = gzip.NewReader(body); err != nil {
			t.Fatal(err)
		}
	}
	said, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return given{answer.StatusCode, answer.Header}, string(said)
}

func TestASharedAnswerIsMadeOnce(t *testing.T) {
	r, made := press(t)
	first, content := ask(t, r, "/press/1")
	for _, way := range []string{"identity", "gzip", "br", "gzip, br;q=0", "deflate"} {
		answer, again := ask(t, r, "/press/1", "Accept-Encoding", way)
		if again != content || answer.header.Get("ETag") != first.header.Get("ETag") {
			t.Errorf("packed as %s it says %.20q with %s, want %.20q with %s", way, again, answer.header.Get("ETag"), content, first.header.Get("ETag"))
		}
		if answer.header.Get("Content-Security-Policy") == "" {
			t.Errorf("packed as %s it has no policy", way)
		}
	}
	if answer, _ := ask(t, r, "/press/1", "Accept-Encoding", "gzip, deflate, br"); answer.header.Get("Content-Encoding") != "br" {
		t.Errorf("packed as %q, want br", answer.header.Get("Content-Encoding"))
	}
	if answer, content := ask(t, r, "/press/1", "If-None-Match", first.header.Get("ETag")); answer.status != http.StatusNotModified || content != "" {
		t.Errorf("what the browser keeps: %d %q, want 304", answer.status, content)
	}
	if n := made.Load(); n != 1 {
		t.Errorf("made %d times, want once", n)
	}
	if _, english := ask(t, r, "/press/1", "Accept-Language", "en"); !strings.HasPrefix(english, "en 2 ") {
		t.Errorf("in English it says %.20q", english)
	}
}

func TestASharedAnswerIsMadeAnewWhenWhatItShowsChanged(t *testing.T) {
	r, _ := press(t)
	for i, changed := range []string{"article:2", "article:1", "news", ""} {
		_, before := ask(t, r, "/press/1")
		r.shares.Changed(changed)
		_, after := ask(t, r, "/press/1")
		if want := changed == "article:1" || changed == ""; (before != after) != want {
			t.Errorf("step %d: after a change of %q it says %.10q, before %.10q", i, changed, after, before)
		}
	}
}

func TestWhatIsNotSharedIsMadeForEverybody(t *testing.T) {
	r, made := press(t)
	for range 2 {
		if answer, _ := ask(t, r, "/press/own"); answer.header.Get("ETag") != "" {
			t.Errorf("it has the tag %s", answer.header.Get("ETag"))
		}
		if answer, _ := ask(t, r, "/press/none"); answer.status != http.StatusNotFound {
			t.Errorf("what is not there: %d", answer.status)
		}
		ask(t, r, "/press/3", "Cookie", "a=b; notice=x") // something waits to be said on the next page
	}
	if n := made.Load(); n != 4 {
		t.Errorf("made %d times, want 4", n)
	}
}

// Nobody is given an answer that was begun before a change once the change is told,
// however askers and changes fall together.
func TestNoAnswerOutlivesAChange(t *testing.T) {
	state := new(atomic.Int64)
	r := newRig(t, func(c *web.Config) { c.Shares = web.NewShares() })
	r.frame.Add(web.Route{Pattern: "GET /press", Action: access.Public, Shared: true, Handle: func(r *web.Request) error {
		r.Share("state")
		_, err := fmt.Fprint(r.Writer, state.Load())
		return err
	}})
	r.Config.Handler = r.frame.Handler()
	var group sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		group.Go(func() {
			for told := int64(0); ; {
				select {
				case <-done:
					return
				default:
				}
				told = state.Load() - 1 // the last change may not be told yet
				_, said := ask(t, r, "/press")
				var n int64
				if _, err := fmt.Sscan(said, &n); err != nil || n < told {
					t.Errorf("it says %q (%v) after change %d was told", said, err, told)
				}
			}
		})
	}
	for range 300 {
		state.Add(1)
		r.shares.Changed("state")
	}
	close(done)
	group.Wait()
}

func BenchmarkShared(b *testing.B) {
	r, _ := press(b)
	ask(b, r, "/press/1")
	handler := r.Config.Handler
	b.ReportAllocs()
	for b.Loop() {
		req, _ := http.NewRequestWithContext(b.Context(), http.MethodGet, "/press/1", http.NoBody)
		req.Header.Set("Accept-Encoding", "br")
		handler.ServeHTTP(nowhere{http.Header{}}, req)
	}
}

// nowhere is an answer that nobody reads.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header         { return n.header }
func (n nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (n nowhere) WriteHeader(int)             {}
