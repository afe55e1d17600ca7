package account

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
)

// FactorNeeded is the error of a sign-in whose password was right and whose
// person has a second factor: the token lets the same browser give the code,
// within five minutes.
type FactorNeeded struct{ Half Token }

// Error is for the log.
func (*FactorNeeded) Error() string { return "the second factor is asked for" }

// CountFactor counts an attempt at a person's second factor. Faults: Unavailable
// after too many.
func CountFactor(ctx context.Context, db *store.DB, person int64, now time.Time) error {
	return count(ctx, db, now, quota{factorTarget(person), factorMost})
}

func factorTarget(person int64) string { return fmt.Sprintf("factor:%d", person) }

// halfWay remembers that a person gave the right password.
func halfWay(ctx context.Context, tx *sql.Tx, person int64, now time.Time) (Token, error) {
	token, err := newToken()
	if err != nil {
		return "", err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM half_sign_in WHERE expires <= $1`, store.Micro(now)); err != nil {
		return "", fmt.Errorf("clearing old sign-ins: %w", err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO half_sign_in (token, person, expires) VALUES ($1, $2, $3)`,
		token.hash(), person, store.Micro(now.Add(halfLife)))
	if err != nil {
		return "", fmt.Errorf("keeping a sign-in: %w", err)
	}
	return token, nil
}

// SignInByFactor opens the session of somebody who gave the right password, by
// a code of the second factor or a recovery code, which then is used up. Faults:
// TooLate when the password has to be given again; Invalid at "code";
// Unavailable after too many wrong codes.
func SignInByFactor(ctx context.Context, db *store.DB, half Token, code string, cmd SignInCommand) (Session, Token, error) {
	var person int64
	err := db.Reader().QueryRowContext(ctx, `SELECT h.person FROM half_sign_in h JOIN person p ON p.id = h.person
		WHERE h.token = $1 AND h.expires > $2 AND p.disabled = 0`, half.hash(), store.Micro(cmd.Now)).Scan(&person)
	if store.Missing(err) {
		return Session{}, "", fault.New(fault.TooLate, "account.factor.late")
	}
	if err != nil {
		return Session{}, "", fmt.Errorf("finding a sign-in: %w", err)
	}
	if err := CountFactor(ctx, db, person, cmd.Now); err != nil {
		return Session{}, "", err
	}
	s := Session{Person: person, Created: cmd.Now, Agent: cmd.Agent, Address: cmd.Address}
	var token Token
	err = db.Update(ctx, func(tx *sql.Tx) error {
		if err := takeFactor(ctx, tx, person, code, cmd.Now); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM half_sign_in WHERE token = $1`, half.hash()); err != nil {
			return fmt.Errorf("ending half a sign-in: %w", err)
		}
		if err := forgive(ctx, tx, cmd.Now, "", factorTarget(person)); err != nil {
			return err
		}
		s, token, err = open(ctx, tx, s)
		return err
	})
	return s, token, err
}

// takeFactor uses a code up: of the factor, or for recovery.
func takeFactor(ctx context.Context, tx *sql.Tx, person int64, typed string, now time.Time) error {
	f, held, err := FactorOf(ctx, tx, person)
	if err != nil {
		return err
	}
	var result sql.Result
	step, right := f.match(typed, now)
	recovery, isCode := ParseCode(typed)
	switch {
	case held && right:
		// Two at once with the same code: the second finds the step taken.
		result, err = tx.ExecContext(ctx, `UPDATE second_factor SET step = $1 WHERE person = $2 AND step < $1`, step, person)
	case held && isCode:
		result, err = tx.ExecContext(ctx, `UPDATE recovery_code SET used = $1 WHERE code = $2 AND person = $3 AND used = 0`,
			store.Micro(now), recovery.hash(), person)
	default:
		return wrongFactor()
	}
	if err != nil {
		return fmt.Errorf("using a code: %w", err)
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		return wrongFactor()
	}
	return err
}
