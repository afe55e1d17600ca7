package app_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/testing/browser"
	"giaoban/internal/part/briefing"
	"giaoban/internal/simulate"
)

// BenchmarkChairsActToAllSites is the way of what the chair does: the floor is given
// by a click, and the stage of 63 sites says so. It reports the median and the 99th
// percentile, in milliseconds from the click until the last site has it, and until
// the click is answered.
func BenchmarkChairsActToAllSites(b *testing.B) {
	m := measure(b)
	m.acceptor(b, "duyet") // works at every site
	sites, err := briefing.Sites(b.Context(), m.DB.Reader(), 1)
	if err != nil {
		b.Fatal(err)
	}
	var here []briefing.Site
	for _, s := range sites {
		if s.Here() && s.Unit != m.root() {
			here = append(here, s)
		}
	}
	client := m.visit(b, "duyet")
	client.Timeout = 0
	speaks := make(chan string, 2*len(sites))
	const screens = 63
	for range screens {
		m.sit(b, client, speaks)
	}
	chair := m.visit(b, "trunguong")
	var answers, all []time.Duration
	for b.Loop() {
		unit := fmt.Sprint(here[len(all)%len(here)].Unit)
		began := time.Now()
		m.lead(b, chair, "floor", url.Values{"unit": {unit}})
		answers = append(answers, time.Since(began))
		for left := screens; left > 0; {
			select {
			case now := <-speaks:
				if now == unit {
					left--
				}
			case <-time.After(time.Minute):
				b.Fatalf("%d of %d sites did not hear of the floor within a minute", left, screens)
			}
		}
		all = append(all, time.Since(began))
	}
	b.ReportMetric(percentile(all, 50), "p50-ms")
	b.ReportMetric(percentile(all, 99), "p99-ms")
	b.ReportMetric(percentile(answers, 99), "p99-answer-ms")
}

// lead is one act of the chair, as the room's script sends it.
func (m measured) lead(b *testing.B, chair *http.Client, act string, form url.Values) {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodPost, m.url+"/briefings/1/lead/"+act, strings.NewReader(form.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	response, err := chair.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || response.StatusCode != http.StatusOK {
		b.Fatalf("%s answers %s: %v, %.300s", act, response.Status, err, body)
	}
}

// sit holds a room's stream open and gives the unit that has the floor with each
// stage that comes.
func (m measured) sit(b *testing.B, client *http.Client, speaks chan<- string) {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, m.url+"/briefings/1/live", http.NoBody)
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Accept", "text/event-stream")
	response, err := client.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { response.Body.Close() })
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "data: ") {
		continue // until the hub's greeting: the stream is open
	}
	const mark = `data-speaks=\"`
	go func() {
		for lines.Scan() {
			if _, rest, found := strings.Cut(lines.Text(), mark); found {
				unit, _, _ := strings.Cut(rest, `\"`)
				speaks <- unit
			}
		}
	}()
}

// BenchmarkRoomOnAThinLine is a site that opens the room for the first time, over 4
// Mbit/s with 100 ms of delay. It reports the median and the 95th percentile, in
// milliseconds until the stage is there and the board that its script fetches.
func BenchmarkRoomOnAThinLine(b *testing.B) {
	m := measure(b)
	var all []time.Duration
	for b.Loop() {
		site := browser.New(b)
		site.Go(m.url + "/sign-in")
		site.Type("input[name=login]", "bacninh")
		site.Type("input[name=password]", simulate.Password)
		site.Click("form button.primary")
		site.Wait(".rail")
		site.Slow(100*time.Millisecond, 4_000_000/8)
		began := time.Now()
		site.Go(m.url + "/briefings/1/room")
		site.Wait(".panel h2")
		all = append(all, time.Since(began))
	}
	b.ReportMetric(percentile(all, 50), "p50-ms")
	b.ReportMetric(percentile(all, 95), "p95-ms")
}
