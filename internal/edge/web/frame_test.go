package web_test

import (
	"bufio"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"giaoban/internal/base/access"
	"giaoban/internal/edge/web"
)

func TestEveryRouteDeclaresAnAction(t *testing.T) {
	r := newRig(t)
	if err := web.CheckRoutes(r.frame.Routes(), access.Actions...); err != nil {
		t.Error(err)
	}
	if got := len(r.frame.Routes()); got < 10 {
		t.Errorf("the walk saw %d routes, want those of the frame and of the rig", got)
	}
}

func TestARouteWithoutActionIsNamed(t *testing.T) {
	handle := func(*web.Request) error { return nil }
	for name, test := range map[string]struct {
		route web.Route
		want  string
	}{
		"no action":      {web.Route{Pattern: "GET /a", Handle: handle}, `route "GET /a" declares no action`},
		"no handler":     {web.Route{Pattern: "GET /a", Action: access.Public}, `route "GET /a" has no handler`},
		"no method":      {web.Route{Pattern: "/a", Action: access.Public, Handle: handle}, `route "/a": want a method and a path`},
		"unknown action": {web.Route{Pattern: "GET /a", Action: "a.b", Handle: handle}, `route "GET /a" declares the unknown action "a.b"`},
	} {
		t.Run(name, func(t *testing.T) {
			err := web.CheckRoutes([]web.Route{test.route}, access.Actions...)
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestAPageIsWholeHTMLInBothLanguages(t *testing.T) {
	p := newRig(t).lan(t)
	for lang, want := range map[string]string{"vi": "Chuyển đến nội dung", "en": "Skip to the content"} {
		got := p.get("/", "Accept-Language", lang)
		if got.StatusCode != http.StatusOK || !strings.Contains(got.body, want) || !strings.Contains(got.body, `<html lang="`+lang+`">`) {
			t.Errorf("%s: status %d, body %s", lang, got.StatusCode, got.body)
		}
		if wrong := unbalanced(got.body); wrong != "" {
			t.Errorf("%s: %s", lang, wrong)
		}
		if strings.Contains(got.body, "⟨") {
			t.Errorf("%s: a text is missing: %s", lang, got.body)
		}
	}
}

// unbalanced names the first tag that is closed without being open or left open.
func unbalanced(body string) string {
	void := regexp.MustCompile(`^(meta|link|input|br|hr|img|rect|path|circle|line)$`)
	var open []string
	tokens := html.NewTokenizer(strings.NewReader(body))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				return "left open: " + strings.Join(open, " ")
			}
			return ""
		case html.StartTagToken:
			if name, _ := tokens.TagName(); !void.Match(name) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				return "closed " + string(name) + " in " + strings.Join(open, " ")
			}
			open = open[:len(open)-1]
		}
	}
}

func TestTheRailMarksWhereThePageBelongs(t *testing.T) {
	got := newRig(t).lan(t).get("/report")
	current := find(t, got.body, "a", func(a map[string]string) bool { return a["aria-current"] == "page" })
	if len(current) != 1 || current[0]["href"] != "/report" {
		t.Errorf("current items %v, want /report alone", current)
	}
}

func TestWhoIsNotSignedInIsLedToSignInAndBack(t *testing.T) {
	p := newRig(t).guest(t)
	got := p.get("/report?form=2")
	if want := "/sign-in?next=" + url.QueryEscape("/report?form=2"); got.Request.URL.RequestURI() != want {
		t.Fatalf("led to %s, want %s", got.Request.URL.RequestURI(), want)
	}
	got = p.post("/sign-in", hidden(t, got.body))
	if got.Request.URL.RequestURI() != "/report?form=2" || !strings.Contains(got.body, "Báo cáo") {
		t.Errorf("after signing in at %s: %s", got.Request.URL, got.body)
	}
}

func TestNextNeverLeadsToAnotherSite(t *testing.T) {
	r := newRig(t)
	for _, next := range []string{"https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", ""} {
		p := r.guest(t)
		form := hidden(t, p.get("/sign-in?next="+url.QueryEscape(next)).body)
		if got := form.Get("next"); got != "/" {
			t.Errorf("next %q is carried as %q, want /", next, got)
		}
		if got := p.post("/sign-in", url.Values{"next": {next}}); got.Request.URL.Path != "/" || got.Request.URL.Host != strings.TrimPrefix(r.URL, "http://") {
			t.Errorf("next %q led to %s", next, got.Request.URL)
		}
	}
}

