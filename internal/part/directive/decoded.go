package directive

import (
	"encoding/json"
	"sync"
)

// decoded remembers issued documents by their text. Every report that is sent or
// accepted asks for its directive's; decoding it took longer than all else that
// was done for the report. What was issued never changes, so neither does what
// is remembered: nobody may write into it.
var decoded = memory{known: map[string]Document{}}

// mostDecoded is how many documents are remembered before it begins anew: more
// than an organisation has in force.
const mostDecoded = 256

type memory struct {
	mu    sync.RWMutex
	known map[string]Document
}

// of decodes a document's text.
func (m *memory) of(written string) (Document, error) {
	m.mu.RLock()
	document, ok := m.known[written]
	m.mu.RUnlock()
	if ok {
		return document, nil
	}
	if err := json.Unmarshal([]byte(written), &document); err != nil {
		return Document{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.known) >= mostDecoded {
		clear(m.known)
	}
	m.known[written] = document
	return document, nil
}

// copied is a document that may be written into.
func (d Document) copied() (made Document, err error) {
	written, err := json.Marshal(d)
	if err != nil {
		return Document{}, err
	}
	return made, json.Unmarshal(written, &made)
}
