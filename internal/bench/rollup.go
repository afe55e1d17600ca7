package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"giaoban/internal/base/tree"
	"giaoban/internal/part/board"
)

// rollup measures the same figures by recursive SQL on PostgreSQL and from the
// board: of a unit, how many of the units below it are done at each milestone.
func (b *bench) rollup(ctx context.Context) error {
	s, err := b.served(ctx)
	if err != nil {
		return err
	}
	directives := s.Boards.Directives(s.root)
	if len(directives) == 0 {
		return errNoBoard
	}
	id := directives[len(directives)-1]
	e, err := b.postgres(ctx)
	if errors.Is(err, errNoPostgres) {
		b.lacking("rollup.sql.country", err)
		return nil
	}
	if err != nil {
		return err
	}
	name, err := e.database(ctx)
	if err != nil {
		return err
	}
	connection, err := pgx.Connect(ctx, e.address(name))
	if err != nil {
		return err
	}
	defer connection.Close(ctx)
	if err := b.fill(ctx, s, connection, id); err != nil {
		return err
	}
	for _, c := range []struct {
		name  string
		unit  tree.UnitID
		times int
	}{{"country", s.root, 3}, {"province", s.provinces()[0], 20}} {
		nanoseconds, err := each(c.times, func() error {
			rows, err := connection.Query(ctx, byRecursion, int64(c.unit))
			if err != nil {
				return err
			}
			rows.Close()
			return rows.Err()
		})
		if err != nil {
			return err
		}
		b.tell("rollup.sql."+c.name, nanoseconds/1e6, "ms")
		var room board.Room
		nanoseconds, err = each(1000, func() error { _, err := s.Boards.ReadIn(&room, id, c.unit, 0); return err })
		if err != nil {
			return err
		}
		b.tell("rollup.board."+c.name, nanoseconds/1e6, "ms")
	}
	return nil
}

// byRecursion gives, for each unit directly below one, of how many units below
// it, itself included, a report is accepted, by milestone and level.
const byRecursion = `WITH RECURSIVE below (child, unit, level) AS (
		SELECT id, id, level FROM unit WHERE parent = $1
		UNION ALL SELECT b.child, u.id, u.level FROM below b JOIN unit u ON u.parent = b.unit)
	SELECT b.child, m.milestone, b.level, COUNT(*), COUNT(r.unit)
	FROM below b CROSS JOIN (SELECT DISTINCT milestone FROM accepted) m
	LEFT JOIN accepted r ON r.unit = b.unit AND r.milestone = m.milestone
	GROUP BY b.child, m.milestone, b.level`

// fill puts units and accepted reports into the database, with the indexes that
// the statement wants.
func (b *bench) fill(ctx context.Context, s *serving, to *pgx.Conn, directive int64) error {
	for _, statement := range []string{
		`CREATE TABLE unit (id BIGINT PRIMARY KEY, parent BIGINT NOT NULL, level TEXT NOT NULL)`,
		`CREATE TABLE accepted (unit BIGINT NOT NULL, milestone TEXT NOT NULL, PRIMARY KEY (unit, milestone))`,
		`CREATE INDEX unit_parent ON unit (parent)`,
	} {
		if _, err := to.Exec(ctx, statement); err != nil {
			return err
		}
	}
	var units [][]any
	for _, u := range s.Tree.Subtree(s.root) {
		units = append(units, []any{int64(u.ID), int64(u.Parent), u.Level})
	}
	if _, err := to.CopyFrom(ctx, pgx.Identifier{"unit"}, []string{"id", "parent", "level"}, pgx.CopyFromRows(units)); err != nil {
		return err
	}
	rows, err := s.DB.Reader().QueryContext(ctx, `SELECT unit_id, milestone FROM report WHERE directive_id = $1 AND state = 'accepted'`, directive)
	if err != nil {
		return err
	}
	defer rows.Close()
	if _, err := to.CopyFrom(ctx, pgx.Identifier{"accepted"}, []string{"unit", "milestone"}, copying{rows}); err != nil {
		return fmt.Errorf("copying the accepted reports: %w", err)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading the accepted reports: %w", err)
	}
	_, err = to.Exec(ctx, `ANALYZE`)
	return err
}

// copying hands rows on, one by one.
type copying struct{ rows *sql.Rows }

func (c copying) Next() bool { return c.rows.Next() }

func (c copying) Values() ([]any, error) {
	var unit int64
	var milestone string
	err := c.rows.Scan(&unit, &milestone)
	return []any{unit, milestone}, err
}

func (c copying) Err() error { return c.rows.Err() }
