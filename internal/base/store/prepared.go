package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// openSQLite opens a pool of connections to a SQLite file that keep what they
// have prepared. database/sql prepares each statement anew, and SQLite takes
// longer to understand most of ours than to run them.
func openSQLite(name string) *sql.DB { return sql.OpenDB(connector(name)) }

// connector makes connections by the driver's name of a file.
type connector string

// Driver is SQLite's.
func (connector) Driver() driver.Driver { return &sqlite.Driver{} }

// Connect opens a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.Driver().Open(string(c))
	if err != nil {
		return nil, err
	}
	able, ok := opened.(sqliteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("a connection of type %T lacks what is needed of it", opened), opened.Close())
	}
	return &conn{sqliteConn: able, idle: map[string]statement{}}, nil
}

// sqliteConn is what SQLite's connections can do, as far as database/sql asks.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// statement is what SQLite's prepared statements can do.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// conn is a connection that keeps its statements. database/sql lets one goroutine
// at a time use it, and the rows of its queries.
type conn struct {
	sqliteConn
	idle map[string]statement // by their text; one in use is taken out
}

// mostIdle is how many statements a connection keeps before it begins anew. The
// program has a few hundred; those of lists come in many lengths.
const mostIdle = 500

// take gives the statement of a text for this caller alone.
func (c *conn) take(ctx context.Context, query string) (statement, error) {
	if s, ok := c.idle[query]; ok {
		delete(c.idle, query)
		return s, nil
	}
	prepared, err := c.PrepareContext(ctx, unnamed(query))
	if err != nil {
		return nil, err
	}
	s, ok := prepared.(statement)
	if !ok {
		return nil, errors.Join(fmt.Errorf("a statement of type %T lacks what is needed of it", prepared), prepared.Close())
	}
	return s, nil
}

// keep takes a statement back that ran well. One that failed is closed instead.
func (c *conn) keep(query string, s statement) error {
	if _, twice := c.idle[query]; twice { // two ran at the same time
		return s.Close()
	}
	if len(c.idle) >= mostIdle {
		if err := c.forget(); err != nil {
			return errors.Join(err, s.Close())
		}
	}
	c.idle[query] = s
	return nil
}

func (c *conn) forget() error {
	var errs []error
	for _, s := range c.idle {
		errs = append(errs, s.Close())
	}
	clear(c.idle)
	return errors.Join(errs...)
}

// Close closes the connection with its statements.
func (c *conn) Close() error { return errors.Join(c.forget(), c.sqliteConn.Close()) }

// ExecContext runs a statement that gives no rows.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := s.ExecContext(ctx, args)
	if err != nil {
		// That it cannot be closed says less than why it failed.
		_ = s.Close()
		return nil, err
	}
	return result, c.keep(query, s)
}

// QueryContext runs a statement that gives rows.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	found, err := s.QueryContext(ctx, args)
	if err != nil {
		// That it cannot be closed says less than why it failed.
		_ = s.Close()
		return nil, err
	}
	return &rows{found, func() error { return c.keep(query, s) }, s.Close}, nil
}

// rows are the rows of a query whose statement is kept after them.
type rows struct {
	driver.Rows
	keep, drop func() error
}

// Close ends the query.
func (r *rows) Close() error {
	if err := r.Rows.Close(); err != nil {
		return errors.Join(err, r.drop())
	}
	return r.keep()
}
