package ledger_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"giaoban/internal/base/ledger"
)

// oneLine is text that an event may be about or by: quotes, backslashes and what
// looks like a place of a statement are as good as letters.
var oneLine = rapid.StringMatching(`[ -~à-ỹĐđ'"\\$1%\x{10000}-\x{10fff}]{1,12}`)

// Each engine seals in its own way, PostgreSQL makes the leaf by itself: what
// verification computes from the rows is the leaf that stands beside them.
func TestWhateverAnEventSaysItsLeafProvesIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var sealed int64
		rapid.Check(t, func(t *rapid.T) {
			n := rapid.IntRange(1, 120).Draw(t, "events")
			last, err := w.Update(w.Context(), oneLine.Draw(t, "actor"), func(tx *ledger.Tx) error {
				for range n {
					tx.SetNow(morning.Add(time.Duration(rapid.Int64Range(-1e9, 1e9).Draw(t, "moved")) * time.Microsecond))
					payload, err := json.Marshal(rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "payload"))
					if err != nil {
						return err
					}
					err = tx.Append(ledger.New{
						Unit:    rapid.Int64().Draw(t, "unit"),
						Kind:    ledger.Kind(oneLine.Draw(t, "kind")),
						Subject: rapid.OneOf(rapid.Just(""), oneLine).Draw(t, "subject"),
						Payload: json.RawMessage(payload),
					})
					if err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if sealed += int64(n); last != sealed {
				t.Fatalf("the last position is %d, want %d", last, sealed)
			}
		})
		w.grow(w.key, sealed)
		if result := w.verify(nil); result.Findings != nil || result.Covered != sealed {
			t.Errorf("verification covered %d of %d and found %v", result.Covered, sealed, result.Findings)
		}
	})
}

// What fails at the commit itself has used no position.
func TestARefusedCommitLeavesNoGap(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.append(3)
		w.run(`INSERT INTO event_payload (position, salt, payload) VALUES (5, '', '')`)
		if last, err := w.Update(w.Context(), "person:7", func(tx *ledger.Tx) error {
			return errors.Join(tx.Append(happened(1)), tx.Append(happened(2)))
		}); err == nil || last != 0 {
			t.Errorf("a position that is taken gives %d, %v", last, err)
		}
		w.run(`DELETE FROM event_payload WHERE position = 5`)
		if last := w.append(2); last != 5 {
			t.Errorf("the last position is %d, want 5", last)
		}
		if findings := w.verify(nil).Findings; findings != nil {
			t.Errorf("verification found %v", findings)
		}
	})
}
