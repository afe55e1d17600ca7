package archive

import (
	"archive/tar"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/klauspost/compress/zstd"

	"giaoban/internal/base/store"
)

// partSize is about how many bytes of rows stand in one entry.
const partSize = 1 << 20

// Writer writes an archive. Its methods are called in the order in which they
// stand here.
type Writer struct {
	compressed *zstd.Encoder
	tar        *tar.Writer
	header     Header
	manifest   Manifest
	files      *tally
}

// NewWriter begins an archive of everything that tx sees of db. The moment is
// when it is made, by the machine's clock.
func NewWriter(ctx context.Context, to io.Writer, db *store.DB, tx *sql.Tx, header Header) (*Writer, error) {
	header.Giaoban, header.Engine = form, db.Engine()
	var err error
	if header.Schema, err = store.Applied(ctx, tx); err != nil {
		return nil, err
	}
	tables, err := db.Tables(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		table := Table{Table: t}
		if table.Rows, err = store.Count(ctx, tx, t); err != nil {
			return nil, err
		}
		if t.Counted {
			if table.Last, err = db.Counter(ctx, tx, t); err != nil {
				return nil, err
			}
		}
		header.Rows += table.Rows
		header.Tables = append(header.Tables, table)
	}
	// One goroutine: those who are being served come first.
	compressed, err := zstd.NewWriter(to, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return nil, err
	}
	w := &Writer{compressed, tar.NewWriter(compressed), header, Manifest{Tables: map[string]Sum{}}, newTally()}
	return w, w.encode(headerName, header)
}

// Header is what the archive says of itself.
func (w *Writer) Header() Header { return w.header }

// Tables writes all rows; progress hears how many, after each part.
func (w *Writer) Tables(ctx context.Context, db *store.DB, tx *sql.Tx, progress func(rows int64)) error {
	var done int64
	for _, t := range w.header.Tables {
		part, sum := make([]byte, 0, partSize), newTally()
		parts := 0
		flush := func() error {
			if len(part) == 0 {
				return nil
			}
			parts++
			sum.hash.Write(part)
			err := w.entry(fmt.Sprintf("%s%s/%d.jsonl", tableFolder, t.Name, parts), part)
			part = part[:0]
			progress(done)
			return err
		}
		err := db.Rows(ctx, tx, t.Table, func(values []any) error {
			part = appendRow(part, values)
			sum.count++
			done++
			if len(part) < partSize {
				return nil
			}
			return flush()
		})
		if err != nil {
			return err
		}
		if err := flush(); err != nil {
			return err
		}
		w.manifest.Tables[t.Name] = sum.sum()
	}
	return nil
}

// File writes a file of the data directory under its path in it, with slashes.
func (w *Writer) File(path string, about fs.FileInfo, content io.Reader) error {
	err := w.tar.WriteHeader(&tar.Header{
		Name: filesFolder + path, Size: about.Size(), Mode: 0o600, ModTime: about.ModTime().Truncate(time.Second), Format: tar.FormatPAX,
	})
	if err != nil {
		return fmt.Errorf("writing %s into the archive: %w", path, err)
	}
	w.files.count++
	fmt.Fprintf(w.files.hash, "%s\x00%d\x00", path, about.Size())
	if _, err := io.Copy(io.MultiWriter(w.tar, w.files.hash), io.LimitReader(content, about.Size())); err != nil {
		return fmt.Errorf("writing %s into the archive: %w", path, err)
	}
	return nil
}

// Close writes the manifest, without which the archive is none.
func (w *Writer) Close() error {
	w.manifest.Directory = w.files.sum()
	if err := w.encode(manifestName, w.manifest); err != nil {
		return err
	}
	if err := w.tar.Close(); err != nil {
		return fmt.Errorf("ending the archive: %w", err)
	}
	if err := w.compressed.Close(); err != nil {
		return fmt.Errorf("ending the archive: %w", err)
	}
	return nil
}

func (w *Writer) encode(name string, what any) error {
	content, err := json.MarshalIndent(what, "", " ")
	if err != nil {
		return err
	}
	return w.entry(name, append(content, '\n'))
}

func (w *Writer) entry(name string, content []byte) error {
	err := w.tar.WriteHeader(&tar.Header{Name: name, Size: int64(len(content)), Mode: 0o600, ModTime: w.header.Made.Truncate(time.Second), Format: tar.FormatPAX})
	if err == nil {
		_, err = w.tar.Write(content)
	}
	if err != nil {
		return fmt.Errorf("writing %s into the archive: %w", name, err)
	}
	return nil
}
