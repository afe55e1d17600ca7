package job_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
	"giaoban/internal/edge/job"
)

// parcel is a job of these tests.
type parcel struct {
	Number int `json:"number"`
}

func (parcel) Kind() string { return "parcel" }

func (parcel) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: "parcels", UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: job.Undone()}}
}

// bearer does them.
type bearer struct {
	river.WorkerDefaults[parcel]
	took chan int
	do   func(ctx context.Context, number int) error
}

func (b *bearer) Work(ctx context.Context, j *river.Job[parcel]) error {
	b.took <- j.Args.Number
	if b.do == nil {
		return nil
	}
	return b.do(ctx, j.Args.Number)
}

func open(t *testing.T, db *store.DB, name string, b *bearer) *job.Queue {
	t.Helper()
	q, err := job.Open(t.Context(), job.Config{
		DB: db, Name: name, Lanes: []string{"parcels"}, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	job.Do(q, b)
	return q
}

func database(t *testing.T, url string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// run has a queue work until the function that it gives is called, which returns once
// it has stopped.
func run(t *testing.T, q *job.Queue) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan struct{})
	go func() { defer close(ended); q.Run(ctx) }()
	stop = func() { cancel(); <-ended }
	t.Cleanup(stop)
	return stop
}

func add(t *testing.T, db *store.DB, q *job.Queue, number int) (id int64) {
	t.Helper()
	err := db.Update(t.Context(), func(tx *sql.Tx) (err error) {
		id, err = q.Add(t.Context(), tx, parcel{number})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestAJobIsThereWithItsTransactionAndDoneOnce(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db := database(t, url)
		b := &bearer{took: make(chan int, 10)}
		q := open(t, db, "one", b)
		undone := errors.New("undone")
		err := db.Update(t.Context(), func(tx *sql.Tx) error {
			if _, err := q.Add(t.Context(), tx, parcel{1}); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		id := add(t, db, q, 2)
		if again := add(t, db, q, 2); again != id {
			t.Errorf("the same job is put there twice: %d and %d", id, again)
		}
		run(t, q)
		add(t, db, q, 3)
		if got := fmt.Sprint(<-b.took, <-b.took); got != "2 3" {
			t.Errorf("jobs %s were done, want 2 3", got)
		}
	})
}

func TestWhatAProcessWasDoingWhenItDiedTheNextOfItsNameDoes(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db := database(t, url)
		dead := &bearer{took: make(chan int, 10)}
		q := open(t, db, "one", dead)
		id := add(t, db, q, 7)
		_, err := db.Writer().ExecContext(t.Context(), map[store.Engine]string{
			store.SQLite:   `UPDATE river_job SET state = 'running', attempted_by = jsonb('["one"]'), attempted_at = created_at`,
			store.Postgres: `UPDATE river_job SET state = 'running', attempted_by = '{one}', attempted_at = created_at`,
		}[db.Engine()])
		if err != nil {
			t.Fatal(err)
		}
		other := &bearer{took: make(chan int, 10)}
		stop := run(t, open(t, db, "two", other))
		next := add(t, db, q, 8)
		<-other.took
		stop()
		ended, err := q.Ended(t.Context(), []int64{id, next, 12345})
		if fmt.Sprint(ended) != fmt.Sprint([]int64{next, 12345}) || err != nil {
			t.Errorf("of a job that was broken off, one that is done and one that never was, %v have ended (%v)", ended, err)
		}
		run(t, q)
		if got := <-dead.took; got != 7 {
			t.Errorf("the process that came back does job %d, want 7", got)
		}
	})
}

func TestTwoProcessesDoEachJobOnce(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db := database(t, url)
		both := make(chan int, 200)
		one := open(t, db, "one", &bearer{took: both})
		two := open(t, db, "two", &bearer{took: both})
		for n := range 100 {
			add(t, db, one, n)
		}
		stops := []func(){run(t, one), run(t, two)}
		done := map[int]int{}
		for len(done) < 100 {
			done[<-both]++
		}
		for _, stop := range stops {
			stop()
		}
		close(both)
		for n := range both {
			done[n]++
		}
		for n, times := range done {
			if times != 1 {
				t.Errorf("job %d was done %d times", n, times)
			}
		}
	})
}

func TestAJobThatFailsIsTriedAgain(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db := database(t, url)
		failed := false
		b := &bearer{took: make(chan int, 10), do: func(context.Context, int) error {
			if failed {
				return nil
			}
			failed = true
			return job.Later(time.Second)
		}}
		q := open(t, db, "one", b)
		add(t, db, q, 1)
		run(t, q)
		if got := fmt.Sprint(<-b.took, <-b.took); got != "1 1" {
			t.Errorf("%s were tried, want the first twice", got)
		}
	})
}
