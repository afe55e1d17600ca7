package ledger_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// report is a payload of the usual size.
var report = map[string]any{
	"directive": 1, "milestone": "congress-held", "version": 1, "signer": "Nguyễn Thị Hồng, Bí thư Đảng ủy",
	"content": map[string]any{"held-on": "2020-06-24", "delegates": 137, "women": 18.2, "note": "Đại hội đã hoàn thành bốn nội dung."},
	"hash":    "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
}

// onDisk opens a log in a SQLite file.
func onDisk(b *testing.B) *ledger.Ledger {
	b.Helper()
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "giaoban.db"), ledger.Schema)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	return ledger.Open(db, clock.Machine)
}

// appendReports commits n events in one transaction.
func appendReports(b *testing.B, l *ledger.Ledger, n int) int64 {
	b.Helper()
	last, err := l.Update(b.Context(), "person:7", func(tx *ledger.Tx) error {
		for i := range n {
			if err := tx.Append(ledger.New{Unit: 7, Kind: "report.submitted", Subject: fmt.Sprint("report:", i), Payload: report}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return last
}

func BenchmarkAppend(b *testing.B) {
	for _, n := range []int{1, 1000} {
		b.Run(fmt.Sprintf("%d in a transaction", n), func(b *testing.B) {
			l := onDisk(b)
			b.ResetTimer()
			for range b.N {
				appendReports(b, l, n)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/event")
		})
	}
}

// grown opens a log of n events under the proof tree.
func grown(b *testing.B, n int) (*ledger.Ledger, ledger.Key) {
	b.Helper()
	l := onDisk(b)
	key, err := ledger.LoadKey(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	for range n / 1000 {
		last := appendReports(b, l, 1000)
		if err := l.DB().Update(b.Context(), func(tx *sql.Tx) error {
			return ledger.Grow(b.Context(), tx, key.Signer, last)
		}); err != nil {
			b.Fatal(err)
		}
	}
	return l, key
}

func BenchmarkGrow(b *testing.B) {
	l := onDisk(b)
	key, err := ledger.LoadKey(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	for range b.N {
		b.StopTimer()
		last := appendReports(b, l, 1000)
		b.StartTimer()
		if err := l.DB().Update(b.Context(), func(tx *sql.Tx) error {
			return ledger.Grow(b.Context(), tx, key.Signer, last)
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/1000/float64(b.N*1000), "µs/event")
}

func BenchmarkVerify(b *testing.B) {
	const events = 20_000
	l, key := grown(b, events)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if err := l.DB().View(b.Context(), func(tx *sql.Tx) error {
			result, err := ledger.Verify(b.Context(), tx, key.Verifier, nil)
			if err == nil && (result.Covered != events || len(result.Findings) > 0) {
				err = fmt.Errorf("found %+v", result)
			}
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*events), "µs/event")
}
