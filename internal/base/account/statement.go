package account

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
)

// Statement is what a person signs, word for word: a first line that says what
// it is, and a line "name: value" for each thing that it binds. It is made of
// what stands in the event alone, so that a verifier builds it anew.
type Statement string

// NewStatement makes a statement from pairs of names and values. A line break in
// a value becomes a space: a value cannot pass for a line.
func NewStatement(what string, pairs ...any) Statement {
	var b strings.Builder
	b.WriteString("giaoban " + what + "\n")
	for i := 0; i+1 < len(pairs); i += 2 {
		value := strings.Join(strings.Fields(fmt.Sprint(pairs[i+1])), " ")
		fmt.Fprintf(&b, "%s: %s\n", pairs[i], value)
	}
	return Statement(b.String())
}

// Challenge is what an authenticator signs of a statement: its SHA-256.
func (s Statement) Challenge() []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

// Unsigned is the error of a use case that was asked what there is to sign. All
// its other rules are kept: whoever signs the statement and sends the same again
// is not refused for its content.
type Unsigned struct{ Statement Statement }

// Error is for the log; people never see it.
func (u *Unsigned) Error() string { return "nothing is signed yet: " + string(u.Statement) }

// ToSign is the signature of somebody who asks by it what there is to sign: a
// use case that gets it ends with an *Unsigned.
func ToSign(actor access.Actor, as Capacity) Signature {
	return Signature{Person: actor.Person, Name: actor.Name, Capacity: as, Method: ByPasskey}
}

// Asks says that nothing is signed yet: somebody asks what there is to sign.
func (s Signature) Asks() bool { return s.Method == ByPasskey && s.Passkey == nil }

// Covers says whether the signature stands under statement. That of a signing
// window stands under whatever is signed in it; a passkey's under one statement
// alone. Faults: Conflict for a passkey's that signed something else; *Unsigned
// for one that signed nothing yet.
func (s Signature) Covers(statement Statement) error {
	if s.Method != ByPasskey {
		return nil
	}
	if s.Asks() {
		return &Unsigned{statement}
	}
	if s.Passkey.Check(statement.Challenge()) != nil {
		return fault.New(fault.Conflict, "account.passkey.other-content")
	}
	return nil
}
