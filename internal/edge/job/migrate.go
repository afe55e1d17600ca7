package job

import (
	"context"
	"database/sql"
	"errors"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"

	"giaoban/internal/base/store"
)

// migrate brings River's tables up to date by River's own migrations. They do not stand
// among ours: a database that is restored is filled without them.
func migrate(ctx context.Context, db *store.DB, driver riverdriver.Driver[*sql.Tx]) error {
	migrator, err := rivermigrate.New(driver, nil)
	if err != nil {
		return err
	}
	if db.Engine() == store.SQLite { // whoever opened it has the directory for itself
		_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	}
	alone, err := db.Writer().Conn(ctx)
	if err != nil {
		return err
	}
	const lock = 4_027_531_069 // any number that nobody else locks
	if _, err := alone.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, lock); err != nil {
		return errors.Join(err, alone.Close())
	}
	_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	_, unlocked := alone.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, lock)
	return errors.Join(err, unlocked, alone.Close())
}

func missing(err error) bool { return errors.Is(err, river.ErrNotFound) }
