package org

import (
	"path/filepath"
	"strings"
	"testing"

	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

func TestPagesReadByIndex(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "giaoban.db"), ledger.Schema, Schema)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for query, args := range map[string][]any{
		selectPeriods + `WHERE p.parent_id = $1 AND ` + living("p", 2): {1, "2020-07-10"},
		selectPeriods + byID:     {1},
		selectPeriods + byCode:   {"27"},
		selectPeriods + byParent: {1},
	} {
		for _, detail := range planOf(t, db, query, args) {
			if strings.HasPrefix(detail, "SCAN") {
				t.Errorf("%s\nreads all rows: %s", query, detail)
			}
		}
	}
}

// planOf is how SQLite would run a query.
func planOf(t *testing.T, db *store.DB, query string, args []any) (details []string) {
	t.Helper()
	rows, err := db.Reader().QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		details = append(details, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return details
}
