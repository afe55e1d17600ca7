package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"giaoban/internal/base/archive"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/store"
)

// restoringFolder is where a restore puts everything until it is proven.
const restoringFolder = "restoring"

// Restored is what a restore brought back.
type Restored struct {
	Header   archive.Header
	Files    int64
	LeftOut  []string // tables in the archive that the program does not know
	Verified Verification
}

// Restore makes the installation of a backup in a directory, and in a database,
// that are empty, and verifies it. Until all of it is proven nothing can be seen
// of it but a folder in the directory; after an error nothing is left at all.
// Faults: Conflict for a directory or database that is in use, Invalid for a file
// that is no whole backup or a newer one.
func Restore(ctx context.Context, config Config, from io.Reader, progress func(done, total int)) (Restored, error) {
	made := !exists(config.Data)
	r := &Records{config: config.filled()}
	if err := r.take(); err != nil {
		return Restored{}, err
	}
	result, err := r.restore(ctx, from, progress)
	if err != nil && made { // the lock is given back first: it is a file in there
		err = errors.Join(err, os.Remove(r.path(lockFile)), os.Remove(config.Data))
	}
	return result, errors.Join(err, r.Close())
}

func (r *Records) restore(ctx context.Context, from io.Reader, progress func(done, total int)) (result Restored, err error) {
	if err := r.unused(); err != nil {
		return Restored{}, err
	}
	staged, err := r.stage(ctx)
	if err != nil {
		return Restored{}, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, staged.drop(context.WithoutCancel(ctx)))
		}
	}()
	u := unpacking{staged: staged, progress: progress}
	defer func() { err = errors.Join(err, u.close()) }()
	if err := u.unpack(ctx, from); err != nil {
		return Restored{}, err
	}
	if err := u.close(); err != nil {
		return Restored{}, err
	}
	result = Restored{Header: u.header, Files: u.files, LeftOut: u.leftOut}
	if result.Verified, err = staged.verify(ctx); err != nil {
		return Restored{}, err
	}
	return result, staged.publish(ctx, r.config.Data)
}

// unused refuses a directory in which anything lies but the lock.
func (r *Records) unused() error {
	entries, err := os.ReadDir(r.config.Data)
	if err != nil {
		return refusedDirectory(r.config.Data, err)
	}
	for _, entry := range entries {
		switch {
		case entry.Name() == lockFile:
		case entry.Name() == restoringFolder && !r.has(keyFile) && !r.has(databaseFile):
			// A restore was cut off before it was done; nothing of it counts.
			if err := os.RemoveAll(r.path(restoringFolder)); err != nil {
				return refusedDirectory(r.config.Data, err)
			}
		default:
			return fault.New(fault.Conflict, "app.restore.used", "dir", r.config.Data, "name", entry.Name())
		}
	}
	return nil
}

// staging is where a restore writes: a folder, and in PostgreSQL a schema.
type staging struct {
	config   Config // of the installation as it lies there
	source   string
	postgres *store.Staged // nil for SQLite
}

func (r *Records) stage(ctx context.Context) (*staging, error) {
	s := &staging{config: r.config}
	s.config.Data = r.path(restoringFolder)
	s.source = filepath.Join(s.config.Data, databaseFile)
	if err := os.Mkdir(s.config.Data, 0o700); err != nil {
		return nil, refusedDirectory(r.config.Data, err)
	}
	if r.config.Database == "" {
		return s, nil
	}
	var err error
	s.postgres, err = store.Stage(ctx, r.config.Database)
	if err == nil {
		s.source, s.config.Database = s.postgres.Source, s.postgres.Source
		return s, nil
	}
	if errors.Is(err, store.ErrUsed) {
		err = fault.New(fault.Conflict, "app.restore.database", "database", withoutPassword(r.config.Database)).Because(err)
	} else {
		err = refusedDatabase(ctx, r.config.Database, err)
	}
	return nil, errors.Join(err, os.Remove(s.config.Data))
}

func (s *staging) drop(ctx context.Context) error {
	err := os.RemoveAll(s.config.Data)
	if s.postgres != nil {
		err = errors.Join(err, s.postgres.Drop(ctx))
	}
	return err
}

// verify opens what was restored as the program would, which brings an older
// schema up to date, and proves its log.
func (s *staging) verify(ctx context.Context) (Verification, error) {
	records, err := openRecords(ctx, s.config)
	if err != nil {
		return Verification{}, err
	}
	v, err := records.Verify(ctx)
	return v, errors.Join(err, records.Close())
}

