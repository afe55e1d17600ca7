package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// The component page is larger than any page of work: what it costs bounds what
// the frame adds to each.
func BenchmarkPage(b *testing.B) {
	for name, path := range map[string]string{"small": "/", "components": "/components"} {
		b.Run(name, func(b *testing.B) {
			handler := newRig(b).frame.Handler()
			request := httptest.NewRequestWithContext(b.Context(), http.MethodGet, path, http.NoBody)
			request.AddCookie(&http.Cookie{Name: "session", Value: "lan"})
			b.ReportAllocs()
			for b.Loop() {
				answer := httptest.NewRecorder()
				handler.ServeHTTP(answer, request)
				if answer.Code != http.StatusOK {
					body, _ := io.ReadAll(answer.Body) // a recorder's body does not fail
					b.Fatalf("status %d: %s", answer.Code, body)
				}
			}
		})
	}
}
