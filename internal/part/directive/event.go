package directive

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Kinds of events about directives; their subject is "directive:" and the id.
const (
	Issued       ledger.Kind = "directive.issued"  // payload [VersionIssued], version 1
	Revised      ledger.Kind = "directive.revised" // payload [VersionIssued], version 2 and later
	Closed       ledger.Kind = "directive.closed"  // payload [Ended]
	Acknowledged ledger.Kind = "directive.acknowledged"
	Tightened    ledger.Kind = "directive.tightened"

	StandingSet   ledger.Kind = "directive.standing-set"   // payload [UnitStanding]
	StandingEnded ledger.Kind = "directive.standing-ended" // payload [UnitStandingEnded]

	MomentNamed   ledger.Kind = "directive.moment-named"   // payload [NamedMoment]
	MomentRemoved ledger.Kind = "directive.moment-removed" // payload [NamedMoment]
)

// VersionIssued is the payload of Issued and Revised.
type VersionIssued struct {
	Directive int64       `json:"directive"`
	Unit      tree.UnitID `json:"unit"` // the issuing unit
	Version   int         `json:"version"`
	Document  Document    `json:"document"`
	Signer    string      `json:"signer"` // name and post of who signed
	Method    string      `json:"method"` // how: "passkey", "password", "command line"
	// Passkey proves a signature by a passkey.
	Passkey *account.Assertion `json:"passkey,omitempty"`
	// Delegation is by which somebody signed for the leader; 0 for none.
	Delegation int64 `json:"delegation,omitempty"`
}

// statement is what is signed of a version, by a passkey word for word; document
// is its JSON as the event holds it.
func (v VersionIssued) statement(document []byte) account.Statement {
	sum := sha256.Sum256(document)
	return account.NewStatement("directive", "directive", v.Directive, "unit", v.Unit, "version", v.Version,
		"document", hex.EncodeToString(sum[:]), "signer", v.Signer)
}

// Ended is the payload of Closed.
type Ended struct {
	Directive int64 `json:"directive"`
}

// UnitAcknowledged is the payload of Acknowledged.
type UnitAcknowledged struct {
	Directive int64       `json:"directive"`
	Version   int         `json:"version"`
	Unit      tree.UnitID `json:"unit"`
	// Delegation is by which somebody answered for the leader; 0 for none.
	Delegation int64 `json:"delegation,omitempty"`
	// Authority is by whose somebody else than the leader answered: "K/T BÍ THƯ".
	Authority string `json:"authority,omitempty"`
}

// DeadlineTightened is the payload of Tightened: from now on the deadline of a
// milestone for units of a level in a unit's subtree, itself included.
type DeadlineTightened struct {
	Directive int64       `json:"directive"`
	Milestone string      `json:"milestone"`
	Level     string      `json:"level"`
	Unit      tree.UnitID `json:"unit"`
	Deadline  clock.Date  `json:"deadline"`
}

// UnitStanding is the payload of StandingSet: what a unit is at a milestone from
// now on, in place of what was set for the same milestone before. Where there is
// one for the milestone and one for all, that for the milestone holds. What the
// profile says of the standing is written out, so that a reader needs none.
type UnitStanding struct {
	Directive int64       `json:"directive"`
	Milestone string      `json:"milestone"` // key; "" for all milestones
	Unit      tree.UnitID `json:"unit"`
	Standing  string      `json:"standing"` // key of the profile's standings
	Counts    bool        `json:"counts"`   // the unit stays in the denominator
	// Until, where there is one, is the unit's deadline, also when it is later
	// than all others.
	Until    clock.Date  `json:"until,omitempty"`
	Decision string      `json:"decision"` // its number
	Reason   string      `json:"reason"`
	By       tree.UnitID `json:"by"` // the unit that decided
	// Ordinal counts the standings that the unit was given at the milestone, from 1:
	// a signature under one cannot stand under the next. 0 in older events.
	Ordinal int    `json:"ordinal,omitempty"`
	Signer  string `json:"signer"` // name and post
	Method  string `json:"method"`
	// Passkey proves a signature by a passkey; Delegation is by which somebody
	// signed for the leader, 0 for none.
	Passkey    *account.Assertion `json:"passkey,omitempty"`
	Delegation int64              `json:"delegation,omitempty"`
}

// statement is what is signed of a standing.
func (u UnitStanding) statement() account.Statement {
	return account.NewStatement("standing", "directive", u.Directive, "milestone", u.Milestone, "unit", u.Unit, "ordinal", u.Ordinal,
		"standing", u.Standing, "counts", u.Counts, "until", u.Until, "decision", u.Decision, "reason", u.Reason, "by", u.By, "signer", u.Signer)
}

// UnitStandingEnded is the payload of StandingEnded: the standing set for the
// milestone, or for all, holds no longer.
type UnitStandingEnded struct {
	Directive int64       `json:"directive"`
	Milestone string      `json:"milestone"`
	Unit      tree.UnitID `json:"unit"`
	By        tree.UnitID `json:"by"`
	Ordinal   int         `json:"ordinal,omitempty"` // of the standing that ends
	Signer    string      `json:"signer"`
	Method    string      `json:"method"`

	Passkey    *account.Assertion `json:"passkey,omitempty"`
	Delegation int64              `json:"delegation,omitempty"`
}

// statement is what is signed of the end of a standing.
func (u UnitStandingEnded) statement() account.Statement {
	return account.NewStatement("standing ended", "directive", u.Directive, "milestone", u.Milestone, "unit", u.Unit, "ordinal", u.Ordinal,
		"by", u.By, "signer", u.Signer)
}

// NamedMoment is the payload of MomentNamed, and of MomentRemoved: it is not
// called so any longer.
type NamedMoment struct {
	Moment    int64       `json:"moment"`
	Directive int64       `json:"directive"`
	Unit      tree.UnitID `json:"unit"` // that named it
	Name      string      `json:"name"`
	At        time.Time   `json:"at"`
}
