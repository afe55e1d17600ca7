package app_test

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/pgtest"
	"giaoban/internal/part/news"
)

// nodes serves the demonstration by two nodes over one PostgreSQL, and gives the first
// with the address of the other.
func nodes(t testing.TB) (first measured, other string) {
	t.Helper()
	database, dir := pgtest.New(t), t.TempDir()
	a, err := app.OpenDemo(t.Context(), app.Config{Data: dir, Database: database, Log: quiet()}, false)
	if err != nil {
		t.Fatal(err)
	}
	second := t.TempDir()
	key, err := os.ReadFile(filepath.Join(dir, "ledger.key"))
	if err == nil {
		err = os.WriteFile(filepath.Join(second, "ledger.key"), key, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := app.Open(t.Context(), app.Config{Data: second, Database: database, Log: quiet()})
	if err != nil {
		t.Fatal(err)
	}
	return measured{a, node(t, a)}, node(t, b)
}

// node serves a node on loopback until the test ends.
func node(t testing.TB, a *app.App) (url string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, listener, nil) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("serving ended with: %v", err)
		}
		if err := a.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return "http://" + listener.Addr().String()
}

// correct gives the demonstration's article another headline.
func (m measured) correct(t testing.TB, headline string) {
	t.Helper()
	program := access.Program(m.Tree)
	_, err := m.Ledger.Update(t.Context(), "program", func(tx *ledger.Tx) error {
		a, err := news.Get(t.Context(), tx, 1)
		if err != nil {
			return err
		}
		a.Text.Headline = headline
		if a, err = news.Save(t.Context(), tx, program, news.SaveCommand{Article: a.ID, Revision: a.Revision, Text: a.Text}); err != nil {
			return err
		}
		_, err = news.Publish(t.Context(), tx, program, news.PublishCommand{Article: a.ID, Revision: a.Revision, Note: "Sửa tít."})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// until asks for a page until it says something, and gives how long that took.
func until(t testing.TB, address, said string) time.Duration {
	t.Helper()
	began := time.Now()
	for deadline := began.Add(30 * time.Second); ; {
		response, err := browserLike.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		body := read(t, response)
		if err := response.Body.Close(); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(body, said) {
			return time.Since(began)
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s does not say %q", address, said)
		}
	}
}

// article is where the demonstration's is read.
const article = "/news/1/giao-ban-truc-tuyen-ve-dai-hoi-dang-bo-cac-cap"

func TestACorrectedHeadlineIsOnEveryNodesPage(t *testing.T) {
	first, other := nodes(t)
	for _, headline := range []string{"Giao ban lần một", "Giao ban lần hai"} {
		until(t, other+article, "đảng bộ các cấp") // it is kept there
		first.correct(t, headline)
		until(t, other+article, headline)
		until(t, other+"/news/", headline)
		until(t, first.url+article, headline)
	}
}

// BenchmarkCorrection tells how long after a correction on one node the other node's page,
// which it keeps, has it.
func BenchmarkCorrection(b *testing.B) {
	first, other := nodes(b)
	var slowest time.Duration
	for n := 0; b.Loop(); n++ {
		headline := "Giao ban lần " + strings.Repeat("i", n%100+1)
		until(b, other+article, "<h1>")
		first.correct(b, headline)
		slowest = max(slowest, until(b, other+article, headline+"</h1>"))
	}
	b.ReportMetric(float64(slowest.Milliseconds()), "slowest-ms")
}
