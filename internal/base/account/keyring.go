package account

import (
	"bytes"

	"giaoban/internal/base/ledger"
)

// Keyring is the passkeys that the log has named up to an event. It checks
// signatures from the log alone. The zero value is ready.
type Keyring struct {
	keys map[string]PasskeyPayload // by credential, those that are in use
	own  map[string]string         // whose they are, as events name people
}

// Each takes an event up.
func (k *Keyring) Each(e ledger.Event) error {
	if e.Kind != PasskeyAdded && e.Kind != PasskeyRemoved {
		return nil
	}
	var p PasskeyPayload
	if err := e.Decode(&p); err != nil {
		return err
	}
	if k.keys == nil {
		k.keys, k.own = map[string]PasskeyPayload{}, map[string]string{}
	}
	id := string(p.Credential)
	if e.Kind == PasskeyRemoved {
		delete(k.keys, id)
		return nil
	}
	k.keys[id], k.own[id] = p, e.Subject
	return nil
}

// Check holds the signature of an event against what it signed: "" when it is
// right or was given by another way than a passkey, else the text key of what is
// wrong.
func (k *Keyring) Check(e ledger.Event, method string, a *Assertion, statement Statement) string {
	switch {
	case method != ByPasskey && a == nil:
		return ""
	case method != ByPasskey || a == nil:
		return "verify.passkey-missing"
	}
	key, known := k.keys[string(a.Credential)]
	if !known || k.own[string(a.Credential)] != e.Actor || key.Host != a.Host || !bytes.Equal(key.Key, a.Key) {
		return "verify.passkey-unknown"
	}
	if a.Check(statement.Challenge()) != nil {
		return "verify.passkey-wrong"
	}
	return ""
}
