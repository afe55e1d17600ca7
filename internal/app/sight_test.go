package app_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/simulate"
)

func TestOfItsParentsBoardAUnitSeesTheTotalsOnly(t *testing.T) {
	o := newOffice(t, "")
	child := o.as("yenphong")
	board := fmt.Sprintf("/board/%d/%d", o.own, o.home)
	page := child.get(board)
	if page.status != http.StatusOK || !strings.Contains(page.body, `data-show="total"`) {
		t.Fatalf("%s: %d without totals: %.300s", board, page.status, said(page.body))
	}
	for _, hidden := range append(o.namesBelow(o.home), "data-row", "Ghi chú", "/column/", "export.xlsx", `name="q"`, "data-live") {
		if hidden != "Huyện Yên Phong" && strings.Contains(said(page.body), hidden) {
			t.Errorf("the totals show %q", hidden)
		}
	}
	for _, filter := range []string{"?q=thuan", "?level=grassroots", "?state=late", "?screen=1", "?sort=name&down=1"} {
		if strings.Contains(said(child.get(board+filter).body), "Thuận Thành") {
			t.Errorf("the totals with %s name a sibling", filter)
		}
	}
	for _, part := range []string{"/changes?since=0", "/live", "/column/0", "/column/1", "/export.xlsx"} {
		if a := child.get(board + part); !a.refused() {
			t.Errorf("%s%s: %d, want it refused", board, part, a.status)
		}
	}
	if a := child.get(fmt.Sprintf("/board/%d/%d", o.own, o.thuanThanh)); !a.refused() {
		t.Errorf("the board of a sibling: %d, want it refused", a.status)
	}
	// What stands above the parent is not even told in totals.
	below := o.hire("coso", access.Grant{Unit: o.grassroots, Role: access.Leader})
	if a := below.get(board); !a.refused() {
		t.Errorf("the board of the unit above the parent: %d, want it refused", a.status)
	}
}

// namesBelow are the names of the units below one.
func (o *office) namesBelow(unit tree.UnitID) (names []string) {
	for _, below := range o.Tree.Subtree(unit) {
		if below.ID != unit {
			names = append(names, below.Name)
		}
	}
	return names
}

func TestADirectiveCanOpenTheBoardOfTheParentAndCloseItAgain(t *testing.T) {
	o := newOffice(t, "")
	child, board := o.as("yenphong"), fmt.Sprintf("/board/%d/%d", o.own, o.home)
	o.revise(o.own, func(d *directive.Document) { d.OpenSiblings = true })
	if page := child.get(board); !strings.Contains(page.body, "Thuận Thành") {
		t.Errorf("the opened board does not name the siblings: %.300s", said(page.body))
	}
	for _, part := range []string{"/changes?since=0", "/column/0", "/export.xlsx"} {
		if a := child.get(board + part); a.status != http.StatusOK {
			t.Errorf("%s%s: %d, want it open", board, part, a.status)
		}
	}
	// The units' own boards, reports and evidence stay closed.
	for _, path := range []string{
		fmt.Sprintf("/board/%d/%d", o.own, o.thuanThanh), fmt.Sprintf("/report/%d", o.reported),
		fmt.Sprintf("/report/%d/%s/%d", o.own, milestone, o.thuanThanh),
	} {
		if a := child.get(path); !a.refused() {
			t.Errorf("%s: %d, want it refused", path, a.status)
		}
	}
	stream := child.watch(board + "/live")
	o.revise(o.own, func(d *directive.Document) { d.OpenSiblings = false })
	stream.ends()
	if a := child.get(board + "/live"); !a.refused() {
		t.Errorf("the stream of the closed board: %d, want it refused", a.status)
	}
}

