package folder

import (
	"giaoban/internal/base/account"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Kinds of events about folders; their subject is "folder:" and the id. The decision
// itself is an event of the item, with [access.OnPaper] in it.
const (
	WasPrinted ledger.Kind = "folder.printed" // payload [Printed]
	WasEntered ledger.Kind = "folder.entered" // payload [Entered]
	WasJudged  ledger.Kind = "folder.judged"  // payload [Judged]: the leader on what was entered
)

// Printed is the payload of WasPrinted.
type Printed struct {
	Folder  int64         `json:"folder"`
	Unit    tree.UnitID   `json:"unit"`
	Leader  int64         `json:"leader"`
	Name    string        `json:"name"`    // of the leader, and post
	Printer string        `json:"printer"` // name and post
	Slips   []PrintedSlip `json:"slips"`
}

// PrintedSlip is a slip as it was printed: which item, in which state.
type PrintedSlip struct {
	Code     account.Code `json:"code"`
	Kind     Kind         `json:"kind"`
	Subject  string       `json:"subject"`
	Position int64        `json:"position"` // of the item's newest event
	Content  string       `json:"content"`  // SHA-256 of what stands on it, hex
}

// Entered is the payload of WasEntered.
type Entered struct {
	Folder  int64        `json:"folder"`
	Unit    tree.UnitID  `json:"unit"`
	Leader  int64        `json:"leader"`
	Name    string       `json:"name"` // of the leader, and post
	Code    account.Code `json:"code"`
	Subject string       `json:"subject"` // of the item
	Choice  Choice       `json:"choice"`
	Note    string       `json:"note,omitempty"`
	File    string       `json:"file"` // id, with the hash of its content
	By      int64        `json:"by"`
	Enterer string       `json:"enterer"` // name, and by whose authority
	// Delegation is by which the leader handed entering over; 0 for the leader.
	Delegation int64 `json:"delegation,omitempty"`
}

// Judged is the payload of WasJudged.
type Judged struct {
	Folder  int64        `json:"folder"`
	Code    account.Code `json:"code"`
	Verdict Verdict      `json:"verdict"`
	Remark  string       `json:"remark,omitempty"`
	Name    string       `json:"name"`
}
