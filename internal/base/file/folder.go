package file

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"giaoban/internal/base/fault"
)

// Limit is the most bytes that a file may have: 25 MiB.
const Limit = 25 << 20

// Folder holds the bytes of all files under their hashes: "ab/cdef…" for the
// hash "abcdef…".
type Folder struct {
	path    string
	placing sync.Mutex // held while a content gets its name, or loses it
}

// folderName is the folder of files in a data directory.
const folderName = "files"

// OpenFolder takes up the folder "files" in the data directory and makes it,
// readable by its owner alone, when there is none.
func OpenFolder(data string) (*Folder, error) {
	path := filepath.Join(data, folderName)
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of files: %w", err)
	}
	return &Folder{path: path}, syncDir(data)
}

// Upload is a content that was checked and lies on disk, but of which the
// database does not know yet: [Save] tells it.
type Upload struct {
	Name string // cleaned
	Kind Kind
	Size int64  // bytes
	hash string // SHA-256 of the content, hex
}

// Hash is the SHA-256 of the content, hex.
func (u Upload) Hash() string { return u.hash }

// Take reads a file that somebody sends under a name, checks it and writes its
// bytes to disk. It happens outside of any transaction, because a slow line
// must not hold the database.
//
// A content that is empty, larger than Limit, of none of the kinds, or of
// another kind than its name says is refused with Invalid at the field "file".
func (f *Folder) Take(name string, content io.Reader) (Upload, error) {
	temporary, err := os.CreateTemp(f.path, "incoming-*")
	if err != nil {
		return Upload{}, fmt.Errorf("making a file: %w", err)
	}
	// After the file was renamed there is nothing left to close or remove; before,
	// there is an error on its way that says more.
	defer func() { _, _ = temporary.Close(), os.Remove(temporary.Name()) }()
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(temporary, hash), io.LimitReader(content, Limit+1))
	if err != nil {
		return Upload{}, fmt.Errorf("receiving a file: %w", err)
	}
	upload := Upload{Size: size, hash: hex.EncodeToString(hash.Sum(nil))}
	if upload.Kind, err = check(name, temporary, size); err != nil {
		return Upload{}, err
	}
	upload.Name = cleanName(name, upload.Kind)
	return upload, f.place(temporary, upload.hash)
}

// check finds out what the content is and whether it is what its name says.
func check(name string, content io.ReaderAt, size int64) (Kind, error) {
	switch {
	case size == 0:
		return "", fault.New(fault.Invalid, "file.empty").At("file")
	case size > Limit:
		return "", fault.New(fault.Invalid, "file.large", "limit", Limit>>20).At("file")
	}
	promised, known := kindNamed(extension(name))
	if !known {
		return "", fault.New(fault.Invalid, "file.kind").At("file")
	}
	kind, err := sniff(content, size)
	switch {
	case errors.Is(err, errUnknown):
		return "", fault.New(fault.Invalid, "file.content", "promised", string(promised)).Because(err).At("file")
	case err != nil:
		return "", fmt.Errorf("looking into a file: %w", err)
	case kind != promised:
		return "", fault.New(fault.Invalid, "file.mismatch", "promised", string(promised), "kind", string(kind)).At("file")
	}
	return kind, nil
}

// place moves a written file to where its hash belongs. When it returns nil,
// both the bytes and their entry in the folder are on disk.
func (f *Folder) place(temporary *os.File, hash string) error {
	path := f.at(hash)
	if err := temporary.Sync(); err != nil {
		return fmt.Errorf("writing a file to disk: %w", err)
	}
	if err := temporary.Close(); err != nil {
		return fmt.Errorf("closing a file: %w", err)
	}
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("making a folder: %w", err)
	}
	f.placing.Lock()
	defer f.placing.Unlock()
	// The same bytes may lie there already: they are replaced by themselves.
	if err := os.Rename(temporary.Name(), path); err != nil {
		return fmt.Errorf("placing a file: %w", err)
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return err
	}
	return syncDir(f.path)
}

// Open opens a file's content for reading. Whether the person may read it, the
// caller has decided.
func (f *Folder) Open(file File) (*os.File, error) {
	content, err := os.Open(f.at(file.hash()))
	if err != nil {
		return nil, fmt.Errorf("opening file %s: %w", file.ID, err)
	}
	return content, nil
}

// Content reads the whole content of a file by its id, or by its hash where it is taken but
// not saved yet.
func (f *Folder) Content(id string) ([]byte, error) {
	if len(id) < hashLength {
		return nil, fmt.Errorf("reading file %q: no id", id)
	}
	content, err := os.ReadFile(f.at(id[:hashLength]))
	if err != nil {
		return nil, fmt.Errorf("reading file %s: %w", id, err)
	}
	return content, nil
}

// at is where the content with a hash lies.
func (f *Folder) at(hash string) string { return filepath.Join(f.path, hash[:2], hash[2:]) }

// newID names a file: whoever has seen a content cannot guess it.
func newID(hash string) string {
	random := make([]byte, 8)
	rand.Read(random)
	return hash + "-" + hex.EncodeToString(random)
}

// syncDir puts a folder's entries on disk: without it, a file just renamed may
// be gone after a power cut.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("opening a folder: %w", err)
	}
	if err := dir.Sync(); err != nil {
		return fmt.Errorf("writing a folder to disk: %w", errors.Join(err, dir.Close()))
	}
	return dir.Close()
}
