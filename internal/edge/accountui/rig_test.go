package accountui_test

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/accountui"
	"giaoban/internal/edge/web"
)

// The units of the tests.
const (
	centre tree.UnitID = iota + 1
	province
	district
	otherDistrict
	commune
)

var units = []tree.Unit{
	{ID: centre, Code: "TW", Name: "Trung ương"},
	{ID: province, Parent: centre, Code: "P1", Name: "Tỉnh ủy Bắc Ninh"},
	{ID: district, Parent: province, Code: "D1", Name: "Huyện ủy Quế Võ"},
	{ID: otherDistrict, Parent: province, Code: "D2", Name: "Huyện ủy Gia Bình"},
	{ID: commune, Parent: district, Code: "C1", Name: "Đảng ủy xã Phù Lãng"},
}

// right is the password of everybody in the tests.
const right = "mười bông hoa đỏ"

// site is a running program with these screens alone.
type site struct {
	*testing.T
	db       *store.DB
	ledger   *ledger.Ledger
	tree     *tree.Tree
	machine  *clock.Manual
	dir      string
	screens  *accountui.Screens
	texts    *text.Catalog
	server   *httptest.Server
	password account.Password
}

// each runs a test on both engines; founding is nil where the organisation is
// there already.
func each(t *testing.T, founding *accountui.Founding, test func(*site)) {
	enginetest.Each(t, func(t *testing.T, url string) { test(open(t, url, founding)) })
}

// sqlite runs a test on SQLite alone: one of pages, not of SQL.
func sqlite(t *testing.T, test func(*site)) {
	test(open(t, filepath.Join(t.TempDir(), "giaoban.db"), nil))
}

// open starts a site on the database at url.
func open(t *testing.T, url string, founding *accountui.Founding) *site {
	s := &site{T: t, tree: tree.New(), dir: t.TempDir(), machine: clock.NewManual(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))}
	var err error
	if s.db, err = store.Open(t.Context(), url, ledger.Schema, account.Schema, marking.Schema); err != nil {
		t.Fatalf("opening the database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.db.Close(); err != nil {
			t.Errorf("closing the database: %v", err)
		}
	})
	s.ledger = ledger.Open(s.db, clock.NewManual(time.Date(2020, 7, 10, 1, 0, 0, 0, time.UTC)))
	if founding == nil {
		for _, u := range units {
			s.tree.Put(u)
		}
	}
	if s.texts, err = text.Load(text.Texts, access.Texts, ledger.Texts, account.Texts, accountui.Texts, marking.Texts, web.Texts); err != nil {
		t.Fatalf("loading texts: %v", err)
	}
	if s.password, err = account.HashPassword(t.Context(), right); err != nil {
		t.Fatalf("hashing: %v", err)
	}
	s.serve(founding)
	t.Cleanup(func() {
		if missing := s.texts.Missing(); len(missing) > 0 {
			t.Errorf("texts asked for in vain: %v", missing)
		}
	})
	return s
}

func (s *site) serve(founding *accountui.Founding) {
	s.screens = accountui.New(accountui.Config{
		Ledger: s.ledger, Tree: s.tree, Texts: s.texts, Machine: s.machine, Dir: s.dir, Founding: founding,
		Address: "https://giaoban.example",
	})
	frame, err := web.New(web.Config{
		Texts: s.texts, Ledger: s.ledger, Machine: s.machine, Zone: time.UTC,
		Who: s.screens.Who, SignIn: s.screens.SignIn, Bundles: []web.Bundle{accountui.Bundle},
	})
	if err != nil {
		s.Fatalf("building the frame: %v", err)
	}
	s.screens.Add(frame)
	frame.Add(web.Route{Pattern: "GET /{$}", Action: access.SignedIn, Handle: func(r *web.Request) error {
		return r.JSON(map[string]any{"person": r.Actor.Person, "name": r.Actor.Name})
	}}, web.Route{Pattern: "POST /keep", Action: access.SignedIn, Handle: func(r *web.Request) error {
		form, err := r.Posted("keep")
		if err != nil {
			return err
		}
		return r.JSON(form.Values)
	}})
	s.server = httptest.NewServer(frame.Handler())
	s.Cleanup(s.server.Close)
}

