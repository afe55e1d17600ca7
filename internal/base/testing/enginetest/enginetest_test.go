package enginetest_test

import (
	"testing"

	"giaoban/internal/base/store"
	"giaoban/internal/base/testing/enginetest"
)

func TestEachEngineOpens(t *testing.T) {
	seen := map[store.Engine]int{}
	enginetest.Each(t, func(t *testing.T, url string) {
		db, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		seen[db.Engine()]++
	})
	if seen[store.SQLite] != 1 || seen[store.Postgres] != 1 {
		t.Errorf("the engines were opened %v times, want each once", seen)
	}
}