// revise issues the next version of a directive.
func (o *office) revise(id int64, change func(*directive.Document)) {
	o.t.Helper()
	o.update(func(tx *ledger.Tx) error {
		d, err := directive.BeginRevision(o.t.Context(), tx, o.program(), id)
		if err != nil {
			return err
		}
		draft := *d.Draft
		change(&draft.Document)
		if d, err = directive.Save(o.t.Context(), tx, o.program(), directive.SaveCommand{Directive: id, Revision: d.Revision, Draft: draft}); err != nil {
			return err
		}
		_, err = directive.Revise(o.t.Context(), tx, o.program(), directive.IssueCommand{Directive: id, Revision: d.Revision, Signature: simulated})
		return err
	})
}

// stream is an open stream of events.
type stream struct {
	o    *office
	done chan struct{} // closed when it ended
}

// watch opens a stream and waits until it is connected.
func (v *visitor) watch(path string) *stream {
	v.o.t.Helper()
	answer := v.open(http.MethodGet, path, nil, "Accept", "text/event-stream")
	v.o.t.Cleanup(func() { _ = answer.Body.Close() }) // an error says that it ended before
	if answer.StatusCode != http.StatusOK {
		v.o.t.Fatalf("%s: %d, want a stream", path, answer.StatusCode)
	}
	s := &stream{v.o, make(chan struct{})}
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() && !strings.Contains(lines.Text(), "connect") {
	}
	go func() {
		defer close(s.done)
		for lines.Scan() {
		}
	}()
	return s
}

// ends fails the test when the stream goes on.
func (s *stream) ends() {
	s.o.t.Helper()
	select {
	case <-s.done:
	case <-time.After(10 * time.Second):
		s.o.t.Error("the stream goes on")
	}
}

func TestWhoLosesARoleIsRefusedAtOnceAndStopsHearing(t *testing.T) {
	o := newOffice(t, "")
	admin := o.hire("quanly", access.Grant{Unit: o.home, Role: access.UnitAdmin})
	for name, lose := range map[string]func(*office, *visitor){
		"its role ends": func(o *office, v *visitor) {
			admin.done(fmt.Sprintf("/admin/roles/%d/end", o.count(`SELECT MIN(id) FROM role_grant WHERE person = $1`, v.person)), nil)
		},
		"its account is disabled": func(_ *office, v *visitor) { admin.done(fmt.Sprintf("/admin/accounts/%d/disable", v.person), nil) },
		"it signs out":            func(_ *office, v *visitor) { v.done("/sign-out", nil) },
		"it ends the session elsewhere": func(o *office, v *visitor) {
			o.enter(v.person).done("/account/sessions/end-others", nil)
		},
		"it takes another password": func(o *office, v *visitor) {
			o.enter(v.person).done("/account/password", url.Values{"password": {"giao ban 2020"}, "new-password": {"mot mat khau moi 2020"}})
		},
		"it turns the second step on elsewhere": func(o *office, v *visitor) { o.enter(v.person).turnOn() },
		"its second step is reset": func(o *office, v *visitor) {
			v.turnOn()
			admin.done(fmt.Sprintf("/admin/accounts/%d/factor", v.person), nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := o.in(t)
			who := o.hire(fmt.Sprint("mat.", o.next()), access.Grant{Unit: o.yenPhong, Role: access.Leader})
			path := fmt.Sprintf("/board/%d/%d", o.own, o.yenPhong)
			watching := who.watch(path + "/live")
			lose(o, who)
			watching.ends()
			if a := who.get(path + "/changes?since=0"); a.status == http.StatusOK {
				t.Errorf("the next request: %d, want it refused", a.status)
			}
			before := o.head()
			form := signed(o.based(url.Values{"act": {"sign"}, "value.note": {"sau khi mất quyền"}}))
			who.post(fmt.Sprintf("/report/%d/%s/%d", o.own, milestone, o.yenPhong), form)
			if o.head() != before {
				t.Error("a report was signed without a role")
			}
		})
	}
}

