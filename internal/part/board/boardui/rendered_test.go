package boardui

import (
	"errors"
	"fmt"
	"html/template"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

func TestAPageIsRenderedOnceForAllWhoReadIt(t *testing.T) {
	var r rendered
	var times atomic.Int32
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			html, err := r.get("one", func() (template.HTML, error) { times.Add(1); return "a board", nil })
			if string(html) != "a board" || err != nil {
				t.Errorf("got %q, %v", html, err)
			}
		})
	}
	group.Wait()
	if times.Load() != 1 {
		t.Errorf("rendered %d times, want once", times.Load())
	}
	if other, _ := r.get("two", func() (template.HTML, error) { return "another", nil }); string(other) != "another" {
		t.Errorf("another key gives %q", other)
	}
}

func TestAPageThatFailedIsTriedAgain(t *testing.T) {
	var r rendered
	broken := errors.New("broken")
	if _, err := r.get("one", func() (template.HTML, error) { return "", broken }); !errors.Is(err, broken) {
		t.Errorf("got %v, want the error", err)
	}
	if html, err := r.get("one", func() (template.HTML, error) { return "mended", nil }); string(html) != "mended" || err != nil {
		t.Errorf("got %q, %v", html, err)
	}
}

func TestWhatIsKeptHasAnEnd(t *testing.T) {
	var r rendered
	page := template.HTML(strings.Repeat("x", 100_000))
	for i := range 500 {
		if _, err := r.get(fmt.Sprint(i), func() (template.HTML, error) { return page, nil }); err != nil {
			t.Fatal(err)
		}
	}
	if kept := len(r.pages) * len(page); kept > mostRendered+2*len(page) {
		t.Errorf("%d bytes are kept, want at most %d", kept, mostRendered)
	}
}