// do runs fn in a transaction that must succeed.
func (s *site) do(fn func(context.Context, *ledger.Tx) error) {
	s.Helper()
	if _, err := s.ledger.Update(s.Context(), "test", func(tx *ledger.Tx) error { return fn(s.Context(), tx) }); err != nil {
		s.Fatalf("the transaction failed: %v", err)
	}
}

// person adds somebody with a role at a unit.
func (s *site) person(login string, grants ...access.Grant) account.Person {
	s.Helper()
	var p account.Person
	s.do(func(ctx context.Context, tx *ledger.Tx) (err error) {
		p, err = account.CreatePerson(ctx, tx, access.CommandLine(s.tree), account.CreateCommand{
			Name: "Đồng chí " + login, Login: login, Password: s.password, Grants: grants,
		})
		return err
	})
	return p
}

func at(unit tree.UnitID, role access.Role) access.Grant { return access.Grant{Unit: unit, Role: role} }

// visitor is a client that keeps cookies and remembers the last answer.
type visitor struct {
	*site
	client *http.Client
	status int
	body   string
	path   string // where the last answer came from
}

func (s *site) browser() *visitor {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	return &visitor{site: s, client: &http.Client{Jar: jar}}
}

// signedIn is a browser in which somebody is signed in.
func (s *site) signedIn(login string) *visitor {
	s.Helper()
	b := s.browser()
	b.post("/sign-in", "login", login, "password", right)
	b.want(http.StatusOK, `"person"`)
	return b
}

func (b *visitor) get(path string) {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, b.server.URL+path, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.send(req)
}

// post sends a form of name, value pairs as a browser does.
func (b *visitor) post(path string, pairs ...string) {
	b.Helper()
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, b.server.URL+path, strings.NewReader(values.Encode()))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	b.send(req)
}

func (b *visitor) send(req *http.Request) {
	b.Helper()
	req.Header.Set("Accept", "text/html")
	req.Header.Set("Accept-Language", "vi")
	req.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
	response, err := b.client.Do(req)
	if err != nil {
		b.Fatalf("%s %s: %v", req.Method, req.URL.Path, err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		b.Fatal(err)
	}
	b.status, b.body, b.path = response.StatusCode, html.UnescapeString(string(content)), response.Request.URL.RequestURI()
}

// want fails the test unless the last answer has the status and all the words.
func (b *visitor) want(status int, words ...string) {
	b.Helper()
	if b.status != status {
		b.Fatalf("%s answered %d, want %d:\n%s", b.path, b.status, status, b.main())
	}
	for _, word := range words {
		if !strings.Contains(b.body, word) {
			b.Errorf("%s lacks %q:\n%s", b.path, word, b.main())
		}
	}
}

// lack fails the test when the last answer has one of the words.
func (b *visitor) lack(words ...string) {
	b.Helper()
	for _, word := range words {
		if strings.Contains(b.body, word) {
			b.Errorf("%s has %q:\n%s", b.path, word, b.main())
		}
	}
}

// main is the part of the last page that is its own.
func (b *visitor) main() string {
	_, after, found := strings.Cut(b.body, "<main")
	if !found {
		return b.body
	}
	before, _, _ := strings.Cut(after, "</main>")
	return before
}

var codes = regexp.MustCompile(`<div class="once">([0-9A-Z-]{19})</div>`)

// codes are the one-time codes on the page.
func (b *visitor) codes() []string {
	var list []string
	for _, match := range codes.FindAllStringSubmatch(b.body, -1) {
		list = append(list, match[1])
	}
	return list
}
