package directiveui_test

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
	"path/filepath"
	"strings"
	"testing"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/base/text"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/accountui"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/directive/directiveui"
	"giaoban/internal/part/org"
)

// site is the program with the screens of directives and accounts, of a centre
// with a province, its district and two communes.
type site struct {
	*testing.T
	db      *store.DB
	ledger  *ledger.Ledger
	tree    *tree.Tree
	texts   *text.Catalog
	machine *clock.Manual
	server  *httptest.Server

	centre, province, district, commune, otherCommune tree.UnitID
}

const password = "mười bông hoa đỏ"

// each runs a test on both engines.
func each(t *testing.T, test func(*site)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) { test(open(t, url)) })
}

// sqlite runs a test of pages, not of SQL.
func sqlite(t *testing.T, test func(*site)) {
	t.Helper()
	test(open(t, filepath.Join(t.TempDir(), "giaoban.db")))
}

func open(t *testing.T, url string) *site {
	t.Helper()
	s := &site{T: t, tree: tree.New(), machine: clock.NewManual(time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))}
	var err error
	s.db, err = store.Open(t.Context(), url, ledger.Schema, account.Schema, file.Schema, marking.Schema, org.Schema, directive.Schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.db.Close(); err != nil {
			t.Error(err)
		}
	})
	business := clock.NewManual(time.Date(2020, 5, 4, 1, 42, 0, 0, time.UTC)) // 08:42 in Hanoi
	s.ledger = ledger.Open(s.db, business)
	s.texts, err = text.Load(text.Texts, access.Texts, account.Texts, file.Texts, marking.Texts, profile.Texts, org.Texts, directive.Texts,
		web.Texts, accountui.Texts, directiveui.Texts)
	if err != nil {
		t.Fatal(err)
	}
	s.found()
	s.serve(business)
	t.Cleanup(func() {
		if missing := s.texts.Missing(); len(missing) > 0 {
			t.Errorf("texts asked for in vain: %v", missing)
		}
	})
	return s
}

func (s *site) found() {
	s.Helper()
	p, err := profile.Get("vn-party-2020")
	if err != nil {
		s.Fatal(err)
	}
	s.do(func(tx *ledger.Tx) error {
		root, err := org.Found(s.Context(), tx, access.Program(s.tree), org.FoundCommand{Profile: p})
		s.centre = root.ID
		return err
	})
	s.reload()
	s.province = s.unit(s.centre, "27", "Tỉnh ủy Bắc Ninh", "provincial")
	s.district = s.unit(s.province, "259", "Huyện ủy Quế Võ", "above-grassroots")
	s.commune = s.unit(s.district, "9262", "Đảng ủy xã Phù Lãng", "grassroots")
	s.otherCommune = s.unit(s.district, "9263", "Đảng ủy xã Việt Hùng", "grassroots")
	hashed, err := account.HashPassword(s.Context(), password)
	if err != nil {
		s.Fatal(err)
	}
	for _, one := range []struct {
		login, name string
		unit        tree.UnitID
		role        access.Role
	}{
		{"trunguong", "Nguyễn Thị Lan", s.centre, access.Leader},
		{"chuyenvien", "Trần Văn Minh", s.centre, access.Officer},
		{"bacninh", "Lê Hồng Sơn", s.province, access.Leader},
		{"quevo", "Phạm Thu Hà", s.district, access.Leader},
		{"phulang", "Đỗ Văn Tám", s.commune, access.Leader},
		{"xem", "Vũ Thị Xem", s.province, access.Viewer},
	} {
		s.do(func(tx *ledger.Tx) error {
			_, err := account.CreatePerson(s.Context(), tx, access.CommandLine(s.tree), account.CreateCommand{
				Name: one.name, Login: one.login, Password: hashed, Grants: []access.Grant{{Unit: one.unit, Role: one.role}},
			})
			return err
		})
	}
}

func (s *site) serve(business clock.Clock) {
	s.Helper()
	accounts := accountui.New(accountui.Config{
		Ledger: s.ledger, Tree: s.tree, Texts: s.texts, Machine: s.machine, Dir: s.TempDir(),
	})
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		s.Fatal(err)
	}
	frame, err := web.New(web.Config{
		Texts: s.texts, Ledger: s.ledger, Clock: business, Machine: s.machine, Zone: zone,
		Who: accounts.Who, SignIn: accounts.SignIn, Rail: rail,
		Bundles: []web.Bundle{accountui.Bundle, directiveui.Bundle},
	})
	if err != nil {
		s.Fatal(err)
	}
	folder, err := file.OpenFolder(s.TempDir())
	if err != nil {
		s.Fatal(err)
	}
	accounts.Add(frame)
	directiveui.Add(frame, directiveui.Config{Folder: folder})
	frame.Add(web.Route{Pattern: "GET /{$}", Action: access.SignedIn, Handle: func(r *web.Request) error { return r.See("/directives") }})
	s.server = httptest.NewServer(frame.Handler())
	s.Cleanup(s.server.Close)
}

