package ledger_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/tlog"

	"giaoban/internal/base/ledger"
)

// edit is what somebody does to the log of [world.recorded] behind the
// program's back, and what verification must say of it.
type edit struct {
	name    string
	do      func(*world)
	covered int64
	want    []ledger.Finding
}

// run is an edit by statements.
func run(statements ...string) func(*world) {
	return func(w *world) { w.Helper(); w.run(statements...) }
}

// found makes findings of positions and what was found there, in turn.
func found(list ...any) []ledger.Finding {
	var findings []ledger.Finding
	for i := 0; i < len(list); i += 2 {
		findings = append(findings, ledger.Finding{Position: int64(list[i].(int)), What: "verify." + list[i+1].(string)})
	}
	return findings
}

// rewrite puts another payload into an event together with the leaf that goes
// with it, as somebody would who knows how leaves are made.
func rewrite(position int, payload string) func(*world) {
	return func(w *world) {
		w.Helper()
		var salt []byte
		w.ok(w.DB().Reader().QueryRowContext(w.Context(), `SELECT salt FROM event_payload WHERE position = $1`, position).Scan(&salt))
		e := w.events()[position-1]
		leaf := tlog.RecordHash(fmt.Appendf(nil, "giaoban/event/1\n%d\n%d\n%s\n%d\n%s\n%s\n%x",
			e.Position, e.Time.UnixMicro(), e.Actor, e.Unit, e.Kind, e.Subject, sha256.Sum256(append(salt, payload...))))
		w.run(fmt.Sprintf(`UPDATE event_payload SET payload = '%s' WHERE position = %d`, payload, position))
		w.setHash("event", "leaf", "position", int64(position), leaf[:])
	}
}

// setHash writes a hash into a row.
func (w *world) setHash(table, column, key string, is int64, hash []byte) {
	w.Helper()
	value := "x'" + hex.EncodeToString(hash) + "'"
	if w.DB().Engine() == "postgres" {
		value = `'\x` + hex.EncodeToString(hash) + "'"
	}
	w.run(fmt.Sprintf(`UPDATE %s SET %s = %s WHERE %s = %d`, table, column, value, key, is))
}

// hash writes a hash into the stored tree, where level and n name.
func hash(level int, n int64, value []byte) func(*world) {
	return func(w *world) {
		w.Helper()
		w.setHash("ledger_hash", "hash", "id", tlog.StoredHashIndex(level, n), value)
	}
}

// all does several edits.
func all(edits ...func(*world)) func(*world) {
	return func(w *world) {
		w.Helper()
		for _, do := range edits {
			do(w)
		}
	}
}

// regrow makes the tree anew from leaves as they stand now, and signs it.
func regrow(w *world) {
	w.Helper()
	w.run(`DELETE FROM ledger_hash`, `DELETE FROM ledger_checkpoint`)
	for _, size := range []int64{40, 70, 100} {
		w.grow(w.key, size)
	}
}

// anotherKey takes the newest checkpoint away and has another key sign it.
func anotherKey(w *world) {
	w.Helper()
	other, err := ledger.LoadKey(w.TempDir())
	w.ok(err)
	w.run(`DELETE FROM ledger_checkpoint WHERE size = 100`, fmt.Sprintf(`DELETE FROM ledger_hash WHERE id >= %d`, tlog.StoredHashCount(70)))
	w.grow(other, 100)
}

var other = make([]byte, tlog.HashSize) // a hash of nothing

