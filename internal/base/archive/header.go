package archive

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"hash"
	"time"

	"giaoban/internal/base/store"
)

// Texts are what this package says to people.
//
//go:embed texts.yaml
var Texts embed.FS

// form is the newest form of archives, and the only one so far.
const form = 1

// The names of entries.
const (
	headerName   = "giaoban.json"
	manifestName = "manifest.json"
	tableFolder  = "table/"
	filesFolder  = "directory/"
)

// Header says what is in an archive.
type Header struct {
	Giaoban  int          `json:"giaoban"` // the form; every archive says it
	Program  string       `json:"program"` // version that wrote it
	Engine   store.Engine `json:"engine"`  // that it was written from
	Made     time.Time    `json:"made"`
	Position int64        `json:"position"` // of the last event
	Schema   []int64      `json:"schema"`   // numbers of the migrations
	Tables   []Table      `json:"tables"`
	Rows     int64        `json:"rows"` // of all tables
}

// Table is a table in an archive.
type Table struct {
	store.Table
	Rows int64 `json:"rows"`
	Last int64 `json:"last"` // the last number that its key gave itself
}

// Manifest proves an archive: what was written before it.
type Manifest struct {
	Tables    map[string]Sum `json:"tables"`
	Directory Sum            `json:"directory"` // names, sizes and contents of its files
}

// Sum is a count, of rows or files, and the SHA-256 of their bytes, hex.
type Sum struct {
	Count  int64  `json:"count"`
	SHA256 string `json:"sha256"`
}

// tally makes a Sum.
type tally struct {
	count int64
	hash  hash.Hash
}

func newTally() *tally { return &tally{hash: sha256.New()} }

func (t *tally) sum() Sum { return Sum{t.count, hex.EncodeToString(t.hash.Sum(nil))} }
