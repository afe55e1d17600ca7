package register

import (
	"context"
	"time"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/signedpdf"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
)

// Kinds of events about papers; their subject is "paper:" and the id, or "register:" and
// the unit's.
const (
	WasDrafted    ledger.Kind = "paper.drafted"    // payload [Act]
	WasInitialled ledger.Kind = "paper.initialled" // payload [Act]
	WasGivenOut   ledger.Kind = "paper.given-out"  // payload [Act], with the copy to be signed
	WasSigned     ledger.Kind = "paper.signed"     // payload [Act]
	WasEntered    ledger.Kind = "paper.entered"    // payload [Act]: signed by the rules of its part
	WasReturned   ledger.Kind = "paper.returned"   // payload [Act], with the reason: a draft again
	WasNumbered   ledger.Kind = "paper.numbered"   // payload [Act]
	WasIssued     ledger.Kind = "paper.issued"     // payload [Act]
	WasCancelled  ledger.Kind = "paper.cancelled"  // payload [Act], with the reason

	WasOwned    ledger.Kind = "paper.owned"    // payload [Act]: by whom it was put in as signed
	WasDisowned ledger.Kind = "paper.disowned" // payload [Act], with the reason

	NumberReserved  ledger.Kind = "register.reserved"  // payload [Taken]
	NumberCancelled ledger.Kind = "register.cancelled" // payload [Taken]
	TermBegun       ledger.Kind = "register.term"      // payload [Taken]
	SymbolSet       ledger.Kind = "register.symbol"    // payload [Taken]
)

// Act is the payload of what is done about a paper.
type Act struct {
	Paper     int64       `json:"paper"`
	Unit      tree.UnitID `json:"unit"`
	Kind      string      `json:"kind"`
	About     string      `json:"about"` // subject of the ledger
	Title     string      `json:"title"`
	Content   string      `json:"content,omitempty"` // hash of what it says
	Authority string      `json:"authority,omitempty"`
	Signer    string      `json:"signer,omitempty"`
	Method    string      `json:"method,omitempty"`
	Number    string      `json:"number,omitempty"`
	Dated     clock.Date  `json:"dated,omitempty"`
	Reason    string      `json:"reason,omitempty"`
	Name      string      `json:"name,omitempty"` // who did it

	Passkey    *account.Assertion `json:"passkey,omitempty"`
	Delegation int64              `json:"delegation,omitempty"`

	// Of a copy that was given out to be signed, or came back.
	Copy account.Code `json:"copy,omitempty"` // on each of its pages
	File string       `json:"file,omitempty"` // id; begins with the SHA-256 of the bytes
	For  string       `json:"for,omitempty"`  // who is to sign it, while nobody has

	Signatures []signedpdf.Signature `json:"signatures,omitempty"` // of a PDF that came back
	Answer     Answer                `json:"answer,omitempty"`     // given with it, by who put in the own signature
}

// Taken is the payload of what is done about a unit's numbers.
type Taken struct {
	Unit   tree.UnitID `json:"unit"`
	Kind   string      `json:"kind,omitempty"`
	Term   clock.Date  `json:"term,omitempty"`
	Number int64       `json:"number,omitempty"`
	Symbol string      `json:"symbol,omitempty"`
	Reason string      `json:"reason,omitempty"`
	Name   string      `json:"name,omitempty"`
}

// tell appends an event about a paper as it stands.
func (p Paper) tell(tx *ledger.Tx, kind ledger.Kind, a Act) error {
	a.Paper, a.Unit, a.Kind, a.About, a.Title, a.Content = p.ID, p.Unit, p.Kind, p.Subject, p.Title, p.Content
	a.Authority, a.Signer, a.Method, a.Number, a.Dated = p.Authority, p.Signer, p.Method, p.NumberText, p.Dated
	return tx.Append(ledger.New{Unit: int64(p.Unit), Kind: kind, Subject: Subject(p.ID), Payload: a})
}

// Step is one thing that was done about a paper.
type Step struct {
	Kind ledger.Kind
	Time time.Time
	Act
}

// Steps gives what was done about a paper, in its order, from the log.
func Steps(ctx context.Context, q store.Querier, id int64) ([]Step, error) {
	events, err := ledger.About(ctx, q, Subject(id))
	if err != nil {
		return nil, err
	}
	list := make([]Step, len(events))
	for i, e := range events {
		list[i] = Step{Kind: e.Kind, Time: e.Time}
		if err := e.Decode(&list[i].Act); err != nil {
			return nil, err
		}
	}
	return list, nil
}
