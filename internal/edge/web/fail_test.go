package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/edge/web"
)

func TestEachKindOfErrorHasItsPageAndItsJSON(t *testing.T) {
	p := newRig(t).lan(t)
	for kind, want := range map[string]struct {
		status int
		title  string
	}{
		"invalid":     {http.StatusUnprocessableEntity, "Nội dung gửi lên chưa đúng"},
		"not-found":   {http.StatusNotFound, "Không tìm thấy"},
		"forbidden":   {http.StatusForbidden, "Bạn không có quyền làm việc này"},
		"conflict":    {http.StatusConflict, "Đã có thay đổi khác trước đó"},
		"too-late":    {http.StatusGone, "Đã quá thời hạn"},
		"unavailable": {http.StatusServiceUnavailable, "Tạm thời chưa thực hiện được"},
	} {
		t.Run(kind, func(t *testing.T) {
			page := p.get("/fail/"+kind, "Accept-Language", "vi")
			if page.StatusCode != want.status || !strings.Contains(page.body, want.title) || !strings.Contains(page.body, "Đã có người sửa trước.") {
				t.Errorf("page: status %d, want %d with %q: %s", page.StatusCode, want.status, want.title, page.body)
			}
			answer := p.get("/fail/"+kind, "Accept", "application/json")
			wantJSON := `{"error":{"kind":"` + kind + `","message":"Đã có người sửa trước."}}` + "\n"
			if answer.StatusCode != want.status || answer.body != wantJSON {
				t.Errorf("JSON: status %d, want %d; %s", answer.StatusCode, want.status, cmp.Diff(wantJSON, answer.body))
			}
		})
	}
}

func TestAnErrorNobodyForesawIsLoggedUnderTheReferenceThatIsShown(t *testing.T) {
	r := newRig(t)
	p := r.lan(t)
	reference := regexp.MustCompile(`[A-Z2-7]{4}-[A-Z2-7]{4}`)
	for kind, secret := range map[string]string{"unknown": "unexpected EOF", "panic": "a mistake of the program"} {
		got := p.get("/fail/" + kind)
		shown := reference.FindString(got.body)
		if got.StatusCode != http.StatusInternalServerError || shown == "" || strings.Contains(got.body, secret) {
			t.Fatalf("%s: status %d, reference %q, body %s", kind, got.StatusCode, shown, got.body)
		}
		if log := r.log.String(); !strings.Contains(log, shown) || !strings.Contains(log, secret) {
			t.Errorf("%s: the log lacks %s or what happened: %s", kind, shown, log)
		}
	}
}

func TestAnAddressThatDoesNotExistIsAPageOfOurs(t *testing.T) {
	p := newRig(t).lan(t)
	got := p.get("/nowhere")
	if got.StatusCode != http.StatusNotFound || !strings.Contains(got.body, "Không tìm thấy") || !strings.Contains(got.body, "Nguyễn Thị Lan") {
		t.Errorf("status %d, body %s", got.StatusCode, got.body)
	}
	for _, id := range []string{"0", "-1", "x", "99999999999999999999"} {
		if got := p.get("/number/" + id); got.StatusCode != http.StatusNotFound {
			t.Errorf("/number/%s: status %d, want 404", id, got.StatusCode)
		}
	}
	got = p.post("/number/7", nil)
	if got.StatusCode != http.StatusMethodNotAllowed || got.Header.Get("Allow") != "GET" {
		t.Errorf("POST where only GET is: status %d, Allow %q", got.StatusCode, got.Header.Get("Allow"))
	}
}

func TestAFormFromAnotherSiteIsRefused(t *testing.T) {
	p := newRig(t).lan(t)
	form := url.Values{"held": {"26/6/2020"}}
	got := p.post("/report", form, "Sec-Fetch-Site", "cross-site")
	if got.StatusCode != http.StatusForbidden || !strings.Contains(got.body, "gửi từ một trang khác") {
		t.Errorf("status %d, body %s", got.StatusCode, got.body)
	}
	got = p.post("/report", form, "Origin", "https://elsewhere.example")
	if got.StatusCode != http.StatusForbidden {
		t.Errorf("by Origin: status %d, want 403", got.StatusCode)
	}
	got = p.post("/report", form, "Sec-Fetch-Site", "same-origin")
	if got.StatusCode != http.StatusOK {
		t.Errorf("from our own page: status %d, want 200", got.StatusCode)
	}
}

