package directive

import (
	"encoding/json"

	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
)

// Altered is a version of a directive, or a decision on a unit's standing, whose
// signature does not stand under what the log says was signed.
type Altered struct {
	Directive int64
	Position  int64  // of the event
	What      string // text key
}

// Verification checks the signatures of directives and standings by the log alone. It sees
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
	switch e.Kind {
	case Issued, Revised:
		return v.issued(e)
	case StandingSet:
		var set UnitStanding
		if err := e.Decode(&set); err != nil {
			return err
		}
		v.check(e, set.Directive, set.Method, set.Passkey, set.statement())
	case StandingEnded:
		var ended UnitStandingEnded
		if err := e.Decode(&ended); err != nil {
			return err
		}
		v.check(e, ended.Directive, ended.Method, ended.Passkey, ended.statement())
	}
	return nil
}

func (v *Verification) issued(e ledger.Event) error {
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
	v.check(e, issued.Directive, issued.Method, issued.Passkey, issued.statement(signed.Document))
	return nil
}

// check holds the signature of an event against what it signed.
func (v *Verification) check(e ledger.Event, directive int64, method string, passkey *account.Assertion, statement account.Statement) {
	if what := v.keys.Check(e, method, passkey, statement); what != "" {
		v.Wrong = append(v.Wrong, Altered{directive, e.Position, what})
	}
}
