package ledger_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
)

var erasable = []ledger.Kind{"test.happened"}

func (w *world) erase(kinds []ledger.Kind, reason string, positions ...int64) error {
	_, err := w.Update(w.Context(), "person:1", func(tx *ledger.Tx) error {
		return tx.Erase(w.Context(), kinds, positions, reason)
	})
	return err
}

func TestAnErasedPayloadIsGoneAndTheLogStillVerifies(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.append(10)
		w.ok(w.erase(erasable, "đã rời tổ chức", 3, 7))
		w.ok(w.erase(erasable, "lần nữa", 3, 7, 8)) // 3 and 7 are gone already
		w.ok(w.erase(erasable, "không còn gì", 3, 99))
		w.grow(w.key, w.append(1))
		result := w.verify(nil)
		want := []ledger.ErasedEvent{{Position: 3, By: 11}, {Position: 7, By: 11}, {Position: 8, By: 12}}
		if diff := cmp.Diff(want, result.Erased); diff != "" || len(result.Findings) > 0 || result.Events != 13 || result.Covered != 13 {
			t.Errorf("verified: %+v (-want +got):\n%s", result, diff)
		}
		for _, e := range w.events() {
			if erased := e.Position == 3 || e.Position == 7 || e.Position == 8; erased != (e.Payload == nil) {
				t.Errorf("event %d has the payload %q", e.Position, e.Payload)
			}
		}
		proof, ok, err := ledger.Prove(w.Context(), w.DB().Reader(), 7)
		if err != nil || !ok || !strings.Contains(proof.Record, "\nperson:7\n") {
			t.Errorf("who did what is not proven any more: %+v, %v, %v", proof, ok, err)
		}
		if _, ok, err := ledger.MakeReceipt(w.Context(), w.DB().Reader(), 7); ok || err != nil {
			t.Errorf("an erased event has a receipt: %v, %v", ok, err)
		}
	})
}

func TestOnlyWhatIsDeclaredIsErasedAndOnlyWithAReason(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.append(3)
		if err := w.erase([]ledger.Kind{"test.other"}, "vì sao", 2); err == nil || len(fault.All(err)) > 0 {
			t.Errorf("an event of a kind that is not erasable: %v", err)
		}
		for reason, long := range map[string]int{"": 0, " ": 1, "x": 501} {
			if err := w.erase(erasable, strings.Repeat(reason, max(1, long)), 2); !fault.Is(err, fault.Invalid) {
				t.Errorf("the reason %q: %v", reason, err)
			}
		}
		if n := len(w.events()); n != 3 {
			t.Errorf("what was refused left %d events, want 3", n)
		}
		w.run(`UPDATE event_payload SET payload = '{"n":77}' WHERE position = 2`)
		if err := w.erase(erasable, "để giấu", 2); err == nil {
			t.Error("an altered event is erased: nobody would ever know")
		}
	})
}

func TestWhatIsErasedBehindTheProgramsBackIsFound(t *testing.T) {
	for name, c := range map[string]struct{ statement, want string }{
		"the payload alone":          {`DELETE FROM event_payload WHERE position = 5`, "verify.altered 5"},
		"with a hash that fits":      {"", "verify.unerased 4, verify.vanished 5, verify.altered 10"},
		"with a hash that does not":  {`INSERT INTO ledger_erasure (position, hash) SELECT 5, leaf FROM event WHERE position = 1`, "verify.altered 5"},
		"an erased one is put back":  {`INSERT INTO event_payload (position, salt, payload) SELECT 3, salt, payload FROM event_payload WHERE position = 4`, "verify.altered 3, verify.unerased 3"},
		"the hash of an erased one":  {`DELETE FROM ledger_erasure WHERE position = 3`, "verify.altered 3, verify.unerased 3"},
		"the hash of one, exchanged": {`UPDATE ledger_erasure SET hash = (SELECT leaf FROM event WHERE position = 1)`, "verify.altered 3, verify.unerased 3"},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				w.append(8)
				w.ok(w.erase(erasable, "đã rời", 3))
				if strings.HasPrefix(name, "with a hash") {
					w.exchange(c.statement)
				} else {
					w.run(c.statement)
				}
				w.grow(w.key, 9)
				result := w.verify(nil)
				var got []string
				for _, f := range result.Findings {
					got = append(got, fmt.Sprint(f.What, " ", f.Position))
				}
				if strings.Join(got, ", ") != c.want {
					t.Errorf("found %v, want %s", got, c.want)
				}
			})
		})
	}
}

// exchange takes event 5's payload away and leaves a hash: one that fits when
// statement is "".
func (w *world) exchange(statement string) {
	w.Helper()
	if statement == "" {
		w.ok(w.erase(erasable, "sẽ mất", 5))
		w.run(`UPDATE event_payload SET payload = '{"positions":[4],"reason":"x"}' WHERE position = 10`)
		_, err := w.Update(context.WithoutCancel(w.Context()), "person:1", func(*ledger.Tx) error { return nil })
		w.ok(err)
		return
	}
	w.run(`DELETE FROM event_payload WHERE position = 5`, statement)
}
