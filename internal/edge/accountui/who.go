package accountui

import (
	"context"
	"net"
	"net/http"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/store"
	"giaoban/internal/edge/web"
)

// cookieName of the session. With the prefix, browsers take the cookie from this
// very host by HTTPS alone, and from nobody beside it.
func (s *Screens) cookieName() string {
	if s.config.Secure {
		return "__Host-giaoban"
	}
	return "giaoban"
}

// Who finds who is behind a request by its cookie: the actor with the roles
// held at this moment, and the session. Without a session that works, the actor
// is a guest.
func (s *Screens) Who(req *http.Request) (access.Actor, account.Session, error) {
	guest := access.Actor{Name: account.Guest, Tree: s.config.Tree}
	cookie, err := req.Cookie(s.cookieName())
	if err != nil {
		return guest, account.Session{}, nil // without the cookie it is a guest
	}
	ctx, q, now := req.Context(), s.config.Ledger.DB().Reader(), s.config.Machine.Now()
	session, err := account.FindSession(ctx, q, account.Token(cookie.Value), now)
	if err != nil || session.ID == 0 {
		return guest, account.Session{}, err
	}
	actor, err := account.Actor(ctx, q, s.config.Tree, session.Person, s.today())
	if err != nil || !actor.SignedIn() {
		return guest, account.Session{}, err
	}
	if session.Stale(now) {
		s.touch(ctx, session, now)
	}
	return actor, session, nil
}

// touchWait is how long a page may wait to have its session's last use written
// down. Behind a big import the writer is busy for longer; the next request
// tries again.
const touchWait = 100 * time.Millisecond

func (s *Screens) touch(ctx context.Context, session account.Session, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, touchWait)
	defer cancel()
	if err := account.Touch(ctx, s.config.Ledger.DB(), session, now); err != nil {
		s.config.Log.Debug("a session's last use was not written", "session", session.ID, "error", err)
	}
}

// setCookie gives the browser its session; it ends when the session does at the
// latest.
func (s *Screens) setCookie(r *web.Request, token account.Token) {
	http.SetCookie(r.Writer, s.cookie(string(token), int(account.SessionLife/time.Second)))
}

func (s *Screens) dropCookie(r *web.Request) { http.SetCookie(r.Writer, s.cookie("", -1)) }

func (s *Screens) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: s.cookieName(), Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: s.config.Secure, SameSite: http.SameSiteLaxMode,
	}
}

// address is where on the network a request comes from, without the port.
func address(r *web.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// browser is what a new session keeps of where it was opened.
func (s *Screens) browser(r *web.Request) account.SignInCommand {
	return account.SignInCommand{Agent: r.UserAgent(), Address: address(r), Now: s.config.Machine.Now()}
}

// now is the machine's present moment.
func (s *Screens) now() time.Time { return s.config.Machine.Now() }

// today is the business day in the installation's zone.
func (s *Screens) today() clock.Date { return clock.DateOf(s.config.Ledger.Now(), s.config.Zone) }

// reader reads outside a transaction.
func (s *Screens) reader() store.Querier { return s.config.Ledger.DB().Reader() }
