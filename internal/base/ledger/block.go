package ledger

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// A block is an event as text, in receipts and bundles: a line for each field,
// the payload after a line that tells how many bytes it has, the leaf last
// (docs/proofs.md). Of an erased payload the salted hash stands in its place; an
// event of which only the place in the tree is told has position and leaf alone.
//
//	event 1284
//	time 1594346520000000
//	actor person:7
//	unit 12
//	kind report.accepted
//	subject report:44
//	salt 9f…
//	payload 231
//	{…}
//	leaf 5b…

// writeBlock writes a row as a block; path is nil in a bundle, where the whole
// tree stands beside it.
func writeBlock(w *bufio.Writer, r row, path []tlog.Hash) {
	e := r.event
	fmt.Fprintf(w, "event %d\ntime %d\nactor %s\nunit %d\nkind %s\nsubject %s\n", e.Position, e.Time.UnixMicro(), e.Actor, e.Unit, e.Kind, e.Subject)
	if r.erased {
		fmt.Fprintf(w, "hash %x\n", r.hash)
	} else {
		fmt.Fprintf(w, "salt %x\npayload %d\n%s\n", r.salt, len(e.Payload), e.Payload)
	}
	if path != nil {
		w.WriteString("path")
		for _, hash := range path {
			fmt.Fprintf(w, " %x", hash[:])
		}
		w.WriteByte('\n')
	}
	fmt.Fprintf(w, "leaf %x\n", r.leaf[:])
}

// writeLeaf writes an event of which only the place in the tree is told.
func writeLeaf(w *bufio.Writer, r row) {
	fmt.Fprintf(w, "event %d\nleaf %x\n", r.event.Position, r.leaf[:])
}

// longestPayload bounds what a block that somebody sent may claim.
const longestPayload = 1 << 20

// readBlock reads a block and the path in it. It checks no hash.
func readBlock(r *bufio.Reader) (one row, path []tlog.Hash, err error) {
	one.erased = true
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return one, nil, fmt.Errorf("reading an event's block: %w", err)
		}
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch name {
		case "payload":
			err = one.readPayload(r, value)
		case "path":
			path, err = readPath(value)
		default:
			err = one.readField(name, value)
		}
		if err != nil {
			return one, nil, fmt.Errorf("reading an event's block: %q: %w", name, err)
		}
		if name == "leaf" {
			return one, path, nil
		}
	}
}

func (r *row) readField(name, value string) (err error) {
	e := &r.event
	switch name {
	case "event":
		e.Position, err = strconv.ParseInt(value, 10, 64)
	case "time":
		var micro int64
		micro, err = strconv.ParseInt(value, 10, 64)
		e.Time = time.UnixMicro(micro).UTC()
	case "actor":
		e.Actor = value
	case "unit":
		e.Unit, err = strconv.ParseInt(value, 10, 64)
	case "kind":
		e.Kind = Kind(value)
	case "subject":
		e.Subject = value
	case "salt":
		r.salt, err = hex.DecodeString(value)
	case "hash":
		r.hash, err = readHash(value)
	case "leaf":
		r.leaf, err = readHash(value)
	default:
		err = errors.New("there is no such line")
	}
	return err
}

func (r *row) readPayload(from io.Reader, length string) error {
	n, err := strconv.Atoi(length)
	if err != nil || n < 0 || n > longestPayload {
		return fmt.Errorf("a payload of %q bytes", length)
	}
	payload := make([]byte, n+1)
	if _, err := io.ReadFull(from, payload); err != nil {
		return err
	}
	if payload[n] != '\n' {
		return errors.New("the payload is longer than it says")
	}
	r.event.Payload, r.erased = bytes.Clone(payload[:n]), false
	return nil
}

func readHash(value string) (tlog.Hash, error) {
	b, err := hex.DecodeString(value)
	if err != nil || len(b) != tlog.HashSize {
		return tlog.Hash{}, errors.New("a hash has 64 digits")
	}
	return tlog.Hash(b), nil
}

func readPath(value string) ([]tlog.Hash, error) {
	path := []tlog.Hash{}
	for _, word := range strings.Fields(value) {
		hash, err := readHash(word)
		if err != nil {
			return nil, err
		}
		path = append(path, hash)
	}
	return path, nil
}
