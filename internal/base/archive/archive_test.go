package archive_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"giaoban/internal/base/archive"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/enginetest"
)

// The child's name comes before its parent's: it must be restored after it.
var schema = fstest.MapFS{"schema/0001_all.sql": {Data: []byte(`-- +goose Up
CREATE TABLE parent (id ROWID_KEY, name TEXT, content BYTEA, is_good BOOLEAN NOT NULL, "order" BIGINT);
CREATE TABLE child (parent_id BIGINT NOT NULL REFERENCES parent (id), word TEXT NOT NULL, PRIMARY KEY (word, parent_id));
CREATE TABLE empty (id INTEGER PRIMARY KEY);`)}}

func open(t *testing.T, url string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), url, schema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// words sort differently by bytes than by the Vietnamese alphabet.
var words = []string{"B", "a", "đ", "e", "Z", "ă", "", "\n\"\\", "z"}

func fill(t *testing.T, db *store.DB) {
	t.Helper()
	err := db.Update(t.Context(), func(tx *sql.Tx) error {
		for i := range 300 {
			var name any = words[i%len(words)]
			if i%10 == 3 {
				name = nil
			}
			_, err := tx.ExecContext(t.Context(), `INSERT INTO parent (name, content, is_good, "order") VALUES ($1, $2, $3, $4)`,
				name, bytes.Repeat([]byte{byte(i)}, 9000), i%2 == 0, i)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(t.Context(), `INSERT INTO child VALUES ($1, $2)`, 1+i/2, words[i%len(words)]); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(t.Context(), `DELETE FROM parent WHERE id > 290`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// write makes an archive of a database with two files.
func write(t *testing.T, db *store.DB) []byte {
	t.Helper()
	var b bytes.Buffer
	err := db.View(t.Context(), func(tx *sql.Tx) error {
		w, err := archive.NewWriter(t.Context(), &b, db, tx, archive.Header{Program: "test", Made: time.Unix(1, 0).UTC(), Position: 7})
		if err != nil {
			return err
		}
		var heard int64
		if err := w.Tables(t.Context(), db, tx, func(rows int64) { heard = rows }); err != nil {
			return err
		}
		if heard != w.Header().Rows {
			t.Errorf("progress ends at %d rows of %d", heard, w.Header().Rows)
		}
		files := fstest.MapFS{"ledger.key": {Data: []byte("secret")}, "files/ab/cd": {Data: bytes.Repeat([]byte("x"), 100_000)}}
		for _, path := range []string{"ledger.key", "files/ab/cd"} {
			content, err := files.Open(path)
			if err != nil {
				return err
			}
			about, err := content.Stat()
			if err != nil {
				return err
			}
			if err := w.File(path, about, content); err != nil {
				return err
			}
		}
		return w.Close()
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read restores an archive into an empty database and gives its header, its
// manifest and its files.
func read(t *testing.T, content []byte, url string) (archive.Header, archive.Manifest, map[string]string) {
	t.Helper()
	var db *store.DB
	var header archive.Header
	files := map[string]string{}
	manifest, err := archive.Read(bytes.NewReader(content), archive.Contents{
		Header: func(h archive.Header) (err error) {
			header = h
			db, err = store.Build(t.Context(), url, h.Schema, schema)
			return err
		},
		Rows: func(table archive.Table, rows [][]any) error { return db.Insert(t.Context(), table.Table, rows) },
		File: func(path string, _ int64, content io.Reader) error {
			b, err := io.ReadAll(content)
			files[path] = string(b)
			return err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range header.Tables {
		if table.Counted {
			if err := db.SetCounter(t.Context(), table.Table, table.Last); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return header, manifest, files
}

func TestAnArchiveIsTheSameWhicheverEngineItPassed(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, from string) {
		source := open(t, from)
		fill(t, source)
		first := write(t, source)
		enginetest.Each(t, func(t *testing.T, to string) {
			header, manifest, files := read(t, first, to)
			if files["ledger.key"] != "secret" || len(files["files/ab/cd"]) != 100_000 || len(files) != 2 {
				t.Errorf("files: %d, want the two that were written", len(files))
			}
			restored := open(t, to)
			again := write(t, restored)
			after := header
			sums, err := archive.Read(bytes.NewReader(again), nothing(&after))
			if err != nil {
				t.Fatal(err)
			}
			after.Engine = header.Engine
			if diff := cmp.Diff(header, after, cmpopts.IgnoreUnexported(store.Table{})); diff != "" {
				t.Errorf("headers (-first +second):\n%s", diff)
			}
			if diff := cmp.Diff(manifest, sums); diff != "" {
				t.Errorf("manifests (-first +second):\n%s", diff)
			}
			// Row 300 is gone and its number is not given again.
			var next int
			err = restored.Update(t.Context(), func(tx *sql.Tx) error {
				return tx.QueryRowContext(t.Context(), `INSERT INTO parent (is_good) VALUES (TRUE) RETURNING id`).Scan(&next)
			})
			if err != nil || next != 301 {
				t.Errorf("the next number is %d (%v), want 301", next, err)
			}
		})
	})
}

// nothing reads an archive and keeps its header alone.
func nothing(header *archive.Header) archive.Contents {
	return archive.Contents{
		Header: func(h archive.Header) error { *header = h; return nil },
		Rows:   func(archive.Table, [][]any) error { return nil },
		File: func(_ string, _ int64, content io.Reader) error {
			_, err := io.Copy(io.Discard, content)
			return err
		},
	}
}

func TestAnArchiveThatIsCutOrAlteredIsRefused(t *testing.T) {
	db := open(t, t.TempDir()+"/giaoban.db")
	fill(t, db)
	whole := write(t, db)
	sums, err := archive.Read(bytes.NewReader(whole), nothing(new(archive.Header)))
	if err != nil {
		t.Fatal(err)
	}
	seed := uint64(20200710)
	random := rand.New(rand.NewPCG(seed, 1))
	n := count.Of(60, 3000)
	t.Logf("%d cuts and %d altered bytes of %d, seed %d", n, n, len(whole), seed)
	for range n {
		var h archive.Header
		at := random.IntN(len(whole))
		if _, err := archive.Read(bytes.NewReader(whole[:at]), nothing(&h)); !refused(err, "archive.cut", "archive.foreign") {
			t.Errorf("cut at byte %d of %d: %v", at, len(whole), err)
		}
		altered := bytes.Clone(whole)
		altered[at] ^= 1 << random.IntN(8)
		// A few bits mean nothing to the decompression: what is read is the same.
		got, err := archive.Read(bytes.NewReader(altered), nothing(&h))
		if err == nil && cmp.Equal(sums, got) {
			continue
		}
		if !refused(err, "archive.cut", "archive.foreign", "archive.damaged", "archive.newer") {
			t.Errorf("altered at byte %d of %d: %v", at, len(whole), err)
		}
	}
}

func refused(err error, keys ...string) bool {
	var f *fault.Error
	return errors.As(err, &f) && strings.Contains(fmt.Sprint(keys), f.Key)
}

func TestAPathOutOfTheDirectoryIsRefused(t *testing.T) {
	db := open(t, t.TempDir()+"/giaoban.db")
	for _, path := range []string{"../x", "/x", "a/../../x", "a//b", "."} {
		var b bytes.Buffer
		err := db.View(t.Context(), func(tx *sql.Tx) error {
			w, err := archive.NewWriter(t.Context(), &b, db, tx, archive.Header{})
			if err != nil {
				return err
			}
			if err := w.Tables(t.Context(), db, tx, func(int64) {}); err != nil {
				return err
			}
			about, err := fs.Stat(fstest.MapFS{"x": {Data: []byte("x")}}, "x")
			if err != nil {
				return err
			}
			return errors.Join(w.File(path, about, strings.NewReader("x")), w.Close())
		})
		if err != nil {
			t.Fatal(err)
		}
		var h archive.Header
		if _, err := archive.Read(&b, nothing(&h)); !refused(err, "archive.damaged") {
			t.Errorf("a file named %q: %v", path, err)
		}
	}
}
