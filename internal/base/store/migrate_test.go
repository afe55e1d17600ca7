package store_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
)

func TestMigrationsOfAllPartsAreAppliedInTheOrderOfTheirNumbers(t *testing.T) {
	later := schema("0003_third.sql", `INSERT INTO step (text) VALUES ('third')`)
	earlier := schema("0001_first.sql", `CREATE TABLE step (id ROWID_KEY, text TEXT NOT NULL)`,
		"0002_second.sql", `INSERT INTO step (text) VALUES ('second')`)
	enginetest.Each(t, func(t *testing.T, url string) {
		for _, schemas := range [][]fs.FS{
			{earlier},
			{later, earlier},
			{later, earlier}, // nothing is left to do
		} {
			db, err := store.Open(t.Context(), url, schemas...)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
		}
		db, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if diff := cmp.Diff([]string{"second", "third"}, texts(t, db.Reader(), `SELECT text FROM step ORDER BY id`)); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
	})
}

func TestAMigrationMayHaveALowerNumberThanAnotherPartsBefore(t *testing.T) {
	one := schema("0005_step.sql", `CREATE TABLE step (text TEXT)`)
	other := schema("0002_more.sql", `CREATE TABLE more (text TEXT)`)
	enginetest.Each(t, func(t *testing.T, url string) {
		for _, schemas := range [][]fs.FS{{one}, {one, other}, {one, other}} {
			db, err := store.Open(t.Context(), url, schemas...)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if len(schemas) == 2 {
				if got := number(t, db.Reader(), `SELECT COUNT(*) FROM more`); got != 0 {
					t.Errorf("%d rows, want 0", got)
				}
			}
		}
	})
}

func TestANewerSchemaIsRefused(t *testing.T) {
	newer := schema("0001_note.sql", `CREATE TABLE note (text TEXT)`, "0002_more.sql", `CREATE TABLE more (text TEXT)`)
	enginetest.Each(t, func(t *testing.T, url string) {
		db, err := store.Open(t.Context(), url, newer)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		_, err = store.Open(t.Context(), url, notes)
		if !errors.Is(err, store.ErrNewerSchema) {
			t.Errorf("opening gives %v, want ErrNewerSchema", err)
		}
	})
}

func TestAMigrationThatFailsLeavesNothing(t *testing.T) {
	broken := schema("0001_two.sql", `CREATE TABLE note (text TEXT); INSERT INTO nowhere VALUES (1)`)
	enginetest.Each(t, func(t *testing.T, url string) {
		if _, err := store.Open(t.Context(), url, broken); err == nil || !strings.Contains(err.Error(), "0001_two.sql") {
			t.Errorf("the error does not name the file: %v", err)
		}
		db := open(t, url) // makes the table note itself
		if got := number(t, db.Reader(), `SELECT COUNT(*) FROM note`); got != 0 {
			t.Errorf("%d rows, want 0", got)
		}
	})
}

func TestWronglyNamedMigrationsAreRefused(t *testing.T) {
	for _, c := range []struct {
		name    string
		schemas []fs.FS
		want    string
	}{
		{"two of one name", []fs.FS{notes, schema("0001_note.sql", `SELECT 1`)}, "0001_note.sql"},
		{"two of one number", []fs.FS{notes, schema("0001_other.sql", `SELECT 1`)}, "0001_other.sql"},
		{"no number", []fs.FS{notes, schema("later.sql", `SELECT 1`)}, "later.sql"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := store.Open(t.Context(), t.TempDir()+"/giaoban.db", c.schemas...)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("opening gives %v, want an error about %s", err, c.want)
			}
		})
	}
}

func TestIdsCountThemselvesAndAreNotUsedAgain(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		var got []int
		for _, text := range []string{"a", "b", "c"} {
			var id int
			err := db.Update(t.Context(), func(tx *sql.Tx) error {
				if err := tx.QueryRowContext(t.Context(), `INSERT INTO note (text) VALUES ($1) RETURNING id`, text).Scan(&id); err != nil {
					return err
				}
				_, err := tx.ExecContext(t.Context(), `DELETE FROM note WHERE text = $1`, text)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, id)
		}
		if diff := cmp.Diff([]int{1, 2, 3}, got); diff != "" {
			t.Errorf("ids (-want +got):\n%s", diff)
		}
	})
}

func TestProcessesThatStartTogetherMigrateOnce(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				db, err := store.Open(t.Context(), url, notes)
				if err != nil {
					t.Error(err)
					return
				}
				defer db.Close()
				if err := db.Ping(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
}

// texts asks for a column of texts.
func texts(t *testing.T, q store.Querier, query string) []string {
	t.Helper()
	rows, err := q.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
