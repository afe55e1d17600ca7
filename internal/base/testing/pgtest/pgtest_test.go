package pgtest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"giaoban/internal/base/testing/pgtest"
)

func TestEachDatabaseIsEmptyAndItsOwn(t *testing.T) {
	for range 2 {
		connection := connect(t, pgtest.New(t))
		if _, err := connection.Exec(t.Context(), "CREATE TABLE mine (x int)"); err != nil {
			t.Fatalf("making a table in a fresh database: %v", err)
		}
	}
}

func TestCommitsAreDurable(t *testing.T) {
	connection := connect(t, pgtest.New(t))
	for _, setting := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		var got string
		if err := connection.QueryRow(t.Context(), "SHOW "+setting).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != "on" {
			t.Errorf("%s is %q, want on", setting, got)
		}
	}
}

func TestTextIsNotComparedByBytes(t *testing.T) {
	connection := connect(t, pgtest.New(t))
	var before bool
	if err := connection.QueryRow(t.Context(), "SELECT 'đ' < 'e' AND 'a' < 'B'").Scan(&before); err != nil {
		t.Fatal(err)
	}
	if !before {
		t.Error("đ does not come before e: the databases compare bytes, not Vietnamese")
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	connection, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatalf("connecting to %s: %v", url, err)
	}
	t.Cleanup(func() { connection.Close(t.Context()) })
	return connection
}
