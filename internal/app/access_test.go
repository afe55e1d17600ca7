package app_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/board"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/conclusion"
	"giaoban/internal/part/difficulty"
	"giaoban/internal/part/folder"
	"giaoban/internal/part/remind"
	"giaoban/internal/part/task"
)

// public is every address that anybody may open without signing in. One more is
// a decision that somebody has to take here.
var public = []string{
	"GET /calendar/{code}", "GET /check", "GET /checkpoint", "GET /favicon.ico", "GET /healthz", "GET /invitation", "GET /invitation/{code}", "GET /metrics",
	"GET /news/archive", "GET /news/archive/{day}", "GET /news/atom.xml", "GET /news/author/{label}", "GET /news/board/{shown}", "GET /news/board/{shown}/figures.csv", "GET /news/board/{shown}/picture.svg", "GET /news/board/{shown}/{slug}", "GET /news/boards", "GET /news/category/{label}", "GET /news/challenge/{id}", "GET /news/check/{id}", "GET /news/code/{token}", "GET /news/code/{token}/sound", "GET /news/feed.json", "GET /news/file/{file}/{name}", "GET /news/letters", "GET /news/letters/confirm/{token}", "GET /news/letters/mine/{token}", "GET /news/letters/mine/{token}/{copy}", "GET /news/letters/take-back/{token}", "GET /news/picture/{picture}/{width}", "GET /news/rss.xml", "GET /news/search", "GET /news/site.css", "GET /news/sitemap.xml", "GET /news/sitemap/{part}", "GET /news/tag/{label}", "GET /news/work.js", "GET /news/{$}", "GET /news/{id}", "GET /news/{id}/{slug}", "GET /readyz", "GET /robots.txt",
	"GET /setup", "GET /sign-in", "GET /trust", "GET /trust/giaoban.crt", "GET /{$}",
	"POST /check", "POST /invitation", "POST /invitation/{code}", "POST /news/letters", "POST /news/letters/confirm/{token}", "POST /news/letters/mine/{token}", "POST /news/letters/take-back/{token}", "POST /news/{id}/opinions", "POST /news/{id}/opinions/{opinion}/agree", "POST /setup", "POST /sign-in", "POST /sign-in/factor", "POST /sign-in/passkey", "POST /sign-out",
}

func TestEveryRouteIsKeptFromThoseWhomItDoesNotConcern(t *testing.T) {
	o := newOffice(t, "")
	o.handedOver()
	o.namedMoment(o.home, "Giao ban tháng 7")
	o.briefing()
	o.handout()
	o.difficulty()
	o.task()
	o.notice()
	o.reminder()
	o.slip()
	for name, walk := range map[string]func(*office){
		"every route declares a known action, and few are public": (*office).declared,
		"who is not signed in is asked to sign in":                (*office).walkAsGuest,
	} {
		t.Run(name, func(t *testing.T) { walk(o.in(t)) })
	}
	for _, role := range access.Roles {
		at := o.hanoi
		if role == access.SystemAdmin {
			at = o.centre // it is a role of the root, and gives no say in content
		}
		t.Run("nothing for the "+string(role)+" of a sibling", func(t *testing.T) {
			o := o.in(t)
			o.walkAsStranger(role, o.hire("la."+string(role), access.Grant{Unit: at, Role: role}))
		})
	}
}

// in is the office in another test.
func (o *office) in(t *testing.T) *office {
	other := *o
	other.t = t
	return &other
}

func (o *office) declared() {
	t, routes := o.t, o.routes()
	if err := web.CheckRoutes(routes, append(access.Actions, access.Public, access.SignedIn)...); err != nil {
		t.Error(err)
	}
	var open []string
	for _, route := range routes {
		if route.Action == access.Public {
			open = append(open, route.Pattern)
		}
	}
	slices.Sort(open)
	if diff := cmp.Diff(public, open); diff != "" {
		t.Errorf("routes for everybody (- known, + found):\n%s", diff)
	}
}

