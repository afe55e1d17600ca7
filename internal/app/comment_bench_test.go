package app_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/testing/pgtest"
	"giaoban/internal/part/news"
	"giaoban/internal/part/news/code"
)

// How readers' comments come: so many a second whether or not those before were answered,
// over so many connections, each from a network of its own.
const (
	commentsASecond = 200
	commenters      = 64
	renewed         = 300 * time.Millisecond // after it heard of some, the desk's page fetches them
)

// BenchmarkComments has readers comment on one article while its desk looks at the queue,
// and counts afterwards what was kept. A minute of it: -benchtime 12000x.
func BenchmarkComments(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		config := app.Config{}
		if engine == "postgres" {
			config.Database = pgtest.New(b)
		}
		m := measureWith(b, config)
		b.Run(engine, m.comments)
	}
}

func (m measured) comments(b *testing.B) {
	forms := m.commentForms(b)
	before := m.commentsKept(b)
	heard := m.moderate(b)
	took := make([]time.Duration, b.N)
	var next atomic.Int64
	var group sync.WaitGroup
	b.ResetTimer()
	began := time.Now()
	for i := range commenters {
		group.Go(func() {
			client := fromNetwork(i)
			defer client.CloseIdleConnections()
			for n := next.Add(1) - 1; n < int64(b.N); n = next.Add(1) - 1 {
				due := began.Add(time.Duration(n) * time.Second / commentsASecond)
				time.Sleep(time.Until(due))
				if err := m.comment(client, forms[n]); err != nil {
					b.Error(err)
				}
				took[n] = time.Since(due) // waiting for its turn counts
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "comments/s")
	b.ReportMetric(percentile(took, 50), "p50-ms")
	b.ReportMetric(percentile(took, 99), "p99-ms")
	after := m.commentsKept(b)
	if rows, events := after.rows-before.rows, after.events-before.events; rows != b.N || events != b.N {
		b.Errorf("of %d comments %d are kept, in %d events", b.N, rows, events)
	}
	b.ReportMetric(float64(heard()), "queue-renewals")
}

// commentForms are what readers send, each with a code that was read.
func (m measured) commentForms(b *testing.B) []url.Values {
	b.Helper()
	secret, err := news.Secret(b.Context(), m.DB)
	if err != nil {
		b.Fatal(err)
	}
	guard, now := code.New(secret), clock.Machine.Now()
	forms := make([]url.Values, b.N)
	for i := range forms {
		token := guard.Issue("article-1", now)
		typed, _, err := guard.Code(token, now)
		if err != nil {
			b.Fatal(err)
		}
		forms[i] = url.Values{
			"name": {fmt.Sprint("Bạn đọc ", i)}, "email": {fmt.Sprintf("b%d@example.vn", i)}, "token": {string(token)}, "code": {typed},
			"text": {fmt.Sprintf("Ý kiến số %d của %d: mong Văn phòng công bố tiến độ của từng huyện.", i, b.N)},
		}
	}
	return forms
}

// comment sends one, as a browser without script does.
func (m measured) comment(client *http.Client, form url.Values) error {
	response, err := client.PostForm(m.url+"/news/1/opinions", form)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("a comment is answered with %s: %.2000s", response.Status, body)
	}
	return err
}

// fromNetwork is a browser without cookies in one of the networks of this machine.
func fromNetwork(n int) *http.Client {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, byte(n+1), 1)}}
	return &http.Client{
		Transport:     &http.Transport{DialContext: dialer.DialContext},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

type keptComments struct{ rows, events int }

func (m measured) commentsKept(b *testing.B) (kept keptComments) {
	b.Helper()
	err := m.DB.Reader().QueryRowContext(b.Context(), `SELECT (SELECT COUNT(*) FROM news_comment), (SELECT COUNT(*) FROM event WHERE kind = 'news.comment')`).Scan(&kept.rows, &kept.events)
	if err != nil {
		b.Fatal(err)
	}
	return kept
}

// moderate has the article's desk look at its queue, live: each time it hears of comments
// its page fetches them a little later. It gives how often that was, once the desk is at rest.
func (m measured) moderate(b *testing.B) (heard func() int64) {
	b.Helper()
	desk := m.visit(b, "trunguong")
	desk.Timeout = 0
	ctx, stop := context.WithCancel(b.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, m.url+"/opinions/live", http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	response, err := desk.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { response.Body.Close() })
	lines := bufio.NewScanner(response.Body)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "data: ") {
		continue // until the hub's greeting: the stream is open
	}
	pushes := make(chan struct{}, 1)
	var group sync.WaitGroup
	group.Go(func() {
		defer close(pushes)
		for lines.Scan() {
			if strings.Contains(lines.Text(), `"push"`) {
				select {
				case pushes <- struct{}{}:
				default: // it is told of some already
				}
			}
		}
	})
	var times int64
	group.Go(func() {
		for range pushes {
			time.Sleep(renewed)
			if err := m.lookAtQueue(desk); err != nil {
				b.Error(err)
			}
			times++
		}
	})
	return func() int64 {
		time.Sleep(2 * renewed)
		stop()
		group.Wait()
		return times
	}
}

func (m measured) lookAtQueue(desk *http.Client) error {
	response, err := desk.Get(m.url + "/opinions")
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the queue answers %s", response.Status)
	}
	return nil
}
