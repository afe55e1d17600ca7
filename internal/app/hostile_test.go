package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"giaoban/internal/app"
	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
)

// everybody is somebody with every role at the centre.
func (o *office) everybody(login string) *visitor {
	var grants []access.Grant
	for _, role := range access.Roles {
		grants = append(grants, access.Grant{Unit: o.centre, Role: role}, access.Grant{Unit: o.home, Role: role})
	}
	return o.hire(login, grants...)
}

func TestAnotherSiteSendsNothingInAPersonsName(t *testing.T) {
	o := newOffice(t, "")
	who := o.everybody("moi.quyen")
	var attacked []string // all of it made before the count, as some addresses name things that are made for them
	for _, route := range o.routes() {
		if route.Method() != http.MethodGet {
			attacked = append(attacked, o.addresses(route)...)
		}
	}
	before := o.head()
	for _, address := range attacked {
		for _, foreign := range [][]string{
			{"Origin", "https://evil.example"},
			{"Sec-Fetch-Site", "cross-site"},
			{"Sec-Fetch-Site", "same-site"},
			{"Origin", "null"},
			{"Origin", "https://evil.example", "Content-Type", "text/plain"},
		} {
			if a := who.post(address, o.attempt(), foreign...); a.status != http.StatusForbidden {
				t.Errorf("POST %s with %v: %d, want 403", address, foreign, a.status)
			}
		}
	}
	if after := o.head(); after != before {
		t.Errorf("another site wrote %d events", after-before)
	}
}

func TestNoAddressLeadsToAnotherSite(t *testing.T) {
	o := newOffice(t, "")
	for _, next := range []string{
		"//evil.example/", "https://evil.example/", `/\evil.example`, `\\evil.example`, "/\t/evil.example", "javascript:alert(1)",
		"///evil.example", "/%09/evil.example", "https:evil.example", "/.//evil.example", "//evil.example/..%2f",
	} {
		in := o.guest().post("/sign-in?next="+url.QueryEscape(next), url.Values{
			"login": {"hanoi"}, "password": {"giao ban 2020"}, "next": {next},
		})
		o.local("signing in with next="+next, in)
		signed := o.as("hanoi")
		o.local("/sign-in?next="+next, signed.get("/sign-in?next="+url.QueryEscape(next)))
		o.local("closing the window with next="+next, signed.post("/sign/close", url.Values{"next": {next}}))
		o.local("a referrer", signed.post("/sign/close", nil, "Referer", next))
	}
	for _, address := range []string{"//evil.example/?lang=en", "///evil.example/?lang=en", "/%2f/evil.example?lang=en", "//evil.example/..?lang=vi", "//evil.example"} {
		o.local(address, o.guest().get(address))
	}
}

