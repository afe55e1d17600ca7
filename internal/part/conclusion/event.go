package conclusion

import (
	"strings"

	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/tree"
)

// Kinds of events about conclusions; their subject is "conclusion:" and the id.
const (
	WasApproved ledger.Kind = "conclusion.approved" // payload [Ruled]: by the chair, or by the chair's word
	WasRecalled ledger.Kind = "conclusion.recalled" // payload [Ruled]: a draft again
	WasIssued   ledger.Kind = "conclusion.issued"   // payload [Ruled], with its notice: it binds
	WasReplaced ledger.Kind = "conclusion.replaced" // payload [Ruled], with the notice that says so
	WasEnded    ledger.Kind = "conclusion.ended"    // payload [Ruled], with the notice that withdraws it
)

// Ruled is the payload of what becomes of a conclusion.
type Ruled struct {
	Conclusion int64       `json:"conclusion"`
	Briefing   int64       `json:"briefing"`
	Unit       tree.UnitID `json:"unit"` // the host
	Number     int         `json:"number"`
	Title      string      `json:"title"`
	Text       string      `json:"text,omitempty"`
	To         Assignees   `json:"to,omitzero"`
	Deadline   clock.Date  `json:"deadline,omitempty"`
	Directive  int64       `json:"directive,omitempty"`
	Milestone  string      `json:"milestone,omitempty"`
	Verifier   tree.UnitID `json:"verifier,omitempty"`
	Task       int64       `json:"task,omitempty"`
	Count      int         `json:"count,omitempty"` // of the units; which they are, the task's event says
	Replaces   int64       `json:"replaces,omitempty"`
	Ends       bool        `json:"ends,omitempty"`
	Notice     int64       `json:"notice,omitempty"`
	ByWord     bool        `json:"byWord,omitempty"` // a secretary did it, by the chair's word
	Name       string      `json:"name,omitempty"`   // who did it
}

// tell appends an event about a conclusion as it stands.
func (c Conclusion) tell(tx *ledger.Tx, kind ledger.Kind, byWord bool, name string) error {
	return tx.Append(ledger.New{Unit: int64(c.Unit), Kind: kind, Subject: Subject(c.ID), Payload: Ruled{
		Conclusion: c.ID, Briefing: c.Briefing, Unit: c.Unit, Number: c.Number, Title: c.Title, Text: c.Text, To: c.To, Deadline: c.Deadline,
		Directive: c.Directive, Milestone: c.Milestone, Verifier: c.Verifier, Task: c.Task, Count: c.Count, Replaces: c.Replaces, Ends: c.Ends,
		Notice: c.Notice, ByWord: byWord, Name: name,
	}})
}

// MeetingOf is the briefing at which a conclusion was drawn about which an event tells;
// ok is false for an event about anything else.
func MeetingOf(e ledger.Event) (briefing int64, ok bool, err error) {
	if !strings.HasPrefix(e.Subject, subjects) {
		return 0, false, nil
	}
	var ruled Ruled
	if err := e.Decode(&ruled); err != nil {
		return 0, false, err
	}
	return ruled.Briefing, true, nil
}