func TestWhoseRoleNeedsASecondStepFromNowOnStopsHearing(t *testing.T) {
	o := newOffice(t, "")
	root := o.hire("goc", access.Grant{Unit: o.centre, Role: access.SystemAdmin}).person
	who, viewer := o.as("yenphong"), o.hire("xem", access.Grant{Unit: o.yenPhong, Role: access.Viewer})
	path := fmt.Sprintf("/board/%d/%d", o.own, o.yenPhong)
	watching := who.watch(path + "/live")
	o.ask(root, access.Leader)
	watching.ends()
	for _, asked := range []string{path + "/live", path + "/changes?since=0", "/work"} {
		if a := who.get(asked); a.status == http.StatusOK {
			t.Errorf("%s without the second step: %d", asked, a.status)
		}
	}
	if a := viewer.get(path + "/changes?since=0"); a.status != http.StatusOK {
		t.Errorf("somebody whose role needs none: %d", a.status)
	}
	who.turnOn()
	if a := who.get(path + "/changes?since=0"); a.status != http.StatusOK {
		t.Errorf("with the second step: %d, want 200", a.status)
	}
}

var factorSecret = regexp.MustCompile(`class="hash">([A-Z2-7]{16,})<`)

// turnOn sets a second factor up.
func (v *visitor) turnOn() {
	v.o.t.Helper()
	shown := factorSecret.FindStringSubmatch(v.post("/account/factor", url.Values{"password": {simulate.Password}}).body)
	if shown == nil {
		v.o.t.Fatal("no secret of a second factor is shown")
	}
	code, err := totp.GenerateCode(shown[1], time.Now())
	if err != nil {
		v.o.t.Fatal(err)
	}
	if a := v.post("/account/factor/confirm", url.Values{"code": {code}}); a.status != http.StatusOK {
		v.o.t.Fatalf("confirming the second factor: %d: %.300s", a.status, said(a.body))
	}
}

// done sends a form that must be taken.
func (v *visitor) done(path string, form url.Values) {
	v.o.t.Helper()
	if a := v.post(path, form); a.status != http.StatusSeeOther {
		v.o.t.Fatalf("%s: %d, want 303: %.400s", path, a.status, said(a.body))
	}
}

func TestAUnitThatIsMovedAwayIsWatchedNoLonger(t *testing.T) {
	o := newOffice(t, "")
	province := o.as("bacninh")
	// The unit's own directive, so that it has a board under either province.
	watching := province.watch(fmt.Sprintf("/board/%d/%d/live", centrally, o.grassroots))
	o.update(func(tx *ledger.Tx) error {
		_, err := org.Move(o.t.Context(), tx, o.program(), org.MoveCommand{Unit: o.yenPhong, Parent: o.hanoi})
		return err
	})
	watching.ends()
	if a := province.get(fmt.Sprintf("/board/%d/%d/live", centrally, o.grassroots)); !a.refused() {
		t.Errorf("the stream of a unit that was moved away: %d, want it refused", a.status)
	}
}

func TestNobodyOpensStreamsWithoutEnd(t *testing.T) {
	o := newOffice(t, "")
	who, path := o.as("yenphong"), fmt.Sprintf("/board/%d/%d/live", o.own, o.yenPhong)
	for n := range 100 {
		a := who.open(http.MethodGet, path, nil, "Accept", "text/event-stream")
		t.Cleanup(func() { _ = a.Body.Close() }) // an error says that it ended before
		switch {
		case a.StatusCode == http.StatusServiceUnavailable && n < 12:
			t.Fatalf("the stream number %d is refused: too few for a person with several screens", n+1)
		case a.StatusCode == http.StatusServiceUnavailable:
			if other := o.as("thuanthanh"); other.get(fmt.Sprintf("/board/%d/%d/live", o.own, o.thuanThanh)).status != http.StatusOK {
				t.Error("another person's stream is refused, too")
			}
			return
		case a.StatusCode != http.StatusOK:
			t.Fatalf("the stream number %d: %d", n+1, a.StatusCode)
		}
	}
	t.Error("one person opened 100 streams")
}
