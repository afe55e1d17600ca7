package account

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
)

// SigningWindow is how long one confirmation of the password lets a person
// sign. It is the weaker way of signing and is shown as such.
const SigningWindow = 15 * time.Minute

// ByPassword is the method of a signature inside a signing window.
const ByPassword = "password"

// Capacity is as what a person signs or decides.
type Capacity struct {
	Post string // at the unit; "" for none
	// Authority is by whose, where it was handed over: "K/T BÍ THƯ". Delegation is
	// its id.
	Authority  string
	Delegation int64
}

// Signature says who signed, as what and how.
type Signature struct {
	Person int64
	Name   string // as it was at that moment
	Capacity
	Method string
	// Session and WindowOpened, by the machine's clock, tell in which browser and
	// by which confirmation.
	Session      int64
	WindowOpened time.Time
	Passkey      *Assertion // of a signature by a passkey
}

// String is the signature as people read it: name and post, or, by what was
// handed over, "K/T BÍ THƯ, PHÓ BÍ THƯ Nguyễn Văn A".
func (s Signature) String() string { return s.Named(s.Name) }

// Named is a person in the capacity, as people read it.
func (c Capacity) Named(name string) string {
	switch {
	case c.Authority != "" && c.Post == "":
		return c.Authority + ", " + name
	case c.Authority != "":
		return c.Authority + ", " + strings.ToUpper(c.Post) + " " + name
	case c.Post == "":
		return name
	}
	return name + ", " + c.Post
}

// Signing says whether the session's signing window is open at now, by the
// machine's clock.
func (s Session) Signing(now time.Time) bool { return s.SigningLeft(now) > 0 }

// SigningLeft is how long the signing window stays open after now; 0 when it is
// closed.
func (s Session) SigningLeft(now time.Time) time.Duration {
	if s.Window.IsZero() {
		return 0
	}
	return max(0, s.Window.Add(SigningWindow).Sub(now))
}

// OpenWindow confirms the password and opens the session's signing window at
// now, or opens it anew. Its faults are those of [Confirm].
func OpenWindow(ctx context.Context, db *store.DB, s Session, password string, now time.Time) (Session, error) {
	if _, err := Confirm(ctx, db, s, password, now); err != nil {
		return s, err
	}
	opened := s
	opened.Window = now
	return opened, db.Update(ctx, func(tx *sql.Tx) error { return setWindow(ctx, tx, opened) })
}

// CloseWindow closes the session's signing window.
func CloseWindow(ctx context.Context, tx store.Querier, s Session) error {
	s.Window = time.Time{}
	return setWindow(ctx, tx, s)
}

func setWindow(ctx context.Context, tx store.Querier, s Session) error {
	if _, err := tx.ExecContext(ctx, `UPDATE session SET window_opened = $1 WHERE id = $2`, store.Micro(s.Window), s.ID); err != nil {
		return fmt.Errorf("setting the signing window: %w", err)
	}
	return nil
}

// Sign gives the actor's signature in a capacity inside the session's signing
// window. A window that is closed, or a session of somebody else, is a fault of
// kind Forbidden with the key "account.window.closed".
func Sign(s Session, actor access.Actor, as Capacity, now time.Time) (Signature, error) {
	if !s.Signing(now) || s.Person == 0 || s.Person != actor.Person {
		return Signature{}, fault.New(fault.Forbidden, "account.window.closed")
	}
	return Signature{
		Person: actor.Person, Name: actor.Name, Capacity: as, Method: ByPassword,
		Session: s.ID, WindowOpened: s.Window,
	}, nil
}
