package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"giaoban/internal/edge/web"
)

func TestWhileItStartsEveryAddressSaysHowFarItIs(t *testing.T) {
	read := 0
	var config web.Config
	newRig(t, func(c *web.Config) { config = *c })
	config.SignIn = func(*web.Request) error { return nil }
	config.Metrics = nil
	frame, err := web.NewStarting(config, func() (done, total int) { return read, 2_863_000 })
	if err != nil {
		t.Fatal(err)
	}
	if err := web.CheckRoutes(frame.Routes()); err != nil {
		t.Error(err)
	}
	handler := frame.Handler()
	ask := func(method, path string, headers ...string) *httptest.ResponseRecorder {
		request := httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody)
		for i := 0; i < len(headers); i += 2 {
			request.Header.Set(headers[i], headers[i+1])
		}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		return answer
	}
	read = 1_231_500
	for _, one := range []struct {
		method, path, lang, accept string
		status                     int
		reloads                    string // after so many seconds; "" for never
		says                       []string
	}{
		{"GET", "/healthz", "", "", 200, "", []string{"ok"}},
		{"GET", "/readyz", "", "", 503, "", []string{"starting: 43 % of the events read"}},
		{"GET", "/", "vi", "", 503, "3", []string{"Chương trình đang khởi động", "Đã đọc 43 % số sự kiện", "Trang này tự tải lại", `lang="vi"`}},
		{"GET", "/board/1/2?of=3", "en", "", 503, "3", []string{"The program is starting", "43 % of the events in the log are read", "reloads by itself", "/assets/look-"}},
		{"GET", "/invitation/secret", "en", "", 503, "3", []string{"The program is starting"}},
		{"POST", "/report/1/held/2", "vi", "", 503, "", []string{"Nội dung vừa gửi chưa được ghi"}},
		{"POST", "/report/1/held/2", "en", "", 503, "", []string{"was not taken"}},
		{"GET", "/board/1/2/live", "en", "application/json", 503, "", []string{`{"error":{"kind":"starting","message":"43 % of the events in the log are read."}}`}},
		{"DELETE", "/board/1/2", "en", "", 405, "", nil},
	} {
		got := ask(one.method, one.path, "Accept-Language", one.lang, "Accept", one.accept)
		if got.Code != one.status || got.Header().Get("Refresh") != one.reloads {
			t.Errorf("%s %s: status %d, want %d; reloads after %q, want %q", one.method, one.path, got.Code, one.status, got.Header().Get("Refresh"), one.reloads)
		}
		if again := got.Header().Get("Retry-After"); one.status == 503 && again == "" {
			t.Errorf("%s %s does not say when to ask again", one.method, one.path)
		}
		for _, words := range one.says {
			if !strings.Contains(got.Body.String(), words) {
				t.Errorf("%s %s does not say %q:\n%s", one.method, one.path, words, got.Body)
			}
		}
		if strings.Contains(got.Body.String(), "<script") || got.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%s %s: a script, or no policy", one.method, one.path)
		}
	}
	style := regexp.MustCompile(`/assets/look-[^"]+`).FindString(ask("GET", "/").Body.String())
	if got := ask("GET", style); got.Code != http.StatusOK {
		t.Errorf("the style sheet %s: status %d", style, got.Code)
	}
	full := newRig(t).lan(t).get("/").body
	if !strings.Contains(full, style) {
		t.Errorf("the style sheet %s of the start is another than that of the program", style)
	}
}
