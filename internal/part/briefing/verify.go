package briefing

import (
	"encoding/json"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
)

// Altered is a briefing whose minutes' signature does not stand under what the log
// says was signed.
type Altered struct {
	Briefing int64
	Position int64  // of the event
	What     string // text key
}

// Verification checks the signatures of minutes by the log alone. It sees every event
// in order by [Verification.Each]. The zero value is ready.
type Verification struct {
	Wrong []Altered // in the order of events

	keys account.Keyring
}

// Each takes an event up.
func (v *Verification) Each(e ledger.Event) error {
	if err := v.keys.Each(e); err != nil || e.Kind != MinutesSigned {
		return err
	}
	var minutes SignedMinutes
	if err := e.Decode(&minutes); err != nil {
		return err
	}
	// The body as it was signed: byte for byte, whatever this program's own type
	// would make of it.
	var signed struct {
		Body json.RawMessage `json:"body"`
	}
	if err := e.Decode(&signed); err != nil {
		return err
	}
	if what := v.keys.Check(e, minutes.Method, minutes.Passkey, minutes.statement(signed.Body)); what != "" {
		v.Wrong = append(v.Wrong, Altered{minutes.Briefing, e.Position, what})
	}
	return nil
}
