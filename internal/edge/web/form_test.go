package web_test

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/access"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/text"
	"giaoban/internal/edge/web"
)

// read serves one route that reads a form and hands it to the test.
func read(t *testing.T, form url.Values, lang string, look func(*web.Form)) {
	t.Helper()
	r := newRig(t)
	r.frame.Add(web.Route{Pattern: "POST /form", Action: access.Public, Handle: func(req *web.Request) error {
		posted, err := req.Posted("f")
		if err != nil {
			return err
		}
		look(posted)
		return req.JSON("read")
	}})
	r.Config.Handler = r.frame.Handler()
	if got := r.guest(t).post("/form", form, "Accept-Language", lang); got.StatusCode != http.StatusOK {
		t.Fatalf("status %d: %s", got.StatusCode, got.body)
	}
}

func TestAFormReadsNumbersAndDatesAsTheLanguageWritesThem(t *testing.T) {
	for lang, typed := range map[string]url.Values{
		"vi": {"n": {"51.985"}, "d": {"99,8"}, "day": {"10/7/2020"}},
		"en": {"n": {"51,985"}, "d": {"99.8"}, "day": {"10 July 2020"}},
	} {
		read(t, typed, lang, func(f *web.Form) {
			n, _ := f.Whole("n")
			d, _ := f.Number("d")
			if n != 51985 || d != text.Decimal(998_000) || f.Date("day") != clock.Date("2020-07-10") || !f.OK() {
				t.Errorf("%s: %d, %v, %s, errors %v", lang, n, d, f.Date("day"), f.Errors)
			}
		})
	}
}

func TestAFormCollectsItsErrorsAndKeepsWhatWasTyped(t *testing.T) {
	typed := url.Values{"n": {"nhiều"}, "w": {"1,5"}, "day": {"31/6/2020"}, "empty": {"  "}, "key": {"K1"}}
	read(t, typed, "vi", func(f *web.Form) {
		f.Number("n")
		f.Whole("w")
		f.Date("day")
		f.Need("empty", "Họ tên")
		if _, ok := f.Number("empty"); ok {
			t.Error("nothing typed is read as a number")
		}
		want := []web.Wrong{
			{Message: "“nhiều” không phải là số. Ví dụ đúng: 1.234 hoặc 12,5.", ID: "f-n"},
			{Message: "Cần một số nguyên. Bạn đã nhập “1,5”.", ID: "f-w"},
			{Message: "Không có ngày “31/6/2020” trong lịch. Viết ngày trước, tháng sau: 10/7/2020.", ID: "f-day"},
			{Message: "Vui lòng điền “Họ tên”.", ID: "f-empty"},
		}
		if diff := cmp.Diff(want, f.Wrongs()); diff != "" {
			t.Errorf("errors (-want +got):\n%s", diff)
		}
		if f.Status() != http.StatusUnprocessableEntity || f.Key != "K1" || f.Raw("n") != "nhiều" {
			t.Errorf("status %d, key %q, typed %q", f.Status(), f.Key, f.Raw("n"))
		}
	})
}

func TestAFormTakesWhatThePersonCanMendAndPassesOnTheRest(t *testing.T) {
	read(t, nil, "vi", func(f *web.Form) {
		list := fault.List{fault.New(fault.Invalid, "rig.conflict").At("a"), fault.New(fault.Invalid, "rig.conflict")}
		if err := f.Refused(list); err != nil || len(f.Errors) != 2 {
			t.Errorf("a list of invalid fields: error %v, errors %v", err, f.Errors)
		}
		forbidden := fault.New(fault.Forbidden, "access.refused")
		if err := f.Refused(forbidden); !errors.Is(err, forbidden) {
			t.Errorf("what is forbidden came back as %v", err)
		}
		if err := f.Refused(nil); err != nil {
			t.Errorf("no error became %v", err)
		}
	})
}

func TestLinesKeepTheirBreaksInNFC(t *testing.T) {
	read(t, url.Values{"note": {" hai  \r\n\r\ndo\u0300ng \r\n"}}, "vi", func(f *web.Form) {
		if got := f.Lines("note"); got != "hai\n\ndòng" {
			t.Errorf("got %q", got)
		}
	})
}

