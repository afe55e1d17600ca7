package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
)

// Where somebody holds a role, seen from Huyen Yen Phong.
const (
	own         = "own"
	parent      = "parent"
	grandparent = "grandparent"
	child       = "child"
	sibling     = "sibling"
)

var relations = []string{own, parent, grandparent, child, sibling}

// permitted is who may do something: relations by role.
type permitted map[access.Role]string

const (
	up = own + " " + parent + " " + grandparent // the unit and whoever stands above it
)

var (
	readers = permitted{access.Viewer: up, access.Officer: up, access.Leader: up}
	keepers = permitted{access.UnitAdmin: up}
)

// request is one act as a browser sends it.
type request struct {
	method, path string
	form         url.Values
}

// keyAct is an act about Yen Phong, what makes it possible, and who may do it.
type keyAct struct {
	name    string
	prepare func(*office) request
	may     permitted
	// atField says that whoever may not do it can be told so at a field.
	atField bool
}

func get(path string, args ...any) request {
	return request{http.MethodGet, fmt.Sprintf(path, args...), nil}
}

func post(form url.Values, path string, args ...any) request {
	return request{http.MethodPost, fmt.Sprintf(path, args...), form}
}

// signed is what a form that is signed carries.
func signed(form url.Values) url.Values {
	form.Set("password", "giao ban 2020")
	return form
}

