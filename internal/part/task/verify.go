package task

import (
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
)

// Altered is a task whose signature does not stand under what the log says was signed.
type Altered struct {
	Task     int64
	Position int64  // of the event
	What     string // text key
}

// Verification checks the signatures of tasks for committees by the log alone. It sees
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
	if e.Kind != WasGiven {
		return nil
	}
	var g Given
	if err := e.Decode(&g); err != nil {
		return err
	}
	if g.Method == "" {
		return nil // an office's, or one that a signed document carries
	}
	if what := v.keys.Check(e, g.Method, g.Passkey, g.statement()); what != "" {
		v.Wrong = append(v.Wrong, Altered{g.Task, e.Position, what})
	}
	return nil
}