func rail(*web.Request) []web.RailItem {
	return []web.RailItem{{Label: "Chỉ thị", Path: "/directives", Icon: "certificate"}}
}

func (s *site) do(fn func(*ledger.Tx) error) {
	s.Helper()
	if _, err := s.ledger.Update(s.Context(), "test", fn); err != nil {
		s.Fatal(err)
	}
}

func (s *site) unit(parent tree.UnitID, code, name, level string) tree.UnitID {
	s.Helper()
	var unit org.Unit
	s.do(func(tx *ledger.Tx) (err error) {
		unit, err = org.Create(s.Context(), tx, access.Program(s.tree), org.CreateCommand{
			Parent: parent, Code: code, Name: name, Level: level, From: "2015-01-01",
		})
		return err
	})
	s.reload()
	return unit.ID
}

func (s *site) reload() {
	s.Helper()
	err := s.db.View(context.Background(), func(tx *sql.Tx) error {
		fresh, _, err := org.LoadTree(s.Context(), tx)
		if err != nil {
			return err
		}
		root, _ := fresh.Root()
		for _, u := range fresh.Subtree(root.ID) {
			s.tree.Put(u)
		}
		return nil
	})
	if err != nil {
		s.Fatal(err)
	}
}

// get reads a directive from the database.
func (s *site) get(id int64) directive.Directive {
	s.Helper()
	d, err := directive.Get(s.Context(), s.db.Reader(), id)
	if err != nil {
		s.Fatal(err)
	}
	return d
}

// visitor is a browser without scripts.
type visitor struct {
	*site
	client *http.Client
	status int
	body   string
	path   string // where the last answer came from
	header http.Header
}

// signedIn is a browser in which somebody is signed in.
func (s *site) signedIn(login string) *visitor {
	s.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	b := &visitor{site: s, client: &http.Client{Jar: jar}}
	b.post("/sign-in", url.Values{"login": {login}, "password": {password}})
	b.want(http.StatusOK, "Chỉ thị")
	return b
}

func (b *visitor) visit(path string) {
	b.Helper()
	b.send(http.MethodGet, path, nil)
}

func (b *visitor) post(path string, form url.Values, headers ...string) {
	b.Helper()
	headers = append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)
	b.send(http.MethodPost, path, strings.NewReader(form.Encode()), headers...)
}

// upload sends a form with a file.
func (b *visitor) upload(path string, form url.Values, name string, content []byte) {
	b.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for field, values := range form {
		for _, value := range values {
			if err := parts.WriteField(field, value); err != nil {
				b.Fatal(err)
			}
		}
	}
	part, err := parts.CreateFormFile("file", name)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		b.Fatal(err)
	}
	if err := parts.Close(); err != nil {
		b.Fatal(err)
	}
	b.send(http.MethodPost, path, &body, "Content-Type", parts.FormDataContentType())
}

func (b *visitor) send(method, path string, body io.Reader, headers ...string) {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), method, b.server.URL+path, body)
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	answer, err := b.client.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		b.Fatal(err)
	}
	b.status, b.body, b.header, b.path = answer.StatusCode, string(content), answer.Header, answer.Request.URL.RequestURI()
}

// want checks the status and that the page's words contain all that is given.
func (b *visitor) want(status int, words ...string) {
	b.Helper()
	if b.status != status {
		b.Errorf("%s answered %d, want %d:\n%s", b.path, b.status, status, b.words())
	}
	shown := b.words()
	for _, one := range words {
		if !strings.Contains(shown, one) {
			b.Errorf("%s does not say %q:\n%s", b.path, one, shown)
		}
	}
}

// lack checks that the page says none of the words.
func (b *visitor) lack(words ...string) {
	b.Helper()
	for _, one := range words {
		if strings.Contains(b.words(), one) {
			b.Errorf("%s says %q:\n%s", b.path, one, b.words())
		}
	}
}