var keyActs = []keyAct{
	{"saves a draft of its report", func(o *office) request {
		form := o.based(url.Values{"value.note": {fmt.Sprint("nháp ", o.next())}})
		return post(form, "/report/%d/%s/%d/draft", o.own, milestone, o.yenPhong)
	}, permitted{access.Officer: own, access.Leader: own}, false},
	{"signs and submits its report", func(o *office) request {
		form := signed(o.based(url.Values{"act": {"sign"}, "value.note": {fmt.Sprint("ký ", o.next())}}))
		return post(form, "/report/%d/%s/%d", o.own, milestone, o.yenPhong)
	}, permitted{access.Leader: own}, false},
	{"accepts its report", func(o *office) request {
		return post(nil, "/report/%d/accept", o.fresh())
	}, permitted{access.Leader: parent}, false},
	{"accepts several reports", func(o *office) request {
		return post(url.Values{"report": {fmt.Sprint(o.fresh())}}, "/queue/%d", o.home)
	}, permitted{access.Leader: parent}, false},
	{"returns its report", func(o *office) request {
		return post(url.Values{"reason": {"thiếu số liệu"}}, "/report/%d/return", o.fresh())
	}, permitted{access.Leader: parent}, false},
	{"reads the queue in which its report waits", func(o *office) request { return get("/queue/%d", o.home) }, permitted{access.Leader: parent}, false},
	{"reads the evidence of its report", func(o *office) request { return get("/report/%d", o.fresh()) }, readers, false},
	{"reads its place at a milestone", func(o *office) request {
		return get("/report/%d/%s/%d", o.own, milestone, o.yenPhong)
	}, readers, false},
	{"reads its board", func(o *office) request { return get("/board/%d/%d/changes?since=0", o.own, o.yenPhong) }, readers, false},
	{"watches its board", func(o *office) request { return get("/board/%d/%d/live", o.own, o.yenPhong) }, readers, false},
	{"names a past moment of its board", func(o *office) request {
		return post(url.Values{"name": {fmt.Sprint("Giao ban lần ", o.next())}}, "/board/%d/%d/moments", o.own, o.yenPhong)
	}, permitted{access.Officer: own, access.Leader: own}, false},
	{"takes a name away that its office gave", func(o *office) request {
		return post(nil, "/board/%d/%d/moments/%d/remove", o.own, o.yenPhong, o.namedMoment(o.yenPhong, "Giao ban tháng 7"))
	}, permitted{access.Leader: own, access.UnitAdmin: up}, false},
	{"reads the moments that it named", func(o *office) request {
		return get("/board/%d/%d/moments", o.own, o.yenPhong)
	}, permitted{access.Viewer: up, access.Officer: up, access.Leader: up, access.UnitAdmin: up}, false},
	{"reads the directive at it", func(o *office) request { return get("/directives/%d?unit=%d", o.own, o.yenPhong) }, readers, false},
	{
		"lists its units", func(o *office) request { return get("/org/export.xlsx?under=%d", o.yenPhong) },
		permitted{access.Viewer: up, access.Officer: up, access.Leader: up, access.UnitAdmin: up},
		false,
	},
	{"begins a directive of its own", func(o *office) request {
		return post(url.Values{"unit": {fmt.Sprint(o.yenPhong)}, "template": {"empty"}}, "/directives/new")
	}, permitted{access.Officer: own, access.Leader: own}, false},
	{"issues a directive of its own", func(o *office) request {
		d := o.begin(o.yenPhong, fmt.Sprint(o.next(), "-KH/HU"), "Kế hoạch của huyện")
		form := signed(url.Values{"revision": {fmt.Sprint(d.Revision)}, "version": {"0"}})
		return post(form, "/directives/%d/issue", d.ID)
	}, permitted{access.Leader: own}, false},
	{"closes a directive of its own", func(o *office) request {
		return post(nil, "/directives/%d/close", o.issue(o.yenPhong, fmt.Sprint(o.next(), "-KH/HU"), "Kế hoạch của huyện"))
	}, permitted{access.Leader: own}, false},
	{"acknowledges a directive", func(o *office) request {
		return post(url.Values{"unit": {fmt.Sprint(o.yenPhong)}, "version": {"1"}}, "/directives/%d/acknowledge", o.own)
	}, permitted{access.Leader: own}, false},
	{"tightens its deadline", func(o *office) request {
		day := clock.Date("2020-09-30").AddDays(-o.next() % 70)
		id := o.issue(o.home, fmt.Sprint(o.next(), "-CT/TU"), "Chỉ thị để rút hạn")
		return post(url.Values{
			"unit": {fmt.Sprint(o.yenPhong)}, "milestone": {milestone}, "level": {"grassroots"}, "deadline": {day.Time().Format("2/1/2006")},
		}, "/directives/%d/tighten", id)
	}, permitted{access.Leader: own}, false},
	{"creates a unit below it", func(o *office) request {
		return post(url.Values{"code": {fmt.Sprint("M", o.next())}, "name": {"Đảng bộ mới"}}, "/org/%d/create", o.yenPhong)
	}, keepers, false},
	{"renames it", func(o *office) request {
		return post(url.Values{"name": {fmt.Sprint("Huyện Yên Phong ", o.next())}}, "/org/%d/rename", o.yenPhong)
	}, permitted{access.UnitAdmin: parent + " " + grandparent}, false},
	{"moves a unit from it to its sibling", func(o *office) request {
		return post(url.Values{"parent": {o.codeOf(o.thuanThanh)}}, "/org/%d/move", o.newUnit())
	}, permitted{access.UnitAdmin: parent + " " + grandparent}, true},
	{"dissolves a unit below it", func(o *office) request { return post(nil, "/org/%d/dissolve", o.newUnit()) }, keepers, false},
	{"dissolves a unit below it by a decision", func(o *office) request {
		return post(url.Values{"kind": {"dissolution"}, "decision": {"60-NQ/TW"}, "decided": {"1/7/2020"}}, "/org/%d/reorganise/apply", o.newUnit())
	}, keepers, false},
	{"cancels what is planned of it", func(o *office) request {
		return post(nil, "/org/plans/%d/cancel", o.ahead(o.yenPhong))
	}, permitted{access.UnitAdmin: parent + " " + grandparent}, false},
	{"appoints somebody to a post in it", func(o *office) request {
		return post(url.Values{"post": {"office/officer"}, "name": {fmt.Sprint("Người mới ", o.next())}}, "/org/%d/appoint", o.yenPhong)
	}, permitted{access.Leader: own, access.UnitAdmin: up}, false},
	{
		"reads its accounts", func(o *office) request { return get("/admin?unit=%d", o.yenPhong) },
		permitted{access.Leader: own, access.UnitAdmin: up},
		false,
	},
	{"invites somebody to it", func(o *office) request {
		return post(url.Values{"role": {"viewer"}, "name": {"Người mới"}}, "/admin/invite?unit=%d", o.yenPhong)
	}, keepers, false},
	{"ends a role at it", func(o *office) request {
		p := o.hire(fmt.Sprint("tam.", o.next()), access.Grant{Unit: o.yenPhong, Role: access.Viewer}).person
		return post(nil, "/admin/roles/%d/end", o.count(`SELECT MIN(id) FROM role_grant WHERE person = $1`, p))
	}, keepers, false},
}

