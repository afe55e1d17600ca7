package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Engine is the kind of database.
type Engine string

// The engines that the program runs on.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Querier runs statements: a transaction or a whole database.
type Querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// DB is an open database with its schema up to date.
//
// On SQLite one connection writes and many read, so that a reader never waits
// for a writer; on PostgreSQL both are one pool.
type DB struct {
	engine Engine
	write  *sql.DB
	read   *sql.DB
}

// Open opens source, a SQLite file's path or a postgres:// URL, and applies the
// migrations that it lacks. It refuses a database whose schema is newer than
// the migrations it was given.
func Open(ctx context.Context, source string, schemas ...fs.FS) (*DB, error) {
	db, err := connect(source)
	if err != nil {
		return nil, fmt.Errorf("opening the database: %w", err)
	}
	if err := db.reach(ctx); err != nil {
		return nil, fmt.Errorf("reaching the database: %w", closing(db, err))
	}
	if err := db.migrate(ctx, schemas); err != nil {
		return nil, fmt.Errorf("bringing the schema up to date: %w", closing(db, err))
	}
	return db, nil
}

// reach makes the first connection. SQLite refuses it at once, without waiting
// its busy time, while another process turns the same new file to WAL.
func (db *DB) reach(ctx context.Context) error {
	for deadline := time.Now().Add(10 * time.Second); ; {
		err := db.write.PingContext(ctx)
		if err == nil || !busy(err) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func connect(source string) (*DB, error) {
	if strings.HasPrefix(source, "postgres://") || strings.HasPrefix(source, "postgresql://") {
		config, err := pgx.ParseConfig(source)
		if err != nil {
			return nil, err
		}
		pool := sql.OpenDB(&patient{Connector: stdlib.GetConnector(*config)})
		// PostgreSQL takes 100 connections unless told otherwise: room for two nodes.
		most := min(16+4*runtime.NumCPU(), 40)
		pool.SetMaxOpenConns(most)
		// A new one costs a process of the server that knows no table and no statement
		// yet: those of a busy moment stay for the next.
		pool.SetMaxIdleConns(most)
		pool.SetConnMaxIdleTime(5 * time.Minute)
		return &DB{engine: Postgres, write: pool, read: pool}, nil
	}
	// Each connection fills a cache of its own. Readers are many, and the system
	// has the file's pages in memory once for all of them.
	write := openSQLite(sqliteName(source, 8, "_txlock=immediate"))
	write.SetMaxOpenConns(1)
	read := openSQLite(sqliteName(source, 2, "_pragma=query_only(1)"))
	readers := min(4*runtime.NumCPU(), 32)
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return &DB{engine: SQLite, write: write, read: read}, nil
}

// sqliteName makes the driver's name of a file for connections that keep so many
// MiB of its pages. synchronous=FULL: an answer of success means that the commit is
// on disk.
func sqliteName(path string, mebibytes int, extra string) string {
	name := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}
	return name.String() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)&" + fmt.Sprintf("_pragma=cache_size(-%d)&", mebibytes<<10) + extra
}

// Widen gives the connection that writes so many MiB of memory for pages of the
// database, for work that writes all of it at once: SQLite writes pages that have
// no room before their time, and reads them again. PostgreSQL has its own.
func (db *DB) Widen(ctx context.Context, mebibytes int) error {
	if db.engine == Postgres {
		return nil
	}
	_, err := db.write.ExecContext(ctx, fmt.Sprintf("PRAGMA cache_size = -%d", mebibytes<<10))
	return err
}

// Engine tells which database this is.
func (db *DB) Engine() Engine { return db.engine }

// Reader runs single read-only statements outside a transaction.
func (db *DB) Reader() Querier { return db.read }

// Writer is the pool that writes, for a library that brings transactions of its own;
// everybody else uses [DB.Update]. On SQLite it is one connection.
func (db *DB) Writer() *sql.DB { return db.write }

// Close closes all connections.
func (db *DB) Close() error {
	err := db.write.Close()
	if db.read != db.write {
		if e := db.read.Close(); err == nil {
			err = e
		}
	}
	return err
}

// Ping asks the database for a sign of life.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }

// Update runs fn in one writing transaction. What fn did is committed, durably,
// when Update returns nil, and undone otherwise. Faults: those of Refusal. When
// PostgreSQL goes away at the very commit, nobody knows: it may be there.
func (db *DB) Update(ctx context.Context, fn func(*sql.Tx) error) error {
	return db.Refusal(run(ctx, db.write, nil, fn))
}

// View runs fn in one reading transaction that sees one state of the database.
func (db *DB) View(ctx context.Context, fn func(*sql.Tx) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if db.engine == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	return db.Refusal(run(ctx, db.read, options, fn))
}

func run(ctx context.Context, pool *sql.DB, options *sql.TxOptions, fn func(*sql.Tx) error) error {
	tx, err := pool.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("beginning a transaction: %w", err)
	}
	// After Commit this does nothing; before it, there is an error on its way
	// already that says more than a failed rollback would.
	defer func() { _ = tx.Rollback() }()
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("committing: %w", err)
	}
	return nil
}

// closing closes db on the way out with err, which says more than a failed
// close would.
func closing(db *DB, err error) error {
	_ = db.Close()
	return err
}
