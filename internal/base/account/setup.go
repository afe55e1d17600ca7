package account

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// SetUpCommand is the first administrator of an installation.
type SetUpCommand struct {
	Name     string
	Login    string
	Password Password
	Root     tree.UnitID // the unit that no unit counts
}

// NeedsSetUp says whether nobody can administer the system yet.
func NeedsSetUp(ctx context.Context, q store.Querier) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM role_grant g JOIN person p ON p.id = g.person
		WHERE g.role = $1 AND g.ended = 0 AND p.disabled = 0`, string(access.SystemAdmin)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("looking for a system administrator: %w", err)
	}
	return n == 0, nil
}

// Inhabited says whether anybody can sign in.
func Inhabited(ctx context.Context, q store.Querier) (bool, error) {
	var n int
	err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT id FROM person WHERE login IS NOT NULL LIMIT 1) AS somebody`).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("looking for anybody: %w", err)
	}
	return n > 0, nil
}

// SetUp makes the first administrator: of the system, and of the root's
// accounts and units. Faults: Conflict once there is one, Invalid or Conflict at
// "name" or "login". Whoever calls it has checked the set-up code.
func SetUp(ctx context.Context, tx *ledger.Tx, cmd SetUpCommand) (Person, error) {
	if err := alone(ctx, tx); err != nil {
		return Person{}, err
	}
	needed, err := NeedsSetUp(ctx, tx)
	if err != nil {
		return Person{}, err
	}
	if !needed {
		return Person{}, fault.New(fault.Conflict, "account.set-up.done")
	}
	if cmd.Login == "" {
		return Person{}, fault.New(fault.Invalid, "account.login.form").At("login")
	}
	p, err := createAccount(ctx, tx, CreateCommand{
		Name: cmd.Name, Login: cmd.Login, Password: cmd.Password,
		Grants: []access.Grant{{Unit: cmd.Root, Role: access.SystemAdmin}, {Unit: cmd.Root, Role: access.UnitAdmin}},
	})
	if err != nil {
		return Person{}, err
	}
	return p, tx.Append(ledger.New{Unit: int64(cmd.Root), Kind: SetUpDone, Subject: subject(p.ID), Payload: none{}})
}

// alone lets one transaction at a time decide who the system administrators
// are: of two first administrators, one is made; of two last ones, one stays.
func alone(ctx context.Context, tx *ledger.Tx) error {
	if _, err := tx.ExecContext(ctx, `UPDATE account_setup SET tries = tries + 1 WHERE id = 1`); err != nil {
		return fmt.Errorf("waiting for other administrators: %w", err)
	}
	return nil
}

const setupFile = "setup.code"

// SetupCode gives the code that whoever sets up must type, so that the first to
// find the page is not the first administrator. It lies in the data directory,
// readable by its owner alone, and is made when there is none.
func SetupCode(dir string) (Code, error) {
	path := filepath.Join(dir, setupFile)
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeSetupCode(path)
	}
	if err != nil {
		return "", fmt.Errorf("reading the set-up code: %w", err)
	}
	code, ok := ParseCode(strings.TrimSpace(string(content)))
	if !ok {
		return "", fmt.Errorf("%s holds no set-up code; delete it, and the next start makes another", path)
	}
	return code, nil
}

func makeSetupCode(path string) (Code, error) {
	code, err := NewCode()
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(path, []byte(code+"\n"), 0o600); err != nil {
		return "", fmt.Errorf("keeping the set-up code: %w", err)
	}
	return code, nil
}

// CheckSetupCode compares what somebody at a network address typed with the
// set-up code. Faults: Invalid at "code", Unavailable after too many wrong ones.
func CheckSetupCode(ctx context.Context, db *store.DB, dir, typed, address string, now time.Time) error {
	target := "code:" + address
	if err := count(ctx, db, now, quota{target, codeMost}); err != nil {
		return err
	}
	right, err := SetupCode(dir)
	if err != nil {
		return err
	}
	code, ok := ParseCode(typed)
	if !ok || subtle.ConstantTimeCompare([]byte(code), []byte(right)) != 1 {
		return fault.New(fault.Invalid, "account.set-up.code").At("code")
	}
	return db.Update(ctx, func(tx *sql.Tx) error { return forgive(ctx, tx, now, target) })
}

// ForgetSetupCode removes the set-up code once it has served.
func ForgetSetupCode(dir string) error {
	err := os.Remove(filepath.Join(dir, setupFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
