package archive

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"strings"

	"github.com/klauspost/compress/zstd"

	"giaoban/internal/base/fault"
)

const (
	// mostMemory bounds what a hostile archive may make the decoder take.
	mostMemory = 64 << 20
	// mostEntry is the most bytes of an entry that is read whole; a row is never
	// near it.
	mostEntry = 256 << 20
)

// Contents takes what Read finds.
type Contents struct {
	// Header comes first; an error ends the reading.
	Header func(Header) error
	// Rows are some rows of a table. Tables come in the header's order.
	Rows func(t Table, rows [][]any) error
	// File is a file of the data directory under a path that is local.
	File func(path string, size int64, content io.Reader) error
}

// Read reads an archive and proves it. What it gave to contents is good only if
// it returns nil. Faults: Invalid for a file that is none, that is cut short,
// damaged, or of a form that only a newer program reads. Errors of contents are
// returned as they are.
func Read(from io.Reader, contents Contents) (Manifest, error) {
	decompressed, err := zstd.NewReader(from, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(mostMemory))
	if err != nil {
		return Manifest{}, foreign(err)
	}
	defer decompressed.Close()
	r := reader{tar: tar.NewReader(decompressed), contents: contents, files: newTally(), tables: map[string]*tally{}}
	for {
		ended, err := r.next()
		if err != nil {
			return Manifest{}, err
		}
		if ended {
			return r.manifest, errors.Join(r.prove(), r.end(decompressed))
		}
	}
}

type reader struct {
	tar      *tar.Reader
	contents Contents
	header   Header
	manifest Manifest
	tables   map[string]*tally // those begun
	files    *tally
}

// next reads one entry; the manifest is the last.
func (r *reader) next() (ended bool, err error) {
	entry, err := r.tar.Next()
	switch {
	case err != nil && r.header.Giaoban == 0 && !errors.Is(err, io.ErrUnexpectedEOF):
		return false, foreign(err)
	case err != nil:
		return false, broken(err)
	case r.header.Giaoban == 0:
		return false, r.begin(entry)
	case entry.Name == manifestName:
		return true, r.decode(entry, &r.manifest)
	case strings.HasPrefix(entry.Name, tableFolder):
		return false, r.rows(entry)
	case strings.HasPrefix(entry.Name, filesFolder):
		return false, r.file(entry)
	}
	return false, Damaged(fmt.Errorf("an entry named %q", entry.Name))
}

// begin reads the header.
func (r *reader) begin(entry *tar.Header) error {
	if entry.Name != headerName {
		return foreign(fmt.Errorf("it begins with %q", entry.Name))
	}
	if err := r.decode(entry, &r.header); err != nil {
		return err
	}
	if r.header.Giaoban > form {
		return Newer(r.header)
	}
	if r.header.Giaoban != form {
		return foreign(fmt.Errorf("form %d", r.header.Giaoban))
	}
	return r.contents.Header(r.header)
}

func (r *reader) rows(entry *tar.Header) error {
	name, _, _ := strings.Cut(strings.TrimPrefix(entry.Name, tableFolder), "/")
	var table Table
	for _, t := range r.header.Tables {
		if t.Name == name {
			table = t
		}
	}
	if table.Name == "" {
		return Damaged(fmt.Errorf("rows of a table %q, which the header does not name", name))
	}
	content, err := r.whole(entry)
	if err != nil {
		return err
	}
	sum := r.tables[name]
	if sum == nil {
		sum = newTally()
		r.tables[name] = sum
	}
	sum.hash.Write(content)
	var rows [][]any
	for line := range bytes.Lines(content) {
		row, err := parseRow(bytes.TrimSuffix(line, []byte("\n")), table.Columns)
		if err != nil {
			return Damaged(fmt.Errorf("%s: %w", entry.Name, err))
		}
		rows = append(rows, row)
	}
	sum.count += int64(len(rows))
	return r.contents.Rows(table, rows)
}

func (r *reader) file(entry *tar.Header) error {
	path := strings.TrimPrefix(entry.Name, filesFolder)
	if !fs.ValidPath(path) || path == "." || entry.Typeflag != tar.TypeReg {
		return Damaged(fmt.Errorf("a file named %q", path))
	}
	r.files.count++
	fmt.Fprintf(r.files.hash, "%s\x00%d\x00", path, entry.Size)
	torn := &careful{from: r.tar}
	err := r.contents.File(path, entry.Size, io.TeeReader(torn, r.files.hash))
	if torn.err != nil {
		return broken(torn.err)
	}
	return err
}

// careful remembers that its source failed: whoever copies from it cannot tell
// that from a failure of its own.
type careful struct {
	from io.Reader
	err  error
}

// Read reads on.
func (c *careful) Read(b []byte) (int, error) {
	n, err := c.from.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}

// prove compares what was read with the manifest and with the header.
func (r *reader) prove() error {
	read := Manifest{Tables: map[string]Sum{}, Directory: r.files.sum()}
	for _, t := range r.header.Tables {
		sum := r.tables[t.Name]
		if sum == nil {
			sum = newTally()
		}
		if sum.count != t.Rows {
			return Damaged(fmt.Errorf("table %s has %d rows, the header says %d", t.Name, sum.count, t.Rows))
		}
		read.Tables[t.Name] = sum.sum()
	}
	if read.Directory != r.manifest.Directory {
		return Damaged(fmt.Errorf("the directory's files: %+v, the manifest says %+v", read.Directory, r.manifest.Directory))
	}
	if !maps.Equal(read.Tables, r.manifest.Tables) {
		return Damaged(errors.New("the tables' hashes are not those of the manifest"))
	}
	return nil
}

// end reads what follows the manifest: nothing but the marks of the end.
func (r *reader) end(decompressed io.Reader) error {
	if entry, err := r.tar.Next(); err == nil {
		return Damaged(fmt.Errorf("%q after its end", entry.Name))
	} else if !errors.Is(err, io.EOF) {
		return broken(err)
	}
	if _, err := io.Copy(io.Discard, io.LimitReader(decompressed, partSize)); err != nil {
		return broken(err)
	}
	return nil
}

func (r *reader) decode(entry *tar.Header, into any) error {
	content, err := r.whole(entry)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, into); err != nil {
		return Damaged(fmt.Errorf("%s: %w", entry.Name, err))
	}
	return nil
}

// whole reads an entry into memory.
func (r *reader) whole(entry *tar.Header) ([]byte, error) {
	if entry.Size > mostEntry {
		return nil, Damaged(fmt.Errorf("%s has %d bytes", entry.Name, entry.Size))
	}
	content, err := io.ReadAll(r.tar)
	if err != nil {
		return nil, broken(err)
	}
	return content, nil
}

func foreign(err error) error {
	return fault.New(fault.Invalid, "archive.foreign").Because(err)
}

// Newer is the fault of an archive that only a newer program restores.
func Newer(h Header) error {
	return fault.New(fault.Invalid, "archive.newer", "program", h.Program)
}

// Damaged is the fault of an archive that is not what was written: why is for
// whoever looks into it.
func Damaged(err error) error {
	return fault.New(fault.Invalid, "archive.damaged", "why", err.Error()).Because(err)
}

// broken is an archive that ends before its end, or whose bytes are not those
// that were written.
func broken(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fault.New(fault.Invalid, "archive.cut").Because(err)
	}
	return Damaged(err)
}
