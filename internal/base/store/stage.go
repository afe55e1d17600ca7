package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// ErrUsed means that a database is not empty.
var ErrUsed = errors.New("the database is not empty")

// stage is the schema in which a PostgreSQL database is filled unseen.
const stage = "giaoban_restoring"

// Staged is an empty PostgreSQL database that is being filled unseen: what is
// written to its Source appears in one step by Publish, or never.
type Staged struct {
	Source string // as Open and Build take it

	pool *sql.DB
	held *sql.Conn // holds the lock: one at a time fills a database

	published bool
}

// Stage begins to fill the database of a postgres:// URL. ErrUsed when there are
// tables in it, or when it is being filled by somebody else. What a broken-off
// filling left behind is removed.
func Stage(ctx context.Context, source string) (*Staged, error) {
	within, err := url.Parse(source)
	if err != nil {
		return nil, fmt.Errorf("reading the database's address: %w", err)
	}
	query := within.Query()
	query.Set("search_path", stage)
	within.RawQuery = query.Encode()
	s := &Staged{Source: within.String()}
	if s.pool, err = sql.Open("pgx", source); err != nil {
		return nil, err
	}
	if s.held, err = s.pool.Conn(ctx); err != nil {
		return nil, errors.Join(err, s.pool.Close())
	}
	if err := s.begin(ctx); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *Staged) begin(ctx context.Context) error {
	var alone, used bool
	err := s.held.QueryRowContext(ctx, `SELECT pg_try_advisory_lock(hashtext($1)),
		EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema())`, stage).Scan(&alone, &used)
	if err != nil {
		return err
	}
	if !alone || used {
		return ErrUsed
	}
	return s.run(ctx, `DROP SCHEMA IF EXISTS `+stage+` CASCADE`, `CREATE SCHEMA `+stage)
}

// Publish puts what was written to its place, in one transaction.
func (s *Staged) Publish(ctx context.Context) error {
	names, err := column(ctx, s.held, `SELECT tablename FROM pg_tables WHERE schemaname = $1`, stage)
	if err != nil {
		return err
	}
	var target string
	if err := s.held.QueryRowContext(ctx, `SELECT current_schema()`).Scan(&target); err != nil {
		return err
	}
	statements := []string{"BEGIN"}
	for _, name := range names {
		statements = append(statements, "ALTER TABLE "+stage+"."+quoted(name)+" SET SCHEMA "+quoted(target))
	}
	statements = append(statements, "DROP SCHEMA "+stage, "COMMIT")
	if err := s.run(ctx, statements...); err != nil {
		return errors.Join(fmt.Errorf("putting the tables in their place: %w", err), s.run(context.WithoutCancel(ctx), "ROLLBACK"))
	}
	s.published = true
	return s.close()
}

// Drop removes what was written; what was published stays.
func (s *Staged) Drop(ctx context.Context) error {
	if s.published {
		return nil
	}
	return errors.Join(s.run(ctx, `DROP SCHEMA IF EXISTS `+stage+` CASCADE`), s.close())
}

func (s *Staged) run(ctx context.Context, statements ...string) error {
	for _, statement := range statements {
		if _, err := s.held.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", strings.ToLower(statement), err)
		}
	}
	return nil
}

// close gives the lock back by itself, since the server notices the end of a
// connection a little later, and whoever comes next would be refused.
func (s *Staged) close() error {
	_, _ = s.held.ExecContext(context.Background(), `SELECT pg_advisory_unlock_all()`) // a lost connection has lost its lock
	return errors.Join(s.held.Close(), s.pool.Close())
}
