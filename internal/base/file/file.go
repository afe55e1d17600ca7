package file

import (
	"context"
	"embed"
	"encoding/hex"
	"fmt"
	"time"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/store"
)

// Schema is the table of files.
//
//go:embed schema
var Schema embed.FS

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// File is a file that somebody attached for a unit.
type File struct {
	ID            string // begins with the SHA-256 of its content
	Name          string // as shown and downloaded
	Size          int64  // bytes
	Kind          Kind
	Unit          int64     // the unit it was attached for
	By            int64     // the person who sent it; 0 for the command line
	At            time.Time // when, by the business clock
	marking.Marks           // within the installation's ceiling when it was attached
}

// hash is the SHA-256 of the content, hex.
func (f File) hash() string { return f.ID[:hashLength] }

const hashLength = 64

// Save makes an uploaded content a file of a unit. It appends no event: what
// names the file (an issued directive, a submitted report) carries its id, and
// with it the hash, in an event of its own. Marks above the ceiling of secrecy are
// refused with Invalid at "secrecy": the bytes that lie in the folder already are
// swept away as those that nothing names.
func Save(ctx context.Context, tx *ledger.Tx, upload Upload, marks marking.Marks, unit, by int64) (File, error) {
	if err := marking.Check(ctx, tx, marks); err != nil {
		return File{}, err
	}
	f := File{
		ID: newID(upload.hash), Name: upload.Name, Size: upload.Size, Kind: upload.Kind,
		Unit: unit, By: by, At: tx.Now(), Marks: marks,
	}
	_, err := tx.ExecContext(ctx,
		`INSERT INTO file (id, name, size, type, unit_id, uploaded_by, at, secrecy, urgency) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		f.ID, f.Name, f.Size, string(f.Kind), f.Unit, f.By, f.At.UnixMicro(), string(f.Secrecy), string(f.Urgency))
	if err != nil {
		return File{}, fmt.Errorf("saving file %q: %w", f.Name, err)
	}
	return f, nil
}

// Carry makes a content a file of a unit under the id that it has in another installation,
// whose texts name it by that. A file that is there already stays as it is. Faults: Invalid
// at "file" where the id is not of this content.
func Carry(ctx context.Context, tx *ledger.Tx, id string, upload Upload, unit int64) error {
	if !wellFormed(id) || id[:hashLength] != upload.hash {
		return fault.New(fault.Invalid, "file.not-found").At("file")
	}
	_, err := tx.ExecContext(ctx,
		`INSERT INTO file (id, name, size, type, unit_id, uploaded_by, at, secrecy, urgency) VALUES ($1, $2, $3, $4, $5, 0, $6, '', '') ON CONFLICT (id) DO NOTHING`,
		id, upload.Name, upload.Size, string(upload.Kind), unit, tx.Now().UnixMicro())
	if err != nil {
		return fmt.Errorf("carrying file %q: %w", upload.Name, err)
	}
	return nil
}

// Get finds a file by its id; NotFound when there is none.
func Get(ctx context.Context, q store.Querier, id string) (File, error) {
	f := File{ID: id}
	var at int64
	if !wellFormed(id) {
		return File{}, fault.New(fault.NotFound, "file.not-found")
	}
	err := q.QueryRowContext(ctx,
		`SELECT name, size, type, unit_id, uploaded_by, at, secrecy, urgency FROM file WHERE id = $1`, id).
		Scan(&f.Name, &f.Size, &f.Kind, &f.Unit, &f.By, &at, &f.Secrecy, &f.Urgency)
	if store.Missing(err) {
		return File{}, fault.New(fault.NotFound, "file.not-found")
	}
	if err != nil {
		return File{}, fmt.Errorf("reading file %s: %w", id, err)
	}
	f.At = time.UnixMicro(at).UTC()
	return f, nil
}

// Forget takes a file's row away, once nothing names it. Its content lies in the
// folder until it is swept, or longer where another file has the same.
func Forget(ctx context.Context, tx *ledger.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM file WHERE id = $1`, id); err != nil {
		return fmt.Errorf("forgetting file %s: %w", id, err)
	}
	return nil
}

// SameContent says whether an upload has the bytes of the file.
func (f File) SameContent(upload Upload) bool { return f.hash() == upload.hash }

// wellFormed says whether an id is one that newID could have made.
func wellFormed(id string) bool {
	if len(id) != hashLength+1+16 || id[hashLength] != '-' {
		return false
	}
	_, first := hex.DecodeString(id[:hashLength])
	_, second := hex.DecodeString(id[hashLength+1:])
	return first == nil && second == nil
}
