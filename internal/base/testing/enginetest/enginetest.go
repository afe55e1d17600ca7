package enginetest

import (
	"path/filepath"
	"testing"

	"giaoban/internal/base/testing/pgtest"
)

// Each runs test on SQLite and on PostgreSQL, each time with an empty database
// at url, as store.Open takes it.
func Each(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "giaoban.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, pgtest.New(t)) })
}
