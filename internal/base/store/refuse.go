package store

import (
	"context"
	"database/sql/driver"
	"embed"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"giaoban/internal/base/fault"
)

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// Refusal makes a fault of an error that is nobody's mistake and passes:
// Unavailable when the disk is full, the database does not answer, or too many
// want it at once. Any other error comes back as it is.
func (db *DB) Refusal(err error) error {
	if err == nil || len(fault.All(err)) > 0 || errors.Is(err, context.Canceled) {
		return err
	}
	switch {
	case full(err):
		return fault.New(fault.Unavailable, "store.full").Because(err)
	case db.engine == Postgres && away(err):
		return fault.New(fault.Unavailable, "store.away").Because(err)
	case busy(err):
		return fault.New(fault.Unavailable, "store.busy").Because(err)
	}
	return err
}

// state is PostgreSQL's word for what went wrong; "" for an error of another kind.
func state(err error) string {
	var answer *pgconn.PgError
	if errors.As(err, &answer) {
		return answer.Code
	}
	return ""
}

// primary is SQLite's word; 0 for an error of another kind.
func primary(err error) int {
	var code interface{ Code() int }
	if errors.As(err, &code) {
		return code.Code() & 0xff
	}
	return 0
}

func full(err error) bool {
	const sqliteFull, diskFull = 13, "53100"
	return primary(err) == sqliteFull || state(err) == diskFull || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// away says whether PostgreSQL cannot be reached, or went away in the middle.
func away(err error) bool {
	var connecting *pgconn.ConnectError
	var network net.Error
	switch code := state(err); {
	case strings.HasPrefix(code, "08"), strings.HasPrefix(code, "57P"), code == "53300": // connection, shutting down, too many
		return true
	case code != "":
		return false
	}
	return errors.As(err, &connecting) || errors.As(err, &network) && !errors.Is(err, context.DeadlineExceeded) || pgconn.SafeToRetry(err) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, net.ErrClosed) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		strings.HasSuffix(err.Error(), "conn closed") // pgx has no type for it
}

func busy(err error) bool {
	const sqliteBusy, deadlock, lockTimeout = 5, "40P01", "55P03"
	return primary(err) == sqliteBusy || state(err) == deadlock || state(err) == lockTimeout
}