func TestAScriptThatIsNotSignedInGetsAnAnswerItCanRead(t *testing.T) {
	p := newRig(t).guest(t)
	for _, accept := range []string{"application/json", "text/event-stream"} {
		got := p.get("/stream", "Accept", accept)
		if got.StatusCode != http.StatusUnauthorized || !strings.Contains(got.body, `"kind":"signed-out"`) {
			t.Errorf("%s: %d %s", accept, got.StatusCode, got.body)
		}
	}
}

func TestAnEndedSessionKeepsWhatWasTyped(t *testing.T) {
	p := newRig(t).guest(t)
	typed := url.Values{
		"key": {"ABC"}, "delegates": {"184"}, "held": {"26/6/2020"}, "note": {"hai\r\ndòng <b>"}, "password": {"bí mật"},
	}
	signIn := p.post("/report", typed)
	if !strings.Contains(signIn.body, "Những gì đã nhập vẫn còn") || strings.Contains(signIn.body, "bí mật") {
		t.Fatalf("the sign-in page does not say that the form is kept, or shows the password: %s", signIn.body)
	}
	resume := p.post("/sign-in", hidden(t, signIn.body))
	if !strings.Contains(resume.body, "chưa được gửi") {
		t.Fatalf("after signing in: %s", resume.body)
	}
	// A page's text has \n alone; the browser makes it \r\n again when it sends.
	want := url.Values{"key": {"ABC"}, "delegates": {"184"}, "held": {"26/6/2020"}, "note": {"hai\ndòng <b>"}}
	kept := hidden(t, resume.body)
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Fatalf("kept (-want +got):\n%s", diff)
	}
	answer := p.post("/report", kept)
	if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(answer.body, "Phải không quá 148. Bạn đã nhập 184.") {
		t.Errorf("sent at last: %d %s", answer.StatusCode, answer.body)
	}
}

func TestAnUpdateIsFollowedBeforeTheNextPage(t *testing.T) {
	r := newRig(t)
	got := r.lan(t).post("/report", url.Values{"held": {"26/6/2020"}, "delegates": {"147"}})
	if got.Request.URL.Path != "/" || !strings.Contains(got.body, "Đã gửi 2 báo cáo") {
		t.Errorf("after sending at %s: %s", got.Request.URL, got.body)
	}
	if diff := cmp.Diff([]int64{1}, r.waited); diff != "" {
		t.Errorf("waited for followers (-want +got):\n%s", diff)
	}
}

func TestANoticeIsShownOnce(t *testing.T) {
	p := newRig(t).lan(t)
	p.post("/report", url.Values{"held": {"26/6/2020"}})
	if got := p.get("/"); strings.Contains(got.body, "Đã gửi") {
		t.Errorf("the notice is still there: %s", got.body)
	}
}

func TestTheLanguageSwitchKeepsTheAddress(t *testing.T) {
	p := newRig(t).lan(t)
	got := p.get("/report?form=2&lang=en")
	if got.Request.URL.RequestURI() != "/report?form=2" || !strings.Contains(got.body, `<html lang="en">`) {
		t.Fatalf("at %s: %s", got.Request.URL, got.body[:200])
	}
	switches := find(t, got.body, "a", func(a map[string]string) bool { return a["hreflang"] == "vi" })
	if len(switches) == 0 || switches[0]["href"] != "/report?form=2&lang=vi" {
		t.Errorf("the way back is %v", switches)
	}
}

func TestAStreamIsNotHeldBack(t *testing.T) {
	r := newRig(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.URL+"/stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/event-stream")
	req.Header.Set("Accept-Encoding", "gzip")
	req.AddCookie(&http.Cookie{Name: "session", Value: "lan"})
	response, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	line, err := bufio.NewReader(response.Body).ReadString('\n')
	if err != nil || line != "data: 6/11\n" {
		t.Errorf("first line %q, error %v", line, err)
	}
	if got := response.Header.Get("Content-Encoding"); got != "" {
		t.Errorf("the stream is packed by %s", got)
	}
}