// publish puts everything in its place: the key last, since a directory without
// one is refused by every start. What fails is undone.
func (s *staging) publish(ctx context.Context, dir string) (err error) {
	if err := syncTree(s.config.Data); err != nil {
		return err
	}
	entries, err := os.ReadDir(s.config.Data)
	if err != nil {
		return err
	}
	var moved []string
	defer func() {
		for _, name := range moved {
			if err != nil {
				err = errors.Join(err, os.RemoveAll(filepath.Join(dir, name)))
			}
		}
	}()
	move := func(name string) error {
		moved = append(moved, name)
		return os.Rename(filepath.Join(s.config.Data, name), filepath.Join(dir, name))
	}
	for _, entry := range entries {
		if name := entry.Name(); name != keyFile && name != lockFile {
			if err := move(name); err != nil {
				return err
			}
		}
	}
	if s.postgres != nil {
		if err := s.postgres.Publish(ctx); err != nil {
			return err
		}
	}
	if err := move(keyFile); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(s.config.Data), syncFolder(dir))
}

// unpacking is a restore at work.
type unpacking struct {
	staged   *staging
	progress func(done, total int)

	header  archive.Header
	db      *store.DB
	known   map[string]store.Table
	root    *os.Root
	done    int64
	files   int64
	leftOut []string
}

func (u *unpacking) unpack(ctx context.Context, from io.Reader) error {
	var err error
	if u.root, err = os.OpenRoot(u.staged.config.Data); err != nil {
		return err
	}
	_, err = archive.Read(from, archive.Contents{
		Header: func(h archive.Header) error { return u.begin(ctx, h) },
		Rows:   func(t archive.Table, rows [][]any) error { return u.insert(ctx, t, rows) },
		File:   u.file,
	})
	if err != nil {
		return err
	}
	for _, t := range u.header.Tables {
		if table, ok := u.known[t.Name]; ok && table.Counted {
			if err := u.db.SetCounter(ctx, table, t.Last); err != nil {
				return err
			}
		}
	}
	return nil
}

// begin builds the schema that the archive was written from.
func (u *unpacking) begin(ctx context.Context, h archive.Header) error {
	u.header = h
	var err error
	u.db, err = store.Build(ctx, u.staged.source, h.Schema, Schemas()...)
	switch {
	case errors.Is(err, store.ErrNewerSchema):
		return archive.Newer(h)
	case err != nil:
		return refusedDatabase(ctx, u.staged.source, err)
	}
	tables, err := u.db.Tables(ctx, u.db.Reader())
	if err != nil {
		return err
	}
	u.known = map[string]store.Table{}
	for _, t := range tables {
		u.known[t.Name] = t
	}
	for _, t := range h.Tables {
		switch table, ok := u.known[t.Name]; {
		case !ok:
			u.leftOut = append(u.leftOut, t.Name)
		case !reflect.DeepEqual(table.Columns, t.Columns):
			return archive.Damaged(fmt.Errorf("table %s has other columns", t.Name))
		}
	}
	if missing := len(tables) + len(u.leftOut) - len(h.Tables); missing > 0 {
		return archive.Damaged(fmt.Errorf("%d tables are missing", missing))
	}
	return u.db.Empty(ctx, tables)
}

func (u *unpacking) insert(ctx context.Context, t archive.Table, rows [][]any) error {
	table, ok := u.known[t.Name]
	if !ok {
		return nil
	}
	if err := u.db.Insert(ctx, table, rows); err != nil {
		return err
	}
	u.done += int64(len(rows))
	u.progress(int(u.done), int(u.header.Rows))
	return nil
}

// file writes a file of the directory to disk.
func (u *unpacking) file(path string, _ int64, content io.Reader) error {
	if passing[strings.Split(path, "/")[0]] && !strings.HasPrefix(path, filesFolder+"/") {
		return archive.Damaged(fmt.Errorf("a file named %s", path))
	}
	name := filepath.FromSlash(path)
	if err := u.root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	written, err := u.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(written, content)
	u.files++
	return errors.Join(err, written.Sync(), written.Close())
}

// close lets go of what is being filled; twice does no harm.
func (u *unpacking) close() error {
	var errs []error
	if u.db != nil {
		errs = append(errs, u.db.Close())
		u.db = nil
	}
	if u.root != nil {
		errs = append(errs, u.root.Close())
		u.root = nil
	}
	return errors.Join(errs...)
}

// syncTree puts the entries of a folder and of those below it on disk.
func syncTree(path string) error {
	return filepath.WalkDir(path, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return syncFolder(path)
	})
}

// syncFolder puts a folder's entries on disk.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
