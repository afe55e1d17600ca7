package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/count"
	"giaoban/internal/base/testing/enginetest"
)

// writerVariable tells this program, when a test starts it again, to write
// notes into the database of that name until it is killed.
const writerVariable = "GIAOBAN_TEST_WRITER"

func TestMain(m *testing.M) {
	if url := os.Getenv(writerVariable); url != "" {
		if err := writeForever(url); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// writeForever writes notes and says of each on its own line that it is done,
// as an answer of success does.
func writeForever(url string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, url, notes)
	if err != nil {
		return err
	}
	for i := 0; ; i++ {
		note := fmt.Sprintf("%d-%d", os.Getpid(), i)
		if err := write(ctx, db, note); err != nil {
			return err
		}
		fmt.Println("done", note)
	}
}

func TestWhatSucceededIsThereAfterAKill(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		var done []string
		for round := range count.Of(4, 40) {
			done = append(done, killedAfter(t, url, 1+3*round)...)
		}
		db := open(t, url)
		for _, note := range done {
			if got := number(t, db.Reader(), `SELECT COUNT(*) FROM note WHERE text = $1`, note); got != 1 {
				t.Errorf("note %s was said to be done and is there %d times", note, got)
			}
		}
	})
}

// killedAfter starts a writer, kills it right after its answer n and returns
// what it said to have done.
func killedAfter(t *testing.T, url string, n int) []string {
	t.Helper()
	writer := exec.Command(os.Args[0])
	writer.Env = append(os.Environ(), writerVariable+"="+url)
	writer.Stderr = os.Stderr
	answers, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	var done []string
	lines := bufio.NewScanner(answers)
	for lines.Scan() {
		note, ok := strings.CutPrefix(lines.Text(), "done ")
		if !ok {
			t.Errorf("the writer said %q", lines.Text())
		}
		if done = append(done, note); len(done) == n {
			if err := writer.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
	}
	// It was killed, which is an error.
	_ = writer.Wait()
	if len(done) < n {
		t.Errorf("the writer ended by itself after %d answers", len(done))
	}
	return done
}

func TestACommitIsOnTheDiskWhenItSucceeds(t *testing.T) {
	enginetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		settings := map[store.Engine]map[string]string{
			// 2 is FULL: the log is synchronised at each commit.
			store.SQLite:   {`PRAGMA synchronous`: "2", `PRAGMA journal_mode`: "wal", `PRAGMA foreign_keys`: "1"},
			store.Postgres: {`SHOW synchronous_commit`: "on", `SHOW fsync`: "on"},
		}
		err := db.Update(t.Context(), func(tx *sql.Tx) error {
			for query, want := range settings[db.Engine()] {
				if got := texts(t, tx, query); len(got) != 1 || got[0] != want {
					t.Errorf("%s gives %q, want %q", query, got, want)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
