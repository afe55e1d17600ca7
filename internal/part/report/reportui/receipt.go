package reportui

import (
	"net/url"
	"strconv"

	"giaoban/internal/base/account"
	"giaoban/internal/base/clock"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/file"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/marking"
	"giaoban/internal/base/profile"
	"giaoban/internal/base/store"
	"giaoban/internal/base/tree"
	"giaoban/internal/edge/web"
	"giaoban/internal/part/directive"
	"giaoban/internal/part/org"
	"giaoban/internal/part/report"
)

// received is a receipt in words, for paper and for the page that checks it.
type received struct {
	report.Receipt
	Number, Subject string // of the directive
	Milestone       string
	Unit            string // as it was called when the report was accepted
	By              string // the unit that accepted
	Committee       string // the unit that reported for it; "" when it did itself
	Values          []value
	Marks           marking.Marks // of the report or its directive, the higher
	Method          string
}

// Code is what the receipt is found by.
func (w received) Code() string { return string(w.Proof.Code) }

// wordsOf puts a receipt into words.
func wordsOf(r *web.Request, q store.Querier, of report.Receipt) (received, error) {
	w := received{Receipt: of, Milestone: of.Sent.Milestone, Method: methodOf(r, of.Sent.Method)}
	d, err := directive.Get(r.Context(), q, of.Sent.Directive)
	if err != nil {
		return w, err
	}
	w.Number, w.Subject = d.Document.Number, d.Document.Title
	w.Marks = of.Sent.Marks.Over(d.Document.Marks)
	milestone, ok := milestoneOf(d, of.Sent.Milestone)
	if ok {
		w.Milestone = milestone.Name.In(r.Lang)
	} else {
		milestone = profile.Milestone{}
	}
	w.Values = valuesOf(r, milestone, of.Report())
	day := clock.DateOf(of.AcceptedAt, r.Zone())
	for _, named := range []struct {
		into *string
		unit tree.UnitID
	}{{&w.Unit, of.Sent.Unit}, {&w.By, of.Decision.By}, {&w.Committee, of.Sent.Committee}} {
		if *named.into, err = nameOn(r, q, day, named.unit); err != nil {
			return w, err
		}
	}
	return w, nil
}

// nameOn is what a unit was called on a day; "" for no unit.
func nameOn(r *web.Request, q store.Querier, day clock.Date, unit tree.UnitID) (string, error) {
	if unit == 0 {
		return "", nil
	}
	found, err := org.UnitAt(r.Context(), q, day, unit)
	if fault.Is(err, fault.NotFound) {
		return strconv.FormatInt(int64(unit), 10), nil // gone on that very day
	}
	return found.Name, err
}

// methodOf says in words how a report was signed.
func methodOf(r *web.Request, method string) string {
	switch method {
	case account.ByPasskey, account.ByPassword, "simulated":
		return r.T("reportui.method." + method)
	}
	return r.T("reportui.method.other", "method", method)
}

// sendReceipt gives the receipt of an accepted version as a PDF.
func (s *Screens) sendReceipt(r *web.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	var words received
	err = r.View(func(q store.Querier) error {
		of, err := report.ReceiptOf(r.Context(), q, r.Actor, id)
		if err != nil {
			return err
		}
		words, err = wordsOf(r, q, of)
		return err
	})
	if err != nil {
		return err
	}
	paper, err := s.paper(r, words)
	if err != nil {
		return err
	}
	return r.Attach(r.T("reportui.receipt.file")+"-"+words.Code()+".pdf", file.PDF, paper)
}

// checkAddress is the page on which a receipt is checked.
func (s *Screens) checkAddress(r *web.Request) string {
	base := s.config.Address
	if base == "" {
		base = "http://" + r.Host
		if r.TLS != nil {
			base = "https://" + r.Host
		}
	}
	return base + "/check"
}

// scanned is what the receipt's code to scan says: the page with the code typed
// in, and the checkpoint against which it was proven.
func (s *Screens) scanned(r *web.Request, proof ledger.Receipt) string {
	query := url.Values{"code": {string(proof.Code)}}
	if packed := ledger.Pack(proof.Checkpoint); packed != "" {
		query.Set("signed", packed)
	}
	return s.checkAddress(r) + "?" + query.Encode()
}
