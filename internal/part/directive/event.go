package directive

import (
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
)

// VersionIssued is the payload of Issued and Revised.
type VersionIssued struct {
	Directive int64       `json:"directive"`
	Unit      tree.UnitID `json:"unit"` // the issuing unit
	Version   int         `json:"version"`
	Document  Document    `json:"document"`
	Signer    string      `json:"signer"` // name and post of who signed
	Method    string      `json:"method"` // how: "password", "command line"
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
