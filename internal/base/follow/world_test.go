package follow_test

import (
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/follow"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
)

// seen is a table in which a follower notes down the events it has seen.
var seen = fstest.MapFS{"schema/0100_seen.sql": {Data: []byte("-- +goose Up\nCREATE TABLE seen (id ROWID_KEY, position BIGINT NOT NULL);\n")}}

// each runs a test on both engines. open opens the log once more at each call,
// as another process does.
func each(t *testing.T, test func(t *testing.T, open func() *ledger.Ledger)) {
	t.Helper()
	enginetest.Each(t, func(t *testing.T, url string) {
		test(t, func() *ledger.Ledger {
			db, err := store.Open(t.Context(), url, ledger.Schema, follow.Schema, seen)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			})
			return ledger.Open(db, clock.NewManual(time.Date(2020, time.July, 10, 1, 0, 0, 0, time.UTC)))
		})
	})
}

// write commits n events in one transaction and returns the last position.
func write(t *testing.T, l *ledger.Ledger, n int) int64 {
	t.Helper()
	last, err := l.Update(t.Context(), "person:7", func(tx *ledger.Tx) error {
		for range n {
			if err := tx.Append(ledger.New{Kind: "test.happened"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return last
}

// writeMuch has 8 writers commit 25 transactions of 1 to 3 events each, and
// returns the last position.
func writeMuch(t *testing.T, l *ledger.Ledger) int64 {
	t.Helper()
	var writers sync.WaitGroup
	for w := range 8 {
		writers.Go(func() {
			for i := range 25 {
				write(t, l, 1+(w+i)%3)
			}
		})
	}
	writers.Wait()
	last, _, err := ledger.Head(t.Context(), l.DB().Reader())
	if err != nil {
		t.Fatal(err)
	}
	return last
}
