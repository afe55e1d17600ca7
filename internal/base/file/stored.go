package file

import (
	"context"
	"fmt"

	"giaoban/internal/base/store"
)

// Stored gives the hash of every content that a row names, each once.
func Stored(ctx context.Context, q store.Querier, each func(hash string) error) error {
	rows, err := q.QueryContext(ctx, `SELECT DISTINCT SUBSTR(id, 1, 64) AS hash FROM file ORDER BY hash`)
	if err != nil {
		return fmt.Errorf("reading which files there are: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var hash string
		if err := rows.Scan(&hash); err != nil {
			return fmt.Errorf("reading which files there are: %w", err)
		}
		if err := each(hash); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Place is where the content with a hash lies below the data directory, with
// slashes.
func Place(hash string) string { return folderName + "/" + hash[:2] + "/" + hash[2:] }
