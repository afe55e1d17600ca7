package web

import (
	"context"
	"database/sql"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/text"
)

// Request is one question of one person, with everything a handler needs.
type Request struct {
	*http.Request
	Writer  http.ResponseWriter
	Actor   access.Actor
	Session account.Session
	Lang    text.Lang

	frame   *Frame
	route   Route
	layout  *Layout
	kept    *Kept
	whole   io.ReadCloser // the body without the route's limit: see Receive
	sent    string        // the key of the form that was read
	went    string        // where See led
	notices []string      // to be shown on the next page, in the person's language
	warned  bool          // operators were told why it was refused
	id      string        // see reference
	forms   []*Form       // that were made for its page
	refused fault.List
	sharing *shared // what Share says it shows; nil where answers are not shared
}

// T is the text of key in the person's language; args are name, value pairs.
func (r *Request) T(key string, args ...any) string {
	return r.frame.config.Texts.T(r.Lang, key, args...)
}

// Texts are the texts of all parts, for what writes whole papers of them.
func (r *Request) Texts() *text.Catalog { return r.frame.config.Texts }

// Person is a person's name as pages show it: of one who was erased, that it was.
func (r *Request) Person(name string) string { return person(r.T, name) }

// SignedIn says whether somebody is signed in.
func (r *Request) SignedIn() bool { return r.Actor.SignedIn() }

// Now is the present moment of the business clock.
func (r *Request) Now() time.Time { return r.frame.config.Clock.Now() }

// Zone is the installation's zone.
func (r *Request) Zone() *time.Location { return r.frame.config.Zone }

// Layout is what stands around the page: title, crumbs, scripts.
func (r *Request) Layout() *Layout { return r.layout }

// ID reads a part of the path as an identifier. What is none names nothing:
// NotFound.
func (r *Request) ID(name string) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil || id <= 0 {
		return 0, fault.New(fault.NotFound, "web.not-found")
	}
	return id, nil
}

// Query is the first value of a name in the address; "" when there is none.
func (r *Request) Query(name string) string { return r.URL.Query().Get(name) }

// longestWait is how long an answer waits for this node's followers.
const longestWait = 5 * time.Second

// Update runs fn in one transaction of this person and returns when it is
// committed and this node's followers have seen it, so that the next page shows
// what was done.
func (r *Request) Update(fn func(*ledger.Tx) error) error {
	position, err := r.frame.config.Ledger.Update(r.Context(), author(r.Actor), fn)
	r.warn(fault.All(err))
	if err != nil || position == 0 || r.frame.config.Wait == nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), longestWait)
	defer cancel()
	if err := r.frame.config.Wait(ctx, position); err != nil {
		// It is committed all the same. A page that shows it a moment later is
		// better than an error that says it did not happen.
		r.frame.config.Log.Warn("followers are behind", "position", position, "error", err)
	}
	return nil
}

// View runs fn in one reading transaction.
func (r *Request) View(fn func(store.Querier) error) error {
	return r.frame.config.Ledger.DB().View(r.Context(), func(tx *sql.Tx) error { return fn(tx) })
}

// See sends the browser to another page of the program (303).
func (r *Request) See(path string) error {
	r.went = path
	r.saveNotices()
	r.confirmSent()
	http.Redirect(r.Writer, r.Request, local(path), http.StatusSeeOther)
	return nil
}

// Back is the page that the person came from when it is one of ours, else
// fallback.
func (r *Request) Back(fallback string) string {
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.Host || from.RequestURI() == r.URL.RequestURI() {
		return fallback
	}
	return local(from.RequestURI())
}

// WantsJSON says whether a script asks, which takes JSON, and not a person.
func (r *Request) WantsJSON() bool {
	accept := r.Header.Get("Accept")
	if strings.Contains(accept, "text/html") {
		return false
	}
	return strings.Contains(accept, "json") || strings.Contains(accept, "text/event-stream") ||
		strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") ||
		r.Header.Get("Sec-Fetch-Dest") == "empty"
}

// author is how the ledger names the actor; somebody who is not signed in is a reader of
// the public page.
func author(a access.Actor) string {
	switch {
	case a.Person != 0:
		return "person:" + strconv.FormatInt(a.Person, 10)
	case a.Name == "":
		return "reader"
	}
	return a.Name
}

// local is path when it leads to a page of this program, else "/". It keeps
// "next" addresses from leading to somebody else's site.
func local(path string) string {
	clean, err := url.Parse(path)
	if err != nil || clean.Host != "" || clean.Scheme != "" || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}
