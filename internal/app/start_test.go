package app_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/testing/browser"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/edge/mail"
)

// gate is a log in which a line with certain words is not finished until the test
// opens it: whoever writes the line stands there meanwhile.
type gate struct {
	words         string
	reached, open chan struct{}
	once          sync.Once
}

func newGate(words string) *gate {
	return &gate{words: words, reached: make(chan struct{}), open: make(chan struct{})}
}

// Write holds up the line with the words.
func (g *gate) Write(line []byte) (int, error) {
	if strings.Contains(string(line), g.words) {
		g.once.Do(func() { close(g.reached) })
		<-g.open
	}
	return len(line), nil
}

// starting is an installation whose start stands at a gate: the line about the
// torn snapshot that lies in it.
type starting struct {
	*app.App
	gate   *gate
	url    string
	client *http.Client
	ready  chan struct{}
	stop   func()
	ended  chan error
	config app.Config
}

func startDemo(t *testing.T, database string, secure bool) *starting {
	t.Helper()
	config := app.Config{Data: t.TempDir(), Database: database, Version: "test"}
	told, err := app.OpenDemo(t.Context(), config, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := told.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(config.Data, "board.snapshot"), []byte("torn"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &starting{gate: newGate("thrown away"), ready: make(chan struct{}), ended: make(chan error, 1), client: &http.Client{Transport: &http.Transport{}}}
	t.Cleanup(s.client.CloseIdleConnections)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	config.Log = slog.New(slog.NewTextHandler(s.gate, nil))
	config.Serving = func() { close(s.ready) }
	config.Mail = &mail.Server{Address: "127.0.0.1:1", From: "giaoban@example.vn", Encryption: mail.Plain} // nothing is sent: none is due
	s.url = "http://" + listener.Addr().String()
	s.config = config
	if s.App, err = app.Take(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	var certificate *tls.Config
	if secure {
		own, err := s.OwnAuthority("giaoban.example.vn")
		if err != nil {
			t.Fatal(err)
		}
		authority, err := x509.ParseCertificate(own.DER())
		if err != nil {
			t.Fatal(err)
		}
		pool := x509.NewCertPool()
		pool.AddCert(authority)
		certificate = own.TLS()
		s.url = "https://" + listener.Addr().String()
		s.client.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, ServerName: "giaoban.example.vn"}}
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	s.stop = stop
	go func() { s.ended <- s.Serve(ctx, listener, certificate) }()
	<-s.gate.reached
	return s
}

// get gives the status and the body of an answer.
func (s *starting) get(t *testing.T, path string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Language", "vi")
	answer, err := s.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(content)
}

func (s *starting) end(t *testing.T) {
	t.Helper()
	s.stop()
	if err := <-s.ended; err != nil {
		t.Errorf("serving ended with %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func (s *starting) expect(t *testing.T, path string, status int, words string) {
	t.Helper()
	if got, body := s.get(t, path); got != status || !strings.Contains(body, words) {
		t.Errorf("%s: status %d, want %d and %q:\n%s", path, got, status, words, body)
	}
}

func TestAProgramThatStartsAnswersAtOnceAndItsCommandsWait(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		s := startDemo(t, database, false)
		s.expect(t, "/healthz", 200, "ok")
		s.expect(t, "/readyz", 503, "starting: ")
		s.expect(t, "/metrics", 200, "giaoban_start_events 0")
		for _, path := range []string{"/", "/sign-in", "/board/1/1", "/check", "/nowhere"} {
			s.expect(t, path, 503, "Chương trình đang khởi động")
		}
		waits := make(chan struct{})
		s.config.Waiting = func() { close(waits) }
		s.config.Lang = "en"
		commands, err := app.Reach(t.Context(), s.config, app.ToRead)
		if err != nil {
			t.Fatal(err)
		}
		verified := make(chan error, 1)
		var found app.Verification
		go func() {
			var err error
			found, err = commands.Verify(t.Context())
			verified <- err
		}()
		<-waits
		if said, err := app.Doctor(t.Context(), s.config, app.DoctorRequest{Lang: "en"}); err != nil || len(said) == 0 {
			t.Errorf("the doctor says %v (%v)", said, err)
		}
		select {
		case err := <-verified:
			t.Errorf("verifying did not wait: %v", err)
		default:
		}

		close(s.gate.open)
		<-s.ready
		if err := <-verified; err != nil || found.Events == 0 || len(found.Findings) > 0 {
			t.Errorf("verifying after the start: %+v (%v)", found, err)
		}
		s.expect(t, "/readyz", 200, "ready")
		s.expect(t, "/sign-in", 200, "Đăng nhập")
		s.expect(t, "/nowhere", 404, "Không tìm thấy")
		_, measures := s.get(t, "/metrics")
		documented(t, measures)
		s.end(t)
	})
}

// documented compares what /metrics tells with the operators' guide.
func documented(t *testing.T, measures string) {
	t.Helper()
	guide, err := os.ReadFile("../../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`giaoban_[a-z_]+`)
	told := map[string]bool{}
	for _, family := range regexp.MustCompile(`(?m)^# TYPE (giaoban_[a-z_]+)`).FindAllStringSubmatch(measures, -1) {
		told[family[1]] = true
	}
	for _, one := range name.FindAllString(string(guide), -1) {
		// A witness measures only where there is one, and so do picture and sound.
		if !told[one] && !strings.HasPrefix(one, "giaoban_witness_") && !strings.HasPrefix(one, "giaoban_media_") {
			t.Errorf("the guide tells of %s, and /metrics has none", one)
		}
	}
	for one := range told {
		if !strings.Contains(string(guide), one) {
			t.Errorf("/metrics has %s, and the guide says nothing of it", one)
		}
	}
}

func TestAProgramThatStartsAnswersByHTTPS(t *testing.T) {
	s := startDemo(t, "", true)
	s.expect(t, "/readyz", 503, "starting: ")
	s.expect(t, "/trust", 503, "Chương trình đang khởi động")
	close(s.gate.open)
	<-s.ready
	s.expect(t, "/readyz", 200, "ready")
	s.expect(t, "/trust", 200, "giaoban.example.vn")
	s.end(t)
}

// Told to end while it starts, it ends without a word, and a command that waits
// is told that nothing was done.
func TestAProgramThatIsToldToEndWhileItStartsEnds(t *testing.T) {
	s := startDemo(t, "", false)
	waits := make(chan struct{})
	s.config.Waiting = func() { close(waits) }
	commands, err := app.Reach(t.Context(), s.config, app.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	asked := make(chan error, 1)
	go func() {
		_, err := commands.Checkpoint(t.Context())
		asked <- err
	}()
	<-waits
	s.stop()
	close(s.gate.open)
	if err := <-asked; err == nil || !strings.Contains(err.Error(), "cut-off") {
		t.Errorf("the command that waited ended with %v", err)
	}
	s.end(t)
	again, err := app.Open(t.Context(), app.Config{Data: s.config.Data, Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatalf("opening it again: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// A program that was opened whole and is told to end before its server ran ends
// as quietly.
func TestAProgramThatIsToldToEndBeforeItServesEnds(t *testing.T) {
	config := app.Config{Data: t.TempDir(), Version: "test", Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	opened, err := app.OpenDemo(t.Context(), config, false)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := opened.Serve(ctx, listener, nil); err != nil {
		t.Errorf("serving ended with %v", err)
	}
	if err := opened.Close(); err != nil {
		t.Error(err)
	}
}

// The page that a browser shows meanwhile leads to the one that was asked for, by
// itself, once that is there. With GIAOBAN_SHOTS it is also photographed.
func TestShotsOfAStartAndThePageThatFollowsByItself(t *testing.T) {
	s := startDemo(t, "", false)
	b := browser.New(t)
	b.Allow("503")
	for size, screen := range map[string]browser.Screen{"desk": browser.Desk, "phone": browser.Phone} {
		b.Show(screen)
		for _, language := range []string{"en", "vi"} {
			b.Go(s.url + "/sign-in?lang=" + language)
			b.Wait("main h1")
			if folder := os.Getenv("GIAOBAN_SHOTS"); folder != "" {
				b.Screenshot(filepath.Join(folder, "starting-"+size+"-"+language+".png"))
			}
		}
	}
	b.WaitText("main h1", "Chương trình đang khởi động")
	b.Axe(t)
	close(s.gate.open)
	b.Wait("input[name=login]")
	b.Go("about:blank") // the page's script asks for the newest checkpoint, as it pleases
	s.end(t)
}