func TestEachRoleDoesWhatItMayAndNothingElse(t *testing.T) {
	o := newOffice(t, "")
	units := map[string]tree.UnitID{own: o.yenPhong, parent: o.home, grandparent: o.centre, child: o.grassroots, sibling: o.thuanThanh}
	people := map[access.Role]map[string]*visitor{}
	for _, role := range access.Roles {
		people[role] = map[string]*visitor{}
		for _, relation := range relations {
			people[role][relation] = o.hire(fmt.Sprintf("%s.%s", role, relation), access.Grant{Unit: units[relation], Role: role})
		}
	}
	for _, act := range slices.Concat(keyActs, toldActs) {
		t.Run(act.name, func(t *testing.T) {
			o := o.in(t)
			for _, role := range access.Roles {
				for _, relation := range relations {
					o.try(act, role, relation, people[role][relation])
				}
			}
		})
	}
}

func (o *office) try(act keyAct, role access.Role, relation string, who *visitor) {
	o.t.Helper()
	asked := act.prepare(o)
	before := o.head()
	var a answered
	if asked.method == http.MethodGet {
		a = who.get(asked.path)
	} else {
		a = who.post(asked.path, asked.form)
	}
	may := strings.Contains(" "+act.may[role]+" ", " "+relation+" ")
	switch {
	case may && a.status >= http.StatusBadRequest:
		o.t.Errorf("the %s of the %s unit: %d, want it done: %.600s", role, relation, a.status, said(a.body))
	case !may && !a.refused() && !(act.atField && a.status == http.StatusUnprocessableEntity):
		o.t.Errorf("the %s of the %s unit: %d, want 403 or 404: %.600s", role, relation, a.status, said(a.body))
	case !may && o.head() != before:
		o.t.Errorf("the %s of the %s unit was refused, and wrote %d events", role, relation, o.head()-before)
	}
}

// said is the main part of a page.
func said(body string) string {
	if _, main, ok := strings.Cut(body, "<main"); ok {
		return main
	}
	return body
}

// next is a number that was not used before.
func (o *office) next() int { return int(o.counter.Add(1)) }

// based adds to a form on which version and draft of Yen Phong's report it is
// based.
func (o *office) based(form url.Values) url.Values {
	o.t.Helper()
	form.Set("after", strconv.Itoa(o.latest(o.own, o.yenPhong).Version))
	form.Set("revision", fmt.Sprint(o.count(`SELECT COALESCE(MAX(revision), 0) FROM report_draft WHERE unit_id = $1 AND directive_id = $2`, o.yenPhong, o.own)))
	form.Set("lang", "vi")
	return form
}

// fresh is a new version of Yen Phong's report, which waits.
func (o *office) fresh() int64 {
	o.t.Helper()
	return o.submit(o.own, o.yenPhong, fmt.Sprint("bản ", o.next()))
}

// namedMoment is a name that a unit's office gave, or gives now.
func (o *office) namedMoment(unit tree.UnitID, name string) int64 {
	o.t.Helper()
	if held := o.count(`SELECT COALESCE(MIN(id), 0) FROM directive_moment WHERE unit_id = $1 AND name = $2`, unit, name); held != 0 {
		return held
	}
	var named directive.Moment
	o.update(func(tx *ledger.Tx) (err error) {
		named, err = directive.NameMoment(o.t.Context(), tx, o.program(), directive.NameMomentCommand{Directive: o.own, Unit: unit, Name: name})
		return err
	})
	return named.ID
}

// newUnit is a new unit below Yen Phong.
func (o *office) newUnit() tree.UnitID {
	o.t.Helper()
	var made org.Unit
	o.update(func(tx *ledger.Tx) (err error) {
		code := fmt.Sprint("N", o.next())
		made, err = org.Create(o.t.Context(), tx, o.program(), org.CreateCommand{Parent: o.yenPhong, Code: code, Name: "Đảng bộ " + code})
		return err
	})
	return made.ID
}

func (o *office) codeOf(unit tree.UnitID) string {
	u, _ := o.Tree.Unit(unit)
	return u.Code
}

func TestALeaderSignsOnlyOnce(t *testing.T) {
	o := newOffice(t, "")
	d := o.begin(o.home, "14-CT/TU", "Ký hai lần")
	form := signed(url.Values{"revision": {fmt.Sprint(d.Revision)}, "version": {"0"}, "key": {"one"}})
	leader := o.as("bacninh")
	for range 2 {
		if a := leader.post(fmt.Sprintf("/directives/%d/issue", d.ID), form); a.status != http.StatusSeeOther {
			t.Fatalf("issuing: %d: %.300s", a.status, said(a.body))
		}
	}
	if issued := o.count(`SELECT COUNT(*) FROM event WHERE kind = $1 AND subject = $2`, directive.Issued, directive.Subject(d.ID)); issued != 1 {
		t.Errorf("issued %d times, want once", issued)
	}
}
