package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/tlog"
)

// Kind names what happened, as "report.accepted". The part that appends an
// event owns its kind and the type of its payload.
type Kind string

// Event is one thing that happened, as it stands in the log.
type Event struct {
	Position int64     // from 1, without gaps, in commit order
	Time     time.Time // never earlier than the event before
	Actor    string    // who did it, as "person:7", "command line" or "program"
	Unit     int64     // the unit it is about; 0 when it is about none
	Kind     Kind
	Subject  string          // the thing it is about, as "report:123"
	Payload  json.RawMessage // the bytes that were hashed; nil once erased
}

// New is an event to be appended: the ledger adds position, time and actor.
type New struct {
	Unit    int64
	Kind    Kind
	Subject string
	Payload any // encoded as JSON when it is appended
}

// Decode reads the payload into v.
func (e Event) Decode(v any) error {
	if err := json.Unmarshal(e.Payload, v); err != nil {
		return fmt.Errorf("reading the payload of event %d (%s): %w", e.Position, e.Kind, err)
	}
	return nil
}

const (
	recordVersion = "giaoban/event/1"
	saltSize      = 16
)

// record is the text whose hash is the event's leaf.
func (e Event) record(payloadHash [sha256.Size]byte) []byte {
	return []byte(recordVersion + lines(
		strconv.FormatInt(e.Position, 10),
		strconv.FormatInt(e.Time.UnixMicro(), 10),
	) + e.tail(payloadHash))
}

// tail is the part of the record that is known before the event's position and
// time are.
func (e Event) tail(payloadHash [sha256.Size]byte) string {
	return lines(e.Actor, strconv.FormatInt(e.Unit, 10), string(e.Kind), e.Subject, hex.EncodeToString(payloadHash[:]))
}

// lines begins a line for each field.
func lines(fields ...string) string { return "\n" + strings.Join(fields, "\n") }

// hashPayload binds a payload to its salt. Without the salt, somebody could
// guess what an erased payload said.
func hashPayload(salt, payload []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write(salt)
	h.Write(payload)
	return [sha256.Size]byte(h.Sum(nil))
}

func (e Event) leaf(salt []byte) tlog.Hash {
	return tlog.RecordHash(e.record(hashPayload(salt, e.Payload)))
}

// check refuses what could make two different events give the same record, and
// what one of the two engines would not keep.
func (e Event) check() error {
	if e.Kind == "" || e.Actor == "" {
		return fmt.Errorf("an event of kind %q by %q: both are needed", e.Kind, e.Actor)
	}
	for _, word := range [...]string{e.Actor, string(e.Kind), e.Subject} {
		if strings.ContainsFunc(word, unicode.IsControl) || !utf8.ValidString(word) {
			return fmt.Errorf("an event of kind %q by %q about %q: only text on one line can be recorded", e.Kind, e.Actor, e.Subject)
		}
	}
	if !utf8.Valid(e.Payload) {
		return fmt.Errorf("an event of kind %q: its payload is not UTF-8", e.Kind)
	}
	return nil
}