// local fails the test when an answer leads out of the program.
func (o *office) local(what string, a answered) {
	o.t.Helper()
	to := a.header.Get("Location")
	if to == "" {
		return
	}
	base, _ := url.Parse(o.url + "/x") // the test's own
	target, err := base.Parse(strings.ReplaceAll(to, `\`, "/"))
	if err != nil || target.Host != base.Host || target.Scheme != base.Scheme {
		o.t.Errorf("%s leads to %q", what, to)
	}
}

func TestASessionBeginsAnewWithEachSignIn(t *testing.T) {
	o := newOffice(t, "")
	form := url.Values{"login": {"hanoi"}, "password": {"giao ban 2020"}}
	chosen := &visitor{o: o, cookie: "giaoban=chosen-by-somebody-else"}
	in := chosen.post("/sign-in", form)
	first := cookieOf(in)
	if first == nil || first.Value == "chosen-by-somebody-else" || !first.HttpOnly || first.SameSite != http.SameSiteLaxMode || first.Path != "/" {
		t.Fatalf("the session's cookie is %v", first)
	}
	again := &visitor{o: o, cookie: "giaoban=" + first.Value}
	second := cookieOf(again.post("/sign-in", form))
	if second == nil || second.Value == first.Value {
		t.Fatal("a second sign-in keeps the session")
	}
	if a := again.get("/work"); a.status == http.StatusOK {
		t.Error("the session before the second sign-in works on")
	}
	later := &visitor{o: o, cookie: "giaoban=" + second.Value}
	later.done("/sign-out", nil)
	if a := later.get("/work"); a.status == http.StatusOK {
		t.Error("a session works after signing out")
	}
}

func cookieOf(a answered) *http.Cookie {
	for _, cookie := range (&http.Response{Header: a.header}).Cookies() {
		if strings.Contains(cookie.Name, "giaoban") {
			return cookie
		}
	}
	return nil
}

func TestOffLoopbackTheCookieTravelsByHTTPSAlone(t *testing.T) {
	a, err := app.OpenDemo(t.Context(), app.Config{Data: t.TempDir(), Address: "https://giaoban.example", Secure: true, Version: "test"}, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	handler, err := a.Handler(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(http.MethodPost, "https://giaoban.example/sign-in", strings.NewReader("login=hanoi&password=giao+ban+2020"))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	cookies := answer.Result().Cookies()
	if len(cookies) == 0 {
		t.Fatalf("signing in sets no cookie: %d", answer.Code)
	}
	for _, cookie := range cookies {
		if !cookie.Secure || cookie.Domain != "" {
			t.Errorf("the cookie %s goes without HTTPS, or to other hosts: %v", cookie.Name, cookie)
		}
	}
	if name := cookies[0].Name; !strings.HasPrefix(name, "__Host-") {
		t.Errorf("the session's cookie is called %q, want the prefix __Host-", name)
	}
	if answer.Header().Get("Strict-Transport-Security") == "" {
		t.Error("browsers are not told to come by HTTPS")
	}
}

func TestPagesAreKeptByNobodyAndRunNothingForeign(t *testing.T) {
	o := newOffice(t, "")
	who := o.everybody("moi.quyen")
	for _, route := range o.routes() {
		if route.Method() != http.MethodGet {
			continue
		}
		for _, address := range o.addresses(route) {
			a := who.get(address)
			if a.status >= http.StatusInternalServerError {
				t.Errorf("%s: %d: %.300s", address, a.status, said(a.body))
			}
			if private := route.Action != access.Public; private && !strings.Contains(a.header.Get("Cache-Control"), "no-store") && a.status != http.StatusSeeOther {
				t.Errorf("%s may be kept: Cache-Control %q", address, a.header.Get("Cache-Control"))
			}
			policy := a.header.Get("Content-Security-Policy")
			if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") {
				t.Errorf("%s: Content-Security-Policy %q", address, policy)
			}
			if a.header.Get("X-Content-Type-Options") != "nosniff" || a.header.Get("Referrer-Policy") == "" {
				t.Errorf("%s lacks nosniff or a referrer policy", address)
			}
		}
	}
}

func TestAForgedHostStandsOnNoLeaflet(t *testing.T) {
	o := newOffice(t, "")
	admin := o.hire("quanly", access.Grant{Unit: o.home, Role: access.UnitAdmin})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, fmt.Sprintf("%s/admin/invite?unit=%d", o.url, o.home),
		strings.NewReader("role=viewer&name=Ai"))
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "evil.example"
	request.Header.Set("Cookie", admin.cookie)
	request.Header.Set("X-Forwarded-Host", "evil.example")
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := browserLike.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	page := read(t, response)
	if response.StatusCode != http.StatusOK || !strings.Contains(page, o.url+"/invitation/") || strings.Contains(page, "evil.example") {
		t.Errorf("inviting under a forged host: %d, own address %t, forged %t", response.StatusCode,
			strings.Contains(page, o.url+"/invitation/"), strings.Contains(page, "evil.example"))
	}
}

func TestBodiesThatAreTooLargeAreRefusedInWords(t *testing.T) {
	o := newOffice(t, "")
	who, large := o.everybody("moi.quyen"), strings.Repeat("a", 3<<20)
	before := o.head()
	for _, address := range []string{
		"/sign-in", "/setup", "/invitation", fmt.Sprintf("/report/%d/%s/%d", o.own, milestone, o.thuanThanh),
		fmt.Sprintf("/report/%d/return", o.waiting), fmt.Sprintf("/org/%d/create", o.home), "/directives/new", "/account",
	} {
		for name, person := range map[string]*visitor{"guest": o.guest(), "person": who} {
			a := person.post(address, url.Values{"value.note": {large}, "name": {large}, "reason": {large}})
			if a.status >= http.StatusInternalServerError || a.status < http.StatusSeeOther && address != "/setup" {
				t.Errorf("3 MB to %s by a %s: %d", address, name, a.status)
			}
		}
	}
	if o.head() != before {
		t.Error("a body that is too large wrote events")
	}
}

func TestSearchWordsAreNoPatterns(t *testing.T) {
	o := newOffice(t, "")
	who := o.everybody("moi.quyen")
	o.update(func(tx *ledger.Tx) error {
		_, err := account.Invite(t.Context(), tx, o.program(), account.InviteCommand{Unit: o.home, Roles: []access.Role{access.Viewer}, Name: "Người được mời"})
		return err
	})
	for _, words := range []string{"%", "_", "%%", `\`, "%h%", "' OR 1=1 --"} {
		q := url.QueryEscape(words)
		for _, address := range []string{
			"/org?q=" + q, "/org?day=1/7/2020&q=" + q, fmt.Sprintf("/admin?unit=%d&q=%s", o.home, q), fmt.Sprintf("/queue/%d?q=%s", o.home, q),
			fmt.Sprintf("/board/%d/%d?q=%s", o.own, o.home, q), fmt.Sprintf("/board/%d/%d/column/0?q=%s", o.own, o.home, q),
		} {
			a := who.get(address)
			if a.status != http.StatusOK || strings.Contains(said(a.body), "Thuận Thành") {
				t.Errorf("%s: %d, finds Thuận Thành: %t", address, a.status, strings.Contains(said(a.body), "Thuận Thành"))
			}
		}
	}
}

func TestNoAddressLeadsOutOfTheFolders(t *testing.T) {
	o := newOffice(t, "")
	who := o.everybody("moi.quyen")
	for _, address := range []string{
		"/assets/../giaoban.db", "/assets/..%2f..%2fgiaoban.db", "/assets/%2e%2e/%2e%2e/etc/passwd", "/directives/1/file?version=../../../giaoban.db",
		"/directives/..%2f..%2f1/file", "/org/import?list=../../giaoban", "/org/import?list=..%2f..%2fgiaoban.db", "/org/import/progress?list=../x",
		"/report/1%2f..%2f2", "/trust/../giaoban.db", "/invitation/..%2f..%2fgiaoban.db", "/report/1/..%2f..%2fetc/7", "/org/7/posts/../../../x/end",
		"/report/9223372036854775808", "/report/-1", "/report/0x10", "/board/1/99999999999999999999", "/org/%00", "/org/7%00", "/report/1/%ff%fe/7",
	} {
		a := who.do(http.MethodGet, address, nil)
		if a.status == http.StatusOK && !strings.Contains(address, "progress") && !strings.HasPrefix(address, "/invitation") || a.status >= http.StatusInternalServerError {
			t.Errorf("%s: %d: %.200s", address, a.status, said(a.body))
		}
		if strings.Contains(a.body, "SQLite format") || strings.Contains(a.body, "root:") {
			t.Errorf("%s gives a file away", address)
		}
	}
}

func TestNobodyFillsTheDiskWithLists(t *testing.T) {
	o := newOffice(t, "")
	admin := o.hire("gui.nhieu", access.Grant{Unit: o.home, Role: access.UnitAdmin})
	other := o.hire("gui.mot", access.Grant{Unit: o.home, Role: access.UnitAdmin})
	first := "/org/import?list=" + o.sendList(other, "code,name\nX,Một\n").Get("list")
	var sent []string
	for n := range 8 {
		sent = append(sent, "/org/import?list="+o.sendList(admin, fmt.Sprintf("code,name\nX%d,Nhiều\n", n)).Get("list"))
	}
	waiting := 0
	for _, list := range sent {
		if admin.get(list).status == http.StatusOK {
			waiting++
		}
	}
	if last := admin.get(sent[len(sent)-1]); waiting != 5 || last.status != http.StatusOK {
		t.Errorf("%d of 8 lists wait, and the last answers %d; want 5 with the last", waiting, last.status)
	}
	if a := other.get(first); a.status != http.StatusOK {
		t.Errorf("another person's list: %d", a.status)
	}
}

func TestAskingForTheHeadOfAStreamEnds(t *testing.T) {
	o := newOffice(t, "")
	a := o.as("yenphong").do(http.MethodHead, fmt.Sprintf("/board/%d/%d/live", o.own, o.yenPhong), nil)
	if a.status >= http.StatusInternalServerError {
		t.Errorf("HEAD of a stream: %d", a.status)
	}
}
