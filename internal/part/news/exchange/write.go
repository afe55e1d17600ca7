package exchange

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Kind is what a bundle carries.
type Kind string

// The kinds of bundles.
const (
	News     Kind = "news"     // what the public reads, outwards
	Opinions Kind = "opinions" // of readers, inwards
)

// The parts of a bundle: what it says it holds, signed; records, a line of JSON each; and
// contents of files by their hashes.
const (
	firstLine    = "giaoban bundle 1"
	manifestName = "manifest"
	recordsName  = "records"
	filesFolder  = "files/"
)

// part is one of a bundle's.
type part struct {
	name string
	size int64
	sum  string // SHA-256, hex
}

// source is a part that is written.
type source struct {
	part
	write func(io.Writer) error
}

// measured gives a part by what is written, which is the same each time.
func measured(name string, write func(io.Writer) error) (source, error) {
	m := meter{hash: sha256.New()}
	if err := write(&m); err != nil {
		return source{}, err
	}
	return source{part{name, m.size, hex.EncodeToString(m.hash.Sum(nil))}, write}, nil
}

// meter measures what is written.
type meter struct {
	hash hash.Hash
	size int64
}

// Write takes in the next bytes.
func (m *meter) Write(b []byte) (int, error) {
	m.size += int64(len(b))
	return m.hash.Write(b)
}

// manifest says what a bundle holds, in the words that are signed.
func manifest(kind Kind, sequence int64, parts []source) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s %d\n", firstLine, kind, sequence)
	for _, p := range parts {
		fmt.Fprintf(&b, "%s %d %s\n", p.sum, p.size, p.name)
	}
	return b.String()
}

// write writes a bundle: the same for the same parts, to the last byte.
func write(to io.Writer, signer note.Signer, kind Kind, sequence int64, parts []source) error {
	signed, err := note.Sign(&note.Note{Text: manifest(kind, sequence, parts)}, signer)
	if err != nil {
		return fmt.Errorf("signing a bundle: %w", err)
	}
	said := source{part{name: manifestName, size: int64(len(signed))}, func(w io.Writer) error {
		_, err := w.Write(signed)
		return err
	}}
	return pack(to, append([]source{said}, parts...))
}

// pack writes parts one behind the other, as tar knows them.
func pack(to io.Writer, parts []source) error {
	archive := tar.NewWriter(to)
	for _, p := range parts {
		err := archive.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: p.name, Size: p.size, Mode: 0o600})
		if err == nil {
			err = p.write(archive)
		}
		if err != nil {
			return fmt.Errorf("writing %s of a bundle: %w", p.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("ending a bundle: %w", err)
	}
	return nil
}
