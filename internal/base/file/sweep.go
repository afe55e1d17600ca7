package file

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"giaoban/internal/base/store"
)

// Grace is how long a content may lie in the folder before a row must name it: a
// form with its files is answered within minutes.
const Grace = 24 * time.Hour

// State is how the folder and the rows agree.
type State struct {
	Stored  int      // contents that rows name
	Missing []string // hashes of those that the folder lacks, or has in another size
	Orphans []string // paths in the folder older than Grace that no row names
	Bytes   int64    // of the orphans
}

// Inspect compares the folder in a data directory with the rows. now is the
// machine's moment.
func Inspect(ctx context.Context, q store.Querier, data string, now time.Time) (State, error) {
	var s State
	named, err := sizes(ctx, q)
	if err != nil {
		return s, err
	}
	s.Stored = len(named)
	found := map[content]bool{}
	root := filepath.Join(data, folderName)
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // gone meanwhile, or there never was a file
			return nil
		case err != nil || entry.IsDir():
			return err
		}
		about, err := entry.Info()
		if err != nil {
			return nil // gone meanwhile
		}
		hash, ok := contentAt(root, path)
		size, known := named[hash]
		switch {
		case ok && known:
			found[hash] = size == about.Size()
		case now.Sub(about.ModTime()) > Grace:
			s.Orphans = append(s.Orphans, path)
			s.Bytes += about.Size()
		}
		return nil
	})
	if err != nil {
		return s, fmt.Errorf("looking through the folder of files: %w", err)
	}
	for hash := range named {
		if !found[hash] {
			s.Missing = append(s.Missing, hex.EncodeToString(hash[:]))
		}
	}
	return s, nil
}

// content is the SHA-256 of a content.
type content [hashLength / 2]byte

// contentAt is the content whose place a path is; ok is false for a file of
// another kind: one that is being received.
func contentAt(root, path string) (hash content, ok bool) {
	name, err := filepath.Rel(root, path)
	if err != nil {
		return hash, false
	}
	first, rest, _ := strings.Cut(filepath.ToSlash(name), "/")
	if len(first) != 2 || len(first+rest) != hashLength {
		return hash, false
	}
	_, err = hex.Decode(hash[:], []byte(first+rest))
	return hash, err == nil
}

// sizes are the contents that rows name.
func sizes(ctx context.Context, q store.Querier) (map[content]int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT SUBSTR(id, 1, 64), size FROM file`)
	if err != nil {
		return nil, fmt.Errorf("reading which files there are: %w", err)
	}
	defer rows.Close()
	named := map[content]int64{}
	for rows.Next() {
		var id string
		var size int64
		if err := rows.Scan(&id, &size); err != nil {
			return nil, fmt.Errorf("reading which files there are: %w", err)
		}
		var hash content
		if _, err := hex.Decode(hash[:], []byte(id)[:min(len(id), hashLength)]); err != nil {
			return nil, fmt.Errorf("a file has the id %q", id)
		}
		named[hash] = size
	}
	return named, rows.Err()
}

// Sweep removes what lies in the folder and was named by no row within Grace:
// what was taken up for a form that was then refused. A content that is sent
// again meanwhile is young again, and stays.
func (f *Folder) Sweep(ctx context.Context, db *store.DB, now time.Time) (removed int, err error) {
	s, err := Inspect(ctx, db.Reader(), filepath.Dir(f.path), now)
	for _, path := range s.Orphans {
		if err == nil {
			err = f.remove(path, now)
			removed++
		}
	}
	return removed, err
}

func (f *Folder) remove(path string, now time.Time) error {
	f.placing.Lock()
	defer f.placing.Unlock()
	about, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && now.Sub(about.ModTime()) <= Grace {
		return nil // gone, or sent again meanwhile
	}
	return errors.Join(err, os.Remove(path))
}
