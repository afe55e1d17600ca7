package ledger_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"giaoban/internal/base/ledger"
)

func TestAnEventStandsInTheLogAsItWasAppended(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		last, err := w.Update(w.Context(), "person:7", func(tx *ledger.Tx) error {
			if err := tx.Append(ledger.New{Unit: 3, Kind: "report.submitted", Subject: "report:1", Payload: map[string]any{"n": 1}}); err != nil {
				return err
			}
			tx.As("program")
			return tx.Append(ledger.New{Kind: "task.closed", Subject: "task:9", Payload: nil})
		})
		w.ok(err)
		if last != 2 {
			t.Errorf("the last position is %d, want 2", last)
		}
		want := []ledger.Event{
			{Position: 1, Time: morning, Actor: "person:7", Unit: 3, Kind: "report.submitted", Subject: "report:1", Payload: json.RawMessage(`{"n":1}`)},
			{Position: 2, Time: morning, Actor: "program", Kind: "task.closed", Subject: "task:9", Payload: json.RawMessage(`null`)},
		}
		if diff := cmp.Diff(want, w.events()); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestPositionsAreDenseAndAppearInOrderWhileManyWrite(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const writers, transactions, events = 16, 12, 3
		ctx, stop := context.WithCancel(w.Context())
		var readers, all sync.WaitGroup
		var seen int64 // how far the polling reader got
		readers.Go(func() {
			poll(ctx, func() {
				list, err := ledger.After(w.Context(), w.DB().Reader(), seen, 1000)
				if err != nil {
					t.Error(err)
				}
				for _, e := range list {
					if e.Position != seen+1 {
						t.Errorf("a reader saw event %d after event %d", e.Position, seen)
					}
					seen = e.Position
				}
			})
		})
		ends := make(chan int64, writers*transactions)
		for writer := range writers {
			all.Go(func() {
				for range transactions {
					last, err := w.Update(w.Context(), fmt.Sprint("person:", writer), func(tx *ledger.Tx) error {
						for i := range events {
							if err := tx.Append(happened(i)); err != nil {
								return err
							}
						}
						return nil
					})
					if err != nil {
						t.Error(err)
					}
					ends <- last
				}
			})
		}
		all.Wait()
		stop()
		readers.Wait()
		close(ends)

		list := w.events()
		if got, want := len(list), writers*transactions*events; got != want {
			t.Fatalf("%d events, want %d", got, want)
		}
		for i, e := range list {
			if e.Position != int64(i+1) {
				t.Fatalf("event %d has position %d", i+1, e.Position)
			}
			if i%events > 0 && e.Actor != list[i-1].Actor {
				t.Errorf("the events of one transaction are torn apart at %d", e.Position)
			}
		}
		for last := range ends {
			if last%events != 0 {
				t.Errorf("a transaction of %d events ended at %d", events, last)
			}
		}
	})
}

func TestTimeNeverGoesBack(t *testing.T) {
	at := func(minutes int) time.Time { return morning.Add(time.Duration(minutes) * time.Minute) }
	each(t, func(t *testing.T, w *world) {
		for _, transaction := range []struct {
			clock int   // of the machine, in minutes
			moved []int // what SetNow is told before each event; none: one event by the clock
		}{
			{clock: 10},
			{clock: 5}, // the clock was set back
			{clock: 12, moved: []int{3, 11, 9, 20, 15}},
			{clock: 12},
			{clock: 21},
		} {
			w.clock.Set(at(transaction.clock))
			_, err := w.Update(w.Context(), "program", func(tx *ledger.Tx) error {
				if got := tx.Now(); !got.Equal(at(transaction.clock)) {
					t.Errorf("the transaction began at %s, want %s", got, at(transaction.clock))
				}
				for _, minutes := range transaction.moved {
					tx.SetNow(at(minutes))
					if err := tx.Append(happened(1)); err != nil {
						return err
					}
				}
				if transaction.moved == nil {
					return tx.Append(happened(1))
				}
				return nil
			})
			w.ok(err)
		}
		var got []time.Time
		for _, e := range w.events() {
			got = append(got, e.Time)
		}
		want := []time.Time{at(10), at(10), at(10), at(11), at(11), at(20), at(20), at(20), at(21)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("times (-want +got):\n%s", diff)
		}
	})
}

