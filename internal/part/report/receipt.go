package report

import (
	"context"
	"errors"
	"time"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/store"
)

// Receipt is what whoever holds the receipt of an accepted report holds: what
// was signed and what was decided, as the log has them, and all that proves it.
type Receipt struct {
	Sent       VersionSubmitted
	SentAt     time.Time
	Decision   Decided
	AcceptedAt time.Time
	Position   int64 // of the acceptance
	Proof      ledger.Receipt
}

// ReceiptOf makes the receipt of a version that was accepted, also when a newer
// one has taken its place since, for whoever may read the report. Faults:
// Forbidden; NotFound; Conflict for a version that was never accepted;
// Unavailable for the moment until a checkpoint covers it.
func ReceiptOf(ctx context.Context, q store.Querier, actor access.Actor, id int64) (Receipt, error) {
	of, err := Get(ctx, q, id)
	if err != nil {
		return Receipt{}, err
	}
	if err := actor.May(access.ReportRead, of.Unit); err != nil {
		return Receipt{}, err
	}
	events, err := ledger.About(ctx, q, of.Subject())
	if err != nil {
		return Receipt{}, err
	}
	var sent, accepted int64
	for _, e := range events {
		switch e.Kind {
		case Submitted:
			sent = e.Position
		case Accepted:
			accepted = e.Position
		}
	}
	if accepted == 0 || sent == 0 {
		return Receipt{}, fault.New(fault.Conflict, "report.receipt.not-accepted")
	}
	proof, ok, err := ledger.MakeReceipt(ctx, q, sent, accepted)
	if err != nil {
		return Receipt{}, err
	}
	if !ok {
		return Receipt{}, fault.New(fault.Unavailable, "report.receipt.pending")
	}
	return ReadReceipt(proof)
}

// ReadReceipt reads what the events of a receipt say. A receipt of something
// else is a fault of kind Invalid.
func ReadReceipt(proof ledger.Receipt) (Receipt, error) {
	r := Receipt{Proof: proof}
	events := proof.Events()
	if len(events) != 2 || events[0].Kind != Submitted || events[1].Kind != Accepted {
		return r, fault.New(fault.Invalid, "report.receipt.other")
	}
	if err := events[0].Decode(&r.Sent); err != nil {
		return r, err
	}
	if err := events[1].Decode(&r.Decision); err != nil {
		return r, err
	}
	if r.Sent.Report != r.Decision.Report || r.Sent.Hash != r.Decision.Hash || hashOf(r.Sent.Content) != r.Sent.Hash {
		return r, fault.New(fault.Invalid, "report.receipt.other")
	}
	r.SentAt, r.AcceptedAt, r.Position = events[0].Time, events[1].Time, events[1].Position
	return r, nil
}

// Received is the receipt of the report whose acceptance is at a position, for
// whoever holds its code: nobody else is told. ok is false where there is none, also
// when the log no longer proves it.
func Received(ctx context.Context, q store.Querier, accepted ledger.Event) (r Receipt, ok bool, err error) {
	if accepted.Kind != Accepted {
		return r, false, nil
	}
	events, err := ledger.About(ctx, q, accepted.Subject)
	if err != nil {
		return r, false, err
	}
	for _, e := range events {
		if e.Kind != Submitted || e.Position > accepted.Position {
			continue
		}
		proof, ok, err := ledger.MakeReceipt(ctx, q, e.Position, accepted.Position)
		if errors.Is(err, ledger.ErrBroken) {
			return r, false, nil
		}
		if err != nil || !ok {
			return r, false, err
		}
		r, err = ReadReceipt(proof)
		if fault.Is(err, fault.Invalid) {
			return r, false, nil // the events are not what was accepted
		}
		return r, err == nil, err
	}
	return r, false, nil
}

// Report is the version that was signed, as far as the receipt tells.
func (r Receipt) Report() Report {
	return Report{
		ID: r.Sent.Report, Slot: Slot{r.Sent.Directive, r.Sent.Milestone, r.Sent.Unit}, Version: r.Sent.Version,
		Marks: r.Sent.Marks, Content: r.Sent.Content, Hash: r.Sent.Hash, Signer: r.Sent.Signer, Committee: r.Sent.Committee,
		SubmittedAt: r.SentAt, DecidedAt: r.AcceptedAt, Decider: r.Decision.Decider,
	}
}
