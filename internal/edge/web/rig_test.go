package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/net/html"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
)

// rig is a frame with a few pages of its own, served on a free port. Whoever
// has the cookie "session" is Nguyễn Thị Lan of Bắc Ninh.
type rig struct {
	*httptest.Server
	frame  *web.Frame
	shares *web.Shares
	waited []int64
	log    *strings.Builder
}

var hanoi = time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)

func newRig(t testing.TB, change ...func(*web.Config)) *rig {
	t.Helper()
	texts, err := text.Load(web.Texts, text.Texts, ownTexts)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{log: new(strings.Builder)}
	config := web.Config{
		Texts: texts, Ledger: newLedger(t), Clock: business, Zone: hanoi, Version: "test",
		Who: who, Rail: rail,
		Log:  slog.New(slog.NewTextHandler(r.log, nil)),
		Wait: func(_ context.Context, position int64) error { r.waited = append(r.waited, position); return nil },
	}
	var frame *web.Frame
	config.SignIn = func(req *web.Request) error { return signInPage(frame, req) }
	for _, f := range change {
		f(&config)
	}
	frame, err = web.New(config)
	if err != nil {
		t.Fatal(err)
	}
	frame.Add(pages(frame)...)
	r.frame, r.shares = frame, config.Shares
	r.Server = httptest.NewServer(frame.Handler())
	t.Cleanup(r.Close)
	return r
}

// business stands still: 08:42 on 10 July 2020 in Hanoi.
var business = clock.NewManual(time.Date(2020, 7, 10, 1, 42, 0, 0, time.UTC))

func newLedger(t testing.TB) *ledger.Ledger {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "giaoban.db"), ledger.Schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return ledger.Open(db, business)
}

func who(req *http.Request) (access.Actor, account.Session, error) {
	if _, err := req.Cookie("session"); err != nil {
		return access.Actor{}, account.Session{}, nil
	}
	units := tree.New()
	units.Put(tree.Unit{ID: 1, Code: "00", Name: "Trung ương"})
	units.Put(tree.Unit{ID: 27, Parent: 1, Code: "27", Name: "Đảng bộ tỉnh Bắc Ninh"})
	grants := []access.Grant{{Unit: 27, Role: access.Leader}}
	return access.Actor{Person: 7, Name: "Nguyễn Thị Lan", Grants: grants, Tree: units}, account.Session{ID: 1, Person: 7}, nil
}

func rail(r *web.Request) []web.RailItem {
	return []web.RailItem{
		{Label: "Việc của tôi", Path: "/", Icon: "inbox", Count: 7, Hot: true},
		{Label: "Bảng tiến độ", Path: "/board", Icon: "layout-dashboard"},
		{Label: "Báo cáo", Path: "/report", Icon: "file-text", Count: 3},
		{Label: "Chỉ thị", Path: "/directive", Icon: "certificate"},
		{Label: "Tổ chức", Path: "/unit", Icon: "hierarchy-2", Group: "Văn phòng"},
		{Label: "Tài khoản", Path: "/people", Icon: "users", Group: "Văn phòng"},
		{Label: "Thành phần", Path: "/components", Icon: "settings", Group: "Hệ thống"},
	}
}

var ownTexts = fstest.MapFS{"texts.yaml": {Data: []byte(`
rig.sent: {vi: "Đã gửi {n} báo cáo", en: "{n} reports sent"}
rig.over: {vi: "Phải không quá {most}. Bạn đã nhập {typed}.", en: "At most {most}. You typed {typed}."}
rig.conflict: {vi: "Đã có người sửa trước.", en: "Somebody was first."}
`)}}

var screens = fstest.MapFS{
	"home.html": {Data: []byte(`<h1>Xin chào</h1>`)},
	"sign-in.html": {Data: []byte(`<div class="sheet">{{template "kept-banner" .}}<form method="post" action="/sign-in">{{template "kept" .}}
<h1>Đăng nhập</h1><button class="btn primary">Vào</button></form></div>`)},
	"report.html": {Data: []byte(`<h1>Báo cáo</h1>{{template "form-errors" .}}
<form method="post" action="/report" data-keep="report">{{template "form-key" .}}
<p data-kept hidden>Đã lấy lại nội dung chưa gửi.</p>
{{template "field" (field . "number" "delegates" "Số đại biểu dự")}}
{{template "field" (field . "date" "held" "Đại hội họp ngày")}}
{{template "field" (field . "area" "note" "Ghi chú" "optional" true)}}
{{template "field" (field . "password" "password" "Mật khẩu ký")}}
<button class="btn primary">Ký và gửi</button></form>`)},
}

func signInPage(frame *web.Frame, r *web.Request) error {
	screen := frame.Screen(screens, "sign-in.html")
	r.Layout().Bare = true
	r.Layout().Title = "Đăng nhập"
	return r.Render(screen, r.Kept())
}