var edits = []edit{
	{"nothing", run(), 100, nil},

	// One event, in each of its parts.
	{"a payload", run(`UPDATE event_payload SET payload = '{"n":99}' WHERE position = 57`), 40, found(57, "altered")},
	{"a space in a payload", run(`UPDATE event_payload SET payload = payload || ' ' WHERE position = 57`), 40, found(57, "altered")},
	{"a payload away", run(`DELETE FROM event_payload WHERE position = 57`), 100, found(57, "altered")},
	{"the salt", run(`UPDATE event_payload SET salt = (SELECT salt FROM event_payload WHERE position = 58) WHERE position = 57`), 40, found(57, "altered")},
	{"later", run(`UPDATE event SET time = time + 1 WHERE position = 57`), 40, found(57, "altered", 58, "time")},
	{"earlier", run(`UPDATE event SET time = time - 1 WHERE position = 57`), 40, found(57, "altered", 57, "time")},
	{"the actor", run(`UPDATE event SET actor = 'person:8' WHERE position = 57`), 40, found(57, "altered")},
	{"the unit", run(`UPDATE event SET unit = unit + 1 WHERE position = 57`), 40, found(57, "altered")},
	{"the kind", run(`UPDATE event SET kind = 'test.undone' WHERE position = 57`), 40, found(57, "altered")},
	{"the subject", run(`UPDATE event SET subject = 'test:99' WHERE position = 57`), 40, found(57, "altered")},
	{"a line moved from kind to subject", run(`UPDATE event SET kind = 'test', subject = 'happened' WHERE position = 57`), 40, found(57, "altered")},
	{"the leaf", func(w *world) { w.setHash("event", "leaf", "position", 57, other) }, 100, found(57, "altered")},
	{"the leaf, cut short", func(w *world) { w.setHash("event", "leaf", "position", 57, other[:7]) }, 100, found(57, "altered")},
	{"the first event", run(`UPDATE event SET actor = 'person:8' WHERE position = 1`), 0, found(1, "altered")},
	{"the last event", run(`UPDATE event SET actor = 'person:8' WHERE position = 105`), 100, found(105, "altered")},
	{"two events", run(`UPDATE event SET actor = 'person:8' WHERE position IN (80, 57)`), 40, found(57, "altered")},

	// An event with all that hangs on it.
	{"a payload and its leaf", rewrite(57, `{"n":99}`), 40, found(57, "altered")},
	{"a payload that is no JSON, and its leaf", rewrite(58, `n`), 40, found(58, "altered")},
	{"two: the later by its payload, the earlier with its leaf", all(rewrite(57, `{"n":99}`),
		run(`UPDATE event_payload SET payload = '{"n":99}' WHERE position = 80`)), 40, found(57, "altered")},
	{
		"a payload, its leaf and that in the tree", all(rewrite(57, `{"n":99}`),
			run(fmt.Sprintf(`UPDATE ledger_hash SET hash = (SELECT leaf FROM event WHERE position = 57) WHERE id = %d`, tlog.StoredHashIndex(0, 56)))),
		40, found(57, "tree", 70, "checkpoint"),
	},
	{"a payload, its leaf and the whole tree", all(rewrite(57, `{"n":99}`), regrow,
		func(w *world) { w.restore("ledger_checkpoint") }), 40, found(70, "checkpoint")},
	{"a payload, its leaf, the tree and a checkpoint signed by another", all(rewrite(80, `{"n":99}`), anotherKey), 70, found(100, "signature")},

	// The order of events.
	{"two events swapped", run(`UPDATE event SET position = -1 WHERE position = 57`, `UPDATE event SET position = 57 WHERE position = 61`,
		`UPDATE event SET position = 61 WHERE position = -1`), 40, found(57, "altered")},
	{"two payloads swapped", run(`UPDATE event_payload SET position = -1 WHERE position = 57`, `UPDATE event_payload SET position = 57 WHERE position = 61`,
		`UPDATE event_payload SET position = 61 WHERE position = -1`), 40, found(57, "altered")},
	{"an event away", run(`DELETE FROM event WHERE position = 57`), 40, found(57, "missing")},
	{"an event away, the others moved up", run(`DELETE FROM event WHERE position = 57`, `DELETE FROM event_payload WHERE position = 57`,
		`UPDATE event SET position = 1 - position WHERE position > 57`, `UPDATE event SET position = -position WHERE position < 0`,
		`UPDATE event_payload SET position = 1 - position WHERE position > 57`, `UPDATE event_payload SET position = -position WHERE position < 0`,
		`UPDATE ledger_head SET position = 104`), 40, found(57, "altered")},
	{"the first event away", run(`DELETE FROM event WHERE position = 1`), 0, found(1, "missing")},
	{"the last event away", run(`DELETE FROM event WHERE position = 105`), 100, found(105, "missing")},
	{"the last events away, and the head moved back", run(`DELETE FROM event WHERE position > 90`,
		`UPDATE ledger_head SET position = 90, time = (SELECT MAX(time) FROM event)`), 70, found(91, "missing")},
	{"all events away", run(`DELETE FROM event`), 0, found(1, "missing")},
	{"an event put on behind", all(run(`INSERT INTO event SELECT 106, time, actor, unit, kind, subject, leaf FROM event WHERE position = 105`,
		`INSERT INTO event_payload SELECT 106, salt, payload FROM event_payload WHERE position = 105`),
		rewrite(106, `{"n":99}`)), 100, found(106, "added")},
	{"an event put in front", run(`INSERT INTO event SELECT 0, time, actor, unit, kind, subject, leaf FROM event WHERE position = 1`), 100, found(0, "added")},
	{"an event put in between", run(`UPDATE event SET position = -position - 1 WHERE position > 57`, `UPDATE event SET position = -position WHERE position < 0`,
		`UPDATE event_payload SET position = -position - 1 WHERE position > 57`, `UPDATE event_payload SET position = -position WHERE position < 0`,
		`INSERT INTO event SELECT 58, time, actor, unit, kind, subject, leaf FROM event WHERE position = 57`,
		`INSERT INTO event_payload SELECT 58, salt, payload FROM event_payload WHERE position = 57`,
		`UPDATE ledger_head SET position = 106`), 40, found(58, "altered")},
	{"the head forward", run(`UPDATE ledger_head SET position = position + 1`), 100, found(106, "missing")},
	{"the head back", run(`UPDATE ledger_head SET position = position - 1`), 100, found(105, "added")},
	{"the head's time", run(`UPDATE ledger_head SET time = time - 1`), 100, found(105, "time")},

	// The tree and its checkpoints.
	{"a leaf of the tree", hash(0, 56, other), 100, found(57, "tree")},
	{"a leaf of the tree, cut short", hash(0, 56, other[:7]), 100, found(57, "tree")},
	{"a hash inside the tree", hash(2, 14, other), 100, found(57, "tree")},
	{"a leaf and its twin in the tree", all(rewrite(57, `{"n":99}`), hash(0, 56, other)), 40, found(57, "altered")},
	{"a hash of the tree away", run(fmt.Sprintf(`DELETE FROM ledger_hash WHERE id = %d`, tlog.StoredHashIndex(1, 28))), 100, found(57, "tree")},
	{"the last hash of the tree away", run(fmt.Sprintf(`DELETE FROM ledger_hash WHERE id = %d`, tlog.StoredHashCount(100)-1)), 100, found(97, "tree")},
	{"the whole tree away", run(`DELETE FROM ledger_hash`), 100, found(1, "tree")},
	{"a hash put on behind the tree", run(fmt.Sprintf(`UPDATE ledger_hash SET id = %d WHERE id = 0`, tlog.StoredHashCount(105))), 100, found(1, "tree")},
	{"a checkpoint's text", run(`UPDATE ledger_checkpoint SET note = REPLACE(note, '70', '71') WHERE size = 70`), 100, found(70, "signature")},
	{"the only checkpoint's text", run(`DELETE FROM ledger_checkpoint WHERE size < 100`,
		`UPDATE ledger_checkpoint SET note = 'giaoban' WHERE size = 100`), 0, found(100, "signature")},
	{"a checkpoint's size", run(`UPDATE ledger_checkpoint SET size = 71 WHERE size = 70`), 100, found(71, "checkpoint")},
	{"a checkpoint signed by another key", anotherKey, 70, found(100, "signature")},
	{"the newest checkpoint away", run(`DELETE FROM ledger_checkpoint WHERE size = 100`), 70, found(71, "tree")},
	{"all checkpoints away", run(`DELETE FROM ledger_checkpoint`), 0, found(1, "tree")},

	// What cannot be seen from inside the database.
	{"an older checkpoint away", run(`DELETE FROM ledger_checkpoint WHERE size = 40`), 100, nil},
	{"a payload that nothing covers yet, and its leaf", rewrite(103, `{"n":99}`), 100, nil},
	{"everything, signed by the program's own key", all(rewrite(57, `{"n":99}`), regrow), 100, nil},
}

func TestWhatIsEditedBehindTheProgramsBackIsNamed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.recorded()
		w.keep()
		for _, edit := range edits {
			edit.do(w)
			result := w.verify(nil)
			if diff := cmp.Diff(edit.want, result.Findings); diff != "" {
				t.Errorf("%s: findings (-want +got):\n%s", edit.name, diff)
			}
			if result.Covered != edit.covered {
				t.Errorf("%s: %d events are covered, want %d", edit.name, result.Covered, edit.covered)
			}
			w.restore(tables...)
		}
	})
}
