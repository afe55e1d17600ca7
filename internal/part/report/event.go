package report

import (
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Kinds of events about reports; their subject is "report:" and the id.
const (
	Submitted ledger.Kind = "report.submitted" // payload [VersionSubmitted]
	Accepted  ledger.Kind = "report.accepted"  // payload [Decided]
	Returned  ledger.Kind = "report.returned"  // payload [Decided]
)

// VersionSubmitted is the payload of Submitted: the report as it was signed.
type VersionSubmitted struct {
	Report    int64       `json:"report"`
	Directive int64       `json:"directive"`
	Milestone string      `json:"milestone"`
	Unit      tree.UnitID `json:"unit"`
	Level     string      `json:"level"` // of the unit when it reported
	Version   int         `json:"version"`
	Content   string      `json:"content"` // the signed bytes: values by indicator; JSON
	Hash      string      `json:"hash"`    // SHA-256 of Content, hex
	Signer    string      `json:"signer"`  // name and post
	Method    string      `json:"method"`  // "password", "command line"
	Committee tree.UnitID `json:"committee,omitempty"`
}

// Decided is the payload of Accepted and Returned.
type Decided struct {
	Report    int64       `json:"report"`
	Directive int64       `json:"directive"`
	Milestone string      `json:"milestone"`
	Unit      tree.UnitID `json:"unit"` // the unit that reported
	By        tree.UnitID `json:"by"`   // the unit that decided
	Version   int         `json:"version"`
	Hash      string      `json:"hash"`
	Decider   string      `json:"decider"` // name and post
	Reason    string      `json:"reason,omitempty"`
}
