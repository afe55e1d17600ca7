package live_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"giaoban/internal/edge/live"
)

// closing is an answer during whose first bytes the hub is closed: the stream has
// begun for the browser, and the node has not heard of it yet.
type closing struct {
	*httptest.ResponseRecorder
	close func()
}

func (c closing) Write(b []byte) (int, error) {
	c.close()
	return c.ResponseRecorder.Write(b)
}

func TestAStreamThatOpensWhileTheHubClosesEnds(t *testing.T) {
	hub, err := live.Open(slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan struct{})
	go func() {
		defer close(served)
		answer := closing{httptest.NewRecorder(), func() {
			if err := hub.Close(t.Context()); err != nil {
				t.Error(err)
			}
		}}
		hub.Serve(answer, httptest.NewRequest(http.MethodGet, "/", nil), "1", "board")
	}()
	select {
	case <-served:
	case <-time.After(10 * time.Second):
		t.Fatal("the stream is still open")
	}
}
