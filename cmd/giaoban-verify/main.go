// Command giaoban-verify checks what giaoban gave out, without giaoban: a bundle
// of events with their proofs, and receipts. It is one file that uses Go's
// standard library alone and shares no line with the program, so that whoever
// doubts the program can read it whole. The formats are those of docs/proofs.md.
//
//	go run ./cmd/giaoban-verify [-key KEY] BUNDLE.zip [RECEIPT.pdf ...]
package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/bits"
	"os"
	"strconv"
	"strings"
)

type hash = [sha256.Size]byte

// A tree over leaves as RFC 6962 says (section 2.1), of which only the roots of
// the perfect subtrees on its right edge are kept, the largest first.
type tree struct {
	size  int64
	roots []hash
}

func node(left, right hash) hash {
	return sha256.Sum256(append(append([]byte{1}, left[:]...), right[:]...))
}

func (t *tree) add(leaf hash) {
	t.roots = append(t.roots, leaf)
	t.size++
	for n := t.size; n&1 == 0; n >>= 1 { // two subtrees of one size are one of the next
		end := len(t.roots)
		t.roots = append(t.roots[:end-2], node(t.roots[end-2], t.roots[end-1]))
	}
}

func (t *tree) root() string {
	all := t.roots[len(t.roots)-1]
	for i := len(t.roots) - 2; i >= 0; i-- {
		all = node(t.roots[i], all)
	}
	return base64.StdEncoding.EncodeToString(all[:])
}

// climb goes from a leaf at index (from 0) up a path to the root of a tree of a
// size (RFC 6962, section 2.1.1), in base64; "" where the path has not the
// length that the place asks for.
func climb(leaf hash, index, size int64, path []hash) string {
	inner := bits.Len64(uint64(index ^ (size - 1))) // levels on which index is not the right edge
	if len(path) != inner+bits.OnesCount64(uint64(index)>>inner) {
		return ""
	}
	for i, other := range path {
		if i >= inner || index>>i&1 == 1 {
			leaf = node(other, leaf)
		} else {
			leaf = node(leaf, other)
		}
	}
	return base64.StdEncoding.EncodeToString(leaf[:])
}

// A key that checks signatures of signed notes (golang.org/x/mod/sumdb/note).
type key struct {
	name   string
	id     uint32
	public ed25519.PublicKey
}

func parseKey(text string) (k key, err error) {
	words := strings.SplitN(strings.TrimSuffix(text, "\n")+"++", "+", 3)
	b, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(words[2], "++"))
	if err != nil || len(b) != 1+ed25519.PublicKeySize || b[0] != 1 {
		return k, errors.New("key.txt holds no Ed25519 key")
	}
	sum := sha256.Sum256(append([]byte(words[0]+"\n"), b...))
	k = key{words[0], binary.BigEndian.Uint32(sum[:4]), b[1:]}
	if fmt.Sprintf("%08x", k.id) != words[1] {
		return k, errors.New("the key in key.txt was altered")
	}
	return k, nil
}

// open checks the five lines of a signed checkpoint: what the root of the tree,
// in base64, was at a size.
func (k key) open(signed string) (size int64, root string, err error) {
	text, signature, _ := strings.Cut(signed, "\n\n— "+k.name+" ")
	lines := strings.Split(text, "\n")
	b, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(signature, "\n"))
	if err != nil || len(lines) != 3 || lines[0] != k.name || len(b) < 4 || binary.BigEndian.Uint32(b) != k.id ||
		!ed25519.Verify(k.public, []byte(text+"\n"), b[4:]) {
		return 0, "", fmt.Errorf("a checkpoint is not signed by the key: %.60q", signed)
	}
	size, err = strconv.ParseInt(lines[1], 10, 64)
	return size, lines[2], err
}

// An event is a line of nine columns: position, time, actor, unit, kind,
// subject, salt, payload, leaf; in a receipt a tenth, the path.
type event struct {
	position, time int64
	columns        []string
	leaf           hash
}