func TestAFileIsReadAndAnEmptyOneIsNone(t *testing.T) {
	r := newRig(t)
	var got []string
	r.frame.Add(web.Route{Pattern: "POST /file", Action: access.Public, Handle: func(req *web.Request) error {
		form, err := req.Posted("f")
		if err != nil {
			return err
		}
		for _, name := range []string{"full", "empty", "none"} {
			if file, err := form.File(name); err == nil {
				got = append(got, name+" "+file.Filename)
			}
		}
		return req.JSON("read")
	}})
	r.Config.Handler = r.frame.Handler()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, content := range map[string]string{"full": "đơn vị;mã", "empty": "", "none": ""} {
		file := name + ".csv"
		if name == "none" {
			file = "" // as browsers send a field in which nothing was chosen
		}
		part, err := w.CreateFormFile(name, file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r.guest(t).do(http.MethodPost, "/file", &body, "Content-Type", w.FormDataContentType())
	if diff := cmp.Diff([]string{"full full.csv", "empty empty.csv"}, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// page serves a template with data and gives its main part.
func page(t *testing.T, template string, data func(*web.Request) any) string {
	t.Helper()
	r := newRig(t)
	screen := r.frame.Screen(fstest.MapFS{"p.html": {Data: []byte(template)}}, "p.html")
	r.frame.Add(web.Route{Pattern: "GET /p", Action: access.Public, Handle: func(req *web.Request) error {
		return req.RenderPart(screen, "main", data(req))
	}})
	r.Config.Handler = r.frame.Handler()
	got := r.guest(t).get("/p", "Accept-Language", "vi")
	if got.StatusCode != http.StatusOK {
		t.Fatalf("status %d, log %s", got.StatusCode, r.log)
	}
	return got.body
}

func TestTemplateFunctionsWriteAsTheLanguageDoes(t *testing.T) {
	for template, want := range map[string]string{
		`{{number 51985}}`:                                 "51.985",
		`{{percent 51985 52089}}`:                          "99,8 %",
		`{{change 61}} {{change -2}} {{change 0}}`:         "&#43;61 −2 –",
		`{{size 532}} {{size 81920}} {{size 1258291}}`:     "532 B 80 KB 1,1 MB",
		`{{date "2020-07-10"}} {{shortDate "2020-07-10"}}`: "10/7/2020 10/7",
		`{{moment .}} {{timeOfDay .}}`:                     "08:42 · 10/7/2020 08:42",
		`{{when .}}`:                                       `<time datetime="2020-07-10T01:42:00Z" data-when>08:42 · 10/7/2020</time>`,
		`{{state "late" "chậm <9> ngày"}}`:                 `<span class="state late">chậm &lt;9&gt; ngày</span>`,
		`{{link "/org" "q" "bắc ninh" "as-of" ""}}`:        "/org?q=b%E1%BA%AFc&#43;ninh",
		`<i data-x="{{json (dict "a" 1)}}">`:               `<i data-x="{&#34;a&#34;:1}">`,
		`{{t "rig.sent" "n" 1200}}`:                        "Đã gửi 1.200 báo cáo",
	} {
		got := page(t, template, func(r *web.Request) any { return r.Now() })
		if got != want {
			t.Errorf("%s gives %s, want %s", template, got, want)
		}
	}
}

func TestABarIsDrawnByAttributesAlone(t *testing.T) {
	got := page(t, `{{bar .}}`, func(*web.Request) any { return web.Bar{Done: 6, Waiting: 1, Total: 11, Due: 5, Key: "27"} })
	want := `<span class="bar" role="img" aria-label="Xong 6 trên 11, chờ duyệt 1, báo hộ 0" data-bar="27">` +
		`<svg class="track" aria-hidden="true"><rect class="done" x="0" width="54.54%" height="100%"/>` +
		`<rect class="waiting" x="54.54%" width="9.09%" height="100%"/><rect class="told" x="63.63%" width="0" height="100%"/></svg>` +
		`<svg class="due" aria-hidden="true"><line x1="45.45%" x2="45.45%" y2="100%"/></svg></span>`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAFieldShowsItsErrorsWhereTheyAre(t *testing.T) {
	got := page(t, `{{template "field" (field . "number" "n" "Số đại biểu" "hint" "Theo biên bản" "unit" "người")}}`, func(r *web.Request) any {
		form := r.NewForm("f").Set("n", 184)
		form.Wrong(fault.New(fault.Invalid, "rig.over", "most", 148, "typed", 184).At("n"))
		return form
	})
	input := find(t, got, "input", func(a map[string]string) bool { return a["name"] == "n" })
	want := []map[string]string{{
		"type": "text", "inputmode": "decimal", "id": "f-n", "name": "n", "value": "184",
		"aria-describedby": "f-n-hint f-n-wrong", "aria-invalid": "true",
	}}
	if diff := cmp.Diff(want, input); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.Contains(got, "Phải không quá 148. Bạn đã nhập 184.") {
		t.Errorf("the message is not at the field: %s", got)
	}
}

func TestAPasswordIsNeverWrittenIntoAPage(t *testing.T) {
	got := page(t, `{{template "field" (field . "password" "p" "Mật khẩu")}}`, func(r *web.Request) any {
		return r.NewForm("f").Set("p", "bí mật")
	})
	if strings.Contains(got, "bí mật") {
		t.Errorf("the page holds the password: %s", got)
	}
}

func TestThePagerKeepsWhatWasAskedFor(t *testing.T) {
	r := newRig(t)
	var got web.Pager
	r.frame.Add(web.Route{Pattern: "GET /list", Action: access.Public, Handle: func(req *web.Request) error {
		got = req.Pager(584, 50)
		return req.JSON("ok")
	}})
	r.Config.Handler = r.frame.Handler()
	for query, want := range map[string]web.Pager{
		"?q=ha&page=2":  {From: 51, To: 100, Total: 584, Offset: 50, Size: 50, Previous: "/list?page=1&q=ha", Next: "/list?page=3&q=ha"},
		"":              {From: 1, To: 50, Total: 584, Size: 50, Next: "/list?page=2"},
		"?page=99":      {From: 551, To: 584, Total: 584, Offset: 550, Size: 50, Previous: "/list?page=11"},
		"?page=-1":      {From: 1, To: 50, Total: 584, Size: 50, Next: "/list?page=2"},
		"?page=nothing": {From: 1, To: 50, Total: 584, Size: 50, Next: "/list?page=2"},
	} {
		r.guest(t).get("/list" + query)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}
