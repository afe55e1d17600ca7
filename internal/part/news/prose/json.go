package prose

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxBytes is how long a document may be in JSON.
const MaxBytes = 2 << 20

// version is that of the structure. A program reads its own and those before it.
const version = 1

// envelope is a document in JSON.
type envelope struct {
	Version int     `json:"version"`
	Blocks  []Block `json:"blocks"`
}

// Decode reads a document from the JSON that [Document.Encode] or an editor wrote, into
// its normal form. It takes nothing that the structure has no place for: what is too
// long, deep or wide, and links and figures that cannot be, are Invalid faults at
// [Field]. An empty body is a document without blocks.
func Decode(body []byte) (Document, error) {
	if len(body) > MaxBytes {
		return Document{}, refuse("prose.long", "most", MaxCharacters)
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return Document{}, nil
	}
	if err := shallow(body); err != nil {
		return Document{}, err
	}
	var in envelope
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		return Document{}, unreadable("reading the structure: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Document{}, unreadable("there is more after the structure")
	}
	if in.Version != version {
		return Document{}, unreadable("version %d of the structure", in.Version)
	}
	return Document{Blocks: in.Blocks}.normal()
}

// mostNested is how deep the brackets of a document go, with room: the runs of a list
// in a list in a list.
const mostNested = 24

// shallow refuses what is nested deeper than any document.
func shallow(body []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	depth := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadable("reading the brackets: %w", err)
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth > mostNested {
			return unreadable("brackets nested more than %d deep", mostNested)
		}
	}
}

// Encode writes the document as JSON, in its normal form; equal documents give equal
// bytes. It refuses what [Decode] refuses.
func (d Document) Encode() ([]byte, error) {
	clean, err := d.normal()
	if err != nil {
		return nil, err
	}
	if clean.Blocks == nil {
		clean.Blocks = []Block{}
	}
	body, err := json.Marshal(envelope{Version: version, Blocks: clean.Blocks})
	if err != nil {
		return nil, fmt.Errorf("writing a document: %w", err)
	}
	if len(body) > MaxBytes {
		return nil, refuse("prose.long", "most", MaxCharacters)
	}
	return body, nil
}