// read reads a line and computes its leaf anew from everything told of it.
func read(line string, width int) (e event, err error) {
	e.columns = strings.Split(line, "\t")
	if len(e.columns) != width {
		return e, errors.New("its line was altered")
	}
	if e.position, err = strconv.ParseInt(e.columns[0], 10, 64); err != nil {
		return e, err
	}
	if e.leaf, err = digest(e.columns[8]); err != nil || strings.Join(e.columns[1:8], "") == "" {
		return e, err // only its place in the tree is told
	}
	inside := e.columns[7] // of an erased payload the salted hash
	if e.columns[6] != "" {
		salt, err := hex.DecodeString(e.columns[6])
		if err != nil || hex.EncodeToString(salt) != e.columns[6] {
			return e, errors.New("its salt was altered")
		}
		inside = fmt.Sprintf("%x", sha256.Sum256(append(salt, e.columns[7]...)))
	}
	record := "giaoban/event/1\n" + strings.Join(e.columns[:6], "\n") + "\n" + inside
	if sha256.Sum256([]byte("\x00"+record)) != e.leaf {
		return e, errors.New("it is not what its leaf says: it was altered")
	}
	e.time, err = strconv.ParseInt(e.columns[1], 10, 64)
	return e, err
}

func digest(s string) (h hash, err error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(h) || hex.EncodeToString(b) != s {
		return h, errors.New("a hash in its line was altered")
	}
	return hash(b), nil
}

// receipt checks a receipt by itself: its events stand under its checkpoint,
// which the key signed, and its code is that of its last event.
func (k key) receipt(content []byte) (events []event, size int64, signed string, err error) {
	if _, rest, ok := bytes.Cut(content, []byte("<giaoban:data>")); ok { // a PDF carries it inside
		encoded, _, _ := bytes.Cut(rest, []byte("</giaoban:data>"))
		if content, err = base64.StdEncoding.DecodeString(string(encoded)); err != nil {
			return nil, 0, "", err
		}
	}
	head, note, _ := strings.Cut(string(content), "\n\n")
	lines := strings.Split(head, "\n")
	if len(lines) < 3 || lines[0] != "giaoban/receipt/1" {
		return nil, 0, "", errors.New("this is no receipt")
	}
	if size, signed, err = k.open(note); err != nil {
		return nil, 0, "", err
	}
	for _, line := range lines[2:] {
		e, err := read(line, 10)
		var path []hash
		for _, word := range strings.Fields(line[strings.LastIndexByte(line, '\t')+1:]) {
			step, wrong := digest(word)
			path, err = append(path, step), errors.Join(err, wrong)
		}
		if root := climb(e.leaf, e.position-1, size, path); err != nil || root != signed {
			return nil, 0, "", errors.Join(err, fmt.Errorf("event %d does not stand under the receipt's checkpoint", e.position))
		}
		events = append(events, e)
	}
	if last := events[len(events)-1]; lines[1] != last.code() {
		return nil, 0, "", fmt.Errorf("event %d: the receipt's code is not its own", last.position)
	}
	return events, size, signed, nil
}

// code is the code on the receipt of an event.
func (e event) code() string {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	salt, _ := hex.DecodeString(e.columns[6]) // read has tried it
	sum := sha256.Sum256(append(fmt.Appendf(nil, "giaoban/receipt/1\n%d\n", e.position), salt...))
	var tail [10]byte
	for i, b := 0, binary.BigEndian.Uint64(sum[:8]); i < len(tail); i, b = i+1, b<<5 {
		tail[i] = letters[b>>59]
	}
	return fmt.Sprintf("%d-%s-%s", e.position, tail[:5], tail[5:])
}

