package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"fmt"
	"time"
	"unicode/utf8"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
)

// A session ends after SessionIdle without a request, which outlasts a working
// day, and in any case SessionLife after the sign-in.
const (
	SessionIdle = 12 * time.Hour
	SessionLife = 30 * 24 * time.Hour

	// seenEvery is how exactly the last request's moment is kept: a write a
	// request would be a hundred times as many.
	seenEvery = time.Minute
)

// Session is one browser in which a person is signed in. Its moments are the
// machine's. The zero Session is nobody's.
type Session struct {
	ID      int64
	Person  int64
	Created time.Time
	Seen    time.Time // the last request, within a minute
	Window  time.Time // when the signing window was opened; zero while it is closed
	Agent   string    // what the browser calls itself
	Address string    // of the network, without the port
	// Owes says that the installation asks a second factor of the person's roles,
	// and that this session came without any.
	Owes bool

	passkey bool // opened by one
}

// Token is what the browser holds as proof of its session. Only its hash is
// stored.
type Token string

// newToken makes a token of 256 random bits.
func newToken() (Token, error) {
	b := make([]byte, 32)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("making a session's token: %w", err)
	}
	return Token(base64.RawURLEncoding.EncodeToString(b)), nil
}

func (t Token) hash() []byte {
	sum := sha256.Sum256([]byte(t))
	return sum[:]
}

// open begins a session and clears those that have ended.
func open(ctx context.Context, tx *sql.Tx, s Session) (Session, Token, error) {
	token, err := newToken()
	if err != nil {
		return Session{}, "", err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM session WHERE created <= $1 OR seen <= $2`,
		store.Micro(s.Created.Add(-SessionLife)), store.Micro(s.Created.Add(-SessionIdle)))
	if err != nil {
		return Session{}, "", fmt.Errorf("clearing old sessions: %w", err)
	}
	s.Seen = s.Created
	s.Agent, s.Address = clip(s.Agent, 300), clip(s.Address, 100)
	err = tx.QueryRowContext(ctx, `INSERT INTO session (token, person, created, seen, agent, address, passkey)
		VALUES ($1, $2, $3, $3, $4, $5, $6) RETURNING id`, token.hash(), s.Person, store.Micro(s.Created), s.Agent, s.Address, bit(s.passkey)).Scan(&s.ID)
	if err != nil {
		return Session{}, "", fmt.Errorf("beginning a session: %w", err)
	}
	return s, token, nil
}

// clip is the valid beginning of what a browser says of itself.
func clip(s string, most int) string {
	if len(s) > most {
		s = s[:most]
	}
	for !utf8.ValidString(s) && s != "" {
		s = s[:len(s)-1]
	}
	return s
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

const sessionColumns = `s.id, s.person, s.created, s.seen, s.window_opened, s.agent, s.address, s.passkey, ` + owing

func scanSession(scan func(...any) error) (Session, error) {
	var s Session
	var created, seen, window, passkey, owes int64
	if err := scan(&s.ID, &s.Person, &created, &seen, &window, &s.Agent, &s.Address, &passkey, &owes); err != nil {
		return Session{}, err
	}
	s.Created, s.Seen, s.Window = store.Moment(created), store.Moment(seen), store.Moment(window)
	s.passkey, s.Owes = passkey != 0, owes != 0
	return s, nil
}

// FindSession gives the session that a token proves and that has not ended at
// now; the zero Session when there is none.
func FindSession(ctx context.Context, q store.Querier, token Token, now time.Time) (Session, error) {
	if token == "" {
		return Session{}, nil
	}
	row := q.QueryRowContext(ctx, `SELECT `+sessionColumns+` FROM session s WHERE s.token = $1`, token.hash())
	s, err := scanSession(row.Scan)
	if store.Missing(err) {
		return Session{}, nil
	}
	if err != nil {
		return Session{}, fmt.Errorf("finding a session: %w", err)
	}
	if s.over(now) {
		return Session{}, nil
	}
	return s, nil
}

func (s Session) over(now time.Time) bool {
	return now.Sub(s.Seen) >= SessionIdle || now.Sub(s.Created) >= SessionLife
}

// Stale says whether the session's last request is worth writing down by Touch.
func (s Session) Stale(now time.Time) bool { return s.ID != 0 && now.Sub(s.Seen) >= seenEvery }

// Touch writes down that the session was used at now.
func Touch(ctx context.Context, db *store.DB, s Session, now time.Time) error {
	return db.Update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE session SET seen = $1 WHERE id = $2 AND seen < $1`, store.Micro(now), s.ID)
		if err != nil {
			return fmt.Errorf("keeping a session alive: %w", err)
		}
		return nil
	})
}

// SessionsOf gives a person's sessions that have not ended, the last used first.
func SessionsOf(ctx context.Context, q store.Querier, person int64, now time.Time) ([]Session, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+sessionColumns+` FROM session s WHERE s.person = $1 ORDER BY s.seen DESC, s.id DESC`, person)
	if err != nil {
		return nil, fmt.Errorf("reading sessions: %w", err)
	}
	defer rows.Close()
	var list []Session
	for rows.Next() {
		s, err := scanSession(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("reading a session: %w", err)
		}
		if !s.over(now) {
			list = append(list, s)
		}
	}
	return list, rows.Err()
}

// EndSession ends one of a person's own sessions: NotFound when it is none.
func EndSession(ctx context.Context, tx store.Querier, person, session int64) error {
	result, err := tx.ExecContext(ctx, `DELETE FROM session WHERE id = $1 AND person = $2`, session, person)
	if err != nil {
		return fmt.Errorf("ending a session: %w", err)
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "account.session.missing")
	}
	return err
}

// EndOtherSessions ends all sessions of s's person but s itself.
func EndOtherSessions(ctx context.Context, tx store.Querier, s Session) error {
	return endSessions(ctx, tx, s.Person, s.ID)
}

// SignOut ends the session. One that has ended already is no error.
func SignOut(ctx context.Context, tx store.Querier, s Session) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE id = $1`, s.ID); err != nil {
		return fmt.Errorf("signing out: %w", err)
	}
	return nil
}

// endSessions ends a person's sessions except one; 0 for none. Who has given the
// password and not yet the second factor begins anew.
func endSessions(ctx context.Context, tx store.Querier, person, except int64) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE person = $1 AND id <> $2`, person, except); err != nil {
		return fmt.Errorf("ending sessions: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM half_sign_in WHERE person = $1`, person); err != nil {
		return fmt.Errorf("ending sign-ins half way: %w", err)
	}
	return nil
}

// LastSeen is the moment of the last request of anybody who is signed in; zero
// for none.
func LastSeen(ctx context.Context, q store.Querier) (time.Time, error) {
	var seen sql.NullInt64
	if err := q.QueryRowContext(ctx, `SELECT MAX(seen) FROM session`).Scan(&seen); err != nil {
		return time.Time{}, fmt.Errorf("reading when anybody was here: %w", err)
	}
	return store.Moment(seen.Int64), nil
}
