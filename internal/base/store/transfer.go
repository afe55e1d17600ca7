package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Rows gives every row of a table in the order of its key, which is the same
// on both engines: nil, int64, string, bool or []byte for each column. The slice
// is used again for the next row.
func (db *DB) Rows(ctx context.Context, q Querier, t Table, each func(values []any) error) error {
	rows, err := q.QueryContext(ctx, "SELECT "+t.columnList()+" FROM "+quoted(t.Name)+" ORDER BY "+db.order(t))
	if err != nil {
		return fmt.Errorf("reading table %s: %w", t.Name, err)
	}
	defer rows.Close()
	into, values := places(t), make([]any, len(t.Columns))
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("reading a row of %s: %w", t.Name, err)
		}
		for i, place := range into {
			values[i] = valueOf(place)
		}
		if err := each(values); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading table %s: %w", t.Name, err)
	}
	return nil
}

// order is the columns of the key, texts by their bytes.
func (db *DB) order(t Table) string {
	key := t.Key
	if len(key) == 0 {
		key = t.names()
	}
	var list []string
	for _, name := range key {
		by := quoted(name)
		for _, c := range t.Columns {
			if db.engine == Postgres && c.Name == name && c.Kind == Text {
				by += ` COLLATE "C"`
			}
		}
		list = append(list, by)
	}
	return strings.Join(list, ", ")
}

// places are where a row is read into.
func places(t Table) []any {
	list := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		switch c.Kind {
		case Integer:
			list[i] = new(sql.NullInt64)
		case Boolean:
			list[i] = new(sql.NullBool)
		case Text:
			list[i] = new(sql.NullString)
		case Bytes:
			list[i] = new(sql.Null[[]byte])
		}
	}
	return list
}

func valueOf(place any) any {
	switch p := place.(type) {
	case *sql.NullInt64:
		if p.Valid {
			return p.Int64
		}
	case *sql.NullBool:
		if p.Valid {
			return p.Bool
		}
	case *sql.NullString:
		if p.Valid {
			return p.String
		}
	case *sql.Null[[]byte]:
		if p.Valid {
			return p.V
		}
	}
	return nil
}

// Count is how many rows a table has.
func Count(ctx context.Context, q Querier, t Table) (int64, error) {
	var n int64
	if err := q.QueryRowContext(ctx, "SELECT COUNT(*) FROM "+quoted(t.Name)).Scan(&n); err != nil {
		return 0, fmt.Errorf("counting the rows of %s: %w", t.Name, err)
	}
	return n, nil
}

// Insert adds rows as Rows gave them, in a transaction of its own.
func (db *DB) Insert(ctx context.Context, t Table, rows [][]any) error {
	insert := db.insertBatches
	if db.engine == Postgres {
		insert = db.copyIn
	}
	if err := insert(ctx, t, rows); err != nil {
		return fmt.Errorf("writing rows of %s: %w", t.Name, err)
	}
	return nil
}

func (db *DB) insertBatches(ctx context.Context, t Table, rows [][]any) error {
	statement := "INSERT INTO " + quoted(t.Name) + " (" + t.columnList() + ") VALUES "
	return db.Update(ctx, func(tx *sql.Tx) error {
		for len(rows) > 0 {
			n := Batch
			if len(rows) < Batch {
				n = 1 // a statement of each length would be one more to keep
			}
			values := make([]any, 0, n*len(t.Columns))
			for _, row := range rows[:n] {
				values = append(values, row...)
			}
			if _, err := tx.ExecContext(ctx, statement+Places(n, len(t.Columns)), values...); err != nil {
				return err
			}
			rows = rows[n:]
		}
		return nil
	})
}

// copyIn uses PostgreSQL's own way of taking many rows.
func (db *DB) copyIn(ctx context.Context, t Table, rows [][]any) error {
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(driver any) error {
		c, ok := driver.(*connection)
		if !ok {
			return fmt.Errorf("a connection of type %T", driver)
		}
		_, err := c.Conn.Conn().CopyFrom(ctx, pgx.Identifier{t.Name}, t.names(), pgx.CopyFromRows(rows))
		return err
	})
}

// Empty removes all rows, those that migrations wrote, too.
func (db *DB) Empty(ctx context.Context, tables []Table) error {
	return db.Update(ctx, func(tx *sql.Tx) error {
		for i := len(tables) - 1; i >= 0; i-- { // who refers goes first
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+quoted(tables[i].Name)); err != nil {
				return fmt.Errorf("emptying table %s: %w", tables[i].Name, err)
			}
		}
		return nil
	})
}

// Counter is the last number that a self-counting key has given; 0 for none yet.
func (db *DB) Counter(ctx context.Context, q Querier, t Table) (int64, error) {
	query, name := `SELECT seq FROM sqlite_sequence WHERE name = $1`, t.Name
	if db.engine == Postgres {
		query = `SELECT last_value FROM pg_sequences WHERE schemaname = current_schema() AND
			format('%I.%I', schemaname, sequencename) = pg_get_serial_sequence(quote_ident($1), '` + t.Key[0] + `')`
	}
	var last sql.NullInt64
	if err := q.QueryRowContext(ctx, query, name).Scan(&last); err != nil && !Missing(err) {
		return 0, fmt.Errorf("reading the last number of %s: %w", t.Name, err)
	}
	return last.Int64, nil
}

// SetCounter has a self-counting key go on after last, so that no number is
// given twice: not even that of a row which is gone.
func (db *DB) SetCounter(ctx context.Context, t Table, last int64) error {
	if last == 0 {
		return nil
	}
	statements := []string{`DELETE FROM sqlite_sequence WHERE name = $1 AND seq <= $2`, `INSERT INTO sqlite_sequence (name, seq)
		SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = $1)`}
	if db.engine == Postgres {
		statements = []string{`SELECT setval(pg_get_serial_sequence(quote_ident($1), '` + t.Key[0] + `'), $2)`}
	}
	return db.Update(ctx, func(tx *sql.Tx) error {
		for _, statement := range statements {
			if _, err := tx.ExecContext(ctx, statement, t.Name, last); err != nil {
				return fmt.Errorf("setting the last number of %s: %w", t.Name, err)
			}
		}
		return nil
	})
}