// verify checks a bundle and the receipts of events in it. It stops at the first
// thing that is wrong.
func verify(trusted, bundle string, receipts []string, out io.Writer) error {
	archive, err := zip.OpenReader(bundle)
	if err != nil {
		return err
	}
	defer archive.Close()
	public, err1 := fs.ReadFile(archive, "key.txt")
	signed, err2 := fs.ReadFile(archive, "checkpoints.txt")
	k, err3 := parseKey(string(public))
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	if trusted != "" && strings.TrimSpace(trusted) != strings.TrimSpace(string(public)) {
		return errors.New("the bundle was signed with another key than the one you trust")
	}
	roots, last := map[int64]string{}, int64(0)
	lines := strings.SplitAfter(string(signed), "\n")
	for ; len(lines) >= 5; lines = lines[5:] {
		size, root, err := k.open(strings.Join(lines[:5], ""))
		if err != nil {
			return err
		}
		roots[size], last = root, max(last, size)
	}
	if strings.Join(lines, "") != "" || last == 0 {
		return errors.New("checkpoints.txt is cut off")
	}
	leaves := map[int64]hash{} // of the receipts' events
	for _, name := range receipts {
		content, err := os.ReadFile(name)
		events, size, signed, wrong := k.receipt(content)
		if err = errors.Join(err, wrong); err != nil {
			return fmt.Errorf("receipt %s: %w", name, err)
		}
		if root, ok := roots[size]; ok && root != signed || size > last {
			return fmt.Errorf("receipt %s: the bundle's log is not the one that gave it out", name)
		}
		roots[size] = signed
		for _, e := range events {
			leaves[e.position] = e.leaf
		}
	}
	told, erased, err := log(archive, roots, leaves, last)
	if err == nil {
		fmt.Fprintf(out, "%d events fit %d signed checkpoints; %d of them are told, %d of those erased; %d receipts stand among them.\n", last, len(roots), told, erased, len(receipts))
	}
	return err
}

// log reads the events and holds them against each other, the roots and leaves.
func log(archive fs.FS, roots map[int64]string, leaves map[int64]hash, last int64) (told, erased int64, err error) {
	file, err := archive.Open("events.txt")
	if err != nil {
		return 0, 0, err
	}
	r, t, at := bufio.NewReaderSize(file, 1<<20), tree{}, int64(0)
	for t.size < last {
		line, err := r.ReadString('\n')
		e, wrong := read(strings.TrimSuffix(line, "\n"), 9)
		switch known, asked := leaves[t.size+1]; {
		case err != nil || wrong != nil:
			return 0, 0, fmt.Errorf("event %d: %w", t.size+1, errors.Join(err, wrong))
		case e.columns[0] != strconv.FormatInt(t.size+1, 10):
			return 0, 0, fmt.Errorf("event %d is missing", t.size+1)
		case e.time != 0 && e.time < at:
			return 0, 0, fmt.Errorf("event %d is earlier than the one before", e.position)
		case asked && known != e.leaf:
			return 0, 0, fmt.Errorf("event %d is another one than on the receipt", e.position)
		}
		t.add(e.leaf)
		if at = max(at, e.time); e.time != 0 {
			told++
			erased += 1 - min(1, int64(len(e.columns[6]))) // its payload went, and with it the salt
		}
		if signed, ok := roots[t.size]; ok && signed != t.root() {
			return 0, 0, fmt.Errorf("events 1 to %d are not those that were signed: some were replaced as a whole", t.size)
		}
	}
	if _, err := r.ReadByte(); !errors.Is(err, io.EOF) {
		return 0, 0, fmt.Errorf("something stands after event %d, the last that was signed", last)
	}
	return told, erased, nil
}

func main() {
	trusted := flag.String("key", "", "the public key that you know from elsewhere; without it the bundle's own is taken")
	flag.Parse()
	if flag.NArg() < 1 {
		flag.Usage() // [-key KEY] BUNDLE.zip [RECEIPT.pdf ...]
		os.Exit(2)
	}
	if err := verify(*trusted, flag.Arg(0), flag.Args()[1:], os.Stdout); err != nil {
		fmt.Println("WRONG:", err)
		os.Exit(1)
	}
}