// routes are all addresses of the program. Its screens are parsed when they are
// asked for; that all of them can be, in each language, is known before.
func (o *office) routes() []web.Route {
	o.t.Helper()
	frame, err := o.Frame(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	if err := frame.Parse(); err != nil {
		o.t.Fatal(err)
	}
	return frame.Routes()
}

var pathValue = regexp.MustCompile(`\{[a-z]+\}`)

// addresses fills a pattern with what belongs to Bac Ninh: one address for each
// thing that a value may name. A value that is not known here fails the test, so
// that whoever adds a route says what its values name.
func (o *office) addresses(route web.Route) []string {
	o.t.Helper()
	list := []string{strings.ReplaceAll(route.Path(), "{$}", "")}
	for {
		name := pathValue.FindString(list[0])
		if name == "" {
			return list
		}
		values := o.valuesOf(route.Path(), strings.Trim(name, "{}"))
		if len(values) == 0 {
			o.t.Fatalf("%s: nobody said what %s names; say it in valuesOf", route.Pattern, name)
		}
		var filled []string
		for _, address := range list {
			for _, value := range values {
				filled = append(filled, strings.Replace(address, name, fmt.Sprint(value), 1))
			}
		}
		list = filled
	}
}

// valuesOf are the ids of Bac Ninh's things that a path value may name.
func (o *office) valuesOf(path, name string) []any {
	bacNinh := o.as("bacninh").person
	of := map[string][]any{
		"unit": {o.home, o.thuanThanh, o.grassroots}, "directive": {centrally, o.own}, "milestone": {milestone},
		"column": {0, 1}, "post": {o.count(`SELECT MIN(id) FROM post WHERE unit_id = $1`, o.home)}, "code": {"AAAA-BBBB-CCCC"},
		"plan": {o.plan}, "line": {"military"}, "act": {"begin", "arrive"}, "level": {"grassroots", "above-grassroots"}, "n": {1}, "wall": {1}, "lane": {"floor"}, "width": {480}, "copy": {"AAAA-BBBB-CCCC-DDDD"},
	}
	if name == "moment" {
		return []any{o.namedMoment(o.home, "Giao ban tháng 7")}
	}
	switch {
	case name == "code" && strings.HasPrefix(path, "/slips/"):
		return []any{o.slip()}
	case name == "handout":
		return []any{o.handout()}
	case name == "conclusion":
		return []any{o.conclusion()}
	case name == "notice":
		return []any{o.notice()}
	case name == "shown":
		return []any{o.publicBoard()}
	case name == "opinion":
		return []any{o.opinion()}
	case name == "file":
		return []any{o.attached()}
	case name == "name":
		return []any{"ket-luan.pdf"}
	case name == "copy":
		return []any{"comments.txt"}
	case name == "picture":
		return []any{o.picture()}
	case name == "part":
		return []any{1}
	case name == "label", name == "day":
		return []any{"2020-07"}
	case name == "token":
		return []any{"không"}
	case name == "slug":
		return []any{"tin"}
	case name != "id":
		return of[name]
	case strings.HasPrefix(path, "/directives/"):
		return []any{o.own, o.draft}
	case strings.HasPrefix(path, "/briefings/"):
		return []any{o.briefing()}
	case strings.HasPrefix(path, "/difficulties/"):
		return []any{o.difficulty()}
	case strings.HasPrefix(path, "/papers/"):
		o.notice()
		return []any{o.count(`SELECT MIN(id) FROM paper WHERE unit_id = $1`, o.home)}
	case strings.HasPrefix(path, "/desk/"), strings.HasPrefix(path, "/news/"):
		return []any{o.articleOf()}
	case strings.HasPrefix(path, "/tasks/"):
		return []any{o.task()}
	case strings.HasPrefix(path, "/folders/"):
		o.slip()
		return []any{o.count(`SELECT MIN(id) FROM folder WHERE unit_id = $1`, o.home)}
	case strings.HasPrefix(path, "/reminders/"):
		return []any{o.reminder()}
	case strings.HasPrefix(path, "/report/"):
		return []any{o.waiting, o.reported}
	case strings.HasPrefix(path, "/admin/delegations/"):
		return []any{o.handedOver()}
	case strings.HasPrefix(path, "/admin/accounts/"):
		return []any{bacNinh}
	case strings.HasPrefix(path, "/admin/invitations/"):
		return []any{o.count(`SELECT COALESCE(MIN(id), 1) FROM invitation`)}
	case strings.HasPrefix(path, "/admin/roles/"):
		return []any{o.count(`SELECT MIN(id) FROM role_grant WHERE person = $1`, bacNinh)}
	case strings.HasPrefix(path, "/account/passkeys/"):
		return []any{1} // the password keeps it
	case strings.HasPrefix(path, "/account/sessions/"):
		return []any{o.count(`SELECT MIN(id) FROM session WHERE person = $1`, bacNinh)}
	}
	return nil
}

// briefing is one that Bac Ninh called for two of its districts.
func (o *office) briefing() int64 {
	if called := o.count(`SELECT COALESCE(MIN(id), 0) FROM briefing WHERE unit_id = $1`, o.home); called != 0 {
		return called
	}
	var b briefing.Briefing
	chair := o.as("bacninh").person
	o.update(func(tx *ledger.Tx) (err error) {
		b, err = briefing.Call(o.t.Context(), tx, o.program(), briefing.CallCommand{
			Unit: o.home, Key: "giao ban", Title: "Giao ban tháng 7", Begins: tx.Now().Add(time.Hour), Minutes: 60,
			Chair: briefing.Person{ID: chair, Name: "Chánh Văn phòng"}, Sites: []tree.UnitID{o.thuanThanh},
		})
		return err
	})
	return b.ID
}

// difficulty is one that a district of Bac Ninh has raised to it.
func (o *office) difficulty() int64 {
	if raised := o.count(`SELECT COALESCE(MIN(id), 0) FROM difficulty WHERE unit_id = $1`, o.thuanThanh); raised != 0 {
		return raised
	}
	var d difficulty.Difficulty
	o.update(func(tx *ledger.Tx) (err error) {
		d, err = difficulty.Raise(o.t.Context(), tx, o.program(), difficulty.RaiseCommand{
			Unit: o.thuanThanh, Key: "vướng mắc", Sort: difficulty.Obstacle, Kind: "personnel", Title: "Thiếu nguồn", Obstacle: "Chưa đủ người.",
		})
		return err
	})
	return d.ID
}

// task is one that Bac Ninh gave to a district.
func (o *office) task() int64 {
	if given := o.count(`SELECT COALESCE(MIN(id), 0) FROM task WHERE giver_id = $1`, o.home); given != 0 {
		return given
	}
	var t task.Task
	o.update(func(tx *ledger.Tx) (err error) {
		t, err = task.Give(o.t.Context(), tx, o.program(), task.GiveCommand{
			Giver: o.home, Key: "nhiệm vụ", Source: task.Source{Kind: task.ByHand}, Title: "Rà soát nguồn ở Thuận Thành",
			Units: []tree.UnitID{o.thuanThanh}, Deadline: clock.DateOf(tx.Now(), time.UTC).AddDays(9),
		})
		return err
	})
	return t.ID
}

// meeting is the briefing that Bac Ninh called.
func (o *office) meeting() conclusion.Meeting {
	return conclusion.Meeting{ID: o.briefing(), Unit: o.home, Title: "Giao ban tháng 7", Chair: "Chánh Văn phòng"}
}

// conclusion is one of that briefing, approved by its chair.
func (o *office) conclusion() int64 {
	if written := o.count(`SELECT COALESCE(MIN(id), 0) FROM conclusion WHERE unit_id = $1`, o.home); written != 0 {
		return written
	}
	meeting := o.meeting()
	var c conclusion.Conclusion
	o.update(func(tx *ledger.Tx) (err error) {
		c, err = conclusion.Write(o.t.Context(), tx, o.program(), meeting, conclusion.WriteCommand{
			Key: "kết luận", Title: "Giữ tiến độ", Deadline: "2020-08-31", To: conclusion.Assignees{Way: conclusion.Named, Units: []tree.UnitID{o.thuanThanh}},
		})
		if err != nil {
			return err
		}
		return conclusion.Approve(o.t.Context(), tx, o.program(), meeting, conclusion.ApproveCommand{Drafts: []conclusion.Version{{ID: c.ID, Revision: c.Revision}}, Boards: o.Boards})
	})
	return c.ID
}

// notice is the one that is to issue it.
func (o *office) notice() int64 {
	o.conclusion()
	if prepared := o.count(`SELECT COALESCE(MIN(id), 0) FROM notice WHERE unit_id = $1`, o.home); prepared != 0 {
		return prepared
	}
	var n conclusion.Notice
	o.update(func(tx *ledger.Tx) (err error) {
		n, err = conclusion.Prepare(o.t.Context(), tx, o.program(), o.meeting(), conclusion.PrepareCommand{
			Key: "thông báo", Head: conclusion.Head{Issuer: "Văn phòng Tỉnh ủy", Subject: "kết luận giao ban"},
		})
		return err
	})
	return n.ID
}

// reminder is one that a district of Bac Ninh has.
func (o *office) reminder() int64 {
	if made := o.count(`SELECT COALESCE(MIN(id), 0) FROM reminder WHERE unit_id = $1`, o.thuanThanh); made != 0 {
		return made
	}
	o.update(func(tx *ledger.Tx) error {
		_, err := remind.Press(o.t.Context(), tx, o.program(), remind.PressCommand{
			Key: "đôn đốc", By: o.home, Directive: centrally, Milestone: milestone, Units: []board.Listed{{Unit: o.thuanThanh, Deadline: "2020-08-31"}},
		})
		return err
	})
	return o.count(`SELECT MIN(id) FROM reminder WHERE unit_id = $1`, o.thuanThanh)
}

// handout is a paper of the briefing that Bac Ninh called.
func (o *office) handout() int64 {
	id, chair := o.briefing(), o.as("bacninh").person
	if given := o.count(`SELECT COALESCE(MIN(id), 0) FROM briefing_handout WHERE briefing_id = $1`, id); given != 0 {
		return given
	}
	upload, err := o.Files.Take("Báo cáo.pdf", strings.NewReader("%PDF-1.7\n%%EOF\n"))
	if err != nil {
		o.t.Fatal(err)
	}
	lead := access.Actor{Person: chair, Tree: o.Tree, Grants: []access.Grant{{Unit: o.home, Role: access.Leader}}}
	o.update(func(tx *ledger.Tx) error {
		_, err := briefing.HandOut(o.t.Context(), tx, lead, briefing.HandOutCommand{Briefing: id, Unit: o.home, Key: "handout", Upload: upload})
		return err
	})
	return o.handout()
}

// slip is the code of a slip that was printed for Bac Ninh's leader.
func (o *office) slip() (code string) {
	o.difficulty() // something waits
	const first = `SELECT MIN(s.code) FROM folder_slip s JOIN folder f ON f.id = s.folder_id WHERE f.unit_id = $1`
	if o.count(`SELECT COUNT(*) FROM folder WHERE unit_id = $1`, o.home) == 0 {
		texts, err := app.Texts()
		if err != nil {
			o.t.Fatal(err)
		}
		reader := folder.Reader{Texts: texts, Lang: text.VI, Zone: time.UTC, Tasks: o.Tasks}
		leader := o.as("bacninh").person
		o.update(func(tx *ledger.Tx) error {
			_, err := reader.Print(o.t.Context(), tx, o.program(), folder.PrintCommand{Unit: o.home, Leader: leader, Key: "tập trình"})
			return err
		})
	}
	if err := o.DB.Reader().QueryRowContext(o.t.Context(), first, o.home).Scan(&code); err != nil {
		o.t.Fatal(err)
	}
	return code
}

// handedOver is a delegation of Bac Ninh's leader.
func (o *office) handedOver() int64 {
	if held := o.count(`SELECT COALESCE(MIN(id), 0) FROM delegation WHERE unit = $1`, o.home); held != 0 {
		return held
	}
	deputy := o.hire("pho.bacninh", access.Grant{Unit: o.home, Role: access.Officer}).person
	leader, today := o.as("bacninh").person, clock.DateOf(o.Ledger.Now(), time.UTC)
	o.update(func(tx *ledger.Tx) error {
		_, err := account.HandOver(o.t.Context(), tx, o.program(), account.DelegateCommand{
			Unit: o.home, Leader: leader, Person: deputy, Actions: access.Delegable, Form: account.InPlaceOf, Of: "bí thư",
			From: today, To: today, Decision: "15-QĐ/TU", Today: today,
		})
		return err
	})
	return o.handedOver()
}

// count reads one number.
func (o *office) count(query string, args ...any) (n int64) {
	o.t.Helper()
	if err := o.DB.Reader().QueryRowContext(o.t.Context(), query, args...).Scan(&n); err != nil {
		o.t.Fatalf("%s: %v", query, err)
	}
	return n
}

// secrets are words that stand on pages about Bac Ninh and on no other.
var secrets = []string{"Tỉnh Bắc Ninh", "Yên Phong", "Thuận Thành", "Lê Quốc Hùng", "Dự thảo chưa ai được đọc", "12-CT/TU", "Ông bacninh"}

// tells gives the first secret in a text; "" when there is none.
func tells(body string) string {
	for _, secret := range secrets {
		if strings.Contains(body, secret) {
			return secret
		}
	}
	return ""
}

// attempt is a form with everything that a handler may look for, all about Bac
// Ninh: whatever it reads must not move it.
func (o *office) attempt() url.Values {
	unit := fmt.Sprint(o.home)
	return url.Values{
		"unit": {unit}, "under": {unit}, "parent": {unit}, "report": {fmt.Sprint(o.waiting), fmt.Sprint(o.reported)},
		"name": {"Kẻ lạ"}, "code": {"X-1"}, "login": {"hanoi"}, "role": {"leader"}, "reason": {"không"}, "from": {"10/7/2020"},
		"to": {"10/7/2020"}, "act": {"sign"}, "do": {"save"}, "password": {"giao ban 2020"}, "version": {"1"}, "revision": {"1"},
		"milestone": {milestone}, "level": {"grassroots"}, "deadline": {"1/9/2020"}, "value.note": {"của kẻ lạ"}, "after": {"0"},
		"template": {"empty"}, "list": {strings.Repeat("A", 26)}, "changes": {"1"}, "email": {"x@example.vn"}, "kind": {""}, "post": {"office/chief"},
	}
}

func (o *office) walkAsGuest() {
	t, guest := o.t, o.guest()
	before := o.head()
	for _, route := range o.routes() {
		if route.Action == access.Public {
			continue
		}
		for _, address := range o.addresses(route) {
			if route.Method() == http.MethodGet {
				o.askedToSignIn(route, guest.get(address))
			} else {
				sent := guest.post(address, o.attempt())
				if !strings.Contains(sent.body, `action="/sign-in"`) {
					t.Errorf("%s to a guest: %d without a way to sign in: %.200s", address, sent.status, sent.body)
				}
				o.silent(route.Method()+" "+address+" to a guest", sent)
			}
			if script := guest.do(route.Method(), address, nil, "Accept", "application/json"); script.status != http.StatusUnauthorized {
				t.Errorf("%s %s to a guest's script: %d, want 401", route.Method(), address, script.status)
			}
		}
	}
	if written := o.written(before); written != 0 {
		t.Errorf("a guest wrote %d events", written)
	}
}

func (o *office) askedToSignIn(route web.Route, a answered) {
	o.t.Helper()
	if to := a.header.Get("Location"); a.status != http.StatusSeeOther || !strings.HasPrefix(to, "/sign-in?next=") {
		o.t.Errorf("%s to a guest: %d to %q, want 303 to /sign-in", route.Pattern, a.status, to)
	}
	o.silent(route.Pattern+" to a guest", a)
}

func (o *office) silent(what string, a answered) {
	o.t.Helper()
	if secret := tells(a.body); secret != "" {
		o.t.Errorf("%s tells %q", what, secret)
	}
}

func (o *office) walkAsStranger(role access.Role, stranger *visitor) {
	o.t.Helper()
	before := o.head()
	for _, route := range o.routes() {
		if route.Action == access.Public || route.Action == access.SignedIn && !strings.Contains(route.Pattern, "{") {
			continue
		}
		for _, address := range append(o.addresses(route), o.foreign(route)...) {
			asked := fmt.Sprintf("%s?unit=%d&under=%d&q=yen", address, o.home, o.home)
			var a answered
			if route.Method() == http.MethodGet {
				a = stranger.get(asked)
			} else {
				a = stranger.post(asked, o.attempt())
			}
			if alsoHis(route, role) {
				continue
			}
			if strings.Contains(route.Pattern, "{") && !a.refused() {
				o.t.Errorf("%s %s: %d, want 403 or 404: %.300s", route.Method(), asked, a.status, a.body)
			}
			o.silent(route.Method()+" "+asked, a)
		}
	}
	if written := o.written(before); written != 0 {
		o.t.Errorf("a stranger wrote %d events", written)
	}
}

// written is how many events somebody has written after a position. What the program
// does by itself as time passes, as reminding, is not among them.
func (o *office) written(after int64) (n int) {
	o.t.Helper()
	events, err := ledger.After(o.t.Context(), o.DB.Reader(), after, 1000)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, e := range events {
		if e.Actor != "program" {
			n++
		}
	}
	return n
}

// foreign are the addresses of a route that name Bac Ninh's own directive at
// units which it does not concern: the stranger's, and the centre.
func (o *office) foreign(route web.Route) []string {
	if !strings.Contains(route.Pattern, "{directive}") || !strings.Contains(route.Pattern, "{unit}") {
		return nil
	}
	var list []string
	for _, unit := range []tree.UnitID{o.hanoi, o.centre} {
		list = append(list, strings.NewReplacer("{directive}", fmt.Sprint(o.own), "{milestone}", milestone,
			"{unit}", fmt.Sprint(unit), "{column}", "0").Replace(route.Path()))
	}
	return list
}

// alsoHis says that an address is the stranger's as well: it leads to one's own
// board, ends a session of one's own, which another's is not, takes a code, whose holder
// it concerns, or gives who runs the system what the public reads.
func alsoHis(route web.Route, role access.Role) bool {
	return role == access.SystemAdmin && route.Pattern == "GET /settings/bundles/bundle.tar" ||
		route.Pattern == "GET /board/{directive}" || route.Pattern == "POST /account/sessions/{id}/end" ||
		route.Pattern == "POST /invitation/{code}/join" || // there is no such code
		route.Pattern == "POST /account/passkeys/{id}/remove" // asks for one's own password first
}