// pages are the addresses of a small program.
func pages(frame *web.Frame) []web.Route {
	home, report := frame.Screen(screens, "home.html"), frame.Screen(screens, "report.html")
	return []web.Route{
		{Pattern: "GET /{$}", Action: access.SignedIn, Handle: func(r *web.Request) error {
			r.Layout().Title = "Việc của tôi"
			return r.Render(home, nil)
		}},
		{Pattern: "GET /sign-in", Action: access.Public, Handle: func(r *web.Request) error { return signInPage(frame, r) }},
		{Pattern: "POST /sign-in", Action: access.Public, Handle: func(r *web.Request) error {
			http.SetCookie(r.Writer, &http.Cookie{Name: "session", Value: "lan", Path: "/"})
			return r.Proceed()
		}},
		{Pattern: "GET /report", Action: access.ReportDraft, Handle: func(r *web.Request) error {
			r.Layout().Crumb("Việc của tôi", "/").Crumb("Báo cáo", "").Title = "Báo cáo"
			return r.Render(report, r.NewForm("report"))
		}},
		{Pattern: "POST /report", Action: access.ReportSubmit, Handle: func(r *web.Request) error {
			return send(r, report)
		}},
		{Pattern: "GET /fail/{kind}", Action: access.Public, Handle: failure},
		{Pattern: "GET /number/{id}", Action: access.Public, Handle: func(r *web.Request) error {
			id, err := r.ID("id")
			if err != nil {
				return err
			}
			return r.JSON(id)
		}},
		{Pattern: "GET /stream", Action: access.SignedIn, Stream: true, Handle: stream},
	}
}

// send takes the report form: at most 148 delegates.
func send(r *web.Request, screen *web.Screen) error {
	form, err := r.Posted("report")
	if err != nil {
		return err
	}
	form.Need("held", "Đại hội họp ngày")
	form.Date("held")
	if n, ok := form.Whole("delegates"); ok && n > 148 {
		form.Wrong(fault.New(fault.Invalid, "rig.over", "most", 148, "typed", n).At("delegates"))
	}
	if !form.OK() {
		return r.RenderStatus(form.Status(), screen, form)
	}
	err = r.Update(func(tx *ledger.Tx) error {
		return tx.Append(ledger.New{Kind: "report.submitted", Subject: "report:1", Payload: form.Values})
	})
	if err != nil {
		return err
	}
	r.Notice("rig.sent", "n", 2)
	return r.See("/")
}

func failure(r *web.Request) error {
	kinds := map[string]fault.Kind{
		"invalid": fault.Invalid, "not-found": fault.NotFound, "forbidden": fault.Forbidden,
		"conflict": fault.Conflict, "too-late": fault.TooLate, "unavailable": fault.Unavailable,
	}
	switch kind := r.PathValue("kind"); kind {
	case "panic":
		panic("a mistake of the program")
	case "unknown":
		return io.ErrUnexpectedEOF
	default:
		return fault.New(kinds[kind], "rig.conflict")
	}
}

func stream(r *web.Request) error {
	if err := r.Stream(); err != nil {
		return err
	}
	if _, err := io.WriteString(r.Writer, "data: 6/11\n\n"); err != nil {
		return err
	}
	r.Writer.(http.Flusher).Flush()
	<-r.Context().Done()
	return nil
}

// person is a browser without scripts.
type person struct {
	t      *testing.T
	rig    *rig
	client *http.Client
}

// guest opens a browser in which nobody is signed in.
func (r *rig) guest(t *testing.T) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{t: t, rig: r, client: &http.Client{Jar: jar}}
}

// lan opens a browser in which Lan is signed in.
func (r *rig) lan(t *testing.T) *person {
	t.Helper()
	p := r.guest(t)
	p.cookie("session", "lan")
	return p
}

func (p *person) cookie(name, value string) {
	address, err := url.Parse(p.rig.URL)
	if err != nil {
		p.t.Fatal(err)
	}
	p.client.Jar.SetCookies(address, []*http.Cookie{{Name: name, Value: value}})
}

// reply is an answer with its body read.
type reply struct {
	*http.Response
	body string
}

func (p *person) get(path string, headers ...string) reply {
	p.t.Helper()
	return p.do(http.MethodGet, path, nil, headers...)
}

func (p *person) post(path string, form url.Values, headers ...string) reply {
	p.t.Helper()
	headers = append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)
	return p.do(http.MethodPost, path, strings.NewReader(form.Encode()), headers...)
}

func (p *person) do(method, path string, body io.Reader, headers ...string) reply {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), method, p.rig.URL+path, body)
	if err != nil {
		p.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	response, err := p.client.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return reply{response, string(content)}
}

// find gives the elements of a page with a tag for which fits is true.
func find(t *testing.T, body, tag string, fits func(map[string]string) bool) []map[string]string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var found []map[string]string
	for node := range root.Descendants() {
		if node.Type != html.ElementNode || node.Data != tag {
			continue
		}
		attributes := map[string]string{}
		for _, a := range node.Attr {
			attributes[a.Key] = a.Val
		}
		if fits(attributes) {
			found = append(found, attributes)
		}
	}
	return found
}

// hidden gives the hidden fields of a page.
func hidden(t *testing.T, body string) url.Values {
	t.Helper()
	values := url.Values{}
	for _, field := range find(t, body, "input", func(a map[string]string) bool { return a["type"] == "hidden" }) {
		values.Add(field["name"], field["value"])
	}
	return values
}
