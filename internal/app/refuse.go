package app

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
)

// refusedDirectory says that a data directory cannot be used, and why.
func refusedDirectory(dir string, err error) error {
	return fault.New(fault.Unavailable, "app.directory.refused", "dir", dir, "why", reason(err)).Because(err)
}

// refusedDatabase says why a database cannot be used.
func refusedDatabase(ctx context.Context, source string, err error) error {
	switch {
	case ctx.Err() != nil:
		return err
	case errors.Is(err, store.ErrNewerSchema):
		return fault.New(fault.Conflict, "app.schema.newer").Because(err)
	}
	return fault.New(fault.Unavailable, "app.database.refused", "database", withoutPassword(source), "why", reason(err)).Because(err)
}

// reason is the last word on an error, of the system or of PostgreSQL, on one
// line.
func reason(err error) string {
	var path *fs.PathError
	var network *net.OpError
	var answer *pgconn.PgError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &answer):
		return answer.Message
	case errors.As(err, &network):
		err = network
	}
	return strings.Join(strings.Fields(err.Error()), " ")
}

// withoutPassword is a database's address as it may be shown.
func withoutPassword(source string) string {
	if !strings.Contains(source, "://") {
		return source
	}
	address, err := url.Parse(source)
	if err != nil {
		return "postgres://…"
	}
	return address.Redacted()
}