func TestABodyThatIsTooLargeIsRefusedInWords(t *testing.T) {
	p := newRig(t).lan(t)
	got := p.post("/report", url.Values{"note": {strings.Repeat("a", web.BodyLimit+1)}})
	if got.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(got.body, "nhiều nhất 1 MB") {
		t.Errorf("status %d, body %s", got.StatusCode, got.body)
	}
}

func TestHeadersProtectEveryAnswer(t *testing.T) {
	secure := newRig(t, func(c *web.Config) { c.Secure = true })
	for _, path := range []string{"/", "/nowhere", "/fail/panic", "/healthz"} {
		header := secure.lan(t).get(path).Header
		policy := header.Get("Content-Security-Policy")
		if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", path, policy)
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
	}
	if got := newRig(t).lan(t).get("/").Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("plain HTTP on loopback promises TLS: %q", got)
	}
}

func TestCookiesAreClosedToScriptsAndOtherSites(t *testing.T) {
	r := newRig(t, func(c *web.Config) { c.Secure = true })
	p := r.lan(t)
	p.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for _, cookie := range append(p.get("/?lang=en").Cookies(), p.post("/report", url.Values{"held": {"1/7/2020"}}).Cookies()...) {
		if !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
			t.Errorf("cookie %s: %+v", cookie.Name, cookie)
		}
	}
}

func TestHealthReadinessAndMetrics(t *testing.T) {
	r := newRig(t)
	p := r.guest(t)
	if got := p.get("/healthz"); got.StatusCode != http.StatusOK || got.body != "ok\n" {
		t.Errorf("healthz: %d %q", got.StatusCode, got.body)
	}
	p.get("/number/7")
	p.get("/number/x")
	p.get("/fail/conflict")
	got := p.get("/metrics")
	for _, line := range []string{`giaoban_refusals_total{reason="web.not-found"} 1`, `giaoban_refusals_total{reason="rig.conflict"} 1`} {
		if !strings.Contains(got.body, line) {
			t.Errorf("metrics lack %s", line)
		}
	}
	if got.StatusCode != http.StatusOK || !strings.Contains(got.body, `giaoban_http_seconds_count{route="GET /number/{id}",status="200"} 1`) {
		t.Errorf("metrics: %d %s", got.StatusCode, got.body)
	}
	if strings.Contains(got.body, "/number/7") {
		t.Error("metrics name addresses, which grow without bound, instead of routes")
	}
}

func TestWhoAsksWhetherItIsReadyIsNotToldWhyItIsNot(t *testing.T) {
	r := newRig(t, func(c *web.Config) {
		c.Ready = func(context.Context) error { return errors.New("db.example.vn refuses user giaoban") }
	})
	got := r.guest(t).get("/readyz")
	if got.StatusCode != http.StatusServiceUnavailable || got.body != "not ready\n" {
		t.Errorf("readyz: %d %q", got.StatusCode, got.body)
	}
	if !strings.Contains(r.log.String(), "db.example.vn") {
		t.Errorf("the log does not say why: %s", r.log)
	}
}

func TestARequestIsOneLineWithTheReferenceThatAnErrorShows(t *testing.T) {
	said := new(strings.Builder)
	r := newRig(t, func(c *web.Config) {
		c.Log = slog.New(slog.NewTextHandler(said, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	shown := regexp.MustCompile(`[A-Z2-7]{4}-[A-Z2-7]{4}`).FindString(r.lan(t).get("/fail/unknown?code=SECRET").body)
	r.Close()
	for _, line := range []string{
		`msg="request failed" id=` + shown + ` method=GET route="GET /fail/{kind}" person=7`,
		`msg=request id=` + shown + ` method=GET route="GET /fail/{kind}" status=500 bytes=`,
	} {
		if strings.Count(said.String(), line) != 1 {
			t.Errorf("the log has not one line %s:\n%s", line, said)
		}
	}
	if strings.Contains(said.String(), "SECRET") {
		t.Errorf("the log holds what came with a request:\n%s", said)
	}
}
