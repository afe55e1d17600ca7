package orgui_test

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/calendar"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/sheet"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/org"
	"giaoban/internal/part/org/orgui"
)

// site is an installation with the screens of the organisation: the centre, the
// provinces Bắc Ninh and Bắc Giang, and districts in them. A cookie tells who
// asks.
type site struct {
	*testing.T
	*httptest.Server
	ledger *ledger.Ledger
	units  map[string]tree.UnitID // by code
}

// people are the signed-in people, each with one role.
func (s *site) people() map[string]access.Grant {
	return map[string]access.Grant{
		"minh": {Unit: s.units["27"], Role: access.UnitAdmin},
		"lan":  {Unit: s.units["27"], Role: access.Leader},
		"an":   {Unit: s.units["24"], Role: access.UnitAdmin},
		"hai":  {Unit: s.units["TW"], Role: access.SystemAdmin},
		"tam":  {Unit: s.units["TW"], Role: access.UnitAdmin},
	}
}

// each runs a test with a site on every engine.
func each(t *testing.T, test func(s *site)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, address string) { test(newSite(t, address)) })
}

func newSite(t *testing.T, address string) *site {
	t.Helper()
	db, err := store.Open(t.Context(), address, ledger.Schema, org.Schema, account.Schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	business := clock.NewManual(time.Date(2020, 7, 10, 1, 0, 0, 0, time.UTC))
	s := &site{T: t, ledger: ledger.Open(db, business), units: map[string]tree.UnitID{}}
	s.found()
	units, position := s.load()
	reader := follow.NewReader(s.ledger, position, func(events []ledger.Event) error { return org.ApplyTo(units, events) })
	texts, err := text.Load(web.Texts, text.Texts, org.Texts, orgui.Texts, sheet.Texts, access.Texts, calendar.Texts, profile.Texts)
	if err != nil {
		t.Fatal(err)
	}
	people := s.people()
	frame, err := web.New(web.Config{
		Texts: texts, Ledger: s.ledger, Clock: business, Zone: time.FixedZone("Asia/Ho_Chi_Minh", 7*3600), Version: "test",
		Who: func(r *http.Request) (access.Actor, account.Session, error) {
			cookie, err := r.Cookie("person")
			if err != nil {
				return access.Actor{}, account.Session{}, nil
			}
			grant := people[cookie.Value]
			id := int64(len(cookie.Value))*100 + int64(cookie.Value[0])
			return access.Actor{Person: id, Name: cookie.Value, Grants: []access.Grant{grant}, Tree: units}, account.Session{ID: id, Person: id}, nil
		},
		SignIn: func(*web.Request) error { return nil },
		Wait:   func(ctx context.Context, _ int64) error { return reader.CatchUp(ctx) },
		Rail: func(r *web.Request) []web.RailItem {
			return []web.RailItem{
				{Label: "Việc của tôi", Path: "/work", Icon: "checklist"},
				{Label: "Bảng tiến độ", Path: "/board", Icon: "chart-bar"},
				{Label: "Tổ chức", Path: "/org", Icon: "sitemap"},
			}
		},
		Bundles: []web.Bundle{orgui.Bundle},
	})
	if err != nil {
		t.Fatal(err)
	}
	orgui.Add(frame, orgui.Config{Dir: t.TempDir()})
	s.Server = httptest.NewServer(frame.Handler())
	t.Cleanup(func() {
		s.Close()
		if missing := texts.Missing(); len(missing) > 0 {
			t.Errorf("texts asked for in vain: %v", missing)
		}
	})
	return s
}

func (s *site) load() (units *tree.Tree, position int64) {
	s.Helper()
	err := s.ledger.DB().View(s.Context(), func(tx *sql.Tx) (err error) {
		units, position, err = org.LoadTree(s.Context(), tx)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return units, position
}

// found fills the installation as of the first of January.
func (s *site) found() {
	s.Helper()
	actor := access.CommandLine(nil)
	_, err := s.ledger.Update(s.Context(), "command line", func(tx *ledger.Tx) error {
		party, err := profile.Get(profile.Default)
		if err != nil {
			return err
		}
		root, err := org.Found(s.Context(), tx, actor, org.FoundCommand{Profile: party})
		if err != nil {
			return err
		}
		s.units["TW"] = root.ID
		for _, unit := range [][4]string{
			{"27", "Đảng bộ tỉnh Bắc Ninh", "province", "TW"},
			{"24", "Đảng bộ tỉnh Bắc Giang", "province", "TW"},
			{"256", "Đảng bộ thành phố Bắc Ninh", "city", "27"},
			{"258", "Đảng bộ huyện Yên Phong", "district", "27"},
			{"259", "Đảng bộ huyện Quế Võ", "district", "27"},
			{"09163", "Đảng bộ phường Vũ Ninh", "ward", "256"},
			{"213", "Đảng bộ thành phố Bắc Giang", "city", "24"},
		} {
			made, err := org.Create(s.Context(), tx, actor, org.CreateCommand{
				Code: unit[0], Name: unit[1], Kind: unit[2], Parent: s.units[unit[3]], From: "2020-01-01",
			})
			if err != nil {
				return err
			}
			s.units[unit[0]] = made.ID
		}
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
}

// person is somebody's browser without script.
type person struct {
	s      *site
	client *http.Client
	status int
	page   string
	at     string // the address after all redirects
}

func (s *site) as(name string) *person {
	s.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	base, err := url.Parse(s.URL)
	if err != nil {
		s.Fatal(err)
	}
	jar.SetCookies(base, []*http.Cookie{{Name: "person", Value: name}})
	return &person{s: s, client: &http.Client{Jar: jar}}
}

func (p *person) do(request *http.Request) {
	p.s.Helper()
	request.Header.Set("Accept", "text/html")
	answer, err := p.client.Do(request)
	if err != nil {
		p.s.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		p.s.Fatal(err)
	}
	p.status, p.page, p.at = answer.StatusCode, string(content), answer.Request.URL.RequestURI()
}

func (p *person) request(method, path, kind string, body io.Reader) *http.Request {
	p.s.Helper()
	request, err := http.NewRequestWithContext(p.s.Context(), method, p.s.URL+path, body)
	if err != nil {
		p.s.Fatal(err)
	}
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	return request
}

func (p *person) get(path string) {
	p.s.Helper()
	p.do(p.request(http.MethodGet, path, "", nil))
}

// post sends a form of name, value pairs.
func (p *person) post(path string, pairs ...string) {
	p.s.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	p.do(p.request(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(values.Encode())))
}

// upload sends a list.
func (p *person) upload(name, content string, pairs ...string) {
	p.s.Helper()
	p.send("/org/import", name, content, pairs...)
}

// send sends a form with a file.
func (p *person) send(path, name, content string, pairs ...string) {
	p.s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("file", name)
	if err != nil {
		p.s.Fatal(err)
	}
	if _, err := io.WriteString(file, content); err != nil {
		p.s.Fatal(err)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := form.WriteField(pairs[i], pairs[i+1]); err != nil {
			p.s.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		p.s.Fatal(err)
	}
	p.do(p.request(http.MethodPost, path, form.FormDataContentType(), &body))
}

// want says that the answer has a status and holds texts.
func (p *person) want(status int, texts ...string) {
	p.s.Helper()
	if p.status != status {
		p.s.Fatalf("%s: status %d, want %d\n%s", p.at, p.status, status, p.words())
	}
	for _, text := range texts {
		if !strings.Contains(p.page, text) {
			p.s.Errorf("%s lacks %q:\n%s", p.at, text, p.words())
		}
	}
}

// lack says that texts are not in the answer.
func (p *person) lack(texts ...string) {
	p.s.Helper()
	for _, text := range texts {
		if strings.Contains(p.page, text) {
			p.s.Errorf("%s holds %q:\n%s", p.at, text, p.words())
		}
	}
}

// words are the page's main part without its tags.
func (p *person) words() string {
	_, main, _ := strings.Cut(p.page, "<main")
	return strings.Join(strings.Fields(tag.ReplaceAllString(main, " ")), " ")
}

var tag = regexp.MustCompile(`<[^>]*>`)
