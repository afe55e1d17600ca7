package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/text"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

func TestWhatPeopleDoAtTheSameMomentIsDoneOnceAndKept(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, database string) {
		o := newOffice(t, database)
		for name, happen := range map[string]func(*office){
			"two leaders submit one draft":           (*office).submitTogether,
			"one accepts while another returns":      (*office).decideTogether,
			"two use one invitation":                 (*office).comeTogether,
			"a directive is revised while reported":  (*office).reviseWhileReported,
			"a list is applied while a unit is made": (*office).applyWhileCreated,
			"twenty sign":                            (*office).signTogether,
			"two give the same unit's code":          (*office).createTogether,
		} {
			t.Run(name, func(t *testing.T) { happen(o.in(t)) })
		}
		o.verified()
	})
}

// together does something n times at once.
func together(n int, do func(int)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	all.Wait()
}

// verified has the whole log proven, and every report against it.
func (o *office) verified() {
	o.t.Helper()
	if err := o.CatchUp(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	found, err := o.Verify(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	if len(found.Findings) > 0 || found.Covered != found.Events || found.Events != o.head() {
		o.t.Errorf("the ledger at %d verifies as %+v", o.head(), found)
	}
}

func (o *office) submitTogether() {
	leaders := []*visitor{
		o.hire("bi.thu.1", access.Grant{Unit: o.yenPhong, Role: access.Leader}),
		o.hire("bi.thu.2", access.Grant{Unit: o.yenPhong, Role: access.Leader}),
	}
	path, key := fmt.Sprintf("/report/%d/%s/%d", o.own, milestone, o.yenPhong), report.NewKey()
	before := o.latest(o.own, o.yenPhong).Version
	form := signed(o.based(url.Values{"act": {"sign"}, "value.note": {"một bản"}, "key": {key}}))
	var answers [8]answered
	together(len(answers), func(i int) { answers[i] = leaders[i%2].post(path, form) })
	for i, a := range answers {
		if a.status != http.StatusSeeOther && a.status != http.StatusConflict {
			o.t.Errorf("answer %d: %d: %.300s", i, a.status, said(a.body))
		}
	}
	if after := o.latest(o.own, o.yenPhong); after.Version != before+1 || after.State != report.Waiting {
		o.t.Errorf("version %d is %s, want version %d waiting", after.Version, after.State, before+1)
	}
	if n := o.count(`SELECT COUNT(*) FROM event WHERE kind = $1 AND subject = $2`, report.Submitted, o.latest(o.own, o.yenPhong).Subject()); n != 1 {
		o.t.Errorf("%d events of one report", n)
	}
}

func (o *office) decideTogether() {
	leaders := []*visitor{o.as("bacninh"), o.hire("pho.van.phong", access.Grant{Unit: o.home, Role: access.Leader})}
	for range 5 {
		id := o.fresh()
		var answers [4]answered
		together(len(answers), func(i int) {
			if i%2 == 0 {
				answers[i] = leaders[i/2].post(fmt.Sprintf("/report/%d/accept", id), nil)
				return
			}
			answers[i] = leaders[i/2].post(fmt.Sprintf("/report/%d/return", id), url.Values{"reason": {"cùng lúc"}})
		})
		done := map[int]int{}
		for _, a := range answers {
			done[a.status]++
		}
		if done[http.StatusSeeOther] != 2 || done[http.StatusConflict] != 2 {
			o.t.Errorf("the answers are %v, want two that agree and two conflicts", done)
		}
		n := o.count(`SELECT COUNT(*) FROM event WHERE subject = $1 AND kind IN ($2, $3)`, report.Report{ID: id}.Subject(), report.Accepted, report.Returned)
		if n != 1 {
			o.t.Errorf("%d decisions about one report", n)
		}
	}
}

func (o *office) comeTogether() {
	var invited account.Invitation
	o.update(func(tx *ledger.Tx) (err error) {
		invited, err = account.Invite(o.t.Context(), tx, o.program(), account.InviteCommand{
			Unit: o.yenPhong, Roles: []access.Role{access.Viewer}, Name: "Một người", Now: clock.Machine.Now(),
		})
		return err
	})
	var answers [4]answered
	together(len(answers), func(i int) {
		answers[i] = o.guest().post("/invitation/"+string(invited.Code), url.Values{
			"name": {"Một người"}, "login": {fmt.Sprint("mot.nguoi.", i)}, "password": {"mat khau rieng 2020"},
		})
	})
	came := 0
	for i, a := range answers {
		if a.status == http.StatusSeeOther {
			came++
		} else if a.status >= http.StatusInternalServerError {
			o.t.Errorf("answer %d: %d", i, a.status)
		}
	}
	people := o.count(`SELECT COUNT(*) FROM person WHERE login LIKE 'mot.nguoi.%'`)
	if came != 1 || people != 1 {
		o.t.Errorf("%d came in and %d accounts were made by one code, want 1 and 1", came, people)
	}
}

func (o *office) reviseWhileReported() {
	below := o.Tree.Children(o.yenPhong)[:4]
	sent := make([]error, len(below))
	together(len(below)+1, func(i int) {
		if i == len(below) {
			o.revise(o.own, func(d *directive.Document) { d.Title = fmt.Sprint("Sửa đổi ", o.next()) })
			return
		}
		_, sent[i] = o.Ledger.Update(o.t.Context(), "program", func(tx *ledger.Tx) error {
			_, err := report.Submit(o.t.Context(), tx, o.program(), report.SubmitCommand{
				Slot:   report.Slot{Directive: o.own, Milestone: milestone, Unit: below[i].ID},
				Values: map[string]string{"note": "giữa lúc sửa"}, Lang: text.VI, Signature: simulated,
			})
			return err
		})
	})
	for i, err := range sent {
		if err != nil || o.latest(o.own, below[i].ID).State != report.Waiting {
			o.t.Errorf("the report of %s: %v, and it is %q", below[i].Name, err, o.latest(o.own, below[i].ID).State)
		}
	}
}

func (o *office) applyWhileCreated() {
	admin := o.hire("quan.ly.don.vi", access.Grant{Unit: o.thuanThanh, Role: access.UnitAdmin})
	var rows strings.Builder
	rows.WriteString("code,name\n")
	for _, unit := range o.Tree.Children(o.thuanThanh) {
		fmt.Fprintf(&rows, "%s,%s\n", unit.Code, unit.Name)
	}
	rows.WriteString("TT-MOI,Đảng bộ từ danh sách\n")
	list := o.sendList(admin, rows.String())
	var applied answered
	var created error
	together(2, func(i int) {
		if i == 0 {
			applied = admin.post("/org/import/apply", list)
			return
		}
		_, created = o.Ledger.Update(o.t.Context(), "program", func(tx *ledger.Tx) error {
			_, err := org.Create(o.t.Context(), tx, o.program(), org.CreateCommand{Parent: o.thuanThanh, Code: "TT-TAY", Name: "Đảng bộ lập tay"})
			return err
		})
	})
	if created != nil || applied.status != http.StatusSeeOther {
		o.t.Fatalf("creating: %v; applying: %d: %.300s", created, applied.status, said(applied.body))
	}
	// Whoever came second saw the other: the unit made by hand is never dissolved
	// by a list that was checked before it.
	if n := o.count(`SELECT COUNT(*) FROM unit u JOIN unit_period p ON p.unit_id = u.id WHERE u.code = 'TT-TAY' AND p.to_date = ''`); n != 1 {
		o.t.Error("the unit that was made meanwhile is gone")
	}
}

// sendList sends a list of the units below Thuan Thanh and gives the form by
// which it is applied.
func (o *office) sendList(who *visitor, content string) url.Values {
	o.t.Helper()
	taken := who.send("/org/import", url.Values{"under": {fmt.Sprint(o.thuanThanh)}}, upload{"file", "danh-sach.csv", []byte(content)})
	to, err := url.Parse(taken.header.Get("Location"))
	if err != nil || to.Query().Get("list") == "" {
		o.t.Fatalf("sending the list: %d to %q: %.400s", taken.status, to, said(taken.body))
	}
	changes := o.count(`SELECT changes FROM organisation WHERE id = 1`)
	return url.Values{"list": {to.Query().Get("list")}, "changes": {fmt.Sprint(changes)}, "key": {report.NewKey()}}
}

func (o *office) signTogether() {
	var signers [20]*visitor
	for i := range signers {
		signers[i] = o.hire(fmt.Sprint("ky.", o.next()), access.Grant{Unit: o.grassroots, Role: access.Leader})
	}
	path := fmt.Sprintf("/report/%d/%s/%d", o.own, milestone, o.Tree.Children(o.thuanThanh)[0].ID)
	units := o.Tree.Children(o.thuanThanh)
	for i, s := range signers {
		unit := units[i%len(units)].ID
		o.update(func(tx *ledger.Tx) error {
			return account.Give(o.t.Context(), tx, o.program(), account.GiveCommand{Person: s.person, Unit: unit, Role: access.Leader})
		})
	}
	var answers [len(signers)]answered
	together(len(signers), func(i int) {
		path := fmt.Sprintf("/report/%d/%s/%d", o.own, milestone, units[i%len(units)].ID)
		answers[i] = signers[i].post(path, signed(url.Values{"act": {"sign"}, "value.note": {"cùng ký"}, "after": {"0"}, "revision": {"0"}, "lang": {"vi"}}))
	})
	for i, a := range answers {
		if a.status != http.StatusSeeOther && a.status != http.StatusConflict {
			o.t.Errorf("signer %d at %s: %d: %.300s", i, path, a.status, said(a.body))
		}
	}
	for _, unit := range units[:min(len(units), len(signers))] {
		if sent := o.latest(o.own, unit.ID); sent.Version != 1 {
			o.t.Errorf("%s has %d versions, want one", unit.Name, sent.Version)
		}
	}
}

func (o *office) createTogether() {
	admin := o.hire("quan.ly.ma", access.Grant{Unit: o.home, Role: access.UnitAdmin})
	var answers [6]answered
	together(len(answers), func(i int) {
		answers[i] = admin.post(fmt.Sprintf("/org/%d/create", o.home), url.Values{"code": {"BN-CHUNG"}, "name": {fmt.Sprint("Đơn vị ", i)}})
	})
	made := 0
	for i, a := range answers {
		switch a.status {
		case http.StatusSeeOther:
			made++
		case http.StatusUnprocessableEntity:
		default:
			o.t.Errorf("answer %d: %d: %.300s", i, a.status, said(a.body))
		}
	}
	if n := o.count(`SELECT COUNT(*) FROM unit WHERE code = 'BN-CHUNG'`); made != 1 || n != 1 {
		o.t.Errorf("%d were told that the unit was made, and %d were; want 1 and 1", made, n)
	}
}