func TestWhatIsUndoneLeavesNoGap(t *testing.T) {
	broken := errors.New("broken")
	each(t, func(t *testing.T, w *world) {
		w.append(2)
		last, err := w.Update(w.Context(), "person:7", func(tx *ledger.Tx) error {
			if err := tx.Append(happened(1)); err != nil {
				return err
			}
			return broken
		})
		if !errors.Is(err, broken) || last != 0 {
			t.Errorf("Update gave %d, %v; want 0 and the function's own error", last, err)
		}
		// Undone by the database, after the head was moved.
		w.run(`INSERT INTO event_payload (position, salt, payload) VALUES (3, '', '')`)
		if _, err := w.Update(w.Context(), "person:7", func(tx *ledger.Tx) error { return tx.Append(happened(1)) }); err == nil {
			t.Error("an event took the place of another's payload")
		}
		w.run(`DELETE FROM event_payload WHERE position = 3`)

		if got := w.append(1); got != 3 {
			t.Errorf("the next event has position %d, want 3", got)
		}
		if findings := w.verify(nil).Findings; findings != nil {
			t.Errorf("verification found %v", findings)
		}
	})
}

func TestATransactionWithoutEventsIsNotInTheLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.append(1)
		awake := w.Awake()
		last, err := w.Update(w.Context(), "person:7", func(*ledger.Tx) error { return nil })
		w.ok(err)
		if last != 0 || len(w.events()) != 1 {
			t.Errorf("the last position is %d among %d events, want 0 and 1", last, len(w.events()))
		}
		select {
		case <-awake:
			t.Error("followers were woken for nothing")
		default:
		}
	})
}

func TestFollowersAreWokenByACommit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		awake := w.Awake()
		w.append(1)
		select {
		case <-awake:
		default:
			t.Error("nobody was woken")
		}
		select {
		case <-w.Awake():
			t.Error("followers were woken for what they have seen")
		default:
		}
	})
}

func TestPayloadsAreKeptByteForByte(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		payloads := []string{
			`{"b":1,"a":2,"a":3}`, // order and repetition, which jsonb would lose
			`{"n":1.50,"big":12345678901234567890,"e":1E+3}`,
			`"Đảng bộ tỉnh Bắc Ninh"`,
			`"Ba\u0301c, e\u0301, \u0000, \\u0000"`,
			`"\u003cb\u003e"`,
			`[]`, `null`, `""`,
		}
		_, err := w.Update(w.Context(), "person:7", func(tx *ledger.Tx) error {
			for _, payload := range payloads {
				if err := tx.Append(ledger.New{Kind: "test.kept", Payload: json.RawMessage(payload)}); err != nil {
					return err
				}
			}
			return nil
		})
		w.ok(err)
		var got []string
		for _, e := range w.events() {
			got = append(got, string(e.Payload))
		}
		if diff := cmp.Diff(payloads, got); diff != "" {
			t.Errorf("payloads (-want +got):\n%s", diff)
		}
		if findings := w.verify(nil).Findings; findings != nil {
			t.Errorf("verification found %v", findings)
		}
	})
}

func TestWhatCannotBeRecordedIsRefused(t *testing.T) {
	good := happened(1)
	each(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			name  string
			actor string
			event ledger.New
		}{
			{"no actor", "", good},
			{"two lines of actor", "person:7\n1", good},
			{"no kind", "person:7", ledger.New{Subject: "report:1"}},
			{"two lines of kind", "person:7", ledger.New{Kind: "a\nb"}},
			{"two lines of subject", "person:7", ledger.New{Kind: "a", Subject: "report:1\nreport:2"}},
			{"a zero byte", "person:7", ledger.New{Kind: "a", Subject: "report:\x00"}},
			{"a broken letter", "person:\xff", good},
			{"a broken letter in the payload", "person:7", ledger.New{Kind: "a", Payload: json.RawMessage("\"\xff\"")}},
			{"a payload that has no JSON form", "person:7", ledger.New{Kind: "a", Payload: func() {}}},
		} {
			_, err := w.Update(w.Context(), "person:7", func(tx *ledger.Tx) error {
				tx.As(c.actor)
				return tx.Append(c.event)
			})
			if err == nil {
				t.Errorf("%s was recorded", c.name)
			}
		}
		if events := w.events(); len(events) != 0 {
			t.Errorf("%d events are in the log, want none", len(events))
		}
	})
}

func TestAPayloadIsReadIntoItsType(t *testing.T) {
	e := ledger.Event{Position: 8, Kind: "test.happened", Payload: json.RawMessage(`{"n":5}`)}
	var got struct{ N int }
	if err := e.Decode(&got); err != nil || got.N != 5 {
		t.Errorf("Decode gave %+v, %v; want n 5", got, err)
	}
	e.Payload = nil // erased
	if err := e.Decode(&got); err == nil {
		t.Error("an erased payload was read")
	}
}
