package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Statement is a statement that changes rows, with its values.
type Statement struct {
	Query string
	Args  []any // on PostgreSQL slices, too
	Into  []any // where the columns of the one row go that it gives; none when it gives none
}

// UpdateEnding is as Update, for a transaction whose last statement fn gives
// instead of running it. PostgreSQL gets that statement and the commit in one
// round trip: for what fn has locked last, all others wait no longer than writing
// takes. Without a statement it is Update.
func (db *DB) UpdateEnding(ctx context.Context, fn func(*sql.Tx) (Statement, error)) error {
	if db.engine == Postgres {
		return db.Refusal(runEnding(ctx, db.write, fn))
	}
	return db.Update(ctx, func(tx *sql.Tx) error {
		last, err := fn(tx)
		if err != nil || last.Query == "" {
			return err
		}
		if len(last.Into) > 0 {
			return tx.QueryRowContext(ctx, last.Query, last.Args...).Scan(last.Into...)
		}
		_, err = tx.ExecContext(ctx, last.Query, last.Args...)
		return err
	})
}

func runEnding(ctx context.Context, pool *sql.DB, fn func(*sql.Tx) (Statement, error)) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	// It goes back to the pool, which drops it when it is broken.
	defer func() { _ = conn.Close() }()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	// After Commit this does nothing; before it, there is an error on its way
	// already that says more than a failed rollback would.
	defer func() { _ = tx.Rollback() }()
	last, err := fn(tx)
	if err != nil {
		return err
	}
	err = conn.Raw(func(raw any) error {
		c, ok := raw.(*connection)
		if !ok {
			return fmt.Errorf("a connection of type %T is none to PostgreSQL", raw)
		}
		c.open.last = last
		return nil
	})
	if err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("committing: %w", err)
	}
	return nil
}

// connection is a connection to PostgreSQL that knows its open transaction.
type connection struct {
	*stdlib.Conn
	open *transaction
}

// ending makes a connection that the driver opened one that can end so.
func ending(opened driver.Conn) (driver.Conn, error) {
	c, ok := opened.(*stdlib.Conn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("a connection of type %T is none to PostgreSQL", opened), opened.Close())
	}
	return &connection{Conn: c}, nil
}

// BeginTx begins a transaction.
func (c *connection) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	tx, err := c.Conn.BeginTx(ctx, options)
	if err != nil {
		return nil, err
	}
	c.open = &transaction{Tx: tx, ctx: ctx, conn: c.Conn.Conn()}
	return c.open, nil
}

// transaction is one on PostgreSQL that may have a statement to be sent with the
// commit. It keeps the context it began with, which is that of the commit.
type transaction struct {
	driver.Tx
	ctx  context.Context
	conn *pgx.Conn
	last Statement // none when its query is ""
}

// Commit sends the last statement, if there is one, together with the commit.
func (t *transaction) Commit() error {
	if t.last.Query == "" {
		return t.Tx.Commit()
	}
	err := t.end()
	if err != nil {
		return errors.Join(err, t.Rollback())
	}
	return nil
}

func (t *transaction) end() (err error) {
	var batch pgx.Batch
	batch.Queue(t.last.Query, t.last.Args...)
	batch.Queue("COMMIT")
	results := t.conn.SendBatch(t.ctx, &batch)
	defer func() {
		if closed := results.Close(); err == nil { // else it is the same once more
			err = closed
		}
	}()
	if len(t.last.Into) > 0 {
		err = results.QueryRow().Scan(t.last.Into...)
	} else {
		_, err = results.Exec()
	}
	if err != nil {
		return err
	}
	tag, err := results.Exec()
	if err == nil && tag.String() != "COMMIT" {
		err = fmt.Errorf("the transaction ended with %s", tag)
	}
	return err
}
