package store

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// folder is a folder of text files in memory, as much of a file system as
// reading migrations takes: contents by name.
type folder map[string]string

var _ fs.GlobFS = folder(nil)

// Glob gives the names that match a pattern, in order.
func (f folder) Glob(pattern string) ([]string, error) {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(f)) {
		matches, err := path.Match(pattern, name)
		if err != nil {
			return nil, err
		}
		if matches {
			names = append(names, name)
		}
	}
	return names, nil
}

// Open opens the file of a name.
func (f folder) Open(name string) (fs.File, error) {
	content, ok := f[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return file{strings.NewReader(content)}, nil
}

// file is an open file of a folder. It can be read and closed.
type file struct{ *strings.Reader }

func (file) Stat() (fs.FileInfo, error) { return nil, errors.ErrUnsupported }

func (file) Close() error { return nil }
