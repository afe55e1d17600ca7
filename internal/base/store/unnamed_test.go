package store

import "testing"

func TestPlacesInTheirOrderNeedNoNames(t *testing.T) {
	for query, want := range map[string]string{
		`SELECT 1`:  "",
		`SELECT $1`: `SELECT ?`,
		`INSERT INTO n VALUES ($1, $2), ($3, $4)`:             `INSERT INTO n VALUES (?, ?), (?, ?)`,
		`SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11`: `SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?`,
		`UPDATE n SET t = '$9 it''s' WHERE a = $1`:            `UPDATE n SET t = '$9 it''s' WHERE a = ?`,
		`SELECT $2, $1`:        "",
		`SELECT $1, $1`:        "",
		`SELECT $1, $2, $1`:    "",
		`SELECT $name`:         "",
		`SELECT 'is open, $1`:  "",
		`SELECT json($1, '$')`: `SELECT json(?, '$')`,
	} {
		if want == "" {
			want = query
		}
		if got := unnamed(query); got != want {
			t.Errorf("unnamed(%q) = %q, want %q", query, got, want)
		}
	}
}
