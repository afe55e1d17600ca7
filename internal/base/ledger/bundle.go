package ledger

import (
	"archive/zip"
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"

	"giaoban/internal/base/store"
)

//go:embed bundle.txt
var bundleReadme string

// Bundle says what of the log is given out.
type Bundle struct {
	// Key is the public key, as [Key].Public.
	Key string
	// Concerns chooses the events that are told whole; of the others the leaf alone
	// is given out, which tells nothing. nil tells all. Erasures are told always.
	Concerns func(Event) bool
	// Progress hears how many events were written; nil when nobody listens.
	Progress func(done, total int)
}

// Export writes the log, up to its newest checkpoint, as a zip file that the
// independent verifier reads (docs/proofs.md): events, checkpoints and the
// public key. It streams: the log may be longer than the memory. The transaction
// must see one state: give it that of store.DB.View.
func Export(ctx context.Context, tx *sql.Tx, w io.Writer, b Bundle) error {
	archive := zip.NewWriter(w)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed) // most of it is hashes, which no effort makes smaller
	})
	for _, part := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"README.txt", func(w io.Writer) error { _, err := io.WriteString(w, bundleReadme); return err }},
		{"key.txt", func(w io.Writer) error { _, err := io.WriteString(w, b.Key+"\n"); return err }},
		{"checkpoints.txt", func(w io.Writer) error { return writeCheckpoints(ctx, tx, w) }},
		{"events.txt", func(w io.Writer) error { return b.writeEvents(ctx, tx, w) }},
	} {
		file, err := archive.Create(part.name)
		if err != nil {
			return fmt.Errorf("exporting %s: %w", part.name, err)
		}
		if err := part.write(file); err != nil {
			return fmt.Errorf("exporting %s: %w", part.name, err)
		}
	}
	return archive.Close()
}

func writeCheckpoints(ctx context.Context, q store.Querier, w io.Writer) error {
	rows, err := q.QueryContext(ctx, `SELECT note FROM ledger_checkpoint ORDER BY size`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (b Bundle) writeEvents(ctx context.Context, tx *sql.Tx, w io.Writer) error {
	size, err := TreeSize(ctx, tx)
	if err != nil {
		return err
	}
	var lines []byte
	written := int64(0)
	for rows, err := range batches(ctx, tx, new(sync.Mutex), 0, size) {
		if err != nil {
			return err
		}
		lines = lines[:0]
		for _, r := range rows {
			if b.Concerns == nil || r.event.Kind == Erased || b.Concerns(r.event) {
				lines = appendLine(lines, r)
			} else {
				lines = appendLeaf(lines, r)
			}
			lines = append(lines, '\n')
		}
		if _, err := w.Write(lines); err != nil {
			return err
		}
		if written += int64(len(rows)); b.Progress != nil {
			b.Progress(int(written), int(size))
		}
	}
	return nil
}
