package job_test

import (
	"context"
	"database/sql"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/pgtest"
	"giaoban/internal/edge/job"
)

// BenchmarkTransaction is what a writing transaction of others takes beside the queue:
// without it, while it looks for jobs, and while it does a thousand.
func BenchmarkTransaction(b *testing.B) {
	for name, url := range map[string]string{"sqlite": b.TempDir() + "/giaoban.db", "postgres": pgtest.New(b)} {
		db, err := store.Open(b.Context(), url)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = db.Close() })
		if _, err := db.Writer().ExecContext(b.Context(), `CREATE TABLE other (n BIGINT)`); err != nil {
			b.Fatal(err)
		}
		b.Run(name+"/alone", func(b *testing.B) { write(b, db) })
		q, err := job.Open(b.Context(), job.Config{DB: db, Name: "one", Lanes: []string{"parcels", "others"}, Log: slog.Default()})
		if err != nil {
			b.Fatal(err)
		}
		job.Do(q, idle{})
		ctx, stop := context.WithCancel(b.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); q.Run(ctx) }()
		b.Run(name+"/looking", func(b *testing.B) { write(b, db) })
		b.Run(name+"/doing", func(b *testing.B) {
			err := db.Update(b.Context(), func(tx *sql.Tx) error {
				for n := range 1000 {
					if _, err := q.Add(b.Context(), tx, parcel{n}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			write(b, db)
		})
		stop()
		<-ended
	}
}

// write makes small transactions and tells how long they take.
func write(b *testing.B, db *store.DB) {
	b.Helper()
	var took []time.Duration
	b.ResetTimer()
	for b.Loop() {
		begin := time.Now()
		err := db.Update(b.Context(), func(tx *sql.Tx) error {
			_, err := tx.ExecContext(b.Context(), `INSERT INTO other (n) VALUES (1)`)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// idle does parcels at once.
type idle struct{ river.WorkerDefaults[parcel] }

func (idle) Work(context.Context, *river.Job[parcel]) error { return nil }

// BenchmarkAdd puts a thousand jobs into the queue in one transaction.
func BenchmarkAdd(b *testing.B) {
	for name, url := range map[string]string{"sqlite": b.TempDir() + "/giaoban.db", "postgres": pgtest.New(b)} {
		b.Run(name, func(b *testing.B) {
			db, err := store.Open(b.Context(), url)
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = db.Close() })
			q, err := job.Open(b.Context(), job.Config{DB: db, Name: "one", Lanes: []string{"parcels"}, Log: slog.Default()})
			if err != nil {
				b.Fatal(err)
			}
			job.Do(q, idle{})
			next := 0
			for b.Loop() {
				err := db.Update(b.Context(), func(tx *sql.Tx) error {
					for range 1000 {
						next++
						if _, err := q.Add(b.Context(), tx, parcel{next}); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
