package app_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
	"giaoban/internal/simulate"
)

// office is a served demonstration with more people and papers in it: somebody of
// every role, and a directive of Bac Ninh's own beside that of the centre.
type office struct {
	served
	t       *testing.T
	counter *atomic.Int64 // of what tests make

	centre, home, yenPhong, thuanThanh, hanoi, grassroots tree.UnitID

	own, draft int64 // directives of Bac Ninh: one in force, one being written
	elsewhere  int64 // a directive of Ha Noi
	waiting    int64 // the report of Thuan Thanh to the centre's directive, which waits
	reported   int64 // and the one to Bac Ninh's own
	plan       int64 // of another name for Bac Ninh
}

const (
	milestone = "congress-held"
	centrally = 1 // the directive of the centre
)

var hashed = sync.OnceValues(func() (account.Password, error) {
	return account.HashPassword(context.Background(), simulate.Password)
})

// newOffice serves the office on the database at url; "" for SQLite.
func newOffice(t *testing.T, url string) *office {
	t.Helper()
	return newOfficeAt(t, url, nil)
}

// newOfficeAt serves the office by a business clock of the test; nil for the
// demonstration's own.
func newOfficeAt(t *testing.T, url string, business clock.Clock) *office {
	t.Helper()
	o := &office{served: serveDemoAt(t, url, business), t: t, counter: &atomic.Int64{}}
	root, _ := o.Tree.Root()
	o.centre, o.home = root.ID, o.unit(t, "Tỉnh Bắc Ninh")
	o.yenPhong, o.thuanThanh = o.unit(t, "Huyện Yên Phong"), o.unit(t, "Huyện Thuận Thành")
	o.hanoi = o.unit(t, "Thành phố Hà Nội")
	o.grassroots = o.Tree.Children(o.yenPhong)[0].ID
	o.own = o.issue(o.home, "12-CT/TU", "Việc riêng của Bắc Ninh")
	o.elsewhere = o.issue(o.hanoi, "21-CT/TU", "Việc riêng của Hà Nội")
	o.draft = o.begin(o.home, "13-CT/TU", "Dự thảo chưa ai được đọc").ID
	o.waiting = o.latest(centrally, o.thuanThanh).ID
	o.reported = o.submit(o.own, o.thuanThanh, "Mật của Thuận Thành")
	o.plan = o.ahead(o.home)
	return o
}

// program is the actor of what tests prepare.
func (o *office) program() access.Actor { return access.Program(o.Tree) }

