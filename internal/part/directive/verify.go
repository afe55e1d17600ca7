package directive

import (
	"encoding/json"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
)

// Altered is a version of a directive whose signature does not stand under what
// the log says was issued.
type Altered struct {
	Directive int64
	Position  int64  // of the event
	What      string // text key
}

// Verification checks the signatures of directives by the log alone. It sees
// every event in order by [Verification.Each]. The zero value is ready.
type Verification struct {
	Wrong []Altered // in the order of events

	keys account.Keyring
}

// Each takes an event up.
func (v *Verification) Each(e ledger.Event) error {
	if err := v.keys.Each(e); err != nil {
		return err
	}
	if e.Kind != Issued && e.Kind != Revised {
		return nil
	}
	var issued VersionIssued
	if err := e.Decode(&issued); err != nil {
		return err
	}
	// The document as it was signed: byte for byte, whatever this program's own
	// type would make of it.
	var signed struct {
		Document json.RawMessage `json:"document"`
	}
	if err := e.Decode(&signed); err != nil {
		return err
	}
	if what := v.keys.Check(e, issued.Method, issued.Passkey, issued.statement(signed.Document)); what != "" {
		v.Wrong = append(v.Wrong, Altered{issued.Directive, e.Position, what})
	}
	return nil
}
