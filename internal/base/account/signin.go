package account

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/fold"
	"giaoban/internal/base/store"
)

// SignInCommand is what somebody typed who wants to come in, and from where.
type SignInCommand struct {
	Login    string
	Password string
	Agent    string    // what the browser calls itself
	Address  string    // of the network, without the port
	Now      time.Time // by the machine's clock
}

// SignIn opens a session. Faults: Invalid for a wrong login or password, which
// of the two is never said, nor whether the account is disabled; Unavailable
// after too many wrong attempts; *FactorNeeded for whoever has a second factor.
//
// The password is compared outside of any transaction: it takes some 20 ms, in
// which nobody else could write.
func SignIn(ctx context.Context, db *store.DB, cmd SignInCommand) (Session, Token, error) {
	login := fold.Key(cmd.Login)
	pair, all := "pair:"+login+" "+cmd.Address, "login:"+login
	address := "address:" + cmd.Address
	err := count(ctx, db, cmd.Now, quota{pair, pairMost}, quota{all, loginMost}, quota{address, addressMost})
	if err != nil {
		return Session{}, "", err
	}
	person, password, err := credentials(ctx, db.Reader(), `login = $1`, login)
	if err != nil {
		return Session{}, "", err
	}
	right, err := password.matches(ctx, cmd.Password)
	if err != nil {
		return Session{}, "", err
	}
	if !right {
		return Session{}, "", fault.New(fault.Invalid, "account.sign-in.wrong")
	}
	s := Session{Person: person, Created: cmd.Now, Agent: cmd.Agent, Address: cmd.Address}
	var token Token
	var needed *FactorNeeded
	err = db.Update(ctx, func(tx *sql.Tx) error {
		if err := forgive(ctx, tx, cmd.Now, address, pair, all); err != nil {
			return err
		}
		s, token, needed, err = enter(ctx, tx, s)
		return err
	})
	if err == nil && needed != nil {
		err = needed
	}
	return s, token, err
}

// Enter opens a session for a person without asking for anything: for whoever has
// just set the program up, and for tests.
func Enter(ctx context.Context, tx *sql.Tx, person int64, cmd SignInCommand) (Session, Token, error) {
	return open(ctx, tx, Session{Person: person, Created: cmd.Now, Agent: cmd.Agent, Address: cmd.Address})
}

// EnterByCode opens a session for a person who has just chosen a password by a
// one-time code. The code stands for the password alone: whoever has a second
// factor gets no session yet, but needed, which the caller returns as its error
// once the transaction is committed.
func EnterByCode(ctx context.Context, tx *sql.Tx, person int64, cmd SignInCommand) (s Session, token Token, needed *FactorNeeded, err error) {
	return enter(ctx, tx, Session{Person: person, Created: cmd.Now, Agent: cmd.Agent, Address: cmd.Address})
}

// enter opens a session, or half of one for whoever has a second factor.
func enter(ctx context.Context, tx *sql.Tx, s Session) (Session, Token, *FactorNeeded, error) {
	_, held, err := FactorOf(ctx, tx, s.Person)
	if err != nil {
		return Session{}, "", nil, err
	}
	if !held {
		s, token, err := open(ctx, tx, s)
		return s, token, nil, err
	}
	half, err := halfWay(ctx, tx, s.Person, s.Created)
	return Session{}, "", &FactorNeeded{half}, err
}

// credentials gives the person and password of an account that works; 0 and the
// zero Password when there is none.
func credentials(ctx context.Context, q store.Querier, where string, arg any) (int64, Password, error) {
	var person int64
	var p Password
	err := q.QueryRowContext(ctx, `SELECT id, password FROM person WHERE disabled = 0 AND `+where, arg).Scan(&person, &p.hash)
	if store.Missing(err) {
		return 0, Password{}, nil
	}
	if err != nil {
		return 0, Password{}, fmt.Errorf("reading a password: %w", err)
	}
	return person, p, nil
}

// Confirmation is the proof that a session's person has just typed the
// password once more. [Confirm] alone makes one.
type Confirmation struct{ session Session }

// Confirm compares what was typed with the password of the session's person.
// Faults: Invalid at "password", Unavailable after too many wrong attempts.
func Confirm(ctx context.Context, db *store.DB, s Session, typed string, now time.Time) (Confirmation, error) {
	own := fmt.Sprintf("person:%d", s.Person)
	if err := count(ctx, db, now, quota{own, personMost}); err != nil {
		return Confirmation{}, err
	}
	_, password, err := credentials(ctx, db.Reader(), `id = $1`, s.Person)
	if err != nil {
		return Confirmation{}, err
	}
	right, err := password.matches(ctx, typed)
	if err != nil {
		return Confirmation{}, err
	}
	if !right {
		return Confirmation{}, fault.New(fault.Invalid, "account.password.wrong").At("password")
	}
	err = db.Update(ctx, func(tx *sql.Tx) error { return forgive(ctx, tx, now, "", own) })
	return Confirmation{s}, err
}
