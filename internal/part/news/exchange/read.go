package exchange

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
)

// Bounds of what is read.
const (
	mostManifest = 64 << 20 // bytes: some half a million files
	mostRecords  = 8 << 30  // bytes
	mostRecord   = 16 << 20 // bytes of one
)

// Bundle is one that was proven: its signature, and every byte of it.
type Bundle struct {
	Kind     Kind
	Sequence int64  // a later one has a greater one
	Manifest string // SHA-256 of what it says it holds, hex

	records section
	files   map[string]section // by their hashes
}

type section struct {
	from io.ReaderAt
	at   int64
	size int64
}

func (s section) open() io.Reader { return io.NewSectionReader(s.from, s.at, s.size) }

// Read reads and proves a bundle of so many bytes. Faults: Invalid at "file" where it is
// none, or signed by another key, or not as it was signed.
func Read(from io.ReaderAt, size int64, key note.Verifier) (*Bundle, error) {
	signed, err := readManifest(from, size)
	if err != nil {
		return nil, err
	}
	b, parts, err := open(signed, key)
	if err != nil {
		return nil, err
	}
	if err := b.prove(from, size, signed, parts); err != nil {
		return nil, err
	}
	return b, nil
}

var (
	errNone    = fault.New(fault.Invalid, "exchange.none").At("file")
	errNewer   = fault.New(fault.Invalid, "exchange.newer").At("file")
	errAltered = fault.New(fault.Invalid, "exchange.altered").At("file")
)

// readManifest gives the first part as it stands there.
func readManifest(from io.ReaderAt, size int64) ([]byte, error) {
	archive := tar.NewReader(io.NewSectionReader(from, 0, min(size, mostManifest)))
	header, err := archive.Next()
	if err != nil || header.Name != manifestName || header.Size > mostManifest || header.Size > size {
		return nil, errNone.Because(err)
	}
	signed, err := io.ReadAll(io.LimitReader(archive, header.Size))
	if err != nil || int64(len(signed)) != header.Size {
		return nil, errAltered.Because(err)
	}
	return signed, nil
}

// open checks the signature and reads what the bundle says it holds.
func open(signed []byte, key note.Verifier) (*Bundle, []part, error) {
	opened, err := note.Open(signed, note.VerifierList(key))
	var unknown *note.UnverifiedNoteError
	switch {
	case errors.As(err, &unknown):
		return nil, nil, fault.New(fault.Invalid, "exchange.other-key", "name", signedBy(unknown.Note)).Because(err).At("file")
	case err != nil:
		return nil, nil, errAltered.Because(err)
	case !asSigned(opened):
		return nil, nil, errAltered
	}
	sum := sha256.Sum256([]byte(opened.Text))
	b := &Bundle{Manifest: hex.EncodeToString(sum[:]), files: map[string]section{}}
	parts, err := b.parse(opened.Text)
	if err != nil {
		return nil, nil, errNewer.Because(err)
	}
	return b, parts, nil
}

// signedBy names the key of a note that no known key has signed.
func signedBy(n *note.Note) string {
	if len(n.UnverifiedSigs) == 0 {
		return ""
	}
	one := n.UnverifiedSigs[0]
	return fmt.Sprintf("%s+%08x", one.Name, one.Hash)
}

// asSigned says whether a note has one signature, written in the one way there is: base64
// has bits that say nothing.
func asSigned(n *note.Note) bool {
	if len(n.Sigs) != 1 || len(n.UnverifiedSigs) != 0 {
		return false
	}
	_, err := base64.StdEncoding.Strict().DecodeString(n.Sigs[0].Base64)
	return err == nil
}

// parse reads the words of a manifest, which somebody has signed.
func (b *Bundle) parse(said string) (parts []part, err error) {
	lines := strings.Split(strings.TrimSuffix(said, "\n"), "\n")
	if len(lines) < 3 || lines[0] != firstLine {
		return nil, fmt.Errorf("a bundle begins with %q", firstLine)
	}
	kind, sequence, _ := strings.Cut(lines[1], " ")
	b.Kind = Kind(kind)
	if b.Sequence, err = strconv.ParseInt(sequence, 10, 64); err != nil || b.Sequence < 1 {
		return nil, fmt.Errorf("the bundle's number is %q", sequence)
	}
	for _, line := range lines[2:] {
		fields := strings.Split(line, " ")
		if len(fields) != 3 {
			return nil, fmt.Errorf("a part is said in %d words", len(fields))
		}
		p := part{name: fields[2], sum: fields[0]}
		if p.size, err = strconv.ParseInt(fields[1], 10, 64); err != nil {
			return nil, fmt.Errorf("reading the size of %s: %w", p.name, err)
		}
		if !p.fits(len(parts) == 0) {
			return nil, fmt.Errorf("%s has %d bytes", p.name, p.size)
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// fits says whether a part is one that a bundle has there.
func (p part) fits(first bool) bool {
	if first {
		return p.name == recordsName && p.size >= 0 && p.size <= mostRecords
	}
	return p.name == filesFolder+p.sum && p.size > 0 && p.size <= file.Limit
}

// prove compares every byte with what is signed: the bundle is written anew from its
// parts, and has to be the same.
func (b *Bundle) prove(from io.ReaderAt, size int64, signed []byte, parts []part) error {
	same := &twin{from: from, size: size}
	again := []source{{part{name: manifestName, size: int64(len(signed))}, func(w io.Writer) error {
		_, err := w.Write(signed)
		return err
	}}}
	for _, p := range parts {
		again = append(again, source{p, func(w io.Writer) error {
			s := section{from, same.at, p.size}
			if p.name == recordsName {
				b.records = s
			} else {
				b.files[path.Base(p.name)] = s
			}
			return p.copy(w, s)
		}})
	}
	if err := pack(same, again); err != nil {
		return errAltered.Because(err)
	}
	if same.at != size {
		return errAltered.Because(fmt.Errorf("%d bytes behind its end", size-same.at))
	}
	return nil
}

// copy writes a part anew if it is what was signed.
func (p part) copy(to io.Writer, s section) error {
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(to, sum), s.open())
	if err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); n != p.size || got != p.sum {
		return fmt.Errorf("%s has the hash %s, signed was %s", p.name, got, p.sum)
	}
	return nil
}

// twin takes only what stands at the same place of a file.
type twin struct {
	from io.ReaderAt
	size int64
	at   int64
}

// Write compares the next bytes.
func (t *twin) Write(b []byte) (int, error) {
	there := make([]byte, len(b))
	if _, err := t.from.ReadAt(there, t.at); err != nil && !errors.Is(err, io.EOF) {
		return 0, fmt.Errorf("reading a bundle: %w", err)
	}
	if t.at+int64(len(b)) > t.size || !bytes.Equal(b, there) {
		return 0, fmt.Errorf("byte %d and those behind it are others", t.at)
	}
	t.at += int64(len(b))
	return len(b), nil
}
