package ledger

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// In receipts and bundles an event is one line of text, its columns separated
// by tabs (docs/proofs.md):
//
//	position, time, actor, unit, kind, subject, salt, payload, leaf
//
// Of an erased payload the salt is empty and the salted hash stands in the
// payload's place; of an event of which only the place in the tree is told, all
// between position and leaf are empty. In a receipt the path to the root
// follows. No column can hold a tab or a line's end: the words of an event are
// refused with them, and JSON writes them otherwise.
const columns = 9

// appendLine appends a row as a line, without its end.
func appendLine(b []byte, r row) []byte {
	e := r.event
	b = strconv.AppendInt(b, e.Position, 10)
	b = append(b, '\t')
	b = strconv.AppendInt(b, e.Time.UnixMicro(), 10)
	b = append(append(b, '\t'), e.Actor...)
	b = append(b, '\t')
	b = strconv.AppendInt(b, e.Unit, 10)
	b = append(append(b, '\t'), e.Kind...)
	b = append(append(b, '\t'), e.Subject...)
	b = append(b, '\t')
	if r.erased {
		b = append(b, '\t')
		b = hex.AppendEncode(b, r.hash[:])
	} else {
		b = hex.AppendEncode(b, r.salt)
		b = append(append(b, '\t'), e.Payload...)
	}
	b = append(b, '\t')
	return hex.AppendEncode(b, r.leaf[:])
}

// appendLeaf appends the line of an event of which only its place is told.
func appendLeaf(b []byte, r row) []byte {
	b = strconv.AppendInt(b, r.event.Position, 10)
	b = append(b, "\t\t\t\t\t\t\t\t"...)
	return hex.AppendEncode(b, r.leaf[:])
}

func appendPath(b []byte, path []tlog.Hash) []byte {
	for i, hash := range path {
		b = append(b, "\t "[min(i, 1)])
		b = hex.AppendEncode(b, hash[:])
	}
	if len(path) == 0 {
		b = append(b, '\t')
	}
	return b
}

// parseLine reads a line of a receipt. It checks no hash.
func parseLine(line string) (r row, path []tlog.Hash, err error) {
	said := strings.Split(line, "\t")
	if len(said) != columns+1 {
		return r, nil, fmt.Errorf("an event of %d columns", len(said))
	}
	var micro int64
	e := &r.event
	for i, number := range map[int]*int64{0: &e.Position, 1: &micro, 3: &e.Unit} {
		if *number, err = strconv.ParseInt(said[i], 10, 64); err != nil {
			return r, nil, fmt.Errorf("reading an event's numbers: %w", err)
		}
	}
	e.Time = time.UnixMicro(micro).UTC()
	e.Actor, e.Kind, e.Subject, e.Payload = said[2], Kind(said[4]), said[5], []byte(said[7])
	if r.salt, err = hex.DecodeString(said[6]); err != nil {
		return r, nil, fmt.Errorf("reading an event's salt: %w", err)
	}
	if r.leaf, err = parseHash(said[8]); err != nil {
		return r, nil, err
	}
	for _, word := range strings.Fields(said[9]) {
		hash, err := parseHash(word)
		if err != nil {
			return r, nil, err
		}
		path = append(path, hash)
	}
	return r, path, nil
}

func parseHash(word string) (tlog.Hash, error) {
	b, err := hex.DecodeString(word)
	if err != nil || len(b) != tlog.HashSize {
		return tlog.Hash{}, errors.New("a hash has 64 digits")
	}
	return tlog.Hash(b), nil
}
