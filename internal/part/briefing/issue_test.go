package briefing_test

import (
	"testing"

	"giaoban/internal/base/access"
	"giaoban/internal/base/fault"
	"giaoban/internal/base/ledger"
	"giaoban/internal/base/text"
	"giaoban/internal/part/briefing"
	"giaoban/internal/part/register"
)

// over is a meeting whose minutes are written, and not signed yet.
func (w *world) over() briefing.Briefing {
	w.Helper()
	return w.ended(w.begun())
}

// ended is a meeting that has begun, once it is over and its minutes are written.
func (w *world) ended(b briefing.Briefing) briefing.Briefing {
	w.Helper()
	w.do(func(tx *ledger.Tx) error {
		if _, err := briefing.WriteMinutes(w.Context(), tx, w.secretary, b.ID, 0, briefing.Body{Sections: []briefing.Section{{Title: "Kết luận", Text: "Xong trước 31/7."}}}); err != nil {
			return err
		}
		_, err := briefing.End(w.Context(), tx, w.chair, b.ID)
		return err
	})
	return w.get(b.ID)
}

func (w *world) signs(b briefing.Briefing) {
	w.Helper()
	w.do(func(tx *ledger.Tx) error {
		_, err := briefing.SignMinutes(w.Context(), tx, w.chair, briefing.SignCommand{Briefing: b.ID, Revision: 1, Signature: signature(w.chair.Person)})
		return err
	})
}

func (w *world) issue(by access.Actor, b briefing.Briefing) (p register.Paper, err error) {
	err = w.try(func(tx *ledger.Tx) error {
		p, err = briefing.IssueMinutes(w.Context(), tx, by, b.ID)
		return err
	})
	return p, err
}

// inRegister is a briefing's minutes as the register has them.
func (w *world) inRegister(b briefing.Briefing) register.Paper {
	w.Helper()
	p, _, err := briefing.MinutesInRegister(w.Context(), w.db.Reader(), b.ID)
	w.ok(err)
	return p
}

func TestSignedMinutesGetTheirNumberFromTheRegister(t *testing.T) {
	each(t, func(w *world) {
		b := w.over()
		_, err := w.issue(w.secretary, b)
		w.refused("before the chair has signed", err, fault.Conflict, "briefing.minutes-unsigned")
		w.signs(b)
		if p := w.inRegister(b); p.State != register.Signed || p.Kind != "minutes" || p.Title != b.Title || p.Method != "password" || p.Signer == "" {
			w.Errorf("signed, the minutes stand in the register as %+v", p)
		}
		_, err = w.issue(w.atBacNinh, b)
		w.refused("by a site's officer", err, fault.Forbidden, "access.refused")
		var p register.Paper
		for range 2 { // twice changes nothing
			p, err = w.issue(w.secretary, b)
			w.ok(err)
		}
		if p.State != register.Issued || p.NumberText != "01-BB" || p.Dated != "2020-07-10" {
			w.Errorf("issued, they are %+v, want 01-BB of 10 July 2020", p)
		}
		m, err := briefing.MinutesOf(w.Context(), w.db.Reader(), b.ID)
		w.ok(err)
		paper := briefing.MinutesPaper(texts(w.TB), text.VI, briefing.Official{Briefing: b, Minutes: m, Host: "Trung ương", Zone: hanoi(w.TB), Number: p.NumberText})
		if paper.Number != "Số 01-BB" {
			w.Errorf("their paper is numbered %q", paper.Number)
		}
	})
}

func TestMinutesWithANumberThatTheClerkChoseAreOnlyIssued(t *testing.T) {
	each(t, func(w *world) {
		b := w.over()
		w.signs(b)
		w.do(func(tx *ledger.Tx) error {
			n, err := register.Reserve(w.Context(), tx, w.secretary, b.Unit, briefing.MinutesKind, "Giữ cho giao ban")
			if err != nil {
				return err
			}
			_, err = register.Reserve(w.Context(), tx, w.secretary, b.Unit, briefing.MinutesKind, "Giữ cho biên bản khác")
			if err != nil {
				return err
			}
			_, err = register.Number(w.Context(), tx, w.secretary, register.NumberCommand{Paper: w.inRegister(b).ID, Dated: "2020-07-10", Taken: n})
			return err
		})
		p, err := w.issue(w.secretary, b)
		w.ok(err)
		if p.NumberText != "01-BB" || p.State != register.Issued {
			w.Errorf("issued, they are %+v, want the reserved 01-BB", p)
		}
	})
}

func TestMinutesWhoseNumberWasCancelledAreNotIssued(t *testing.T) {
	each(t, func(w *world) {
		b := w.over()
		w.signs(b)
		w.do(func(tx *ledger.Tx) error {
			p, err := register.Number(w.Context(), tx, w.secretary, register.NumberCommand{Paper: w.inRegister(b).ID, Dated: "2020-07-10"})
			if err != nil {
				return err
			}
			return register.CancelNumber(w.Context(), tx, w.secretary, b.Unit, briefing.MinutesKind, p.Number, "Nhầm")
		})
		_, err := w.issue(w.secretary, b)
		w.refused("cancelled", err, fault.Conflict, "register.not-numbered")
	})
}
