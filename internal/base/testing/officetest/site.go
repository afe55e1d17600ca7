package officetest

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/net/html"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/edge/web"
)

// Site is the world served as screens on a free port.
type Site struct {
	*World
	URL     string
	Machine *clock.Manual // of sessions and signing windows
	Key     ledger.Key    // that signs checkpoints
	merkle  follow.Durable
	readers []*follow.Reader
}

// Follow has apply see every event, from the first, before each page.
func (s *Site) Follow(apply func([]ledger.Event) error) {
	s.readers = append(s.readers, follow.NewReader(s.Ledger, 0, apply))
}

// follow has those of [Site.Follow] see everything that happened.
func (s *Site) follow(ctx context.Context) (err error) {
	for _, reader := range s.readers {
		err = errors.Join(err, reader.CatchUp(ctx))
	}
	return err
}

// Serve serves screens over the world: config names their bundles and texts, add
// declares their routes.
func (w *World) Serve(config web.Config, add func(*web.Frame, *Site)) *Site {
	w.t.Helper()
	key, err := ledger.LoadKey(w.t.TempDir())
	w.OK(err)
	s := &Site{World: w, Key: key, Machine: clock.NewManual(time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC))}
	s.merkle = follow.Durable{Name: "merkle", Ledger: w.Ledger, Apply: func(ctx context.Context, tx *sql.Tx, events []ledger.Event) error {
		return ledger.Grow(ctx, tx, key.Signer, events[len(events)-1].Position)
	}}
	config.Ledger, config.Clock, config.Machine, config.Zone = w.Ledger, w.Clock, s.Machine, time.FixedZone("Asia/Ho_Chi_Minh", 7*3600)
	config.Log = slog.New(slog.NewTextHandler(w.t.Output(), nil))
	config.Who, config.SignIn = s.who, func(r *web.Request) error { return r.See("/") }
	config.Wait = func(ctx context.Context, _ int64) error { return errors.Join(s.merkle.CatchUp(ctx), s.follow(ctx)) }
	frame, err := web.New(config)
	w.OK(err)
	add(frame, s)
	frame.Add(web.Route{Pattern: "GET /enter/{token}", Action: access.Public, Handle: func(r *web.Request) error {
		http.SetCookie(r.Writer, &http.Cookie{Name: cookie, Value: r.PathValue("token"), Path: "/"})
		return r.See(r.Query("to"))
	}})
	server := httptest.NewServer(frame.Handler())
	w.t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

const cookie = "session"

// who is whoever the session's token belongs to.
func (s *Site) who(req *http.Request) (access.Actor, account.Session, error) {
	held, err := req.Cookie(cookie)
	if err != nil {
		return access.Actor{}, account.Session{}, nil
	}
	session, err := account.FindSession(req.Context(), s.Ledger.DB().Reader(), account.Token(held.Value), s.Machine.Now())
	if err != nil {
		return access.Actor{}, account.Session{}, err
	}
	for _, actor := range s.People {
		if actor.Person == session.Person && session.ID != 0 {
			return actor, session, nil
		}
	}
	return access.Actor{}, account.Session{}, nil
}

// Visitor is somebody's browser, without scripts.
type Visitor struct {
	t      testing.TB
	site   *Site
	client *http.Client
}

// Enter is an address that signs somebody in, in Vietnamese, and leads on to a path: for a real
// browser.
func (s *Site) Enter(t testing.TB, who, path string) string {
	t.Helper()
	return s.URL + "/enter/" + s.enter(t, who) + "?lang=vi&to=" + url.QueryEscape(path)
}

// Grow grows the Merkle tree over everything in the log.
func (s *Site) Grow() {
	s.t.Helper()
	s.OK(s.merkle.CatchUp(s.Ctx()))
}

// Exec changes the database behind the program's back.
func (s *Site) Exec(statement string) {
	s.t.Helper()
	s.OK(s.Ledger.DB().Update(s.Ctx(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(s.Ctx(), statement)
		return err
	}))
}

// Resign puts another key's signature under a checkpoint.
func (s *Site) Resign(checkpoint string, key ledger.Key) string {
	s.t.Helper()
	text, _, _ := strings.Cut(checkpoint, "\n\n")
	signed, err := note.Sign(&note.Note{Text: text + "\n"}, key.Signer)
	s.OK(err)
	return string(signed)
}

