package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/internal/app"
	"giaoban/internal/base/testing/officetest"
	"giaoban/internal/base/tree"
)

// load is people who report and accept as fast as they are answered, and what
// they were told is done.
type load struct {
	t     *testing.T
	world *officetest.World
	pairs []*pair
	asked atomic.Int64 // questions begun

	mu      sync.Mutex
	done    []promise
	refused []string // answers that said not now
}

// pair is a unit's leader, who signs and sends, and the leader above, who accepts.
type pair struct {
	unit         string
	below, above *browser
	next         int // number of delegates of the next version
}

// promise is something that was answered with success.
type promise struct {
	report   int64
	number   int // of delegates, by which its content is known
	accepted bool
}

// newLoad signs everybody in at a running program.
func newLoad(t *testing.T, world *officetest.World, program *server) *load {
	l := &load{t: t, world: world}
	for unit, above := range map[string]string{"PL": "QV", "DT": "QV", "QV": "BN", "TS": "BN", "HN": "TW"} {
		p := &pair{unit: unit, below: newBrowser(t), above: newBrowser(t), next: 1}
		p.below.signInAs(program, "leader."+unit)
		p.above.signInAs(program, "leader."+above)
		l.pairs = append(l.pairs, p)
	}
	return l
}

// run has everybody work until the program does not answer any more, or until
// enough says so. A question that is refused for now is asked again.
func (l *load) run(program *server, enough func() bool) {
	var all sync.WaitGroup
	for _, p := range l.pairs {
		all.Go(func() {
			for !enough() {
				switch err := l.turn(program, p); {
				case errors.Is(err, errNotNow):
				case err != nil:
					return
				}
			}
		})
	}
	all.Wait()
}

var (
	// errGone: the program did not answer.
	errGone = errors.New("no answer")
	// errNotNow: it answered that it cannot at the moment.
	errNotNow = errors.New("not now")
)

// turn sends one version and accepts it.
func (l *load) turn(program *server, p *pair) error {
	form := fmt.Sprintf("%s/report/%d/%s/%d?correct=1", program.url, l.world.Directive, officetest.Held, l.world.Units[p.unit])
	page, err := l.ask(p.below, http.MethodGet, form, nil)
	if err != nil {
		return err
	}
	values := inputs(l.t, page)
	values.Set("value.held-on", "26/6/2020")
	values.Set("value.convened", strconv.Itoa(p.next))
	values.Set("act", "sign")
	if values.Has("password") {
		values.Set("password", officetest.Password)
	}
	sent := promise{number: p.next}
	p.next++
	place, err := l.ask(p.below, http.MethodPost, strings.TrimSuffix(form, "?correct=1"), values)
	if err != nil {
		return err
	}
	if sent.report, err = strconv.ParseInt(strings.TrimPrefix(place, "/report/"), 10, 64); err != nil {
		l.t.Errorf("a report was sent, and the answer leads to %q", place)
		return errGone
	}
	l.keep(sent)
	_, err = l.ask(p.above, http.MethodPost, fmt.Sprintf("%s/report/%d/accept", program.url, sent.report), url.Values{})
	if err == nil {
		sent.accepted = true
		l.keep(sent)
	}
	return err
}

func (l *load) keep(p promise) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.done = append(l.done, p)
}

// promises is how many answers of success there were.
func (l *load) promises() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.done)
}

// told is how many answers said not now.
func (l *load) told() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.refused)
}

// more returns after n more answers of success.
func (l *load) more(n int) {
	enough := l.promises() + n
	for late := time.Now().Add(2 * time.Minute); l.promises() < enough && !l.t.Failed(); time.Sleep(time.Millisecond) {
		if time.Now().After(late) {
			l.t.Error("no answers of success come any more")
		}
	}
}

var messages = regexp.MustCompile(`(?s)<main.*?</main>`)

// ask gives the page of an answer, or where it leads.
func (l *load) ask(b *browser, method, address string, form url.Values) (string, error) {
	request, err := http.NewRequestWithContext(l.t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		l.t.Error(err)
		return "", errGone
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	l.asked.Add(1)
	response, err := b.client.Do(request)
	if err != nil {
		return "", errGone
	}
	defer response.Body.Close()
	page, err := io.ReadAll(response.Body)
	switch status := response.StatusCode; {
	case status == http.StatusSeeOther && !strings.HasPrefix(response.Header.Get("Location"), "/sign-in"):
		return response.Header.Get("Location"), nil // success was said with the first line
	case err != nil:
		return "", errGone
	case status == http.StatusOK && method == http.MethodGet:
		return string(page), nil
	case status == http.StatusServiceUnavailable:
		l.mu.Lock()
		defer l.mu.Unlock()
		l.refused = append(l.refused, messages.FindString(string(page)))
		return "", errNotNow
	default:
		l.t.Errorf("%s %s answers %s:\n%s", method, address, response.Status, messages.FindString(string(page)))
		return "", errGone
	}
}

// check looks whether everything that was answered for is in the database, and
// whether the boards are what a count of the rows gives.
func (l *load) check(in installation) {
	l.t.Helper()
	a, err := app.Open(l.t.Context(), app.Config{Data: in.dir, Database: in.database})
	if err != nil {
		l.t.Fatal(err)
	}
	defer func() {
		if err := a.Close(); err != nil {
			l.t.Error(err)
		}
	}()
	for _, p := range l.done {
		var content string
		var decided int64
		err := a.DB.Reader().QueryRowContext(l.t.Context(), `SELECT content, decided_at FROM report WHERE id = $1`, p.report).Scan(&content, &decided)
		if err != nil || !strings.Contains(content, fmt.Sprintf(`"convened":"%d"`, p.number)) || p.accepted && decided == 0 {
			l.t.Errorf("%+v was answered for; the database has %q, decided at %d (%v)", p, content, decided, err)
		}
	}
	l.recount(a)
}

// recount compares done and waiting on every unit's board with the rows.
func (l *load) recount(a *app.App) {
	l.t.Helper()
	states := map[string]bool{}
	rows, err := a.DB.Reader().QueryContext(l.t.Context(), `SELECT milestone, unit_id, state FROM report WHERE directive_id = $1`, l.world.Directive)
	if err != nil {
		l.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var milestone, state string
		var unit tree.UnitID
		if err := rows.Scan(&milestone, &unit, &state); err != nil {
			l.t.Fatal(err)
		}
		states[fmt.Sprint(milestone, unit, state)] = true
	}
	if err := rows.Err(); err != nil {
		l.t.Fatal(err)
	}
	root, _ := a.Tree.Root()
	for _, u := range a.Tree.Subtree(root.ID) {
		v, err := a.Boards.Read(l.world.Directive, u.ID, 0)
		if err != nil {
			l.t.Fatal(err)
		}
		for i, column := range v.Columns {
			var done, waiting int32
			for _, member := range a.Tree.Subtree(u.ID) {
				switch {
				case member.Level != column.Level:
				case states[fmt.Sprint(column.Milestone, member.ID, "accepted")]:
					done++
				case states[fmt.Sprint(column.Milestone, member.ID, "submitted")]:
					waiting++
				}
			}
			if got := v.Head.Cells[i]; got.Done != done || got.Waiting != waiting {
				l.t.Errorf("%s, %s, %s: the board says %d done and %d waiting, the rows %d and %d",
					u.Name, column.Milestone, column.Level, got.Done, got.Waiting, done, waiting)
			}
		}
	}
}
