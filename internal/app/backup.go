package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"giaoban/internal/base/archive"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
)

// Backup is what a backup holds.
type Backup struct {
	Position int64 // of its last event
	Rows     int64
	Files    int64    // of the directory: keys, attached files
	Missing  []string // attached files that rows name and the directory lacks
}

// Backup writes an archive of the installation as it is at this moment, while
// others write on: one reading transaction sees it all. progress hears how many
// rows are written. What is in the archive is proven by reading it: see
// [Restore].
func (r *Records) Backup(ctx context.Context, to io.Writer, progress func(done, total int)) (Backup, error) {
	var made Backup
	err := r.DB.View(ctx, func(tx *sql.Tx) error {
		if err := r.founded(ctx, tx); err != nil {
			return err
		}
		var err error
		made.Position, _, err = ledger.Head(ctx, tx)
		if err != nil {
			return err
		}
		w, err := archive.NewWriter(ctx, to, r.DB, tx, archive.Header{
			Program: r.config.Version, Made: clock.Machine.Now(), Position: made.Position,
		})
		if err != nil {
			return err
		}
		made.Rows = w.Header().Rows
		err = w.Tables(ctx, r.DB, tx, func(rows int64) { progress(int(rows), int(made.Rows)) })
		if err != nil {
			return err
		}
		if err := r.archiveDirectory(ctx, tx, w, &made); err != nil {
			return err
		}
		return w.Close()
	})
	if err != nil {
		return Backup{}, fmt.Errorf("backing up: %w", err)
	}
	return made, r.markBackup(made)
}

// archiveDirectory writes the files of the data directory: keys and marks as
// they lie there, and the attached files that the rows name.
func (r *Records) archiveDirectory(ctx context.Context, tx *sql.Tx, w *archive.Writer, made *Backup) error {
	root, err := os.OpenRoot(r.config.Data)
	if err != nil {
		return refusedDirectory(r.config.Data, err)
	}
	defer root.Close()
	add := func(path string) error {
		content, err := root.Open(filepath.FromSlash(path))
		if err != nil {
			return err
		}
		defer content.Close()
		about, err := content.Stat()
		if err != nil {
			return err
		}
		made.Files++
		return w.File(path, about, content)
	}
	kept, err := r.keptFiles()
	if err != nil {
		return refusedDirectory(r.config.Data, err)
	}
	for _, path := range kept {
		if err := add(path); err != nil {
			return err
		}
	}
	return file.Stored(ctx, tx, func(hash string) error {
		err := add(file.Place(hash))
		if errors.Is(err, fs.ErrNotExist) {
			made.Missing = append(made.Missing, file.Place(hash))
			return nil
		}
		return err
	})
}

// passing are the names in a data directory that a backup leaves out: what is
// made anew, what belongs to a running process, what the archive holds as rows
// or by the rows' word. All else goes with it, the keys of later versions too.
var passing = map[string]bool{
	lockFile: true, socketFile: true, backupMark: true, snapshotFile: true, restoringFolder: true, filesFolder: true, recordingsFolder: true,
	databaseFile: true, databaseFile + "-wal": true, databaseFile + "-shm": true, databaseFile + "-journal": true,
}

// filesFolder is where attached files lie: see file.Place.
const filesFolder = "files"

// recordingsFolder is where recordings of briefings lie, each in a folder of its own.
const recordingsFolder = "recordings"

// keptFiles are the files of the directory that a backup holds, with slashes.
func (r *Records) keptFiles() (list []string, err error) {
	root := os.DirFS(r.config.Data)
	return list, fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // gone meanwhile
			return nil
		case err != nil:
			return err
		case passing[path] && entry.IsDir():
			return fs.SkipDir
		case passing[path] || !entry.Type().IsRegular() || halfway(path):
			return nil
		}
		list = append(list, path)
		return nil
	})
}

// halfway says whether a file is being written under a name that it will lose.
func halfway(path string) bool {
	return strings.HasSuffix(path, ".new") || strings.HasSuffix(path, ".tmp") || strings.HasPrefix(filepath.Base(path), ".")
}

// backupMark is a file whose time is that of the last backup.
const backupMark = "backup.last"

func (r *Records) markBackup(made Backup) error {
	content := fmt.Sprintf("%s %d\n", clock.Machine.Now().UTC().Format("2006-01-02T15:04:05Z"), made.Position)
	if err := os.WriteFile(r.path(backupMark), []byte(content), 0o600); err != nil {
		return refusedDirectory(r.config.Data, err)
	}
	return nil
}
