package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
)

// notes is a schema with one table, as a part brings it.
var notes = schema("0001_note.sql", `CREATE TABLE note (id ROWID_KEY, text TEXT NOT NULL UNIQUE)`)

// schema is a part's migrations: names and statements in turn.
func schema(files ...string) fstest.MapFS {
	s := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		s["schema/"+files[i]] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + files[i+1] + ";\n")}
	}
	return s
}

// open opens the database with the table note.
func open(t *testing.T, url string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), url, notes)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// write inserts a note in a transaction of its own.
func write(ctx context.Context, db *store.DB, text string) error {
	return db.Update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO note (text) VALUES ($1)`, text)
		return err
	})
}

// number asks for a single number.
func number(t *testing.T, q store.Querier, query string, args ...any) int {
	t.Helper()
	var n int
	if err := q.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestUpdateCommitsWhatSucceeds(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		if err := write(t.Context(), db, "Bắc Ninh"); err != nil {
			t.Fatal(err)
		}
		if got := number(t, db.Reader(), `SELECT COUNT(*) FROM note WHERE text = $1`, "Bắc Ninh"); got != 1 {
			t.Errorf("%d rows after the commit, want 1", got)
		}
	})
}

func TestUpdateUndoesWhatFails(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		broken := errors.New("broken")
		insert := func(tx *sql.Tx) {
			if _, err := tx.ExecContext(t.Context(), `INSERT INTO note (text) VALUES ('x')`); err != nil {
				t.Error(err)
			}
		}

		if err := db.Update(t.Context(), func(tx *sql.Tx) error { insert(tx); return broken }); !errors.Is(err, broken) {
			t.Errorf("Update gave %v, want the function's own error", err)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			// It panics; there is no error to look at.
			_ = db.Update(t.Context(), func(tx *sql.Tx) error { insert(tx); panic(broken) })
		}()
		ctx, cancel := context.WithCancel(t.Context())
		if err := db.Update(ctx, func(tx *sql.Tx) error { insert(tx); cancel(); return nil }); err == nil {
			t.Error("a transaction whose context ended succeeded")
		}

		if got := number(t, db.Reader(), `SELECT COUNT(*) FROM note`); got != 0 {
			t.Errorf("%d rows after an error, a panic and an end, want none", got)
		}
		if err := write(t.Context(), db, "x"); err != nil {
			t.Errorf("the next transaction fails: %v", err)
		}
	})
}

func TestViewCannotWrite(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		for _, statement := range []string{
			`INSERT INTO note (text) VALUES ('x')`, `UPDATE note SET text = 'x'`, `DELETE FROM note`, `DROP TABLE note`,
		} {
			err := db.View(t.Context(), func(tx *sql.Tx) error {
				_, err := tx.ExecContext(t.Context(), statement)
				return err
			})
			if err == nil {
				t.Errorf("View did %s", statement)
			}
		}
	})
}

func TestViewSeesOneState(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		err := db.View(t.Context(), func(tx *sql.Tx) error {
			before := number(t, tx, `SELECT COUNT(*) FROM note`)
			if err := write(t.Context(), db, "meanwhile"); err != nil {
				return err
			}
			if after := number(t, tx, `SELECT COUNT(*) FROM note`); after != before {
				t.Errorf("%d rows, then %d in one view", before, after)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := number(t, db.Reader(), `SELECT COUNT(*) FROM note`); got != 1 {
			t.Errorf("%d rows afterwards, want 1", got)
		}
	})
}

func TestManyWritersAndReadersDoNotDisturbEachOther(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		// The second stands for another process, as a command beside a server.
		dbs := []*store.DB{open(t, url), open(t, url)}
		const writers, each = 16, 20
		var all sync.WaitGroup
		for w := range writers {
			db := dbs[w%2]
			all.Go(func() {
				for i := range each {
					if err := write(t.Context(), db, string(rune('a'+w))+"-"+string(rune('a'+i))); err != nil {
						t.Errorf("writer %d: %v", w, err)
					}
				}
			})
			all.Go(func() {
				for range each {
					if err := db.View(t.Context(), func(tx *sql.Tx) error {
						return tx.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM note`).Scan(new(int))
					}); err != nil {
						t.Errorf("reader %d: %v", w, err)
					}
				}
			})
		}
		all.Wait()
		if got := number(t, dbs[0].Reader(), `SELECT COUNT(*) FROM note`); got != writers*each {
			t.Errorf("%d rows, want %d", got, writers*each)
		}
	})
}

func TestErrorsOfBothEnginesAreToldApart(t *testing.T) {
	tables := schema("0001_table.sql", `CREATE TABLE note (id ROWID_KEY, text TEXT NOT NULL UNIQUE);
		CREATE TABLE slot (unit BIGINT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (unit, day));
		INSERT INTO note (id, text) VALUES (7, 'taken');
		INSERT INTO slot (unit, day) VALUES (1, '2020-07-10')`)
	enginetest.Each(t, func(t *testing.T, url string) {
		db, err := store.Open(t.Context(), url, tables)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, c := range []struct {
			statement string
			unique    bool
		}{
			{`INSERT INTO note (text) VALUES ('taken')`, true},
			{`INSERT INTO note (id, text) VALUES (7, 'free')`, true},
			{`INSERT INTO slot (unit, day) VALUES (1, '2020-07-10')`, true},
			{`INSERT INTO note (text) VALUES (NULL)`, false},
			{`INSERT INTO nowhere (text) VALUES ('x')`, false},
		} {
			err := db.Update(t.Context(), func(tx *sql.Tx) error {
				_, err := tx.ExecContext(t.Context(), c.statement)
				return err
			})
			if err == nil || store.Unique(err) != c.unique {
				t.Errorf("%s: Unique(%v) is %v, want an error and %v", c.statement, err, store.Unique(err), c.unique)
			}
		}
		err = db.Reader().QueryRowContext(t.Context(), `SELECT text FROM note WHERE id = 99`).Scan(new(string))
		if !store.Missing(err) || store.Unique(err) {
			t.Errorf("no row gives %v, Missing %v, Unique %v", err, store.Missing(err), store.Unique(err))
		}
		if store.Unique(nil) || store.Missing(nil) {
			t.Error("no error is an error")
		}
	})
}

func TestAFolderMayHaveAnyName(t *testing.T) {
	for _, name := range []string{"thư mục của tôi", "50% #1?", "a&b=c;d+e", `it's "here"`} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), name, "giaoban.db")
			if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			db := open(t, path)
			if err := write(t.Context(), db, "x"); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(path); err != nil {
				t.Errorf("the database is not where it was asked for: %v", err)
			}
			if got := number(t, db.Reader(), `SELECT COUNT(*) FROM note`); got != 1 {
				t.Errorf("the reader sees %d rows, want 1: it reads another file", got)
			}
		})
	}
}

func TestADatabaseThatCannotBeReachedIsNotOpened(t *testing.T) {
	for _, source := range []string{
		filepath.Join(t.TempDir(), "no such folder", "giaoban.db"),
		"postgres:///giaoban?host=" + t.TempDir(),
		"postgres://%zz",
	} {
		if db, err := store.Open(t.Context(), source, notes); err == nil {
			t.Errorf("%s was opened as %s", source, db.Engine())
		}
	}
}
