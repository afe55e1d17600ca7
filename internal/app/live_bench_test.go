package app_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/report"
	"giaoban/internal/simulate"
)

// watching is how many browsers have the central board open.
const watching = 10

// BenchmarkAcceptedToShown is the way of a figure: somebody clicks "accept" and
// the central board changes in all browsers that have it open. It reports the
// median and the 99th percentile, in milliseconds from the click until the last
// of the browsers has it, and until the click is answered.
func BenchmarkAcceptedToShown(b *testing.B) {
	m := measure(b)
	id, reports := m.busy(b)
	m.acceptor(b, "duyet")
	province := m.visit(b, "duyet")
	province.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	shown := make(chan int64, watching)
	for range watching {
		m.watch(b, fmt.Sprintf("/board/%d/%d/live", id, m.root()), shown)
	}
	var answers, all []time.Duration
	for b.Loop() {
		if len(all) == len(reports) {
			b.Fatalf("no more than %d reports wait: -benchtime %dx", len(reports), len(reports))
		}
		began := time.Now()
		response, err := province.Post(fmt.Sprintf("%s/report/%d/accept", m.url, reports[len(all)]), "application/x-www-form-urlencoded", nil)
		if err != nil {
			b.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusSeeOther {
			b.Fatalf("accepting answers %s", response.Status)
		}
		answers = append(answers, time.Since(began))
		for range watching {
			select {
			case <-shown:
			case <-time.After(time.Minute):
				b.Fatal("the change was not shown within a minute")
			}
		}
		all = append(all, time.Since(began))
	}
	b.ReportMetric(percentile(all, 50), "p50-ms")
	b.ReportMetric(percentile(all, 99), "p99-ms")
	b.ReportMetric(percentile(answers, 99), "p99-answer-ms")
}

// percentile of durations, in milliseconds.
func percentile(all []time.Duration, n int) float64 {
	slices.Sort(all)
	return float64(all[(len(all)*n+99)/100-1].Microseconds()) / 1000
}

// busy is a directive at which more reports wait to be accepted than a benchmark
// takes: of every committee below the provinces, at two milestones.
func (m measured) busy(b *testing.B) (id int64, reports []int64) {
	b.Helper()
	document := directive.Document{
		Number: "1-HD/VPTW", Date: "2020-07-09", Title: "Báo cáo nhanh", Text: "Các cấp báo cáo nhanh.",
		Milestones: []directive.Milestone{quick("first"), quick("second")},
	}
	signature := account.Signature{Name: "Nguyễn Minh Hải", Capacity: account.Capacity{Post: "Chánh Văn phòng"}, Method: simulate.Simulated}
	at, err := m.Ledger.Update(b.Context(), "program", func(tx *ledger.Tx) error {
		ctx, actor := b.Context(), access.Program(m.Tree)
		made, err := directive.Create(ctx, tx, actor, directive.CreateCommand{Unit: m.root(), Key: "busy", Draft: directive.Draft{Document: document}})
		if err != nil {
			return err
		}
		id = made.ID
		if _, err := directive.Issue(ctx, tx, actor, directive.IssueCommand{Directive: id, Revision: made.Revision, Signature: signature}); err != nil {
			return err
		}
		for _, u := range m.Tree.Subtree(m.root()) {
			if u.Level != committees {
				continue
			}
			for _, milestone := range document.Milestones {
				sent, err := report.Submit(ctx, tx, actor, report.SubmitCommand{
					Slot: report.Slot{Directive: id, Milestone: milestone.Key, Unit: u.ID}, Lang: text.VI, Signature: signature,
				})
				if err != nil {
					return err
				}
				reports = append(reports, sent.ID)
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := m.Wait(b.Context(), at); err != nil {
		b.Fatal(err)
	}
	return id, reports
}

const committees = "above-grassroots"

func quick(key string) directive.Milestone {
	return directive.Milestone{
		Key: key, Name: text.Words{VI: "Báo cáo " + key, EN: "Report " + key},
		Deadlines: []profile.Deadline{{Level: committees, Date: "2020-08-31"}},
	}
}

// acceptor makes a person who leads every province.
func (m measured) acceptor(b *testing.B, login string) {
	b.Helper()
	password, err := account.HashPassword(b.Context(), simulate.Password)
	if err != nil {
		b.Fatal(err)
	}
	var grants []access.Grant
	for _, u := range m.Tree.Children(m.root()) {
		grants = append(grants, access.Grant{Unit: u.ID, Role: access.Leader})
	}
	_, err = m.Ledger.Update(b.Context(), "program", func(tx *ledger.Tx) error {
		_, err := account.CreatePerson(b.Context(), tx, access.Program(m.Tree),
			account.CreateCommand{Name: "Lê Văn Duyệt", Login: login, Password: password, Grants: grants})
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
}

func (m measured) root() tree.UnitID {
	root, _ := m.Tree.Root()
	return root.ID
}

// watch holds a board's stream open and gives the ledger position of every
// change that comes.
func (m measured) watch(b *testing.B, path string, shown chan<- int64) {
	b.Helper()
	client := m.visit(b, "trunguong")
	client.Timeout = 0
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, m.url+path, http.NoBody)
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
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "data: ") {
		continue // until the hub's greeting: the stream is open
	}
	go func() {
		for lines.Scan() {
			if to, ok := changed(lines.Text()); ok {
				shown <- to
			}
		}
	}()
}

// changed reads a line of a stream; ok is false when it tells of no change.
func changed(line string) (to int64, ok bool) {
	var message struct {
		Push struct {
			Pub struct{ Data struct{ To int64 } }
		}
	}
	data, found := strings.CutPrefix(line, "data: ")
	if !found || json.Unmarshal([]byte(data), &message) != nil {
		return 0, false
	}
	return message.Push.Pub.Data.To, message.Push.Pub.Data.To > 0
}
