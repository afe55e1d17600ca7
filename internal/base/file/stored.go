package file

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"giaoban/internal/base/store"
)

// Condition is how a content is that was kept.
type Condition string

// The conditions of a content.
const (
	Whole   Condition = ""
	Gone    Condition = "missing"
	Altered Condition = "altered"
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

// Intact says whether the content of a kept file lies below the data directory as its id
// says.
func Intact(data, id string) (is Condition, err error) {
	if !wellFormed(id) {
		return Gone, nil
	}
	hash := id[:hashLength]
	content, err := os.Open(filepath.Join(data, filepath.FromSlash(Place(hash))))
	if errors.Is(err, fs.ErrNotExist) {
		return Gone, nil
	}
	if err != nil {
		return "", fmt.Errorf("opening file %s: %w", id, err)
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, content); err != nil {
		return "", fmt.Errorf("reading file %s: %w", id, errors.Join(err, content.Close()))
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		is = Altered
	}
	return is, content.Close()
}

// Place is where the content with a hash lies below the data directory, with
// slashes.
func Place(hash string) string { return folderName + "/" + hash[:2] + "/" + hash[2:] }
