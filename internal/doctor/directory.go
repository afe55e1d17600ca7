package doctor

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// directory looks at rights and owners: what lies in the directory is for one
// user's eyes alone.
func directory(_ context.Context, p Patient) (found []Finding, err error) {
	about, err := os.Stat(p.Dir)
	if err != nil {
		return nil, err
	}
	if about.Mode().Perm()&0o077 != 0 {
		found = append(found, wrong("doctor.directory.open", "path", p.Dir))
	}
	owner, known := ownerOf(about)
	open, foreign := "", ""
	err = filepath.WalkDir(p.Dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone meanwhile
		}
		if err != nil {
			return err
		}
		about, err := entry.Info()
		if err != nil {
			return nil // gone meanwhile
		}
		if has, ok := ownerOf(about); ok && known && has != owner {
			foreign = path
		}
		if entry.Type().IsRegular() && about.Mode().Perm()&0o077 != 0 {
			open = path
		}
		return nil
	})
	if open != "" {
		found = append(found, wrong("doctor.directory.readable", "path", open))
	}
	if foreign != "" {
		found = append(found, wrong("doctor.directory.owner", "path", foreign))
	}
	return found, err
}

const (
	littleSpace = 2 << 30   // bytes: time to do something
	noSpace     = 200 << 20 // bytes: writing will be refused soon
)

// space looks at how much the disk still takes.
func space(_ context.Context, p Patient) ([]Finding, error) {
	free, known, err := Free(p.Dir)
	switch {
	case err != nil || !known:
		return nil, err
	case free < noSpace:
		return []Finding{wrong("doctor.space.none", "n", free>>20)}, nil
	case free < littleSpace:
		return []Finding{advice("doctor.space.little", "n", free>>20)}, nil
	}
	return nil, nil
}

// lock looks for a program that holds the directory without answering, and for a
// socket that nobody listens at.
func lock(_ context.Context, p Patient) ([]Finding, error) {
	if p.Held {
		return []Finding{wrong("doctor.lock.held")}, nil
	}
	path := filepath.Join(p.Dir, p.Names.Socket)
	if _, err := os.Lstat(path); err != nil {
		return nil, nil // there is none
	}
	connection, err := net.DialTimeout("unix", path, time.Second)
	if err == nil {
		return nil, connection.Close()
	}
	if p.Served {
		return []Finding{wrong("doctor.lock.deaf")}, nil
	}
	return []Finding{advice("doctor.lock.socket")}, nil
}

// leftovers looks for what was broken off halfway.
func leftovers(_ context.Context, p Patient) (found []Finding, err error) {
	entries, err := os.ReadDir(p.Dir)
	for _, entry := range entries {
		switch name := entry.Name(); {
		case name == p.Names.Restoring:
			found = append(found, advice("doctor.leftovers.restoring", "path", filepath.Join(p.Dir, name)))
		case strings.HasSuffix(name, ".new"):
			found = append(found, advice("doctor.leftovers.half", "path", filepath.Join(p.Dir, name)))
		case name == p.Names.DemoMark:
			mark, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				return found, err
			}
			if strings.HasPrefix(string(mark), "begun") {
				found = append(found, wrong("doctor.leftovers.demo"))
			}
		}
	}
	return found, err
}

// backupAge is how old the last backup may be.
const backupAge = 7 * 24 * time.Hour

// backup looks at when the last one was made, and says what no backup holds.
func backup(_ context.Context, p Patient) ([]Finding, error) {
	found, err := lastBackup(p)
	if err != nil {
		return found, err
	}
	recordings, err := os.ReadDir(filepath.Join(p.Dir, p.Names.Recordings))
	if p.Names.Recordings == "" || errors.Is(err, fs.ErrNotExist) || len(recordings) == 0 && err == nil {
		return found, nil
	}
	if len(found) == 0 {
		found = append(found, Finding{Grade: Well, Key: "doctor.well.backup"})
	}
	return append(found, Finding{Grade: Well, Key: "doctor.backup.recordings", Args: []any{"n", len(recordings), "path", filepath.Join(p.Dir, p.Names.Recordings)}}), err
}

func lastBackup(p Patient) ([]Finding, error) {
	about, err := os.Stat(filepath.Join(p.Dir, p.Names.BackupMark))
	if errors.Is(err, fs.ErrNotExist) {
		return []Finding{advice("doctor.backup.never")}, nil
	}
	if err != nil {
		return nil, err
	}
	if age := p.Machine.Now().Sub(about.ModTime()); age > backupAge {
		return []Finding{advice("doctor.backup.old", "n", int(age/(24*time.Hour)))}, nil
	}
	return nil, nil
}
