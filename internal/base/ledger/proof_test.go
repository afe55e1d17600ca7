package ledger_test

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"giaoban/internal/base/ledger"
)

// stored is a tree of proofs as tlog makes it of records, all at once.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		list[i] = s[index]
	}
	return list, nil
}

// records are the texts whose hashes are the leaves, written here once more as
// the package's documentation describes them.
func (w *world) records() []string {
	w.Helper()
	rows, err := w.DB().Reader().QueryContext(w.Context(), `SELECT e.position, e.time, e.actor, e.unit, e.kind, e.subject, p.salt, p.payload
		FROM event e JOIN event_payload p ON p.position = e.position ORDER BY e.position`)
	w.ok(err)
	defer rows.Close()
	var list []string
	for rows.Next() {
		var position, at, unit int64
		var actor, kind, subject, payload string
		var salt []byte
		w.ok(rows.Scan(&position, &at, &actor, &unit, &kind, &subject, &salt, &payload))
		if len(salt) != 16 {
			w.Errorf("event %d has %d bytes of salt, want 16", position, len(salt))
		}
		list = append(list, fmt.Sprintf("giaoban/event/1\n%d\n%d\n%s\n%d\n%s\n%s\n%x",
			position, at, actor, unit, kind, subject, sha256.Sum256(append(salt, payload...))))
	}
	w.ok(rows.Err())
	return list
}

// allAtOnce computes the tree of records.
func allAtOnce(t rapid.TB, records []string) stored {
	var tree stored
	for i, record := range records {
		more, err := tlog.StoredHashes(int64(i), []byte(record), tree)
		if err != nil {
			t.Fatal(err)
		}
		tree = append(tree, more...)
	}
	return tree
}

// hashes are the stored hashes of the tree.
func (w *world) hashes() []tlog.Hash {
	w.Helper()
	rows, err := w.DB().Reader().QueryContext(w.Context(), `SELECT hash FROM ledger_hash ORDER BY id`)
	w.ok(err)
	defer rows.Close()
	var list []tlog.Hash
	for rows.Next() {
		var hash []byte
		w.ok(rows.Scan(&hash))
		list = append(list, tlog.Hash(hash))
	}
	w.ok(rows.Err())
	return list
}

// root checks a checkpoint's signature and gives its root.
func (w *world) root(t rapid.TB, checkpoint string) tlog.Tree {
	signed, err := note.Open([]byte(checkpoint), note.VerifierList(w.key.Verifier))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(signed.Text, "\n")
	tree := tlog.Tree{}
	if _, err := fmt.Sscan(lines[1], &tree.N); err != nil {
		t.Fatal(err)
	}
	if tree.Hash, err = tlog.ParseHash(lines[2]); err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestATreeGrownInStepsIsTheTreeMadeAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const size = 150
		w.append(size)
		records := w.records()
		rapid.Check(t, func(t *rapid.T) {
			steps := rapid.SliceOfN(rapid.Int64Range(1, size), 1, 6).Draw(t, "steps")
			w.run(`DELETE FROM ledger_hash`, `DELETE FROM ledger_checkpoint`)
			for _, position := range steps {
				w.grow(w.key, position)
			}
			covered := slices.Max(steps)
			want := allAtOnce(t, records[:covered])
			if diff := cmp.Diff([]tlog.Hash(want), w.hashes()); diff != "" {
				t.Fatalf("hashes of the tree (-want +got):\n%s", diff)
			}
			root, err := tlog.TreeHash(covered, want)
			if err != nil {
				t.Fatal(err)
			}
			q := w.DB().Reader()
			checkpoint, err := ledger.Checkpoint(w.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tlog.Tree{N: covered, Hash: root}, w.root(t, checkpoint)); diff != "" {
				t.Fatalf("the signed tree (-want +got):\n%s", diff)
			}
			position := rapid.Int64Range(1, size).Draw(t, "proven")
			proof, ok, err := ledger.Prove(w.Context(), q, position)
			if err != nil || ok != (position <= covered) {
				t.Fatalf("proving event %d under %d gives %v, %v", position, covered, ok, err)
			}
			if !ok {
				return
			}
			if diff := cmp.Diff(records[position-1], proof.Record); diff != "" {
				t.Fatalf("the record of event %d (-want +got):\n%s", position, diff)
			}
			if err := tlog.CheckRecord(proof.Path, covered, root, position-1, tlog.RecordHash([]byte(proof.Record))); err != nil {
				t.Fatalf("the proof of event %d does not hold: %v", position, err)
			}
			if result := w.verify(nil); result.Covered != covered || result.Findings != nil {
				t.Fatalf("verification found %+v, want %d covered and nothing wrong", result, covered)
			}
		})
	})
}

func TestThereIsNoProofBeforeACheckpoint(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.append(3)
		q := w.DB().Reader()
		for _, position := range []int64{1, 4} {
			if _, ok, err := ledger.Prove(w.Context(), q, position); ok || err != nil {
				t.Errorf("a proof of event %d: %v, %v", position, ok, err)
			}
		}
		if checkpoint, err := ledger.Checkpoint(w.Context(), q); checkpoint != "" || err != nil {
			t.Errorf("the checkpoint is %q, %v; want none", checkpoint, err)
		}
		if size, err := ledger.TreeSize(w.Context(), q); size != 0 || err != nil {
			t.Errorf("the tree covers %d, %v; want 0", size, err)
		}
		w.grow(w.key, 2)
		if size, err := ledger.TreeSize(w.Context(), q); size != 2 || err != nil {
			t.Errorf("the tree covers %d, %v; want 2", size, err)
		}
	})
}

func TestTheTreeDoesNotGrowOverEventsThatAreNotThere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.append(3)
		err := w.DB().Update(w.Context(), func(tx *sql.Tx) error { return ledger.Grow(w.Context(), tx, w.key.Signer, 4) })
		if err == nil {
			t.Error("the tree grew over an event that is not in the log")
		}
	})
}

func TestNoProofIsGivenOutForAnAlteredEvent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.append(9)
		w.grow(w.key, 9)
		w.run(`UPDATE event_payload SET payload = '{"n":99}' WHERE position = 5`)
		for position, altered := range map[int64]bool{4: false, 5: true, 6: false} {
			_, ok, err := ledger.Prove(w.Context(), w.DB().Reader(), position)
			if ok == altered || (err != nil) != altered {
				t.Errorf("a proof of event %d: %v, %v; it was altered: %v", position, ok, err, altered)
			}
		}
	})
}

func TestOfOneHourTheLastCheckpointIsKept(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, minutes := range []int{0, 20, 59, 60, 61, 190} {
			w.clock.Set(morning.Add(time.Duration(minutes) * time.Minute))
			w.grow(w.key, w.append(1))
		}
		rows, err := w.DB().Reader().QueryContext(w.Context(), `SELECT size FROM ledger_checkpoint ORDER BY size`)
		w.ok(err)
		defer rows.Close()
		var sizes []int
		for rows.Next() {
			var size int
			w.ok(rows.Scan(&size))
			sizes = append(sizes, size)
		}
		w.ok(rows.Err())
		if diff := cmp.Diff([]int{3, 5, 6}, sizes); diff != "" {
			t.Errorf("sizes of checkpoints (-want +got):\n%s", diff)
		}
	})
}