// update changes something and waits until everybody sees it.
func (o *office) update(act func(*ledger.Tx) error) {
	o.t.Helper()
	if _, err := o.Ledger.Update(o.t.Context(), "program", act); err != nil {
		o.t.Fatal(err)
	}
	if err := o.CatchUp(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

// ahead plans that a unit gets another name.
func (o *office) ahead(unit tree.UnitID) int64 {
	o.t.Helper()
	var planned *org.Planned
	o.update(func(tx *ledger.Tx) error {
		outcome, err := org.Do(o.t.Context(), tx, o.program(), org.Change{Rename: &org.RenameCommand{
			Unit: unit, Name: fmt.Sprint("Tên mới ", o.next()), From: "2020-12-01",
		}})
		planned = outcome.Planned
		return err
	})
	return planned.ID
}

// begin drafts a directive of a unit to the levels below it.
func (o *office) begin(unit tree.UnitID, number, title string) (d directive.Directive) {
	o.t.Helper()
	var deadlines []profile.Deadline
	for _, level := range []string{"above-grassroots", "grassroots"} {
		if issuer, _ := o.Tree.Unit(unit); issuer.Level == level {
			continue
		}
		deadlines = append(deadlines, profile.Deadline{Level: level, Date: "2020-09-30"})
	}
	o.update(func(tx *ledger.Tx) (err error) {
		d, err = directive.Create(o.t.Context(), tx, o.program(), directive.CreateCommand{
			Unit: unit, Key: number + fmt.Sprint(unit), Draft: directive.Draft{Document: directive.Document{
				Number: number, Date: "2020-07-01", Title: title, Text: title, Acknowledge: []string{deadlines[0].Level},
				Milestones: []directive.Milestone{{
					Key: milestone, Name: text.Words{VI: title, EN: title}, Deadlines: deadlines,
					Indicators: []profile.Indicator{{Key: "note", Name: text.Words{VI: "Ghi chú", EN: "Note"}, Kind: profile.Text}},
				}},
			}},
		})
		return err
	})
	return d
}

// issue issues a directive of a unit.
func (o *office) issue(unit tree.UnitID, number, title string) int64 {
	o.t.Helper()
	d := o.begin(unit, number, title)
	o.update(func(tx *ledger.Tx) error {
		_, err := directive.Issue(o.t.Context(), tx, o.program(), directive.IssueCommand{
			Directive: d.ID, Revision: d.Revision, Signature: simulated,
		})
		return err
	})
	return d.ID
}

var simulated = account.Signature{Name: "Người ký", Capacity: account.Capacity{Post: "Bí thư"}, Method: simulate.Simulated}

// submit has a unit report on a directive of its own province.
func (o *office) submit(of int64, unit tree.UnitID, note string) int64 {
	o.t.Helper()
	var sent report.Report
	o.update(func(tx *ledger.Tx) (err error) {
		sent, err = report.Submit(o.t.Context(), tx, o.program(), report.SubmitCommand{
			Slot: report.Slot{Directive: of, Milestone: milestone, Unit: unit}, After: o.latest(of, unit).Version,
			Values: map[string]string{"note": note}, Lang: text.VI, Signature: simulated,
		})
		return err
	})
	return sent.ID
}

// latest is the newest version of a unit's report; the zero Report when there is none.
func (o *office) latest(of int64, unit tree.UnitID) (r report.Report) {
	o.t.Helper()
	err := o.DB.View(o.t.Context(), func(tx *sql.Tx) (err error) {
		r, _, err = report.Latest(o.t.Context(), tx, report.Slot{Directive: of, Milestone: milestone, Unit: unit})
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

// head is the ledger's position: it stands still while nothing is changed.
func (o *office) head() int64 {
	o.t.Helper()
	position, _, err := ledger.Head(o.t.Context(), o.DB.Reader())
	if err != nil {
		o.t.Fatal(err)
	}
	return position
}

// hire gives somebody an account with roles at units and signs the person in.
func (o *office) hire(login string, grants ...access.Grant) *visitor {
	o.t.Helper()
	password, err := hashed()
	if err != nil {
		o.t.Fatal(err)
	}
	var p account.Person
	o.update(func(tx *ledger.Tx) (err error) {
		p, err = account.CreatePerson(o.t.Context(), tx, o.program(), account.CreateCommand{
			Name: "Ông " + login, Login: login, Password: password, Grants: grants,
		})
		return err
	})
	return o.enter(p.ID)
}

// as signs somebody of the demonstration in.
func (o *office) as(login string) *visitor {
	o.t.Helper()
	p, err := account.FindLogin(o.t.Context(), o.DB.Reader(), login)
	if err != nil {
		o.t.Fatal(err)
	}
	return o.enter(p.ID)
}

func (o *office) enter(person int64) *visitor {
	o.t.Helper()
	var token account.Token
	err := o.DB.Update(o.t.Context(), func(tx *sql.Tx) (err error) {
		_, token, err = account.Enter(o.t.Context(), tx, person, account.SignInCommand{Now: clock.Machine.Now()})
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return &visitor{o: o, person: person, cookie: "giaoban=" + string(token)}
}

// guest is nobody.
func (o *office) guest() *visitor { return &visitor{o: o} }

// visitor is somebody's browser, which follows no redirect.
type visitor struct {
	o      *office
	person int64
	cookie string
}

// answered is an answer with its body read.
type answered struct {
	status int
	header http.Header
	body   string
}

// refused says whether the answer gives nothing away: not allowed, or not there.
func (a answered) refused() bool {
	return a.status == http.StatusForbidden || a.status == http.StatusNotFound
}

func (v *visitor) get(path string, headers ...string) answered {
	v.o.t.Helper()
	return v.do(http.MethodGet, path, nil, headers...)
}

// post sends a form; one without a key gets a new one.
func (v *visitor) post(path string, form url.Values, headers ...string) answered {
	v.o.t.Helper()
	sent := url.Values{"key": {report.NewKey()}}
	for name, values := range form {
		sent[name] = values
	}
	return v.do(http.MethodPost, path, strings.NewReader(sent.Encode()),
		append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
}

var browserLike = &http.Client{
	Timeout:       30 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func (v *visitor) do(method, path string, body io.Reader, headers ...string) answered {
	v.o.t.Helper()
	response := v.open(method, path, body, headers...)
	defer response.Body.Close()
	if strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		return answered{response.StatusCode, response.Header, ""} // it would never end
	}
	return answered{response.StatusCode, response.Header, read(v.o.t, response)}
}

// read is the body of an answer.
func read(t testing.TB, response *http.Response) string {
	t.Helper()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return string(content)
}

// open sends a request and leaves the answer's body to be read.
func (v *visitor) open(method, path string, body io.Reader, headers ...string) *http.Response {
	v.o.t.Helper()
	request, err := http.NewRequestWithContext(v.o.t.Context(), method, v.o.url+path, body)
	if err != nil {
		v.o.t.Fatal(err)
	}
	if v.cookie != "" {
		request.Header.Set("Cookie", v.cookie)
	}
	request.Header.Set("Accept", "text/html")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := browserLike.Do(request)
	if err != nil {
		v.o.t.Fatal(err)
	}
	return response
}
