package file_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
)

func TestOnlyWhatNobodyNamedForADayIsSweptAway(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db, err := store.Open(t.Context(), url, ledger.Schema, file.Schema)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		data := t.TempDir()
		folder, err := file.OpenFolder(data)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2020, 7, 10, 1, 0, 0, 0, time.UTC)
		old := now.Add(-file.Grace - time.Minute)
		log := ledger.Open(db, clock.NewManual(now))
		take := func(words string, at time.Time, save bool) file.Upload {
			t.Helper()
			upload, err := folder.Take("a.pdf", bytes.NewReader(append(bytes.Clone(pdf), words...)))
			if err != nil {
				t.Fatal(err)
			}
			if save {
				_, err = log.Update(t.Context(), "test", func(tx *ledger.Tx) error {
					_, err := file.Save(t.Context(), tx, upload, marking.Marks{}, 1, 1)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chtimes(filepath.Join(data, file.Place(upload.Hash())), at, at); err != nil {
				t.Fatal(err)
			}
			return upload
		}
		kept, young, orphan := take("kept", old, true), take("young", now, false), take("orphan", old, false)
		lost := take("lost", old, true)
		if err := os.Remove(filepath.Join(data, file.Place(lost.Hash()))); err != nil {
			t.Fatal(err)
		}
		broken := filepath.Join(data, "files", "incoming-1")
		if err := os.WriteFile(broken, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(broken, old, old); err != nil {
			t.Fatal(err)
		}

		s, err := file.Inspect(t.Context(), db.Reader(), data, now)
		if err != nil || s.Stored != 2 || len(s.Orphans) != 2 || len(s.Missing) != 1 || s.Missing[0] != lost.Hash() {
			t.Errorf("the folder is %+v (%v), want 2 stored, 2 orphans, and %s missing", s, err, lost.Hash())
		}
		removed, err := folder.Sweep(t.Context(), db, now)
		if err != nil || removed != 2 {
			t.Errorf("%d files were swept away (%v), want the orphan and the half", removed, err)
		}
		for path, want := range map[string]bool{
			file.Place(kept.Hash()): true, file.Place(young.Hash()): true, file.Place(orphan.Hash()): false, "files/incoming-1": false,
		} {
			_, err := os.Stat(filepath.Join(data, path))
			if got := err == nil; got != want {
				t.Errorf("%s is there: %v, want %v", path, got, want)
			}
		}

		// What is sent again is young again.
		if err := os.Chtimes(filepath.Join(data, file.Place(young.Hash())), old, old); err != nil {
			t.Fatal(err)
		}
		take("young", now, false)
		if removed, err := folder.Sweep(t.Context(), db, now); removed != 0 || err != nil {
			t.Errorf("%d files were swept away (%v), want none", removed, err)
		}
	})
}
