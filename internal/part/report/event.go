package report

import (
	"encoding/json"
	"strings"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/tree"
)

// Kinds of events about reports; their subject is "report:" and the id.
const (
	Submitted ledger.Kind = "report.submitted" // payload [VersionSubmitted]
	Accepted  ledger.Kind = "report.accepted"  // payload [Decided]
	Returned  ledger.Kind = "report.returned"  // payload [Decided]

	Told             ledger.Kind = "report.told"              // payload [VersionTold]
	TellingWithdrawn ledger.Kind = "report.telling-withdrawn" // payload [TellingTakenBack]
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
	Method    string      `json:"method"`  // "passkey", "password", "command line"
	Committee tree.UnitID `json:"committee,omitempty"`
	// Passkey proves a signature by a passkey.
	Passkey *account.Assertion `json:"passkey,omitempty"`
	marking.Marks
	// Delegation is by which somebody signed for the leader; 0 for none.
	Delegation int64 `json:"delegation,omitempty"`
}

// Statement is what is signed of a version, by a passkey word for word.
func (v VersionSubmitted) Statement() account.Statement {
	return account.NewStatement("report", "directive", v.Directive, "milestone", v.Milestone, "unit", v.Unit,
		"version", v.Version, "content", v.Hash, "committee", v.Committee,
		"secrecy", v.Secrecy, "urgency", v.Urgency, "signer", v.Signer)
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
	// Delegation is by which somebody decided for the leader; 0 for none.
	Delegation int64 `json:"delegation,omitempty"`
	// Paper says that it was decided with a pen; nil for in the program.
	Paper *access.OnPaper `json:"onPaper,omitempty"`
}

// VersionTold is the payload of Told: a provisional version, entered on behalf of
// the unit. It supersedes the provisional one before; the unit's own Submitted
// ends it, whether the content is the same or another.
type VersionTold struct {
	Report    int64       `json:"report"`
	Directive int64       `json:"directive"`
	Milestone string      `json:"milestone"`
	Unit      tree.UnitID `json:"unit"`  // that is said to have told it
	Level     string      `json:"level"` // of the unit then
	Version   int         `json:"version"`
	Content   string      `json:"content"` // values by indicator; JSON
	Hash      string      `json:"hash"`    // SHA-256 of Content, hex
	By        tree.UnitID `json:"by"`      // the unit whose office entered it
	Name      string      `json:"name"`    // of who entered it
	Source    Source      `json:"source"`
	Said      string      `json:"said"` // who of the unit said it
	ToldAt    time.Time   `json:"told_at"`
	File      string      `json:"file,omitempty"` // id of a stored file
	marking.Marks
}

// TellingTakenBack is the payload of TellingWithdrawn: what was entered on behalf
// of the unit holds no longer.
type TellingTakenBack struct {
	Report    int64       `json:"report"`
	Directive int64       `json:"directive"`
	Milestone string      `json:"milestone"`
	Unit      tree.UnitID `json:"unit"`
	By        tree.UnitID `json:"by"` // the unit whose office took it back
}

// DirectiveOf is the directive to which an event about a report belongs; 0 for
// any other event, and for one whose payload cannot be read.
func DirectiveOf(e ledger.Event) int64 {
	if !strings.HasPrefix(string(e.Kind), "report.") {
		return 0
	}
	var payload struct {
		Directive int64 `json:"directive"`
	}
	if json.Unmarshal(e.Payload, &payload) != nil {
		return 0
	}
	return payload.Directive
}
