package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"giaoban/internal/base/store"
)

// numbered is a SQLite database with a table of the numbers 1 to 9.
func numbered(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "giaoban.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	must(t, db, `CREATE TABLE number (n INTEGER PRIMARY KEY)`)
	for n := 1; n < 10; n++ {
		must(t, db, `INSERT INTO number (n) VALUES ($1)`, n)
	}
	return db
}

func must(t testing.TB, db *store.DB, statement string, args ...any) {
	t.Helper()
	if err := try(t, db, statement, args...); err != nil {
		t.Fatal(err)
	}
}

func try(t testing.TB, db *store.DB, statement string, args ...any) error {
	t.Helper()
	return db.Update(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), statement, args...)
		return err
	})
}

const from = `SELECT n FROM number WHERE n >= $1 ORDER BY n`

// numbers gives the numbers of a query, separated by spaces.
func numbers(ctx context.Context, q store.Querier, query string, args ...any) (string, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			return "", err
		}
		found = append(found, n)
	}
	return strings.Join(found, " "), rows.Err()
}

func TestAQueryInsideItselfHasItsOwnRows(t *testing.T) {
	db := numbered(t)
	err := db.View(t.Context(), func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(t.Context(), from, 7)
		if err != nil {
			return err
		}
		defer rows.Close()
		for outer := 7; rows.Next(); outer++ {
			var n int
			if err := rows.Scan(&n); err != nil {
				return err
			}
			inner, err := numbers(t.Context(), tx, from, 8)
			if err != nil || n != outer || inner != "8 9" {
				t.Errorf("outside %d, inside %q (%v); want %d and 8 9", n, inner, err, outer)
			}
		}
		return rows.Err()
	})
	if err != nil {
		t.Error(err)
	}
}

func TestAStatementThatFailedOrWasBrokenOffRunsAgain(t *testing.T) {
	db := numbered(t)
	const insert = `INSERT INTO number (n) VALUES ($1)`
	if err := try(t, db, insert, 5); !store.Unique(err) {
		t.Errorf("a number that is there already: %v, want a violated rule", err)
	}
	must(t, db, insert, 10)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := numbers(gone, db.Reader(), from, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("a query of somebody who went away: %v", err)
	}
	var first int
	if err := db.Reader().QueryRowContext(t.Context(), from, 1).Scan(&first); err != nil || first != 1 {
		t.Errorf("the first row alone: %d (%v), want 1", first, err)
	}
	if got, err := numbers(t.Context(), db.Reader(), from, 9); got != "9 10" || err != nil {
		t.Errorf("the numbers from 9: %q (%v), want 9 10", got, err)
	}
}

func TestAStatementSeesTheTableAsItIsNow(t *testing.T) {
	db := numbered(t)
	const all = `SELECT * FROM number WHERE n = $1`
	columns := func() string {
		rows, err := db.Reader().QueryContext(t.Context(), all, 3)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		rows.Next()
		names, err := rows.Columns()
		if err := errors.Join(err, rows.Err()); err != nil {
			t.Fatal(err)
		}
		return strings.Join(names, " ")
	}
	if got := columns(); got != "n" {
		t.Errorf("columns: %q, want n", got)
	}
	must(t, db, `ALTER TABLE number ADD COLUMN word TEXT`)
	if got := columns(); got != "n word" {
		t.Errorf("columns after one was added: %q, want n word", got)
	}
	must(t, db, `DROP TABLE number`)
	if _, err := numbers(t.Context(), db.Reader(), all, 3); err == nil {
		t.Error("a table that is gone can still be read")
	}
}

func TestManyDifferentStatementsFromManySides(t *testing.T) {
	db := numbered(t)
	var sides sync.WaitGroup
	for side := range 4 {
		sides.Go(func() {
			for i := range 700 {
				query := fmt.Sprintf(`SELECT n + %d FROM number WHERE n = $1`, i)
				got, err := numbers(t.Context(), db.Reader(), query, side+1)
				if want := fmt.Sprint(side + 1 + i); got != want || err != nil {
					t.Errorf("%s: %q (%v), want %s", query, got, err, want)
					return
				}
			}
		})
	}
	sides.Wait()
}

// BenchmarkSmallQuery is a query as pages ask many of.
func BenchmarkSmallQuery(b *testing.B) {
	db := numbered(b)
	for b.Loop() {
		if _, err := numbers(b.Context(), db.Reader(), from, 9); err != nil {
			b.Fatal(err)
		}
	}
}
