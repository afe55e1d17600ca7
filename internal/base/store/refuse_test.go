package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/pgtest"
)

// PostgreSQL itself says each of these words.
func TestWhatPostgreSQLSaysForTheMomentIsARefusal(t *testing.T) {
	db := open(t, pgtest.New(t))
	for _, c := range []struct{ code, key string }{
		{"53100", "store.full"},
		{"57P01", "store.away"},
		{"57P02", "store.away"},
		{"57P03", "store.away"},
		{"08006", "store.away"},
		{"53300", "store.away"},
		{"40P01", "store.busy"},
		{"55P03", "store.busy"},
		{"23505", ""},
		{"42601", ""},
		{"XX000", ""},
	} {
		err := db.Update(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.ExecContext(t.Context(), fmt.Sprintf(`DO $$ BEGIN RAISE EXCEPTION 'said' USING ERRCODE = '%s'; END $$`, c.code))
			return err
		})
		if err == nil || key(err) != c.key {
			t.Errorf("%s is %v, want %q", c.code, err, c.key)
		}
	}
}

func key(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Key
	}
	return ""
}

func TestAFullSQLiteIsARefusalAndKeepsWhatItHas(t *testing.T) {
	db := open(t, t.TempDir()+"/giaoban.db")
	if err := write(t.Context(), db, "before"); err != nil {
		t.Fatal(err)
	}
	err := db.Update(t.Context(), func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(t.Context(), `PRAGMA max_page_count = 1`); err != nil { // SQLite takes it as what there is
			return err
		}
		_, err := tx.ExecContext(t.Context(), `INSERT INTO note (text) VALUES ($1)`, strings.Repeat("x", 1<<20))
		return err
	})
	if key(err) != "store.full" {
		t.Errorf("writing gives %v, want a refusal that says full", err)
	}
	if got := texts(t, db.Reader(), `SELECT text FROM note`); len(got) != 1 || got[0] != "before" {
		t.Errorf("what is there: %q, want what was there before", got)
	}
}

func TestWhatIsNoOnesFaultButPassesIsTold(t *testing.T) {
	lite, post := open(t, t.TempDir()+"/giaoban.db"), open(t, pgtest.New(t))
	refused := fault.New(fault.TooLate, "some.key")
	for _, c := range []struct {
		name string
		db   *store.DB
		err  error
		want string
	}{
		{"no space for a file", lite, fmt.Errorf("writing: %w", syscall.ENOSPC), "store.full"},
		{"no quota", post, syscall.EDQUOT, "store.full"},
		{"a server that hung up", post, fmt.Errorf("reading: %w", io.ErrUnexpectedEOF), "store.away"},
		{"the same where there is no server", lite, io.ErrUnexpectedEOF, ""},
		{"a person who went away", post, fmt.Errorf("reading: %w", context.Canceled), ""},
		{"a limit of time", post, context.DeadlineExceeded, ""},
		{"a fault", post, refused, "some.key"},
		{"a mistake", post, errors.New("no such thing"), ""},
	} {
		if got := c.db.Refusal(c.err); key(got) != c.want {
			t.Errorf("%s: %v, want %q", c.name, got, c.want)
		}
	}
	if err := lite.Refusal(nil); err != nil {
		t.Errorf("nothing is refused with %v", err)
	}
}