// Guest is somebody who is not signed in.
func (s *Site) Guest(t testing.TB) *Visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Visitor{t: t, site: s, client: &http.Client{Jar: jar}}
}

// Visit signs somebody in.
func (s *Site) Visit(t testing.TB, who string) *Visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	jar.SetCookies(address, []*http.Cookie{{Name: cookie, Value: s.enter(t, who), Path: "/"}})
	return &Visitor{t: t, site: s, client: &http.Client{Jar: jar}}
}

// enter opens a session for somebody and gives its token.
func (s *Site) enter(t testing.TB, who string) string {
	t.Helper()
	actor, ok := s.People[who]
	if !ok {
		t.Fatalf("there is nobody called %q", who)
	}
	var token account.Token
	err := s.Ledger.DB().Update(t.Context(), func(tx *sql.Tx) error {
		var err error
		_, token, err = account.Enter(t.Context(), tx, actor.Person, account.SignInCommand{Now: s.Machine.Now()})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(token)
}

// Page is an answer with its body read.
type Page struct {
	*http.Response
	Body string
	t    testing.TB
}

// Get opens a page, following redirects.
func (v *Visitor) Get(path string) Page {
	v.t.Helper()
	return v.do(http.MethodGet, path, nil)
}

// Post sends a form, following redirects.
func (v *Visitor) Post(path string, form url.Values, headers ...string) Page {
	v.t.Helper()
	headers = append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)
	return v.do(http.MethodPost, path, strings.NewReader(form.Encode()), headers...)
}

// Send sends a body of a kind, following redirects.
func (v *Visitor) Send(path string, body io.Reader, kind string) Page {
	v.t.Helper()
	return v.do(http.MethodPost, path, body, "Content-Type", kind)
}

func (v *Visitor) do(method, path string, body io.Reader, headers ...string) Page {
	v.t.Helper()
	v.site.Clock.Advance(time.Minute)
	if err := v.site.follow(v.t.Context()); err != nil {
		v.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(v.t.Context(), method, v.site.URL+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	response, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return Page{response, string(content), v.t}
}

// Path is where the visitor ended up.
func (p Page) Path() string { return p.Request.URL.RequestURI() }

// Want fails the test for each of the words that the page's text lacks.
func (p Page) Want(status int, words ...string) {
	p.t.Helper()
	if p.StatusCode != status {
		p.t.Fatalf("%s answers %d, want %d:\n%s", p.Path(), p.StatusCode, status, p.Text())
	}
	text := p.Text()
	for _, word := range words {
		if !strings.Contains(text, word) {
			p.t.Errorf("%s does not say %q:\n%s", p.Path(), word, text)
		}
	}
}

// Text is what the page's main part says.
func (p Page) Text() string {
	root, err := html.Parse(strings.NewReader(p.Body))
	if err != nil {
		p.t.Fatal(err)
	}
	var b strings.Builder
	for node := range root.Descendants() {
		if node.Type == html.TextNode && node.Parent.Data != "script" && node.Parent.Data != "style" {
			b.WriteString(node.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Form gives the fields of the form with an id as a browser would send them.
func (p Page) Form(id string) url.Values {
	p.t.Helper()
	root, err := html.Parse(strings.NewReader(p.Body))
	if err != nil {
		p.t.Fatal(err)
	}
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && node.Data == "form" && attribute(node, "id") == id {
			return fields(node)
		}
	}
	p.t.Fatalf("%s has no form %q:\n%s", p.Path(), id, p.Text())
	return nil
}

func fields(form *html.Node) url.Values {
	values := url.Values{}
	for node := range form.Descendants() {
		name := attribute(node, "name")
		if node.Type != html.ElementNode || name == "" {
			continue
		}
		switch kind := attribute(node, "type"); {
		case node.Data == "input" && (kind == "checkbox" || kind == "radio"):
			if has(node, "checked") {
				values.Add(name, attribute(node, "value"))
			}
		case node.Data == "input":
			values.Add(name, attribute(node, "value"))
		case node.Data == "textarea":
			values.Add(name, words(node))
		case node.Data == "option" && has(node, "selected"):
			values.Add(attribute(node.Parent, "name"), attribute(node, "value"))
		}
	}
	return values
}

func words(node *html.Node) string {
	if node.FirstChild == nil {
		return ""
	}
	return node.FirstChild.Data
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(node *html.Node, name string) bool {
	for _, a := range node.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
