package register

import (
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
)

// Altered is a paper whose signature does not stand under what the log says was signed.
type Altered struct {
	Paper    int64
	Position int64  // of the event
	What     string // text key
}

// Verification checks the signatures of papers by the log alone. It sees every event in
// order by [Verification.Each]. The zero value is ready.
type Verification struct {
	Wrong []Altered // in the order of events

	keys account.Keyring
}

// Each takes an event up.
func (v *Verification) Each(e ledger.Event) error {
	if err := v.keys.Each(e); err != nil || e.Kind != WasSigned {
		return err
	}
	var a Act
	if err := e.Decode(&a); err != nil {
		return err
	}
	signed := Paper{ID: a.Paper, Unit: a.Unit, Kind: a.Kind, Title: a.Title, Content: a.Content, Authority: a.Authority, Signer: a.Signer}
	if what := v.keys.Check(e, a.Method, a.Passkey, signed.statement()); what != "" {
		v.Wrong = append(v.Wrong, Altered{a.Paper, e.Position, what})
	}
	return nil
}
